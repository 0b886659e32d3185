import type { Desired, History } from "../../src/membership/types";
import { markOf } from "../../src/run/as-of";
import { hasSecrets, historyOf, readLastRun } from "../../src/run/last-run";
import { ANA, BUDI, CITRA, desire, full, members } from "../membership/world";

const TYPE = "pulumi-nodejs:dynamic/cams:ChatGroupParticipants";
const MARK = "4dabf18193072939515e22adb298388d";

/** What `pulumi stack export` prints of one group and of the stack's outputs. */
function resource(outputs: Record<string, unknown>, over: Record<string, unknown> = {}) {
  const found = { group: "EA93UU0042", members: { [ANA]: "Ana", [BUDI]: "Budi" }, participants: ANA, ...outputs };
  return { urn: `urn:pulumi:main::rollcall::${TYPE}::jakarta/ops`, type: TYPE, outputs: found, ...over };
}

function exported(outputs: Record<string, unknown> | undefined, ...resources: readonly unknown[]) {
  const stack = {
    urn: "urn:pulumi:main::rollcall::pulumi:pulumi:Stack::rollcall-main",
    type: "pulumi:pulumi:Stack",
    outputs,
  };
  return { version: 3, deployment: { resources: [stack, ...resources] } };
}

const outputs = { awaiting: { "jakarta/ops": { [BUDI]: "Budi" } }, left: {}, spared: {} };

function lastOf(history: History) {
  if (history.kind !== "adopted") return history.kind;
  const { name, members: declared, present } = history.last;
  return { name, declared: [...declared.keys()], present: [...(present ?? [])] };
}

const both: Partial<Desired> = { members: members(ANA, BUDI, CITRA) };

describe("history of a group", () => {
  test.each<[string, unknown]>([
    ["an empty stack", { deployment: { resources: [] } }],
    ["a stack without a deployment", { deployment: null }],
    ["another group", exported(outputs, resource({ group: "ea93uu0042" }))],
    ["another type", exported(outputs, resource({}, { type: "other:index:Thing" }))],
    ["one that waits to be deleted", exported(outputs, resource({}, { delete: true }))],
    ["one without outputs", exported(outputs, resource({}, { outputs: undefined }))],
  ])("new: %s", (_, json) => {
    expect(historyOf(desire(), readLastRun(json), full)).toEqual({ kind: "new" });
  });

  test("unknown, when the state could not be read", () => {
    expect(historyOf(desire(), undefined, full)).toEqual({ kind: "unknown" });
  });

  test("adopted: who was declared, and of those who was not awaited was there", () => {
    const history = historyOf(desire(both), readLastRun(exported(outputs, resource({}))), full);
    expect(lastOf(history)).toEqual({ name: "jakarta/ops", declared: [ANA, BUDI], present: [ANA] });
  });

  test("whoever left is not counted as there a second time", () => {
    const left = { awaiting: {}, left: { "jakarta/ops": { [BUDI]: "Budi" } }, spared: {} };
    expect(lastOf(historyOf(desire(both), readLastRun(exported(left, resource({}))), full))).toMatchObject({
      present: [ANA],
    });
  });

  test("somebody spared, who is declared by now, was there", () => {
    const spared = { ...outputs, spared: { "jakarta/ops": { [CITRA]: "adoption" } } };
    expect(lastOf(historyOf(desire(both), readLastRun(exported(spared, resource({}))), full))).toMatchObject({
      present: [ANA, CITRA],
    });
  });

  test("without outputs of the stack the resource's own participants tell", () => {
    const json = exported(undefined, resource({ participants: `${BUDI} ${CITRA}` }));
    expect(lastOf(historyOf(desire(both), readLastRun(json), full))).toMatchObject({ present: [BUDI, CITRA] });
  });

  test("a roster that was renamed is found by its group, under the old name", () => {
    const json = exported(outputs, resource({}));
    expect(lastOf(historyOf(desire({ ...both, name: "jakarta/it" }), readLastRun(json), full))).toEqual({
      name: "jakarta/ops",
      declared: [ANA, BUDI],
      present: [ANA],
    });
  });

  test("numbers that state holds as another setting of display wrote them tell nothing", () => {
    const json = exported(outputs, resource({ participants: "6281••••••01~abcd" }));
    const history = historyOf(desire(both), readLastRun(json), full);
    expect(history).toMatchObject({ kind: "adopted", last: { present: undefined } });
  });

  test("masked numbers of the outputs are compared as masked", () => {
    const show = (number: string) => `~${number.slice(-2)}`;
    const masked = { awaiting: { "jakarta/ops": { "~02": "Budi" } }, left: {}, spared: {} };
    const json = exported(masked, resource({ participants: "~01 ~02" }));
    expect(lastOf(historyOf(desire(both), readLastRun(json), show))).toMatchObject({ present: [ANA] });
  });
});

/** Whom the outputs know, when the resource was written before Budi and Citra joined. */
describe("outputs tell of those groups and people alone that their marks name", () => {
  const three = { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra" };
  const ofGroup = markOf("jakarta/ops", "EA93UU0042", full);
  const ofPeople = (...people: readonly string[]) => markOf("jakarta/ops", "EA93UU0042", full, people);
  const present = (asOf: string, over: Record<string, unknown> = {}, desired: Partial<Desired> = both) => {
    const json = exported({ ...outputs, ...over, asOf }, resource({ members: three }));
    const history = historyOf(desire(desired), readLastRun(json), full);
    return history.kind === "adopted" ? [...(history.last.present ?? [])] : history.kind;
  };

  test("somebody who joined since the resource was written was there", () => {
    expect(present(`${ofGroup} ${ofPeople(ANA, BUDI, CITRA)}`)).toEqual([ANA, CITRA]);
  });

  test("people are told alike in whatever order", () => {
    expect(ofPeople(CITRA, ANA, BUDI)).toBe(ofPeople(ANA, BUDI, CITRA));
  });

  test("a roster that was changed while a guard held the group: those whom the last run knew by it", () => {
    expect(present(`${ofGroup} ${ofPeople(ANA, CITRA)}`, {}, { members: members(ANA, CITRA) })).toEqual([ANA, CITRA]);
  });

  test("somebody who is declared since the outputs were stored was not there, as far as they know", () => {
    expect(present(`${ofGroup} ${ofPeople(ANA, BUDI)}`)).toEqual([ANA]);
  });

  test("of another group under this name nothing is believed: the resource tells", () => {
    const elsewhere = [markOf("jakarta/ops", "EA1", full), markOf("jakarta/ops", "EA1", full, [ANA, BUDI, CITRA])].join(
      " ",
    );
    const over = { awaiting: { "jakarta/ops": { [ANA]: "Ana" } }, spared: { "jakarta/ops": { [BUDI]: "protect" } } };
    expect(present(elsewhere, over)).toEqual([ANA]);
    expect(present("", over)).toEqual([ANA]);
  });

  test("a group that another roster's resource has is found by the name that the run knew it by", () => {
    const json = exported(
      { awaiting: { leads: { [BUDI]: "Budi" } }, asOf: markOf("leads", "EA93UU0042", full) },
      resource({ participants: `${ANA} ${BUDI}` }),
    );
    expect(lastOf(historyOf(desire({ ...both, name: "leads" }), readLastRun(json), full))).toMatchObject({
      name: "jakarta/ops",
      present: [ANA],
    });
  });

  test("a stranger whom the resource has seen counts only while the outputs still tell of them", () => {
    const seen = (over: Record<string, unknown>) => {
      const told = { awaiting: {}, asOf: ofGroup, ...over };
      const json = exported(told, resource({ participants: `${ANA} ${CITRA}` }));
      return lastOf(historyOf(desire(both), readLastRun(json), full));
    };
    expect(seen({})).toMatchObject({ present: [ANA] });
    expect(seen({ spared: { "jakarta/ops": { [CITRA]: "adoption" } } })).toMatchObject({ present: [ANA, CITRA] });
  });

  test("outputs without marks, of a release that had none, only take people away", () => {
    const json = exported(
      { awaiting: { "jakarta/ops": { [ANA]: "Ana" } } },
      resource({ members: three, participants: `${ANA} ${BUDI}` }),
    );
    expect(lastOf(historyOf(desire(both), readLastRun(json), full))).toMatchObject({ present: [BUDI] });
  });
});

test("secret members are read when they are shown, and nobody when they are not", () => {
  const read = (value: Record<string, unknown>) => {
    const { groups } = readLastRun(
      exported(outputs, resource({ members: { [MARK]: "1b47061264138c4ac30d75fd1eb44270", ...value } })),
    );
    return [...(groups.get("EA93UU0042")?.members ?? [])];
  };
  expect(read({ plaintext: JSON.stringify({ [ANA]: "Ana" }) })).toEqual([[ANA, "Ana"]]);
  expect(read({ ciphertext: "v1:xyz" })).toEqual([]);
});

test.each([
  ["a secret that is not shown", JSON.stringify({ [MARK]: "1b47", ciphertext: "v1:x" }), true],
  ["a secret that is shown", JSON.stringify({ [MARK]: "1b47", plaintext: "1" }), false],
  ["no secret", JSON.stringify(exported(outputs, resource({}))), false],
])("%s: whether the state has to be exported again is %p", (_, json, secrets) => {
  expect(hasSecrets(json)).toBe(secrets);
});

test.each([[undefined], [null], [[]], [{ deployment: { resources: [{ urn: 1 }] } }]])(
  "%p is no export, and throws",
  (json) => {
    expect(() => readLastRun(json)).toThrow();
  },
);
