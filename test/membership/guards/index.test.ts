import fc from "fast-check";
import { approve, judgeGroup, narrow, runCase, type Candidate } from "../../../src/membership/guards";
import { planGroup } from "../../../src/membership/plan";
import type { Desired } from "../../../src/membership/types";
import { seeded } from "../../seeded";
import {
  adopted,
  ANA,
  anyDesired,
  anyHistory,
  anyWhole,
  BOT,
  BUDI,
  candidate,
  CITRA,
  desire,
  DEWI,
  full,
  judgeable,
  members,
  numbersOf,
  removal,
  whole,
} from "../world";
import { approvedOf, limits, nobody, refusalOf, rulesOf } from "./tables";

describe("one group", () => {
  test("that is still to be made is named without an id", () => {
    const verdict = judgeGroup(candidate({ group: "", members: nobody }), full);
    expect(verdict).toMatchObject({
      refusals: [{ message: expect.stringMatching(/^jakarta\/ops: the roster/) as string }],
    });
  });

  test("a listing that is doubtful, and a group that CAMS does not know, hold the group", () => {
    const why = "page 2 failed";
    const refusals = (["doubtful", "unknown group"] as const).map((kind) =>
      judgeGroup({ desired: desire(), observed: { kind, why } }, full),
    );
    expect(refusals).toEqual([
      {
        kind: "held",
        plan: undefined,
        refusals: [
          { rule: "doubtful-listing", name: "jakarta/ops", message: "jakarta/ops (EA93UU0042): page 2 failed" },
        ],
      },
      {
        kind: "held",
        plan: undefined,
        refusals: [{ rule: "unknown-group", name: "jakarta/ops", message: "jakarta/ops (EA93UU0042): page 2 failed" }],
      },
    ]);
  });

  test("every rule is asked, so that every refusal is seen at once", () => {
    const many = candidate({ members: nobody, maxRemovals: 1 }, BUDI, CITRA);
    expect(rulesOf(judgeGroup(many, full))).toEqual(["empty-roster", "max-removals-per-group"]);
    const strangers = candidate({ maxRemovals: 1 }, "491711234567", "6581234567");
    expect(rulesOf(judgeGroup(strangers, full))).toEqual(["removes-everybody", "max-removals-per-group"]);
  });

  test("an empty roster of an empty group: nobody is named", () => {
    expect(refusalOf(candidate({ members: nobody }), "empty-roster")).toBe(
      "jakarta/ops (EA93UU0042): the roster declares nobody, which makes 0 removals. " +
        "If the group really is to be emptied, set allowEmpty: true in stacks/main/jakarta/ops.yaml",
    );
  });

  test("what is approved is what is planned", () => {
    const one = candidate({}, ANA, CITRA, BUDI);
    expect(approvedOf(one)).toEqual({ group: "EA93UU0042", remove: [removal(BUDI), removal(CITRA)] });
  });

  test("whoever is approved is there, undeclared, unprotected and within every limit", () => {
    fc.assert(
      fc.property(anyDesired, anyWhole, anyHistory, (desired, observed, history) => {
        const verdict = judgeGroup(judgeable(desired, observed, history), full);
        if (verdict.kind === "held") return;
        const numbers = numbersOf(verdict.approved.remove);
        const stay = observed.participants.filter((number) => !numbers.includes(number));
        expect(numbers.filter((n) => desired.members.has(n) || desired.protect.has(n))).toEqual([]);
        expect(numbers.filter((n) => !desired.released.has(n)).length).toBeLessThanOrEqual(desired.maxRemovals);
        expect(numbers.length === 0 || stay.length > 0 || desired.allowEmpty).toBe(true);
        if (desired.undeclared === "report") expect(numbers).toEqual([]);
      }),
      seeded,
    );
  });
});

describe("a run", () => {
  /** Loses `people`; Ana stays. */
  const group = (name: string, over: Partial<Desired>, ...people: readonly string[]): Candidate =>
    candidate({ name, group: name, ...over }, ANA, ...people);

  test("counts what passed the guards of the groups, and nothing else", () => {
    const held = group("held", { maxRemovals: 1 }, BUDI, CITRA);
    const two = [group("a", {}, BUDI), group("b", {}, CITRA), held];
    const judge = (maxRemovalsPerRun: number) => approve(two, { ...limits, maxRemovalsPerRun }, full);
    expect(judge(2).run).toEqual([]);
    expect(judge(1).run).toMatchObject([{ rule: "max-removals-per-run", name: undefined }]);
    expect(judge(1).groups.map(({ kind }) => kind)).toEqual(["approved", "approved", "held"]);
  });

  test("a person is counted by the groups that may remove them, and no other", () => {
    const run = (...all: readonly Candidate[]) =>
      approve(all, { ...limits, maxGroupsPerPerson: 2 }, full).run.map(({ rule }) => rule);
    const [a, b, c] = ["a", "b", "c"].map((name) => group(name, {}, BUDI)) as [Candidate, Candidate, Candidate];
    expect(run(a, b, c)).toEqual(["max-groups-per-person"]);
    expect(run(a, b, group("c", { maxRemovals: 0 }, BUDI))).toEqual([]);
    expect(run(a, b, group("c", { released: new Set([BUDI]) }, BUDI))).toEqual([]);
    expect(run(a, b, group("c", { former: new Map([[BUDI, "offboarded"]]) }, BUDI))).toEqual([]);
  });

  test("one bad group does not hold the others up", () => {
    const bad: Candidate = { desired: desire({ name: "bad" }), observed: { kind: "doubtful", why: "no Total" } };
    const { run, groups } = approve([bad, group("good", {}, BUDI)], limits, full);
    expect(run).toEqual([]);
    expect(groups).toMatchObject([{ kind: "held" }, { kind: "approved", approved: { remove: [{ number: BUDI }] } }]);
  });

  test("never executes more than its limit", () => {
    const anyRun = fc.array(fc.tuple(anyDesired, anyWhole, anyHistory), { maxLength: 6 });
    fc.assert(
      fc.property(anyRun, fc.nat(6), fc.integer({ min: 1, max: 3 }), (all, maxRemovalsPerRun, maxGroupsPerPerson) => {
        const candidates = all.map(([desired, observed, history]) => judgeable(desired, observed, history));
        const { run, groups } = approve(candidates, { maxRemovalsPerRun, maxGroupsPerPerson }, full);
        const counted = groups.flatMap((verdict, i) =>
          verdict.kind === "held"
            ? []
            : runCase(all[i]![0], verdict.approved).remove.filter(
                ({ number, reason }) => reason !== "offboarded" && !all[i]![0].released.has(number),
              ),
        );
        const groupsOf = (person: string) =>
          counted.filter(({ number, reason }) => number === person && reason !== "changed number").length;
        const tooMany = numbersOf(counted).some((person) => groupsOf(person) > maxGroupsPerPerson);
        expect(run.length > 0).toBe(counted.length > maxRemovalsPerRun || tooMany);
      }),
      seeded,
    );
  });
});

describe("narrowing to a fresh listing", () => {
  const desired = desire();
  const approved = approvedOf(candidate({}, ANA, BUDI, CITRA));
  const narrowed = (over: Partial<Desired>, ...there: readonly string[]): readonly string[] => {
    const now = { ...desired, ...over };
    const verdict = narrow(approved, judgeable(now, whole(...there), adopted()), full);
    return verdict.kind === "held" ? verdict.refusals.map(({ rule }) => rule) : numbersOf(verdict.approved.remove);
  };

  test.each<[string, Partial<Desired>, readonly string[], readonly string[]]>([
    ["nothing has changed", {}, [ANA, BUDI, CITRA], [BUDI, CITRA]],
    ["one has left", {}, [ANA, CITRA], [CITRA]],
    ["somebody joined, whom nobody reviewed", {}, [ANA, BUDI, CITRA, DEWI], [BUDI, CITRA]],
    ["somebody joined, beyond the limit", { maxRemovals: 1 }, [ANA, BUDI, DEWI], [BUDI]],
    ["one is protected now", { protect: new Set([BUDI, BOT]) }, [ANA, BUDI, CITRA], [CITRA]],
    ["one is declared now", { members: members(ANA, BUDI) }, [ANA, BUDI, CITRA], [CITRA]],
    ["the limit is lower now", { maxRemovals: 1 }, [ANA, BUDI, CITRA], ["max-removals-per-group"]],
    ["who was to stay has left", {}, [BUDI, CITRA], ["removes-everybody", "near-miss"]],
    [
      "one is a look-alike of a declared one now",
      { members: members(ANA, BUDI.replace("62", "0")) },
      [ANA, BUDI],
      ["near-miss"],
    ],
  ])("%s", (_, over, there, expected) => {
    expect(narrowed(over, ...there)).toEqual(expected);
  });

  test("names and reasons are those that were approved, also for the guards", () => {
    const names = new Map([[BUDI, "Budi"]]);
    const known = desire({ members: new Map([...members(ANA), [CITRA, "Hadi"]]), names });
    const history = adopted(ANA, BUDI);
    const before = judgeGroup({ desired: known, plan: planGroup(known, whole(ANA, BUDI), history), history }, full);
    if (before.kind === "held") throw new Error("held");
    const less = { ...known, names: new Map<string, string>() };
    const fresh = planGroup(less, whole(ANA, BUDI), history);
    const after = narrow(before.approved, { desired: less, plan: fresh, history }, full);
    expect(after).toMatchObject({
      kind: "approved",
      approved: { remove: [{ number: BUDI, name: "Budi", reason: "dropped from roster" }] },
    });
  });

  test("is never more than what was approved, nor more than what is there", () => {
    fc.assert(
      fc.property(anyDesired, anyWhole, anyHistory, anyDesired, anyWhole, (then, before, history, now, after) => {
        const first = judgeGroup(judgeable(then, before, history), full);
        fc.pre(first.kind === "approved");
        const verdict = narrow(first.approved, judgeable(now, after, history), full);
        const allowed = verdict.kind === "approved" ? numbersOf(verdict.approved.remove) : [];
        expect(numbersOf(first.approved.remove)).toEqual(expect.arrayContaining(allowed));
        expect(after.participants).toEqual(expect.arrayContaining(allowed));
        expect(allowed.filter((number) => now.members.has(number) || now.protect.has(number))).toEqual([]);
      }),
      seeded,
    );
  });
});
