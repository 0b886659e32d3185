import { approve, type Candidate } from "../../../src/membership/guards";
import { remember, strictMemory } from "../../../src/membership/memory";
import { planGroup } from "../../../src/membership/plan";
import type { Desired, History, Memory } from "../../../src/membership/types";
import { maskNumber } from "../../../src/text/mask";
import { adopted, ANA, BUDI, CITRA, desire, fresh, full, judgeable, members, remembered, whole } from "../world";
import { judged, rulesOf, without } from "./history";

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
        "release the removal in releases.yaml, or delete the person who left from stacks/main/jakarta/ops.yaml",
    );
  });

  test("in a program, which has no people.yaml and no releases, the remedies are arguments", () => {
    const [refusal] = judged({ ...pair, file: "the resource's arguments" }, before, [ANA, NEW]);
    expect(refusal?.message).toMatch(
      /If it is the same person, write the new number into the resource's arguments; if not, delete the person who left from them, or keep the new number with protect$/,
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
