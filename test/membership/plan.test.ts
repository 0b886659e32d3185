import fc from "fast-check";
import { strictMemory } from "../../src/membership/memory";
import { byNumber, planGroup } from "../../src/membership/plan";
import type { Desired, GroupPlan, History, Removal } from "../../src/membership/types";
import { seeded } from "../seeded";
import {
  adopted,
  ANA,
  anyDesired,
  anyHistory,
  anyWhole,
  BOT,
  BUDI,
  CITRA,
  DEWI,
  desire,
  fresh,
  members,
  numbersOf,
  remembered,
  removal,
  unknown,
  whole,
} from "./world";

const PLACES = ["present", "awaiting", "left", "remove", "spared"] as const;

function placesOf(plan: GroupPlan): Record<string, readonly string[]> {
  return Object.fromEntries(
    PLACES.map((place) => [place, numbersOf(plan[place])] as const).filter(([, people]) => people.length > 0),
  );
}

interface Case {
  readonly what: string;
  readonly desired?: Partial<Desired>;
  readonly there: readonly string[];
  readonly history: History;
  readonly expected: Record<string, readonly string[]>;
}

describe("everybody's place", () => {
  test.each<Case>([
    { what: "declared and there", there: [ANA], history: adopted(ANA), expected: { present: [ANA] } },
    { what: "declared, never seen", there: [], history: fresh, expected: { awaiting: [ANA] } },
    { what: "declared, seen by the last run", there: [], history: adopted(ANA), expected: { left: [ANA] } },
    { what: "declared, not there, no state", there: [], history: unknown, expected: { awaiting: [ANA] } },
    { what: "a stranger", there: [ANA, BUDI], history: adopted(ANA), expected: { present: [ANA], remove: [BUDI] } },
    {
      what: "declared, was there, left at an earlier look",
      there: [],
      history: remembered({ declared: members(ANA), absent: new Map([[ANA, "left"]]) }),
      expected: { left: [ANA] },
    },
    {
      what: "declared, and never there at any look",
      there: [],
      history: remembered({ declared: members(ANA), absent: new Map([[ANA, "awaiting"]]) }),
      expected: { awaiting: [ANA] },
    },
    {
      what: "declared now, was there undeclared at the last look",
      there: [],
      history: remembered({ undeclared: new Map([[ANA, "adoption"]]) }),
      expected: { left: [ANA] },
    },
    {
      what: "declared again, while their removal was under way",
      there: [],
      history: remembered({ removing: new Map([[ANA, { name: "Ana", reason: "dropped from roster" }]]) }),
      expected: { awaiting: [ANA] },
    },
    {
      what: "a stranger whom the reviewed plan does not name, and one whom it does",
      desired: { named: new Set([CITRA]) },
      there: [ANA, BUDI, CITRA],
      history: adopted(ANA),
      expected: { present: [ANA], remove: [CITRA], spared: [BUDI] },
    },
    {
      what: "somebody whom the reviewed plan names, but who is protected now",
      desired: { named: new Set([BUDI]), protect: new Set([BUDI]) },
      there: [ANA, BUDI],
      history: adopted(ANA),
      expected: { present: [ANA], spared: [BUDI] },
    },
    {
      what: "a stranger in a group that is new to this stack, of which another stack knew",
      there: [BUDI],
      history: { kind: "new", memory: strictMemory(members(BUDI)) },
      expected: { awaiting: [ANA], spared: [BUDI] },
    },
    {
      what: "a stranger, no state: the stricter reading",
      there: [BUDI],
      history: unknown,
      expected: { awaiting: [ANA], remove: [BUDI] },
    },
    {
      what: "a stranger in a group that is adopted now",
      there: [BUDI],
      history: fresh,
      expected: { awaiting: [ANA], spared: [BUDI] },
    },
    {
      what: "a stranger in a group that is adopted with onAdopt: remove",
      desired: { onAdopt: "remove" },
      there: [BUDI],
      history: fresh,
      expected: { awaiting: [ANA], remove: [BUDI] },
    },
    {
      what: "a stranger in a group that only reports",
      desired: { undeclared: "report" },
      there: [BUDI],
      history: adopted(BUDI),
      expected: { awaiting: [ANA], spared: [BUDI] },
    },
    {
      what: "a protected stranger, though onAdopt: remove",
      desired: { protect: new Set([BUDI]), onAdopt: "remove" },
      there: [BUDI],
      history: fresh,
      expected: { awaiting: [ANA], spared: [BUDI] },
    },
    { what: "the business number", there: [ANA, BOT], history: adopted(), expected: { present: [ANA], spared: [BOT] } },
    {
      what: "somebody declared who was dropped before",
      desired: { former: new Map([[ANA, "expired"]]) },
      there: [ANA],
      history: adopted(),
      expected: { present: [ANA] },
    },
  ])("$what", ({ desired = {}, there, history, expected }) => {
    expect(placesOf(planGroup(desire(desired), whole(...there), history))).toEqual(expected);
  });

  test("lists are sorted by number, whatever the order of roster and listing", () => {
    const desired = desire({ members: members(DEWI, ANA) });
    const plan = planGroup(desired, whole(DEWI, CITRA, ANA, BUDI), adopted());
    expect(placesOf(plan)).toEqual({ present: [ANA, DEWI], remove: [BUDI, CITRA] });
  });

  test("rows without a number are counted and nothing else", () => {
    const plan = planGroup(desire(), { ...whole(ANA), unidentified: 3 }, adopted(ANA));
    expect({ unidentified: plan.unidentified, places: placesOf(plan) }).toEqual({
      unidentified: 3,
      places: { present: [ANA] },
    });
  });
});

/** WhatsApp's privacy ids are digits that no country's plan can have. */
describe("digits that can be no number", () => {
  const ID = "999999999999999";
  const TYPED = "6208110000002";

  test("are counted as a row without a number, and nobody is removed", () => {
    const plan = planGroup(desire(), { ...whole(ANA, ID), unidentified: 2 }, adopted(ANA));
    expect([placesOf(plan), plan.unidentified]).toEqual([{ present: [ANA] }, 3]);
  });

  test.each<[string, string, Partial<Desired>, History]>([
    ["they were declared", ID, {}, adopted(ANA, ID)],
    ["the rosters know them as somebody's", ID, { names: new Map([[ID, "Ida"]]) }, adopted(ANA)],
    ["the rosters know them by a former entry", ID, { former: new Map([[ID, "expired"]]) }, adopted(ANA)],
    ["they look like a declared number", TYPED, { members: members(ANA, BUDI) }, adopted(ANA)],
    ["they look like a protected number", TYPED, { protect: new Set([BUDI]) }, adopted(ANA)],
  ])("are somebody's all the same when %s", (_, number, over, history) => {
    const plan = planGroup(desire(over), whole(ANA, number), history);
    expect([numbersOf(plan.remove), plan.unidentified]).toEqual([[number], 0]);
  });
});

test.each<[string, Partial<Desired>, History, string]>([
  ["protected, above all", { protect: new Set([BUDI]), undeclared: "report" }, fresh, "protect"],
  ["the group reports, for good", { undeclared: "report" }, fresh, "report"],
  ["the group is new", {}, fresh, "adoption"],
  ["the group is new, whatever a plan names", { named: new Set([BUDI]) }, fresh, "adoption"],
  ["the reviewed plan names others", { named: new Set([CITRA]) }, adopted(ANA), "plan"],
  ["the reviewed plan names nobody", { named: new Set() }, adopted(ANA), "plan"],
])("why somebody is spared: %s", (_, over, history, because) => {
  expect(planGroup(desire(over), whole(BUDI), history).spared).toEqual([{ number: BUDI, name: "", because }]);
});

/** Budi's removal was begun at the last look, under that reason. */
const begun = (reason: Removal["reason"]): History =>
  remembered({ removing: new Map([[BUDI, { name: "Budi, once", reason }]]) });

test.each<[string, Partial<Desired>, History, string]>([
  ["declared by the last run", {}, adopted(BUDI), "dropped from roster"],
  ["declared by no run", {}, adopted(ANA), "never declared"],
  ["no state", {}, unknown, "never declared"],
  ["the date has passed", { former: new Map([[BUDI, "expired"]]) }, adopted(BUDI), "expired"],
  ["begun before, and not done", {}, begun("dropped from roster"), "dropped from roster"],
  ["begun before, for a date that is not in the rosters any more", {}, begun("expired"), "expired"],
  ["spared at the last look", {}, remembered({ undeclared: new Map([[BUDI, "adoption"]]) }), "never declared"],
  ["left the company", { former: new Map([[BUDI, "offboarded"]]) }, adopted(), "offboarded"],
])("the reason of a removal: %s", (_, over, history, reason) => {
  expect(planGroup(desire(over), whole(BUDI), history).remove).toMatchObject([{ number: BUDI, reason }]);
});

test("people are called by the rosters' name, else by the last run's", () => {
  const last = new Map([
    [BUDI, "Budi, then"],
    [CITRA, "Citra, then"],
  ]);
  const history = remembered({ declared: last });
  const desired = desire({ names: new Map([[BUDI, "Budi"]]) });
  const { remove } = planGroup(desired, whole(BUDI, CITRA, DEWI), history);
  expect(remove.map(({ name }) => name)).toEqual(["Budi", "Citra, then", ""]);
});

test("whose removal was begun and not done keeps their name", () => {
  expect(planGroup(desire(), whole(ANA, BUDI), begun("expired")).remove).toEqual([
    { number: BUDI, name: "Budi, once", reason: "expired" },
  ]);
});

test.each<[string, History, object]>([
  ["removed by the last run", begun("expired"), { number: BUDI, name: "Budi", removedBefore: true }],
  [
    "removed by an earlier run",
    remembered({ removed: new Set([BUDI]) }),
    { number: BUDI, name: "Budi", removedBefore: true },
  ],
  ["never removed", remembered({ removed: new Set([CITRA]) }), { number: BUDI, name: "Budi" }],
  ["of whom nothing is known", fresh, { number: BUDI, name: "Budi" }],
])("somebody awaited says whether the invite link lets them in: %s", (_, history, expected) => {
  const desired = desire({ members: new Map([[BUDI, "Budi"]]) });
  expect(planGroup(desired, whole(), history).awaiting).toEqual([expected]);
});

test("people are ordered by number alone", () => {
  const [a, b] = [
    { number: ANA, name: "z" },
    { number: BUDI, name: "a" },
  ];
  expect([byNumber(a, b), byNumber(b, a), byNumber(a, { ...a, name: "y" })]).toEqual([-1, 1, 0]);
});

describe("in every plan", () => {
  const everyPlan = (check: (plan: GroupPlan, desired: Desired, there: readonly string[], history: History) => void) =>
    fc.assert(
      fc.property(anyDesired, anyWhole, anyHistory, (desired, observed, history) =>
        check(planGroup(desired, observed, history), desired, observed.participants, history),
      ),
      seeded,
    );

  test("everybody has exactly one place", () => {
    everyPlan((plan, desired, there) => {
      const placed = PLACES.flatMap((place) => numbersOf(plan[place])).sort();
      expect(placed).toEqual([...new Set([...desired.members.keys(), ...there])].sort());
    });
  });

  test("whoever is removed is there, undeclared and unprotected", () => {
    everyPlan((plan, desired, there) => {
      for (const number of numbersOf(plan.remove)) {
        expect(there).toContain(number);
        expect(desired.members.has(number) || desired.protect.has(number)).toBe(false);
      }
    });
  });

  test("a group that reports, or is adopted sparingly, removes nobody", () => {
    everyPlan((plan, desired, _, history) => {
      const spares = desired.undeclared === "report" || (history.kind === "new" && desired.onAdopt === "spare");
      if (spares) expect(plan.remove).toEqual([]);
    });
  });

  test("under a reviewed plan nobody is removed whom it does not name", () => {
    fc.assert(
      fc.property(
        anyDesired,
        anyWhole,
        anyHistory,
        fc.subarray([BUDI, CITRA, DEWI]),
        (desired, observed, history, named) => {
          const plan = planGroup({ ...desired, named: new Set(named) }, observed, history);
          expect(named).toEqual(expect.arrayContaining(numbersOf(plan.remove)));
        },
      ),
      seeded,
    );
  });

  test("whoever is present, removed or spared was listed, and nobody else", () => {
    everyPlan((plan, _, there) => {
      const listed = [plan.present, plan.remove, plan.spared].flatMap(numbersOf).sort();
      expect(listed).toEqual([...there].sort());
    });
  });

  test("every list is sorted", () => {
    everyPlan((plan) => {
      for (const place of PLACES) expect(plan[place]).toEqual([...plan[place]].sort(byNumber));
    });
  });
});

test("a removal that is released says so, and no other does", () => {
  const { remove } = planGroup(desire({ released: new Set([BUDI, DEWI]) }), whole(ANA, BUDI, CITRA), adopted(ANA));
  expect(remove).toEqual([{ ...removal(BUDI), released: true }, removal(CITRA)]);
});
