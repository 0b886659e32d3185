import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strictMemory } from "../../src/membership/memory";
import type { Begun, History } from "../../src/membership/types";
import { hasSecrets, isHidden, readLastRun } from "../../src/run/last-run";
import { ANA, BUDI, CITRA, fresh, remembered, unknown } from "../membership/world";
import { cutOff, exported, hidden, lastRun, OWN, resource, secret, upkeepResource, type Kept } from "./state";

const TEAM = { [ANA]: "Ana", [BUDI]: "Budi" };
const team = new Map(Object.entries(TEAM));
const GROUP = "EA93UU0042";
const ops: Kept = { name: "jakarta/ops", group: GROUP, members: TEAM, lastLook: {} };
const elsewhere = [
  ["another stack", { project: "rollcall", stack: "prod" }],
  ["another project", { project: "other", stack: "main" }],
  ["a stack whose name goes on", { project: "rollcall", stack: "main2" }],
] as const;

const historyOf = (kept: Kept): History | undefined => lastRun(kept).groups.get(kept.group)?.history;

describe("a group that the state does not know", () => {
  test.each<[string, unknown]>([
    ["an empty stack", { deployment: { resources: [] } }],
    ["a stack without a deployment", { deployment: null }],
    ["another group", exported(resource({ ...ops, group: "ea93uu0042" }))],
    ["another type", exported({ ...resource(ops), type: "other:index:Thing" })],
    ["one that waits to be deleted", exported({ ...resource(ops), delete: true })],
    ["one without outputs", exported({ ...resource(ops), outputs: undefined })],
  ])("%s", (_, json) => {
    expect(readLastRun(json, OWN).groups.get(GROUP)).toBeUndefined();
  });
});

describe("what is known of a group", () => {
  test("stands in the inputs of its resource, whatever a refresh wrote into the outputs", () => {
    const kept = {
      ...ops,
      lastLook: { left: BUDI, adoption: CITRA },
      outputs: { participants: "", drift: { [ANA]: "left" } },
    };
    expect(historyOf(kept)).toEqual(
      remembered({
        declared: team,
        absent: new Map([[BUDI, "left"]]),
        undeclared: new Map([[CITRA, "adoption"]]),
      }),
    );
  });

  test("is the same where numbers are masked: then it is a secret", () => {
    const inputs = { members: secret(TEAM), lastLook: secret({ left: BUDI }) };
    const outputs = { members: secret(TEAM), participants: "6281••••••01~0123abcd" };
    expect(historyOf({ ...ops, inputs, outputs })).toEqual(
      remembered({ declared: team, absent: new Map([[BUDI, "left"]]) }),
    );
  });

  test.each<[string, Partial<Kept>]>([
    ["the look", { inputs: { lastLook: hidden } }],
    ["the members", { inputs: { members: hidden } }],
    ["the members among the outputs", { outputs: { members: hidden } }],
  ])("is not known while a secret is not shown: %s", (_, over) => {
    expect(historyOf({ ...ops, ...over })).toEqual(unknown);
  });

  test("a group that was never looked at is still to be adopted", () => {
    expect(historyOf({ ...ops, lastLook: { adopted: false } })).toEqual(fresh);
  });

  test("is found by its group, under the name that its resource has", () => {
    const last = lastRun({ ...ops, name: "jakarta:it" }, { ...ops, name: "a", group: "EA1" });
    expect(last.groups.get(GROUP)?.name).toBe("jakarta:it");
    expect([...last.names]).toEqual([
      ["jakarta:it", GROUP],
      ["a", "EA1"],
    ]);
  });

  test("has the inputs of the resource, secrets revealed", () => {
    const { inputs } = lastRun({ ...ops, inputs: { members: secret(TEAM) } }).groups.get(GROUP)!;
    expect(inputs).toMatchObject({ group: GROUP, members: TEAM, lastLook: {} });
  });
});

describe("a state that was imported from elsewhere", () => {
  test.each(elsewhere)("of %s: the group is new, and everybody declared there counts as having been there", (_, of) => {
    const last = lastRun({ ...ops, of, lastLook: { awaiting: BUDI, adoption: CITRA } });
    expect(last.groups.get(GROUP)).toMatchObject({
      name: undefined,
      history: { kind: "new", memory: strictMemory(team) },
    });
    expect(last.names.size).toBe(0);
  });

  test.each(["before", "after"])("this stack's own resource counts, if it stands %s the other one", (where) => {
    const [own, foreign] = [resource(ops), resource({ ...ops, of: elsewhere[0][1], lastLook: { left: BUDI } })];
    const json = exported(...(where === "before" ? [own, foreign] : [foreign, own]));
    expect(readLastRun(json, OWN).groups.get(GROUP)).toMatchObject({
      name: "jakarta/ops",
      history: remembered({ declared: team }),
    });
  });

  test("a group that was never looked at there is as new here", () => {
    expect(historyOf({ ...ops, of: elsewhere[0][1], lastLook: { adopted: false } })).toEqual(fresh);
  });
});

describe("a group is looked at again, whatever changed, whose last removal did not come to its end", () => {
  const unfinished = (json: unknown) => readLastRun(json, OWN).groups.get(GROUP)?.unfinished;
  test.each<[string, unknown, boolean]>([
    ["a program told of it", exported(resource({ ...ops, outputs: { failed: "Budi was not removed" } })), true],
    ["Pulumi told of it", exported({ ...resource(ops), initErrors: ["Budi was not removed"] }), true],
    ["no errors are left", exported({ ...resource(ops), initErrors: [] }), false],
    ["the inputs are a plan's, which was held", exported(resource({ ...ops, lastLook: { declared: TEAM } })), true],
    ["the look can't be read", exported(resource({ ...ops, lastLook: null })), false],
    ["the engine was killed there", cutOff(exported(resource(ops)), resource(ops)), true],
    ["the engine was killed elsewhere", cutOff(exported(resource(ops)), resource({ ...ops, name: "a" })), false],
    ["all went well", exported(resource(ops)), false],
  ])("%s", (_, json, expected) => {
    expect(unfinished(json)).toBe(expected);
  });
});

describe("whoever a killed engine had asked for was removed, when they are gone at the next look", () => {
  const removing = { [BUDI]: ["Budi", "dropped from roster"] };
  const begun = new Map<string, Begun>([[BUDI, { name: "Budi", reason: "dropped from roster" }]]);
  const killed = (note: Record<string, unknown>, before: Kept = ops) =>
    readLastRun(cutOff(exported(resource(before)), note), OWN).groups.get(GROUP)?.history;

  test.each<[string, Record<string, unknown>]>([
    ["in clear", resource({ ...ops, lastLook: { removing } })],
    ["masked", resource({ ...ops, inputs: { lastLook: secret({ removing }) } })],
  ])("%s", (_, note) => {
    expect(killed(note)).toEqual(remembered({ declared: team, removing: begun }));
  });

  test("as well as those whom an earlier run had begun with; the rest of the memory is the last one that was written", () => {
    const before = { ...ops, lastLook: { left: ANA, removing: { [CITRA]: ["", "never declared"] } } };
    expect(killed(resource({ ...ops, members: {}, lastLook: { removing } }), before)).toEqual(
      remembered({
        declared: team,
        absent: new Map([[ANA, "left"]]),
        removing: new Map<string, Begun>([[CITRA, { name: "", reason: "never declared" }], ...begun]),
      }),
    );
  });

  test.each<[string, Record<string, unknown>]>([
    ["has no look", resource(ops)],
    ["has one that was never at CAMS", resource({ ...ops, lastLook: { adopted: false } })],
    ["has one that is not shown", resource({ ...ops, inputs: { lastLook: hidden } })],
    ["has no inputs", { ...resource({ ...ops, lastLook: { removing } }), inputs: undefined }],
    ["is of another type", { ...resource({ ...ops, lastLook: { removing } }), type: "other:index:Thing" }],
  ])("nobody is known to be, where the note %s", (_, note) => {
    expect(killed(note)).toEqual(remembered({ declared: team }));
  });

  test("what is new, or not known, stays so", () => {
    const note = resource({ ...ops, lastLook: { removing } });
    expect(killed(note, { ...ops, lastLook: { adopted: false } })).toEqual(fresh);
    expect(killed(note, { ...ops, inputs: { lastLook: hidden } })).toEqual(unknown);
  });
});

/** States that version 0.1.0 really left behind. */
describe("state of the first release", () => {
  const stateOf = (display: string) =>
    readFileSync(join(__dirname, `../system/package/fixtures/0.1.0-${display}.json`), "utf8");
  const own = { project: "rollcall", stack: "prod" };
  const [ana, budi, stranger] = ["6281234567801", "6281234567802", "6591112233"] as const;
  const declared = new Map([
    [ana, "Ana"],
    [budi, "Budi"],
  ]);

  test("full: who was there is known, and who stayed undeclared", () => {
    const { groups, names } = readLastRun(JSON.parse(stateOf("full")), own);
    expect(groups.get(GROUP)).toMatchObject({
      name: "jakarta/ops",
      history: remembered({ declared, undeclared: new Map([[stranger, "adoption"]]) }),
      unfinished: false,
    });
    expect([...names]).toEqual([["jakarta/ops", GROUP]]);
  });

  test("masked: nothing is known until secrets are shown, and then everybody declared was there", () => {
    const text = stateOf("masked");
    expect(hasSecrets(text)).toBe(true);
    expect(readLastRun(JSON.parse(text), own).groups.get(GROUP)?.history).toEqual(unknown);
    const plaintext = JSON.stringify(JSON.stringify(Object.fromEntries(declared)));
    const shown = text.replaceAll(/"ciphertext": *"[^"]*"/g, () => `"plaintext":${plaintext}`);
    expect(readLastRun(JSON.parse(shown), own).groups.get(GROUP)?.history).toEqual({
      kind: "adopted",
      memory: strictMemory(declared),
    });
  });
});

test.each([
  ["a secret that is not shown", JSON.stringify(hidden), true],
  ["a secret that is shown", JSON.stringify(secret(1)), false],
  ["no secret", JSON.stringify(exported(resource(ops))), false],
])("%s: whether the state has to be exported again is %p", (_, json, secrets) => {
  expect(hasSecrets(json)).toBe(secrets);
});

const LINK = { type: "ChatGroupInviteLink", name: "jakarta/ops" } as const;

test.each([
  ["people", resource({ ...ops, name: "hr", group: "EA2", inputs: { members: hidden } }), true],
  ["who may hold a link", upkeepResource({ ...LINK, inputs: { lastLink: hidden }, outputs: { group: GROUP } }), true],
  [
    "a link itself",
    upkeepResource({ ...LINK, inputs: { lastLink: {} }, outputs: { group: GROUP, link: hidden } }),
    false,
  ],
])("whether what runs decide by is not shown: %s", (_, one, is) => {
  expect(isHidden(readLastRun(exported(resource(ops), one), OWN))).toBe(is);
});

test.each([[undefined], [null], [[]], [{ deployment: { resources: [{ urn: 1 }] } }]])(
  "%p is no export, and throws",
  (json) => {
    expect(() => readLastRun(json, OWN)).toThrow();
  },
);
