import { planGroup } from "../../src/membership/plan";
import fc from "fast-check";
import {
  approve,
  judgeGroup,
  judgeRun,
  narrow,
  runCase,
  type Approved,
  type Candidate,
  type RunCase,
  type Verdict,
} from "../../src/membership/guards";
import { maskNumber } from "../../src/text/mask";
import type { Desired, Refusal, Removal } from "../../src/membership/types";
import { seeded } from "../seeded";
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
  EKO,
  full,
  judgeable,
  members,
  numbersOf,
  removal,
  whole,
} from "./world";

const limits = { maxRemovalsPerRun: 10, maxGroupsPerPerson: 3 };

function rulesOf(verdict: Verdict): readonly string[] {
  return verdict.kind === "held" ? verdict.refusals.map(({ rule }) => rule) : [];
}

function messageOf(refusals: readonly Refusal[], rule: string): string {
  return refusals.find((one) => one.rule === rule)?.message ?? "not refused";
}

function refusalOf(one: Candidate, rule: string, show = full): string {
  const verdict = judgeGroup(one, show);
  return messageOf(verdict.kind === "held" ? verdict.refusals : [], rule);
}

function approvedOf(one: Candidate): Approved {
  const verdict = judgeGroup(one, full);
  if (verdict.kind === "held") throw new Error(verdict.refusals.map(({ message }) => message).join());
  return verdict.approved;
}

/** What is told, what is declared otherwise, and who is there. */
type Row = [string, Partial<Desired>, ...string[]];

interface Table {
  readonly rule: string;
  readonly passes: readonly Row[];
  readonly held: readonly Row[];
  /** Words of the refusal of the first held case: people, counts, limit, setting. */
  readonly names: readonly string[];
}

const nobody = members();
/** Ana, written without Indonesia's country code and with its trunk zero. */
const ANA_AT_HOME = "08110000001";

/** Budi's number was somebody's who has another one now. */
const changedTo = (now: string): Partial<Desired> => ({
  former: new Map([[BUDI, "changed number"]]),
  formerly: new Map([[BUDI, now]]),
});

/** Citra is declared, and Dewi is protected. */
const lookAlike = (over: Partial<Desired> = {}): Partial<Desired> => ({
  members: members(CITRA),
  protect: new Set([DEWI]),
  ...over,
});

describe.each<Table>([
  {
    rule: "empty-roster",
    passes: [
      ["one person is declared", { members: members(ANA) }, ANA],
      ["nobody is declared, as allowed", { members: nobody, allowEmpty: true }, ANA],
      ["nobody is declared, in a group that reports", { members: nobody, undeclared: "report" }, ANA],
    ],
    held: [
      ["nobody is declared", { members: nobody }, ANA, BUDI],
      ["nobody is declared and nobody is there", { members: nobody }],
      ["nobody is declared and all are released", { members: nobody, released: new Set([ANA]) }, ANA],
    ],
    names: [ANA, BUDI, "2 removals", "allowEmpty: true in stacks/main/jakarta/ops.yaml"],
  },
  {
    rule: "removes-everybody",
    passes: [
      ["one declared person stays", {}, ANA, BUDI],
      ["one protected person stays", { protect: new Set([CITRA]) }, BUDI, CITRA],
      ["everybody goes, as allowed", { allowEmpty: true }, BUDI],
      ["nobody is there", {}],
      ["the roster declares nobody, which another guard tells", { members: nobody }, BUDI],
    ],
    held: [
      ["everybody who is there goes", {}, BUDI, CITRA],
      ["the only one there goes", {}, BUDI],
      ["everybody is released", { released: new Set([BUDI]) }, BUDI],
    ],
    names: [BUDI, CITRA, "2 removals", "allowEmpty: true in stacks/main/jakarta/ops.yaml"],
  },
  {
    rule: "max-removals-per-group",
    passes: [
      ["as many as the limit", { maxRemovals: 2 }, ANA, BUDI, CITRA],
      ["one more than the limit, one released", { maxRemovals: 1, released: new Set([CITRA]) }, ANA, BUDI, CITRA],
      ["none, with a limit of none", { maxRemovals: 0 }, ANA],
      ["one, with a limit of none, released", { maxRemovals: 0, released: new Set([BUDI]) }, ANA, BUDI],
    ],
    held: [
      ["one more than the limit", { maxRemovals: 2 }, ANA, BUDI, CITRA, DEWI],
      ["one, with a limit of none", { maxRemovals: 0 }, ANA, BUDI],
      ["somebody else is released", { maxRemovals: 0, released: new Set([EKO]) }, ANA, BUDI],
      ["offboarded people count in a group", { maxRemovals: 0, former: new Map([[BUDI, "offboarded"]]) }, ANA, BUDI],
    ],
    names: [
      ...[BUDI, CITRA, DEWI, "3 removals", "limit of 2", "maxRemovals: 3 in stacks/main/jakarta/ops.yaml"],
      ...["rollcall:maxRemovalsPerGroup", "releases.yaml"],
    ],
  },
  {
    rule: "near-miss",
    passes: [
      ["another number", { members: members(ANA, CITRA) }, ANA, CITRA, BUDI],
      [
        "a look-alike, released",
        { members: members(ANA, CITRA), released: new Set([ANA_AT_HOME]) },
        CITRA,
        ANA_AT_HOME,
      ],
      [
        "a look-alike, protected",
        { members: members(ANA, CITRA), protect: new Set([ANA_AT_HOME]) },
        CITRA,
        ANA_AT_HOME,
      ],
      ["one digit off somebody protected", { members: members(ANA), protect: new Set([CITRA]) }, ANA, BUDI],
      [
        "the former number of somebody with a new one",
        { members: members(ANA, CITRA), ...changedTo(CITRA) },
        ANA,
        BUDI,
      ],
      ["a look-alike of somebody who is not declared", { members: members(CITRA) }, CITRA, ANA_AT_HOME],
      [
        "a look-alike of somebody protected, in a group that reports",
        lookAlike({ undeclared: "report" }),
        CITRA,
        "6208110000004",
      ],
    ],
    held: [
      [
        "a look-alike",
        {
          members: new Map([
            [ANA, "Ana"],
            [CITRA, ""],
          ]),
        },
        CITRA,
        ANA_AT_HOME,
      ],
      ["a look-alike beside the person", { members: members(ANA, CITRA) }, ANA, CITRA, ANA_AT_HOME],
      ["a look-alike, somebody else released", { members: members(ANA), released: new Set([BUDI]) }, ANA, ANA_AT_HOME],
      ["a look-alike of somebody protected", lookAlike(), CITRA, "6208110000004"],
      ["a look-alike of the business number", { members: members(CITRA) }, CITRA, "86013800000000"],
      ["one digit off somebody declared who is not there", { members: members(ANA, CITRA) }, ANA, BUDI],
      ["an old number of a plan that grew", { members: members(ANA, "2290197123456") }, ANA, "22997123456"],
      [
        "a former number that is like another person's",
        { members: members(ANA, "629110000002"), ...changedTo(ANA) },
        ANA,
        BUDI,
      ],
      ["a look-alike, offboarded", { former: new Map([[ANA_AT_HOME, "offboarded"]]) }, ANA, ANA_AT_HOME],
    ],
    names: [
      ANA_AT_HOME,
      `Ana (${ANA})`,
      "country code",
      "1 of 1 removal ",
      "none of these is permitted",
      "stacks/main/jakarta/ops.yaml",
      "releases.yaml",
      "protect",
    ],
  },
])("$rule", ({ rule, passes, held, names }) => {
  test.each(passes)("passes: %s", (_, over, ...there) => {
    expect(rulesOf(judgeGroup(candidate(over, ...there), full))).not.toContain(rule);
  });

  test.each(held)("holds: %s", (_, over, ...there) => {
    expect(rulesOf(judgeGroup(candidate(over, ...there), full))).toContain(rule);
  });

  test("names roster, group, people, counts, limit and what permits it", () => {
    const [, over, ...there] = held[0]!;
    const message = refusalOf(candidate(over, ...there), rule);
    for (const word of ["jakarta/ops (EA93UU0042): ", ...names]) expect(message).toContain(word);
  });

  test("writes numbers as the settings want them", () => {
    const [, over, ...there] = held[0]!;
    const message = refusalOf(candidate(over, ...there), rule, maskNumber);
    expect(message).not.toMatch(/\d{7}/);
    expect(message).toContain("•");
  });
});

describe("one group", () => {
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

  test("every look-alike is named, with all whom they look like", () => {
    const desired = {
      members: members(ANA, "658110000001"),
      names: new Map([[CITRA, "Citra"]]),
      protect: new Set([CITRA]),
    };
    const there = [ANA, "08110000001", "6208110000003", EKO, "658110000001"];
    expect(refusalOf(candidate({ ...desired, maxRemovals: 3 }, ...there), "near-miss")).toBe(
      "jakarta/ops (EA93UU0042): 2 of 3 removals may be of declared or protected people, written in another way, and none " +
        "of these is permitted: 08110000001 looks like 628110000001: the same number without its country code, " +
        "and like 658110000001: the same number without its country code; " +
        "6208110000003 looks like Citra (628110000003): the same number with a trunk zero. If it is the same person, write the " +
        "number in stacks/main/jakarta/ops.yaml or people.yaml as CAMS lists it, with asListed: true beside 08110000001, " +
        "6208110000003, which no country's plan knows; if not, keep the number with protect, or, where a plan knows it, " +
        "release the removal in releases.yaml",
    );
  });

  test("a look-alike whom a plan knows is to be declared as it is, or released", () => {
    expect(refusalOf(candidate({ members: members(ANA, CITRA) }, ANA, BUDI), "near-miss")).toMatch(
      /as CAMS lists it; if not, release the removal in releases\.yaml, or keep the number with protect$/,
    );
  });

  test("in a program, which has no releases, the remedies are arguments", () => {
    const file = "the resource's arguments";
    const known = refusalOf(candidate({ members: members(ANA, CITRA), file }, ANA, BUDI), "near-miss");
    expect(known).toMatch(
      /write the number in the resource's arguments as CAMS lists it; if not, keep the number with protect$/,
    );
    const unknown = refusalOf(candidate({ file }, ANA, ANA_AT_HOME), "near-miss");
    expect(unknown).toMatch(
      /as CAMS lists it, and name 08110000001, which no country's plan knows, in asListed; if not, keep the number with protect$/,
    );
    expect(known + unknown).not.toMatch(/yaml/);
  });

  test("Budi makes way for Hadi, whose number is the next one of the company's", () => {
    const judged = (name: string) => {
      const desired = desire({ members: new Map([...members(ANA), [CITRA, name]]), names: new Map([[BUDI, "Budi"]]) });
      const history = adopted(ANA, BUDI);
      return rulesOf(judgeGroup({ desired, plan: planGroup(desired, whole(ANA, BUDI), history), history }, full));
    };
    expect(judged("Hadi")).toEqual([]);
    expect(judged(" budi ")).toEqual(["near-miss"]);
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

/** One group of a run, as it came through its own guards. */
function inRun(name: string, remove: readonly Removal[], ...released: readonly string[]): RunCase {
  return { name, remove, released: new Set(released) };
}

/** `n` groups, each of which loses one person of its own. */
function losses(n: number): RunCase[] {
  return Array.from({ length: n }, (_, i) => inRun(`group-${i}`, [removal(`6281200000${10 + i}`)]));
}

/** Budi goes from `n` groups. */
function everywhere(n: number, reason: Removal["reason"] = "dropped from roster"): RunCase[] {
  return Array.from({ length: n }, (_, i) => inRun(`group-${i}`, [removal(BUDI, reason, "Budi")]));
}

describe.each<{
  readonly rule: string;
  readonly passes: readonly (readonly [string, readonly RunCase[]])[];
  readonly refused: readonly (readonly [string, readonly RunCase[]])[];
  readonly names: readonly string[];
}>([
  {
    rule: "max-removals-per-run",
    passes: [
      ["nobody", []],
      ["as many as the limit", losses(10)],
      ["one more, released there", [...losses(10), inRun("x", [removal(BUDI)], BUDI)]],
      ["one more, offboarded", [...losses(10), inRun("x", [removal(BUDI, "offboarded")])]],
    ],
    refused: [
      ["one more than the limit", losses(11)],
      ["one more, somebody else released", [...losses(10), inRun("x", [removal(BUDI)], CITRA)]],
      ["one more, expired", [...losses(10), inRun("x", [removal(BUDI, "expired")])]],
      ["one more, of a number that the person had", [...losses(10), inRun("x", [removal(BUDI, "changed number")])]],
      ["one more, released in another group", [...losses(10), inRun("x", [removal(BUDI)]), inRun("y", [], BUDI)]],
    ],
    names: [
      "628120000010 from group-0",
      "group-0: 1",
      "11 removals in 11 groups",
      "limit of 10",
      "rollcall:maxRemovalsPerRun to 11",
    ],
  },
  {
    rule: "max-groups-per-person",
    passes: [
      ["as many groups as the limit", everywhere(3)],
      ["one more, released there", [...everywhere(3), inRun("x", [removal(BUDI)], BUDI)]],
      ["any number, offboarded", everywhere(4, "offboarded")],
      ["any number, of a number that the person had", everywhere(4, "changed number")],
      ["many groups, different people", losses(8)],
    ],
    refused: [
      ["one more than the limit", everywhere(4)],
      ["one more, somebody else released", [...everywhere(3), inRun("x", [removal(BUDI)], CITRA)]],
      ["one more, expired", everywhere(4, "expired")],
    ],
    names: [
      ...[`Budi (${BUDI})`, "4 groups", "group-0, group-1, group-2, group-3", "limit of 3"],
      ...["rollcall:maxGroupsPerPerson to 4", "offboarded in people.yaml", "releases.yaml"],
    ],
  },
])("$rule", ({ rule, passes, refused, names }) => {
  test.each(passes)("passes: %s", (_, all) => {
    expect(judgeRun(all, limits, full).map((one) => one.rule)).not.toContain(rule);
  });

  test.each(refused)("refuses: %s", (_, all) => {
    expect(judgeRun(all, limits, full).map((one) => one.rule)).toContain(rule);
  });

  test("names groups, people, counts, limit and what permits it", () => {
    const message = messageOf(judgeRun(refused[0]![1], limits, full), rule);
    for (const word of names) expect(message).toContain(word);
  });

  test("writes numbers as the settings want them", () => {
    const message = messageOf(judgeRun(refused[0]![1], limits, maskNumber), rule);
    expect(message).not.toMatch(/\d{7}/);
    expect(message).toContain("•");
  });
});

test.each([[[BUDI, CITRA, DEWI]], [[DEWI, CITRA, BUDI]]])(
  "each person in too many groups is a refusal of their own, by number: %j",
  (people) => {
    const all = Array.from({ length: 4 }, (_, i) =>
      inRun(
        `group-${i}`,
        people.map((number) => removal(number)),
      ),
    );
    const messages = judgeRun(all, { ...limits, maxRemovalsPerRun: 12 }, full).map(({ message }) => message);
    expect(messages.map((message) => message.slice(0, BUDI.length))).toEqual([BUDI, CITRA, DEWI]);
  },
);

test("somebody in too many groups is called by the name that any of the groups knows", () => {
  const [first, second, ...rest] = everywhere(4);
  const all = [inRun("x", [removal(BUDI)]), inRun("y", [removal(BUDI, "expired", "Budi")]), first!, second!, ...rest];
  const message = messageOf(judgeRun(all, limits, full), "max-groups-per-person");
  expect(message).toMatch(/^Budi \(628110000002\) would be removed from 6 groups \(x, y, group-0, /);
});

test("a run that removes too many says from where, and leaves out whoever does not count", () => {
  const all = [
    inRun("a", [removal(BUDI)]),
    inRun("b", [removal(CITRA)], CITRA),
    inRun("c", [removal(DEWI), removal(EKO)]),
  ];
  expect(judgeRun(all, { ...limits, maxRemovalsPerRun: 0 }, full)[0]?.message).toBe(
    "3 removals in 2 groups (a: 1, c: 2), more than the run's limit of 0: " +
      `${BUDI} from a, ${DEWI} from c, ${EKO} from c. ` +
      "To permit it, set rollcall:maxRemovalsPerRun to 3, or release these people in releases.yaml",
  );
  expect(judgeRun(all.slice(0, 1), { ...limits, maxRemovalsPerRun: 0 }, full)[0]?.message).toMatch(
    /^1 removal in 1 group \(a: 1\), /,
  );
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
