import { passed, type Run } from "../../runs";
import { installInto } from "./own-program";
import { ACCOUNT, World } from "./world";

const ANA = "628110000001";
const BUDI = "628110000002";
const CITRA = "628110000003";

/** A program that declares one group twice has two rosters for it, and each would remove the people of the other. */
describe("one group, declared by two resources of somebody's own program", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.start({ EA1: [ANA, BUDI], EA2: [CITRA], EA3: [CITRA] });
    await installInto(world);
  });
  afterEach(() => world.stop());

  /** A resource whose output `group` is a GroupId, known once it is made, which takes `delay` ms. Without a value it fails. */
  const MADE = `
    const text = 'exports.handler=()=>({check:async(o,n)=>({inputs:n}),diff:async()=>({changes:false}),' +
      'create:async n=>(await new Promise(done=>setTimeout(done,n.delay)),(n.value?{id:"1",outs:{...n,group:n.value}}:Promise.reject(new Error("failed"))))})';
    class Made extends pulumi.CustomResource {
      constructor(name, value, delay, options) {
        super("pulumi-nodejs:dynamic/test:Made", name, { value, delay, group: undefined, __provider: text }, options);
      }
    }`;

  /** @param body JavaScript, in which `group(name, group, numbers, options)` declares a group */
  function program(body: string): void {
    world.write(
      "index.js",
      `const pulumi = require("@pulumi/pulumi");
      const { ChatGroupParticipants } = require("cams-rollcall");
      ${MADE}
      const group = (name, group, numbers, options) => new ChatGroupParticipants(
        name,
        { group, ...${JSON.stringify(ACCOUNT)}, members: Object.fromEntries(numbers.map((one) => [one, "Somebody"])) },
        options,
      );
      ${body}`,
    );
  }

  /** The groups are under management, Ana and Budi in EA1. */
  async function adopted(): Promise<void> {
    program(`group("ops", "EA1", ["${ANA}", "${BUDI}"]); group("leads", "EA2", ["${CITRA}"]);`);
    passed(await world.up());
    await world.forgetCalls();
  }

  function refused(run: Run): void {
    expect(run.code).not.toBe(0);
    expect(run.out).toMatch(
      /error: EA1 is declared by 2 resources: ops, twin\n.*Declare each group once, and put all its/,
    );
    expect(run.out.split("Diagnostics:")[1]?.match(/is declared by|at .*\.js/g)).toHaveLength(1);
  }

  const up = (): Promise<Run> => world.pulumi(["up", "--stack", "test", "--yes"]);

  test("is told before anything is done, whatever waits for what, with and without a preview", async () => {
    await adopted();
    program(`
      const ops = group("ops", "EA1", ["${ANA}"]);
      group("leads", "EA2", ["${CITRA}"]);
      exports.participants = group("twin", "EA1", ["${BUDI}"], { dependsOn: ops }).participants;`);
    for (const run of [await world.up(), await up(), await world.preview()]) refused(run);
    expect(await world.calls()).toEqual([]);
    expect((await world.state()).resources).toHaveLength(2);
  });

  test("is told where the group of one is another resource's output, before anybody is removed", async () => {
    await adopted();
    program(`
      const made = new Made("made", "EA1", 1000);
      const ops = group("ops", "EA1", ["${ANA}"]);
      group("twin", made.group, ["${BUDI}"], { dependsOn: ops });`);
    refused(await world.up());
    expect(await world.calls()).toEqual([]);
  });

  test("is told when the second comes later, and the second is not sent", async () => {
    program(`
      module.exports = async () => {
        const ops = group("ops", "EA1", ["${ANA}", "${BUDI}"]);
        await new Promise((done) => ops.urn.apply(done));
        group("twin", "EA1", ["${BUDI}"]);
        group("leads", "EA2", ["${CITRA}"]);
      };`);
    refused(await world.up());
    expect((await world.state()).resources.map(({ urn }) => urn.split("::").at(-1))).toEqual(["ops"]);
    expect(await world.askedFor()).toEqual([]);
  });

  test("a group that is another resource's output is waited for, and holds nobody once it is known", async () => {
    await adopted();
    program(`
      const made = new Made("made", "EA3", 1000);
      group("ops", "EA1", ["${ANA}"]);
      group("leads", "EA2", ["${CITRA}"]);
      group("others", made.group, ["${CITRA}"]);`);
    const preview = passed(await world.preview("--diff"));
    expect(preview.out).toMatch(/628110000002: "dropped from roster"/);
    expect(preview.out).not.toMatch(/held/);
    expect(passed(await world.up()).out).not.toMatch(/held/);
    expect(await world.askedFor()).toEqual([BUDI]);
    expect((await world.state()).text).not.toMatch(/undecided/);
  });

  test("a group that waits for this very resource: nobody is removed, and who is in the way is named", async () => {
    const others = `
      const made = new Made("made", "EA3", 0, { dependsOn: ops });
      group("others", made.group, ["${CITRA}"]);`;
    program(`const ops = group("ops", "EA1", ["${ANA}", "${BUDI}"]);`);
    passed(await world.up());
    program(`const ops = group("ops", "EA1", ["${ANA}"]); ${others}`);
    const held =
      /EA1: nobody is removed, since it is not known yet which group these resources declare.*: others\. Declare their groups by plain ids/;
    expect(passed(await world.preview()).out).toMatch(held);
    const run = await world.up();
    expect(run.code).not.toBe(0);
    expect(run.out).toMatch(held);
    expect(await world.askedFor()).toEqual([]);
    expect(await world.participants("EA1")).toContain(BUDI);
  });

  test("a group that did not come, where Pulumi goes on after errors: nobody is removed from any other", async () => {
    await adopted();
    program(`
      const made = new Made("made", "", 0);
      group("ops", "EA1", ["${ANA}"]);
      group("leads", "EA2", ["${CITRA}"]);
      group("others", made.group, ["${CITRA}"]);`);
    const run = await world.up("--continue-on-error");
    expect(run.code).not.toBe(0);
    // Pulumi ends the run at the first resource that fails: the one without a group, or the one that waited for it.
    expect(run.out).toMatch(
      /EA1: nobody is removed.*: others\. |\(others\):\n +error: .*: group: it has to be a CAMS GroupId/,
    );
    expect(await world.askedFor()).toEqual([]);
    expect(await world.participants("EA1")).toContain(BUDI);
  });

  test("adoption goes on where a group waits for this very resource", async () => {
    program(`
      const ops = group("ops", "EA1", ["${ANA}"]);
      group("others", new Made("made", "EA3", 0, { dependsOn: ops }).group, ["${CITRA}"]);`);
    passed(await world.up());
    expect((await world.state()).resources).toHaveLength(2);
  });
});
