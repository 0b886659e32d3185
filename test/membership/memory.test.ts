import fc from "fast-check";
import { hasLeft, remember, strictMemory, wasThere, wasToStay } from "../../src/membership/memory";
import { planGroup } from "../../src/membership/plan";
import type { Desired, History, Memory } from "../../src/membership/types";
import { seeded } from "../seeded";
import {
  adopted,
  ANA,
  anyDesired,
  anyHistory,
  anyWhole,
  BUDI,
  CITRA,
  desire,
  DEWI,
  EKO,
  fresh,
  members,
  remembered,
  whole,
} from "./world";

/** What is remembered after a look at `there`. */
function after(history: History, there: readonly string[], over: Partial<Desired> = {}): Memory {
  const desired = desire(over);
  return remember(desired, planGroup(desired, whole(...there), history), history);
}

/** What is remembered after looks, one after the other. */
function looks(over: Partial<Desired>, ...all: readonly (readonly string[])[]): Memory {
  let history: History = fresh;
  for (const there of all) history = { kind: "adopted", memory: after(history, there, over) };
  return history.memory!;
}

const pair: Partial<Desired> = { members: members(ANA, BUDI) };

describe("a look", () => {
  test("remembers who was declared, and of those who was not there", () => {
    expect(after(fresh, [ANA], pair)).toEqual({
      declared: members(ANA, BUDI),
      absent: new Map([[BUDI, "awaiting"]]),
      undeclared: new Map(),
      removing: new Map(),
      removed: new Set(),
      moved: new Map(),
    });
  });

  test("remembers who was there undeclared and stayed, and why", () => {
    const over: Partial<Desired> = { ...pair, protect: new Set([CITRA]), named: new Set([EKO]) };
    expect(after(adopted(ANA, BUDI), [ANA, BUDI, CITRA, DEWI], over).undeclared).toEqual(
      new Map([
        [CITRA, "protect"],
        [DEWI, "plan"],
      ]),
    );
    expect(after(fresh, [DEWI], pair).undeclared).toEqual(new Map([[DEWI, "adoption"]]));
  });

  test("remembers whose removal is begun, by name and reason", () => {
    const over = { ...pair, names: new Map([[CITRA, "Citra"]]) };
    expect(after(adopted(ANA, BUDI, CITRA), [ANA, BUDI, CITRA, DEWI], over).removing).toEqual(
      new Map([
        [CITRA, { name: "Citra", reason: "dropped from roster" }],
        [DEWI, { name: "", reason: "never declared" }],
      ]),
    );
  });
});

test("strangers stay known once their removal has come to its end, and others who were removed do not join them", () => {
  const strangers = looks(pair, [ANA, BUDI], [ANA, BUDI, DEWI], [ANA, BUDI], [ANA, BUDI]);
  expect([strangers.removed, strangers.strangers]).toEqual([new Set([DEWI]), new Set([DEWI])]);
  const dropped = after(
    { kind: "adopted", memory: after(adopted(ANA, BUDI, CITRA), [ANA, BUDI, CITRA], pair) },
    [ANA],
    pair,
  );
  expect([dropped.removed, dropped.strangers]).toEqual([new Set([CITRA]), undefined]);
});

describe("whoever left", () => {
  test.each([1, 2, 5])("stays left after %i more looks without them", (times) => {
    const gone = Array.from({ length: times }, () => [ANA]);
    expect(looks(pair, [ANA, BUDI], ...gone).absent).toEqual(new Map([[BUDI, "left"]]));
  });

  test("is there again once they are back, and has left once more when they go", () => {
    expect(looks(pair, [ANA, BUDI], [ANA], [ANA, BUDI]).absent).toEqual(new Map());
    expect(looks(pair, [ANA, BUDI], [ANA], [ANA, BUDI], [ANA]).absent).toEqual(new Map([[BUDI, "left"]]));
  });

  test("is awaited when they are declared again after the roster had dropped them", () => {
    const left = looks(pair, [ANA, BUDI], [ANA]);
    const dropped = after({ kind: "adopted", memory: left }, [ANA], { members: members(ANA) });
    expect(dropped.absent).toEqual(new Map());
    expect(after({ kind: "adopted", memory: dropped }, [ANA], pair).absent).toEqual(new Map([[BUDI, "awaiting"]]));
  });
});

describe("a removal that was begun", () => {
  const begun = looks({ members: members(ANA, BUDI) }, [ANA, BUDI]);
  const removing = after({ kind: "adopted", memory: begun }, [ANA, BUDI]);

  test("keeps its reason for as long as the person is still there", () => {
    const once = after({ kind: "adopted", memory: removing }, [ANA, BUDI]);
    const twice = after({ kind: "adopted", memory: once }, [ANA, BUDI]);
    expect([once, twice].map((memory) => memory.removing.get(BUDI)?.reason)).toEqual(
      Array(2).fill("dropped from roster"),
    );
  });

  test("keeps the name that the roster had", () => {
    const named = after(remembered({ declared: new Map([[BUDI, "Budi"]]) }), [ANA, BUDI]);
    const again = after({ kind: "adopted", memory: named }, [ANA, BUDI]);
    expect(again.removing).toEqual(new Map([[BUDI, { name: "Budi", reason: "dropped from roster" }]]));
  });

  test("is done when the person is gone, which is remembered from then on", () => {
    const done = after({ kind: "adopted", memory: removing }, [ANA]);
    const later = after({ kind: "adopted", memory: done }, [ANA], pair);
    expect([done, later].map(({ removed }) => [...removed])).toEqual([[BUDI], [BUDI]]);
    expect(done.removing).toEqual(new Map());
    expect(later.absent).toEqual(new Map([[BUDI, "awaiting"]]));
  });

  test("is forgotten when somebody let the person in again", () => {
    const done = after({ kind: "adopted", memory: removing }, [ANA]);
    expect(after({ kind: "adopted", memory: done }, [ANA, BUDI], pair).removed).toEqual(new Set());
  });

  test("is not done while the person is there and spared", () => {
    const spared = after({ kind: "adopted", memory: removing }, [ANA, BUDI], { protect: new Set([BUDI]) });
    expect(spared).toMatchObject({ removed: new Set(), undeclared: new Map([[BUDI, "protect"]]) });
  });
});

describe("who was there at the last look", () => {
  const memory: Memory = {
    declared: members(ANA, BUDI, CITRA),
    absent: new Map([
      [BUDI, "awaiting"],
      [CITRA, "left"],
    ]),
    undeclared: new Map([[DEWI, "report"]]),
    removing: new Map([[EKO, { name: "", reason: "expired" }]]),
    removed: new Set(["628110000006"]),
    moved: new Map(),
  };

  test.each<[string, string, boolean, boolean]>([
    ["declared", ANA, true, true],
    ["awaited", BUDI, false, false],
    ["left by then", CITRA, false, true],
    ["undeclared, but spared", DEWI, true, true],
    ["to be removed", EKO, true, false],
    ["removed earlier", "628110000006", false, false],
    ["a stranger", "628110000007", false, false],
  ])("%s", (_, number, there, left) => {
    expect([wasThere(memory, number), hasLeft(memory, number)]).toEqual([there, left]);
  });

  test.each<[string, string, boolean]>([
    ["declared", ANA, true],
    ["awaited", BUDI, false],
    ["undeclared, but spared", DEWI, true],
    ["to be removed", EKO, false],
  ])("%s: whether they were to stay", (_, number, stays) => {
    expect([wasToStay(memory, number), wasToStay(undefined, number)]).toEqual([stays, false]);
  });

  test("nobody, where there is no memory", () => {
    expect([wasThere(undefined, ANA), hasLeft(undefined, ANA)]).toEqual([false, false]);
    const strangersUnknown = strictMemory(members(ANA));
    expect([wasThere(strangersUnknown, DEWI), hasLeft(strangersUnknown, DEWI)]).toEqual([false, false]);
  });

  test("everybody declared, where the look is lost", () => {
    expect([ANA, BUDI].map((number) => wasThere(strictMemory(members(ANA, BUDI)), number))).toEqual([true, true]);
  });
});

describe("after every look", () => {
  const everyLook = (check: (memory: Memory, there: readonly string[], desired: Desired) => void) =>
    fc.assert(
      fc.property(anyDesired, anyWhole, anyHistory, (desired, observed, history) => {
        const memory = remember(desired, planGroup(desired, observed, history), history);
        check(memory, observed.participants, desired);
      }),
      seeded,
    );

  test("whoever was listed was there, and of those who are declared nobody else", () => {
    everyLook((memory, there, { members: declared }) => {
      for (const number of there) expect(wasThere(memory, number)).toBe(true);
      for (const number of declared.keys()) expect(wasThere(memory, number)).toBe(there.includes(number));
    });
  });

  test("the same look, given again, changes nothing but what a removal has come to", () => {
    fc.assert(
      fc.property(anyDesired, anyWhole, anyHistory, (desired, observed, history) => {
        const once = remember(desired, planGroup(desired, observed, history), history);
        fc.pre(once.undeclared?.size === 0 || history.kind !== "new");
        const known: History = { kind: "adopted", memory: once };
        expect(remember(desired, planGroup(desired, observed, known), known)).toEqual(once);
      }),
      seeded,
    );
  });
});

describe("who came when somebody left", () => {
  const NEW = "6591234567";
  const desired = desire({ members: members(ANA, BUDI) });
  const look = (history: History, there: readonly string[], rows = 0): History => {
    const plan = planGroup(desired, { ...whole(...there), unidentified: rows }, history);
    return { kind: "adopted", memory: remember(desired, plan, history) };
  };
  const before = adopted(ANA, BUDI);

  test("is remembered with whoever left then, be they a number or a row without one", () => {
    expect(look(before, [ANA, NEW]).memory?.moved).toEqual(new Map([[NEW, [BUDI]]]));
    expect(look(before, [ANA], 1).memory?.moved).toEqual(new Map([["row", [BUDI]]]));
  });

  test("is forgotten for whoever is back, and kept for the others", () => {
    const both = look(before, [NEW], 1);
    expect(both.memory?.moved).toEqual(new Map(["row", NEW].map((came) => [came, [ANA, BUDI]])));
    expect(look(both, [ANA, NEW], 1).memory?.moved).toEqual(new Map(["row", NEW].map((came) => [came, [BUDI]])));
    expect(look(both, [ANA, BUDI, NEW], 1).memory?.moved).toEqual(new Map());
  });

  test("is not whoever left a look earlier or later", () => {
    expect(look(look(before, [ANA]), [ANA, NEW]).memory?.moved).toEqual(new Map());
    expect(look(look(before, [ANA, BUDI, NEW]), [ANA, NEW]).memory?.moved).toEqual(new Map());
  });
});
