/**
 * What Rollcall is compared with: as many dynamic resources with the same inputs, whose provider does nothing. Two
 * forms: `dynamic`, written as Pulumi's documentation has it, and `stub`, with a provider text as short as Rollcall's, so
 * that nothing is serialised.
 */
const pulumi = require("@pulumi/pulumi");

const STUB = 'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("./nothing.cjs")';

/** An object of its own, so that it is serialised as one that is written here. */
const nothing = { ...require("./nothing.cjs") };

/** @typedef {{ businessNumber: string, custSpaceId: string, group: string, members: Record<string, string> }} Inputs */

class Dynamic extends pulumi.dynamic.Resource {
  /** @param {string} name @param {Inputs} args */
  constructor(name, args) {
    super(nothing, name, args, undefined, "cams", "NoOp");
  }
}

class Stub extends pulumi.CustomResource {
  /** @param {string} name @param {Inputs} args */
  constructor(name, args) {
    super("pulumi-nodejs:dynamic/cams:NoOp", name, { ...args, __provider: STUB });
  }
}

module.exports = async () => {
  const config = new pulumi.Config();
  const { ACCOUNT, groupsOf } = await import("./world.mjs");
  const Form = config.require("form") === "stub" ? Stub : Dynamic;
  const groups = groupsOf(config.requireNumber("groups"));
  // Pulumi writes the stack of each registration's callers into state, if there are callers.
  await new Promise((/** @type {(done: void) => void} */ done) => {
    setImmediate(() => {
      for (const { name, group, members } of groups) new Form(name, { ...ACCOUNT, group, members });
      done();
    });
  });
};
