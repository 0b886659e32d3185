import { approve, isSuspicious, judgeGroup, type Candidate, type Conflict } from "../../src/membership/guards";
import { maskNumber } from "../../src/text/mask";
import { remember, strictMemory, type Memory } from "../../src/membership/memory";
import { planGroup } from "../../src/membership/plan";
import type { Desired, History, Refusal } from "../../src/membership/types";
import {
  adopted,
  ANA,
  BUDI,
  CITRA,
  desire,
  DEWI,
  EKO,
  fresh,
  full,
  judgeable,
  members,
  remembered,
  removal,
  unknown,
  whole,
} from "./world";

/** The guards that look at what was known before. */

function judged(over: Partial<Desired>, history: History, there: readonly string[], conflict?: Conflict, show = full) {
  const candidate: Candidate = {
    ...judgeable(desire({ maxRemovals: 8, ...over }), whole(...there), history),
    conflict,
  };
  const verdict = judgeGroup(candidate, show);
  return verdict.kind === "held" ? verdict.refusals : [];
}

const rulesOf = (refusals: readonly Refusal[]): readonly string[] => refusals.map(({ rule }) => rule);

/** The last look saw everybody declared but these, each `awaiting` or `left`. */
const without = (declared: readonly string[], absent: Readonly<Record<string, "awaiting" | "left">>): History =>
  remembered({ declared: members(...declared), absent: new Map(Object.entries(absent)) });

describe("suspicious-listing", () => {
  const everybody = members(ANA, BUDI, CITRA, DEWI, EKO);
  const five = [ANA, BUDI, CITRA, DEWI, EKO] as const;
  const six = [...five, "628110000006"] as const;
  const known = adopted(...five);
  const imported: History = { kind: "new", memory: strictMemory(everybody) };
  const spared = new Map([BUDI, CITRA, DEWI].map((number) => [number, "adoption" as const]));

  test.each<[string, Partial<Desired>, History, readonly string[]]>([
    ["everybody is there", { members: everybody }, known, [ANA, BUDI, CITRA, DEWI, EKO]],
    ["two of five left", { members: everybody }, known, [ANA, BUDI, CITRA]],
    ["two of two left, which is less than three", { members: members(ANA, BUDI) }, adopted(ANA, BUDI), []],
    [
      "three of six left, which is not more than half",
      { members: members(...six) },
      adopted(...six),
      [ANA, BUDI, CITRA],
    ],
    ["three left, one of them released", { members: everybody, released: new Set([CITRA]) }, known, [ANA, BUDI]],
    ["three who are not declared any more are gone", { members: members(ANA, BUDI) }, known, [ANA, BUDI]],
    ["three who were never there are not there", { members: everybody }, adopted(ANA, BUDI), [ANA, BUDI]],
    [
      "three who had left before are not there",
      { members: everybody },
      without(five, { [CITRA]: "left", [DEWI]: "left", [EKO]: "left" }),
      [ANA, BUDI],
    ],
    [
      "three are gone whom the last run removed, and who are declared again",
      { members: everybody },
      remembered({
        declared: members(ANA, BUDI),
        removing: new Map([CITRA, DEWI, EKO].map((number) => [number, { name: "", reason: "dropped from roster" }])),
      }),
      [ANA, BUDI],
    ],
    ["a new group", { members: everybody }, fresh, [ANA]],
    ["the state could not be read", { members: everybody }, unknown, [ANA]],
  ])("passes: %s", (_, over, history, there) => {
    expect(rulesOf(judged(over, history, there))).not.toContain("suspicious-listing");
  });

  test.each<[string, Partial<Desired>, History, readonly string[]]>([
    ["three of five left", { members: everybody }, known, [ANA, BUDI]],
    ["three of three left", { members: members(ANA, BUDI, CITRA) }, adopted(ANA, BUDI, CITRA), []],
    ["four of six left", { members: members(...six) }, adopted(...six), [ANA, BUDI]],
    ["four left, one of them released", { members: everybody, released: new Set([CITRA]) }, known, [ANA]],
    ["three left, and somebody else came", { members: everybody }, known, [ANA, BUDI, "6591234567"]],
    ["three of four left, one had left before", { members: everybody }, without(five, { [EKO]: "left" }), [ANA]],
    ["everybody declared in a state that came from elsewhere", { members: everybody }, imported, [ANA]],
    [
      "three left who were spared at the last look, and are declared by now",
      { members: members(ANA, BUDI, CITRA, DEWI) },
      remembered({ declared: members(ANA), undeclared: spared }),
      [ANA],
    ],
  ])("holds: %s", (_, over, history, there) => {
    expect(rulesOf(judged(over, history, there))).toContain("suspicious-listing");
  });

  test("names roster, group, people, counts and what permits it, and nobody who had left before", () => {
    const history = without(six, { "628110000006": "left" });
    const [refusal] = judged({ members: members(...six), names: new Map() }, history, [ANA, BUDI]);
    expect(refusal).toMatchObject({ rule: "suspicious-listing", name: "jakarta/ops" });
    for (const word of [
      ...["jakarta/ops (EA93UU0042): ", "lacks 3 people", `(${CITRA}, ${DEWI}, ${EKO})`, "of the 5 who were there"],
      ...["take them out of stacks/main/jakarta/ops.yaml or release them in releases.yaml", "run again later"],
    ])
      expect(refusal?.message).toContain(word);
  });

  test("writes numbers as the settings want them", () => {
    const [refusal] = judged({ members: everybody }, known, [ANA, BUDI], undefined, maskNumber);
    expect(refusal?.message).not.toMatch(/\d{7}/);
  });

  test("whom state of the first release does not show counts as having been there, and is awaited", () => {
    const history = remembered({
      declared: members(ANA, BUDI, CITRA, DEWI),
      absent: new Map([BUDI, CITRA, DEWI].map((number) => [number, "unsure"] as const)),
    });
    expect(rulesOf(judged({ members: everybody }, history, [ANA]))).toEqual(["suspicious-listing"]);
    const plan = planGroup(desire({ members: everybody }), whole(ANA), history);
    expect([plan.left, plan.awaiting.map(({ number }) => number)]).toEqual([[], [BUDI, CITRA, DEWI, EKO]]);
  });

  test("without any memory nothing can be said", () => {
    const left = [BUDI, CITRA, DEWI].map((number) => ({ number, name: "" }));
    const plan = { left, awaiting: [], present: [{ number: ANA, name: "" }] };
    for (const nothing of [fresh, unknown]) expect(isSuspicious(plan, nothing, new Set())).toBe(false);
    expect(isSuspicious(plan, known, new Set())).toBe(true);
  });
});

describe("unknown-memory", () => {
  test("holds a group of which nobody knows who was there, when somebody would be removed", () => {
    const refusals = judged({}, unknown, [ANA, BUDI, CITRA]);
    expect(rulesOf(refusals)).toEqual(["unknown-memory"]);
    for (const word of ["jakarta/ops (EA93UU0042): 2 removals", BUDI, CITRA, "not known", "`pulumi stack export`"])
      expect(refusals[0]?.message).toContain(word);
  });

  test.each<[string, Partial<Desired>, History, readonly string[]]>([
    ["nobody would be removed", {}, unknown, [ANA]],
    ["whoever is undeclared is protected", { protect: new Set([BUDI]) }, unknown, [ANA, BUDI]],
    ["the memory is known", {}, adopted(ANA), [ANA, BUDI]],
    ["the group is new", { onAdopt: "remove" }, fresh, [ANA, BUDI]],
  ])("passes: %s", (_, over, history, there) => {
    expect(judged(over, history, there)).toEqual([]);
  });

  test("a release does not settle it, and numbers are written as the settings want them", () => {
    const refusals = judged({ released: new Set([BUDI]) }, unknown, [ANA, BUDI], undefined, maskNumber);
    expect(rulesOf(refusals)).toEqual(["unknown-memory"]);
    expect(refusals[0]?.message).not.toMatch(/\d{7}/);
  });
});

describe("number-change", () => {
  const [NEW, OTHER] = ["6591234567", "447911123456"] as const;
  const pair: Partial<Desired> = {
    members: new Map([
      [ANA, "Ana"],
      [BUDI, "Budi"],
    ]),
  };
  const before = adopted(ANA, BUDI);

  test.each<[string, Partial<Desired>, History, readonly string[]]>([
    ["nobody left", pair, before, [ANA, BUDI, NEW]],
    ["nobody came", pair, before, [ANA]],
    ["whoever came is declared now", { members: members(ANA, BUDI, NEW) }, before, [ANA, NEW]],
    ["whoever left is not declared any more", { members: members(ANA) }, before, [ANA, NEW]],
    ["the removal is released", { ...pair, released: new Set([NEW]) }, before, [ANA, NEW]],
    ["whoever left is released", { ...pair, released: new Set([BUDI]) }, before, [ANA, NEW]],
    ["whoever came is protected", { ...pair, protect: new Set([NEW]) }, before, [ANA, NEW]],
    ["the group only reports", { ...pair, undeclared: "report" }, before, [ANA, NEW]],
    [
      "whoever came was there at the last look, and was spared",
      pair,
      remembered({ declared: members(ANA, BUDI), undeclared: new Map([[NEW, "adoption"]]) }),
      [ANA, NEW],
    ],
    [
      "whoever came was to be removed before",
      pair,
      remembered({
        declared: members(ANA, BUDI),
        removing: new Map([[NEW, { name: "", reason: "never declared" }]]),
      }),
      [ANA, NEW],
    ],
    ["whoever came was dropped from the roster", pair, adopted(ANA, BUDI, CITRA), [ANA, CITRA]],
    ["whoever came is offboarded", { ...pair, former: new Map([[CITRA, "offboarded"]]) }, before, [ANA, CITRA]],
    ["whoever is not there had left before", pair, without([ANA, BUDI], { [BUDI]: "left" }), [ANA, NEW]],
    ["whoever is not there never was", pair, without([ANA, BUDI], { [BUDI]: "awaiting" }), [ANA, NEW]],
    ["nothing is known of the group", { ...pair, onAdopt: "remove" }, fresh, [ANA, NEW]],
  ])("passes: %s", (_, over, history, there) => {
    expect(rulesOf(judged(over, history, there))).not.toContain("number-change");
  });

  test.each<[string, Partial<Desired>, History, readonly string[]]>([
    ["one left and one came", pair, before, [ANA, NEW]],
    ["two came, one of them released", { ...pair, released: new Set([OTHER]) }, before, [ANA, NEW, OTHER]],
    ["two left, one of them released", { ...pair, released: new Set([ANA]) }, adopted(ANA, BUDI), [NEW]],
    [
      "the one who left was spared at the last look, and is declared since",
      pair,
      remembered({ declared: members(ANA), undeclared: new Map([[BUDI, "adoption"]]) }),
      [ANA, NEW],
    ],
    [
      "in a state that came from elsewhere, whose group is adopted with onAdopt: remove",
      { ...pair, onAdopt: "remove" },
      { kind: "new", memory: strictMemory(members(ANA, BUDI)) },
      [ANA, NEW],
    ],
  ])("holds: %s", (_, over, history, there) => {
    expect(rulesOf(judged({ allowEmpty: true, ...over }, history, there))).toEqual(["number-change"]);
  });

  test("names whoever left and whoever came, each once, and what settles it", () => {
    const [refusal] = judged({ ...pair, names: new Map([[NEW, "Nia"]]), allowEmpty: true }, before, [NEW, OTHER]);
    expect(refusal?.message).toBe(
      "jakarta/ops (EA93UU0042): perhaps somebody has a new number, and WhatsApp has moved their membership: between two looks " +
        `Ana (${ANA}), Budi (${BUDI}) left and ${OTHER}, Nia (${NEW}) came (the same pair: in no other group). ` +
        "If it is the same person, write the new number into the roster or people.yaml, with the old one in formerly; if not, " +
        "release the removal in releases.yaml, or take whoever left out of stacks/main/jakarta/ops.yaml",
    );
  });

  test("in a program, which has no people.yaml and no releases, the remedies are arguments", () => {
    const [refusal] = judged({ ...pair, file: "the resource's arguments" }, before, [ANA, NEW]);
    expect(refusal?.message).toMatch(
      /If it is the same person, write the new number into the resource's arguments; if not, take whoever left out of them, or keep the new number with protect$/,
    );
  });

  test("a former number is a pair with its owner alone, and others are with everybody", () => {
    const over = { former: new Map([[NEW, "changed number" as const]]), formerly: new Map([[NEW, BUDI]]) };
    const [refusal] = judged({ ...pair, ...over, allowEmpty: true }, before, [NEW]);
    expect(refusal?.message).toContain(`between two looks Budi (${BUDI}) left and ${NEW} came`);
    const [other] = judged({ ...pair, formerly: over.formerly, allowEmpty: true }, before, [NEW]);
    expect(other?.message).toContain(`between two looks Ana (${ANA}), Budi (${BUDI}) left and ${NEW} came`);
  });

  test("writes numbers as the settings want them", () => {
    const [refusal] = judged(pair, before, [ANA, NEW], undefined, maskNumber);
    expect(refusal?.message).not.toMatch(/\d{7}/);
    expect(refusal?.message).toContain("•");
  });

  describe("where the new number was spared when it came", () => {
    const { memory: then } = before as { memory: Memory };
    /** The look at which Budi left and the new number came, which something spared. */
    const spared = (over: Partial<Desired>): History => {
      const desired = desire({ ...pair, ...over });
      const plan = planGroup(desired, whole(ANA, NEW), { kind: "adopted", memory: then });
      return { kind: "adopted", memory: remember(desired, plan, { kind: "adopted", memory: then }) };
    };

    test.each<[string, Partial<Desired>]>([
      ["by a reviewed plan", { named: new Set() }],
      ["by undeclared: report", { undeclared: "report" }],
      ["by protect", { protect: new Set([NEW]) }],
    ])("%s, it is held in every later run", (_, over) => {
      let history = spared(over);
      for (let run = 1; run <= 3; run++) {
        expect(rulesOf(judged(pair, history, [ANA, NEW]))).toEqual(["number-change"]);
        history = {
          kind: "adopted",
          memory: remember(desire(pair), planGroup(desire(pair), whole(ANA, NEW), history), history),
        };
      }
    });

    test("it goes once whoever left is back, or is not declared any more, or the removal is released", () => {
      const history = spared({ named: new Set() });
      expect(rulesOf(judged(pair, history, [ANA, BUDI, NEW]))).toEqual([]);
      expect(rulesOf(judged({ members: members(ANA) }, history, [ANA, NEW]))).toEqual([]);
      expect(rulesOf(judged({ ...pair, released: new Set([NEW]) }, history, [ANA, NEW]))).toEqual([]);
    });

    test.each<[string, Partial<Desired>]>([
      ["is declared with the new one as a former one: the two are exchanged", { formerly: new Map([[NEW, BUDI]]) }],
    ])("whoever left %s", (_, over) => {
      const exchanged = { ...pair, ...over, former: new Map([[NEW, "changed number" as const]]) };
      expect(rulesOf(judged(exchanged, before, [ANA, NEW]))).toEqual(["number-change"]);
    });

    test("a former number of somebody who did not leave goes", () => {
      const over = { former: new Map([[NEW, "changed number" as const]]), formerly: new Map([[NEW, ANA]]) };
      expect(rulesOf(judged({ ...pair, ...over }, before, [ANA, NEW]))).toEqual([]);
    });

    test("who came as a row without a number, and has one now, is held", () => {
      const desired = desire(pair);
      const behind = planGroup(desired, { kind: "whole", participants: [ANA], unidentified: 1 }, before);
      const history: History = { kind: "adopted", memory: remember(desired, behind, before) };
      expect(rulesOf(judged(pair, history, [ANA, NEW]))).toEqual(["number-change"]);
      const none = planGroup(desired, whole(ANA), before);
      const seen: History = { kind: "adopted", memory: remember(desired, none, before) };
      expect(rulesOf(judged(pair, seen, [ANA, NEW]))).toEqual([]);
    });

    test("a number that comes back counts anew", () => {
      const history = spared({ named: new Set() });
      const desired = desire(pair);
      const gone = remember(desired, planGroup(desired, whole(ANA), history), history);
      expect(gone.moved).toEqual(new Map());
    });
  });

  describe("over all groups", () => {
    const group = (name: string, over: Partial<Desired>, ...there: readonly string[]): Candidate =>
      judgeable(desire({ name, group: name, ...pair, ...over }), whole(...there), before);
    const messages = (...all: readonly Candidate[]) =>
      approve(all, { maxRemovalsPerRun: 10, maxGroupsPerPerson: 3 }, full).groups.map((verdict) =>
        verdict.kind === "held" ? verdict.refusals.map(({ message }) => message).join() : verdict.kind,
      );

    test("names the others in which the same pair was seen, and no group of another pair", () => {
      const all = [group("a", {}, ANA, NEW), group("b", {}, ANA, NEW), group("c", {}, ANA, OTHER)];
      const [a, b, c] = messages(...all);
      expect(a).toContain(`(the same pair: also Budi (${BUDI}) and ${NEW} in b)`);
      expect(b).toContain(`(the same pair: also Budi (${BUDI}) and ${NEW} in a)`);
      expect(c).toContain("(the same pair: in no other group)");
    });

    test("names every pair that was seen elsewhere, with all groups", () => {
      const all = ["a", "b", "c"].map((name) => group(name, { allowEmpty: true }, NEW));
      const [a] = messages(...all);
      expect(a).toContain(
        `(the same pair: also Ana (${ANA}) and ${NEW} in b, c, and Budi (${BUDI}) and ${NEW} in b, c)`,
      );
    });

    test("does not count a group in which the pair is released, nor one that could not be listed", () => {
      const doubtful: Candidate = { desired: desire({ name: "x" }), observed: { kind: "doubtful", why: "no Total" } };
      const [a, b] = messages(group("a", {}, ANA, NEW), group("b", { released: new Set([NEW]) }, ANA, NEW), doubtful);
      expect([a, b]).toEqual([expect.stringContaining("in no other group"), "approved"]);
    });
  });
});

describe("belongs-elsewhere", () => {
  test("a group that is nobody else's passes", () => {
    expect(judged({}, adopted(ANA), [ANA])).toEqual([]);
  });

  test.each<[Conflict, readonly string[]]>([
    [
      { kind: "other resource", resource: "leads" },
      [
        "belongs to the resource leads",
        "Give the roster leads back the group",
        "rename it to a name that is not in use",
      ],
    ],
    [
      { kind: "name taken", resource: "leads", group: "EA9" },
      [
        "belongs to the resource leads",
        "the name of this roster to the group EA9",
        "Rename stacks/main/jakarta/ops.yaml to leads",
      ],
    ],
    [
      { kind: "takes over", group: "EA9", roster: "leads" },
      [
        "belongs to the group EA9, which the roster leads declares now",
        "Rename stacks/main/jakarta/ops.yaml to a name that is not in use",
      ],
    ],
    [
      { kind: "other stack", stack: "prod", file: "stacks/prod/ops.yaml", sure: true },
      ["the stack prod declares the group, too (stacks/prod/ops.yaml)", "stacks/main/jakarta/ops.yaml or that one"],
    ],
    [
      { kind: "other stack", stack: "prod", file: "stacks/prod/ops.yaml", sure: false },
      ["the stack prod may declare the group, too: stacks/prod/ops.yaml has faults", "`rollcall validate`"],
    ],
  ])("holds the group, though nobody would go, and says what to do: $kind", (conflict, words) => {
    const [refusal, ...others] = judged({}, adopted(ANA), [ANA], conflict);
    expect(others).toEqual([]);
    expect(refusal).toMatchObject({ rule: "belongs-elsewhere", name: "jakarta/ops" });
    for (const word of ["jakarta/ops (EA93UU0042): ", ...words]) expect(refusal?.message).toContain(word);
  });
});

test("a removal that is released says so, and no other does", () => {
  const { remove } = planGroup(desire({ released: new Set([BUDI, DEWI]) }), whole(ANA, BUDI, CITRA), adopted(ANA));
  expect(remove).toEqual([{ ...removal(BUDI), released: true }, removal(CITRA)]);
});
