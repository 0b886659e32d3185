import fc from "fast-check";
import { remember, strictMemory } from "../../src/membership/memory";
import { planGroup } from "../../src/membership/plan";
import type { History, Memory } from "../../src/membership/types";
import { historyIn, writeLastLook } from "../../src/provider/last-look";
import { hasUnknown } from "../../src/provider/unknown";
import {
  adopted,
  ANA,
  anyDesired,
  anyHistory,
  anyMemory,
  anyWhole,
  BUDI,
  CITRA,
  DEWI,
  desire,
  EKO,
  fresh,
  members,
  remembered,
  whole,
} from "../membership/world";
import { UNKNOWN } from "../pulumi";
import { seeded } from "../seeded";
import { args } from "./world";

const TEAM = { [ANA]: "Ana", [BUDI]: "Budi" };
const team = new Map(Object.entries(TEAM));

/** A memory as it comes back from state, in which it stands as JSON. */
function stored(memory: Memory, beside: Readonly<Record<string, string>>): History {
  const lastLook: unknown = JSON.parse(JSON.stringify(writeLastLook(memory, beside)));
  return historyIn({ ...args({ members: beside }), lastLook }, undefined);
}

/** Nobody undeclared, where nobody knows: state does not tell these apart, and no guard does. */
const known = (memory: Memory): History => remembered({ ...memory, undeclared: memory.undeclared ?? new Map() });

describe("a memory", () => {
  test("comes back from state as it was, whatever members stand beside it", () => {
    fc.assert(
      fc.property(anyMemory, fc.option(fc.constant(TEAM), { nil: undefined }), (memory, beside) => {
        const found = stored(memory, beside ?? Object.fromEntries(memory.declared));
        expect(found).toEqual(known(memory));
      }),
      seeded,
    );
  });

  test("that a look makes comes back as it was", () => {
    fc.assert(
      fc.property(anyDesired, anyWhole, anyHistory, (desired, observed, history) => {
        const memory = remember(desired, planGroup(desired, observed, history), history);
        expect(stored(memory, Object.fromEntries(desired.members))).toEqual(known(memory));
      }),
      seeded,
    );
  });

  test("takes no room in state where everybody declared was there", () => {
    const history = adopted(ANA, BUDI);
    const desired = desire({ members: team });
    const memory = remember(desired, planGroup(desired, whole(ANA, BUDI), history), history);
    expect(writeLastLook(memory, TEAM)).toEqual({});
  });

  test("says who was declared where other members stand beside it: another name, one more, one less", () => {
    const memory = strictMemory(team);
    for (const beside of [{ ...TEAM, [BUDI]: "B." }, { ...TEAM, [CITRA]: "" }, { [ANA]: "Ana" }])
      expect(writeLastLook(memory, beside)).toEqual({ declared: TEAM });
    expect(writeLastLook(memory, { [BUDI]: "Budi", [ANA]: "Ana" })).toEqual({});
  });

  test("stands in state in full digits, each list by number", () => {
    const memory: Memory = {
      declared: members(ANA, BUDI),
      absent: new Map([
        [BUDI, "awaiting"],
        [ANA, "awaiting"],
      ]),
      undeclared: new Map([
        [EKO, "plan"],
        [DEWI, "plan"],
      ]),
      removing: new Map([[CITRA, { name: "Citra", reason: "expired" }]]),
      removed: new Set(["628110000007", "628110000006"]),
      strangers: new Set(["628110000007"]),
      moved: new Map(),
    };
    expect(writeLastLook(memory, { [ANA]: "", [BUDI]: "" })).toEqual({
      awaiting: `${ANA} ${BUDI}`,
      plan: `${DEWI} ${EKO}`,
      removing: { [CITRA]: ["Citra", "expired"] },
      removed: "628110000006 628110000007",
      strangers: "628110000007",
    });
    const look = writeLastLook(memory, { [ANA]: "", [BUDI]: "" });
    expect(historyIn({ members: { [ANA]: "", [BUDI]: "" }, lastLook: look }, undefined)).toEqual({
      kind: "adopted",
      memory,
    });
  });
});

test("a group that was never looked at is still to be adopted, whoever is declared", () => {
  expect(historyIn(args({ members: TEAM, lastLook: { adopted: false } }), undefined)).toEqual(fresh);
  expect(historyIn(args({ members: TEAM, lastLook: { adopted: false } }), { participants: ANA })).toEqual(fresh);
});

test("a preview gives an unknown, which Pulumi accepts any value for", () => {
  expect(hasUnknown({ lastLook: UNKNOWN })).toBe(true);
});

test.each<[string, unknown]>([
  ["a text", "628110000001"],
  ["what a preview says", UNKNOWN],
  ["null", null],
  ["a list", [ANA]],
  ["people who are no text", { awaiting: [BUDI] }],
  ["a removal without a reason", { removing: { [CITRA]: ["Citra"] } }],
  ["a removal that is a text", { removing: { [CITRA]: "expired" } }],
  ["declared people without names", { declared: { [CITRA]: 1 } }],
  ["an adoption that is none", { adopted: true }],
])("a look that can't be read counts as one that saw everybody declared: %s", (_, lastLook) => {
  const outputs = { members: { [CITRA]: "Citra" }, participants: ANA };
  expect(historyIn(args({ members: TEAM, lastLook }), outputs)).toEqual({
    kind: "adopted",
    memory: strictMemory(team),
  });
});

test("what a later release adds does not make a look unreadable", () => {
  const lastLook = { left: BUDI, invitations: { [CITRA]: ["accepted"] } };
  expect(historyIn(args({ members: TEAM, lastLook }), undefined)).toEqual(
    remembered({ declared: team, absent: new Map([[BUDI, "left"]]) }),
  );
});

test("a look among the inputs counts alone, whatever the outputs say", () => {
  const outputs = { members: { [CITRA]: "Citra" }, participants: CITRA, drift: { [BUDI]: "left" } };
  expect(historyIn(args({ members: TEAM, lastLook: { awaiting: BUDI } }), outputs)).toEqual(
    remembered({ declared: team, absent: new Map([[BUDI, "awaiting"]]) }),
  );
});

/** State of version 0.1.0, which had no look among the inputs. */
describe("state of the first release", () => {
  const inputs = args({ members: TEAM });
  const outputs = args({ members: TEAM });
  const memoryIn = (some: Record<string, unknown>, told: Record<string, unknown> | undefined): Memory => {
    const found = historyIn(some, told);
    if (found.kind !== "adopted") throw new Error(found.kind);
    return found.memory;
  };

  test("plain: who was there when the resource was written", () => {
    expect(memoryIn(inputs, { ...outputs, participants: `${ANA} ${CITRA}` })).toEqual({
      declared: team,
      absent: new Map([[BUDI, "unsure"]]),
      undeclared: new Map([[CITRA, "adoption"]]),
      removing: new Map(),
      removed: new Set(),
      moved: new Map(),
    });
  });

  test("refreshed: what the refresh found is taken back, and strangers among the inputs were not declared", () => {
    const refreshed = args({ members: { [ANA]: "Ana", [CITRA]: "(not declared)" } });
    const told = { ...outputs, participants: `${ANA} ${CITRA}`, drift: { [BUDI]: "left", [CITRA]: "joined" } };
    expect(memoryIn(refreshed, told)).toEqual({ ...strictMemory(team), undeclared: new Map() });
    expect(memoryIn(refreshed, undefined)).toEqual(strictMemory(new Map([[ANA, "Ana"]])));
  });

  test("masked: numbers can't be compared, so everybody declared was there", () => {
    const shown = { participants: "6281••••••01~0123abcd", drift: { "6281••••••02~0123abcd": "left" } };
    expect(memoryIn(inputs, { ...outputs, ...shown })).toEqual(strictMemory(team));
  });

  test.each([
    ["none are told", undefined],
    ["they are a secret that was not shown", Symbol("hidden")],
  ])("without participants, since %s: everybody declared was there", (_, participants) => {
    expect(memoryIn(inputs, { ...outputs, participants })).toEqual(strictMemory(team));
  });

  test("an empty group was empty", () => {
    expect(memoryIn(inputs, { ...outputs, participants: "" }).absent).toEqual(
      new Map([
        [ANA, "unsure"],
        [BUDI, "unsure"],
      ]),
    );
  });

  test("a removal that failed half-way: the members of the last whole run are in the outputs, and its removals in the inputs", () => {
    const failed = args({ members: { [ANA]: "Ana" }, removals: { [BUDI]: "dropped from roster" } });
    const told = { ...outputs, participants: `${ANA} ${BUDI}`, failed: "Budi was not removed" };
    expect(memoryIn(failed, told)).toMatchObject({
      declared: team,
      removing: new Map([[BUDI, { name: "", reason: "dropped from roster" }]]),
    });
    const masked = { ...failed, removals: { "6281••••••02~01234567": "dropped from roster" } };
    expect(memoryIn(masked, told).removing).toEqual(new Map());
  });
});
