import { passed } from "../../runs";
import { installInto } from "./own-program";
import { ACCOUNT, World } from "./world";

const ANA = "628110000001";
const BUDI = "628110000002";
const STRANGER = "6591234567";

/** The resource in somebody's own program: it lists its group itself, and the same guards hold. */
describe("the resource without a roll call", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.start({ EA1: [ANA, BUDI], EA2: [ANA] });
    await installInto(world);
  });
  afterEach(() => world.stop());

  function program(members: Record<string, string>, rest: Record<string, unknown> = {}): void {
    const ops = { group: "EA1", ...ACCOUNT, members, ...rest };
    const leads = { group: "EA2", ...ACCOUNT, members: { [ANA]: "Ana" } };
    world.write(
      "index.js",
      `const { ChatGroupParticipants } = require("cams-rollcall");\n` +
        `const ops = new ChatGroupParticipants("ops", ${JSON.stringify(ops)});\n` +
        `new ChatGroupParticipants("leads", ${JSON.stringify(leads)});\n` +
        `exports.participants = ops.participants;\n`,
    );
  }

  test("adopts, names who goes, removes exactly them, refreshes and is destroyed without harm", async () => {
    program({ "+62 811 0000 001": "Ana", "+62 811 0000 002": "Budi" });
    passed(await world.up());
    expect(await world.outputs()).toEqual({ participants: `${ANA} ${BUDI}` });
    await world.join("EA1", STRANGER);
    program({ [ANA]: "Ana" });
    const preview = passed(await world.preview("--diff"));
    expect(preview.out).toMatch(new RegExp(`${BUDI}: "dropped from roster"[^]*${STRANGER}\\s*: "never declared"`));
    expect(await world.askedFor()).toEqual([]);
    passed(await world.up());
    expect(await world.participants("EA1")).toEqual([ANA]);
    await world.forgetCalls();
    expect(passed(await world.up()).out).toMatch(/3 unchanged/);
    passed(await world.pulumi(["refresh", "--stack", "test", "--yes"]));
    passed(await world.pulumi(["destroy", "--stack", "test", "--yes"]));
    expect(await world.askedFor()).toEqual([]);
    expect(await world.participants("EA1")).toEqual([ANA]);
  });

  test("a listing that lost most of the group is held, by preview and up, after refreshes and a change of display", async () => {
    const [CITRA, DEWI] = ["6281234567803", "6591112222"];
    for (const number of [CITRA, DEWI]) await world.join("EA1", number);
    program({ [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra", [DEWI]: "Dewi" });
    passed(await world.up());
    for (const number of [BUDI, CITRA, DEWI]) await world.leave("EA1", number);
    for (const number of [STRANGER, "447911123456"]) await world.join("EA1", number);
    for (const args of [[], ["--refresh"], []]) {
      expect(passed(await world.preview()).out).toMatch(/held: EA1 \(EA1\): the listing lacks 3 people/);
      const up = await world.up(...args);
      expect(up.code).not.toBe(0);
      expect(up.out).toMatch(/the listing lacks 3 people/);
    }
    world.configure({ display: "masked", maskKey: "key" });
    expect((await world.up()).code).not.toBe(0);
    expect(await world.askedFor()).toEqual([]);
  });

  test("who is spared is told by preview and up, once each", async () => {
    await world.join("EA1", STRANGER);
    program({ [ANA]: "Ana" }, { protect: [STRANGER] });
    const told =
      /EA1: 2 in the group, but not declared: 628110000002 \(spared by adoption.*\); 6591234567 \(spared by protect\)/g;
    for (const run of [await world.preview(), await world.up()])
      expect(passed(run).out.split("Diagnostics:")[1]?.match(told)).toHaveLength(1);
    expect(await world.askedFor()).toEqual([]);
  });

  test("a removal that failed half-way is previewed and tried again for the same reason, by the same name", async () => {
    program({ [ANA]: "Ana", [BUDI]: "Budi" });
    passed(await world.up());
    program({ [ANA]: "Ana" });
    await world.fault({ action: "DeleteChatGroupParticipants", fault: "reset", times: 9 });
    for (let run = 1; run <= 2; run++) {
      const up = await world.up();
      expect(up.code).not.toBe(0);
      expect(up.out).toMatch(/whether Budi \(628110000002\) was removed/);
      expect(passed(await world.preview("--diff")).out).toMatch(/628110000002: "dropped from roster"/);
    }
  });

  test("a policy that is not known yet: the preview says so and goes on, up knows it", async () => {
    world.write(
      "index.js",
      `const { ChatGroupParticipants } = require("cams-rollcall");\n` +
        `const leads = new ChatGroupParticipants("leads", ${JSON.stringify({ group: "EA2", ...ACCOUNT, members: { [ANA]: "Ana" } })});\n` +
        `const ops = ${JSON.stringify({ group: "EA1", ...ACCOUNT, members: { [BUDI]: "Budi" }, onAdopt: "remove" })};\n` +
        `new ChatGroupParticipants("ops", { ...ops, protect: [leads.participants] });\n`,
    );
    expect(passed(await world.preview()).out).toMatch(/who belongs in a group is not known before up/);
    expect(passed(await world.up()).out).toMatch(
      /EA1: 1 in the group, but not declared: 628110000001 \(spared by protect\)/,
    );
    expect(await world.askedFor()).toEqual([]);
  });

  test("masked: no fault and no refresh after the switch tells a number in full", async () => {
    program({ [ANA]: "Ana", [BUDI]: "Budi" });
    passed(await world.up());
    world.configure({ display: "masked", maskKey: "key" });
    const refresh = passed(await world.pulumi(["refresh", "--stack", "test", "--yes", "--diff"]));
    expect(refresh.out).not.toMatch(/drift|joined|left/);
    expect((await world.state()).resources.map(({ outputs }) => outputs.drift)).toEqual([undefined, undefined]);
    program({ "+62 811 0000 002": "Budi", [BUDI]: "Budi" }, { protect: "+62 811 0000 001" });
    const preview = await world.preview();
    expect(preview.code).not.toBe(0);
    expect(preview.out).toMatch(/6281••••••02" is a second entry for one number/);
    expect(preview.out).not.toMatch(/811\D?0000/);
  });

  test("a guard holds its group: the preview warns, up fails, and nobody goes", async () => {
    program({ [ANA]: "Ana", [BUDI]: "Budi" });
    passed(await world.up());
    program({ [ANA]: "Ana" }, { maxRemovals: 0 });
    const preview = passed(await world.preview());
    expect(preview.out).toMatch(/held: EA1 \(EA1\): 1 removal .*more than this group's limit of 0/);
    const up = await world.up();
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(/more than this group's limit of 0/);
    expect(await world.askedFor()).toEqual([]);
  });

  test("arguments that can't be read are refused, all at once", async () => {
    // Alone: Pulumi may have checked another resource before it stops.
    const members = { "0811": "Ana", "62 811 0000 002": "Budi" };
    const ops = { group: "EA1", ...ACCOUNT, members, undeclared: "Report", protected: [STRANGER] };
    world.write(
      "index.js",
      `const { ChatGroupParticipants } = require("cams-rollcall");\n` +
        `new ChatGroupParticipants("ops", ${JSON.stringify(ops)});\n`,
    );
    const run = await world.preview();
    expect(run.code).not.toBe(0);
    expect(run.out).toMatch(/"0811" is not a number in international form/);
    expect(run.out).toMatch(/it has to be remove or report/);
    expect(run.out).toMatch(/there is no such argument/);
    expect(await world.calls()).toEqual([]);
  });
});
