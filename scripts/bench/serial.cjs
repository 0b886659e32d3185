/**
 * The plain way to write such a provider: each resource lists its group in `diff`. Pulumi diffs one resource after the
 * other, so a stack takes as long as all answers together.
 */
const pulumi = require("@pulumi/pulumi");

const STUB = 'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("./serial-provider.cjs")';

class Group extends pulumi.CustomResource {
  /** @param {string} name @param {import("@pulumi/pulumi").Inputs} args */
  constructor(name, args) {
    super("pulumi-nodejs:dynamic/cams:Serial", name, { ...args, __provider: STUB });
  }
}

module.exports = async () => {
  const config = new pulumi.Config();
  const { ACCOUNT, groupsOf } = await import("./world.mjs");
  const endpoint = config.require("endpoint");
  for (const { name, group, members } of groupsOf(config.requireNumber("groups"))) {
    new Group(name, { ...ACCOUNT, group, members, endpoint });
  }
};
