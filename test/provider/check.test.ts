import { apply } from "../../src/provider/apply";
import { check } from "../../src/provider/check";
import { NOT_DECLARED } from "../../src/provider/read";
import { UNKNOWN } from "../../src/provider/shapes";
import { ANA, BOT, BUDI, CITRA, DEWI, full } from "../membership/world";
import { args, open, rolled } from "./world";

const never = "never declared";
/** What the last run left as inputs: the group is under management. */
const before = (over: Record<string, unknown> = {}) => args(over);
const byRoll = (...numbers: readonly string[]) =>
  Object.fromEntries(numbers.map((number) => [number, { name: "", reason: "never declared" as const }]));

describe("a resource on its own", () => {
  test("lists its group, and names who is to be removed and why", async () => {
    const process = open([ANA, BUDI, CITRA]);
    const olds = before({ members: { [ANA]: "Ana", [CITRA]: "Citra" } });
    expect(await check(process, olds, args())).toEqual({
      inputs: { ...args(), removals: { [BUDI]: never, [CITRA]: "dropped from roster" } },
    });
    expect(process.executor.log).toEqual(["list"]);
  });

  test("nobody to be removed: no removals among the inputs", async () => {
    expect(await check(open([ANA]), before(), args())).toEqual({ inputs: args() });
  });

  test("a new group spares everybody, by default", async () => {
    expect(await check(open([ANA, BUDI]), {}, args())).toEqual({ inputs: args() });
    expect(await check(open([ANA, BUDI]), {}, args({ onAdopt: "remove" }))).toEqual({
      inputs: { ...args(), removals: { [BUDI]: never } },
    });
  });

  test("a stranger whom a refresh wrote among the members was never declared, and has no name", async () => {
    const process = open([ANA, BUDI], {}, { maxRemovalsPerGroup: "0" });
    const olds = before({ members: { [ANA]: "Ana", [BUDI]: NOT_DECLARED } });
    await check(process, olds, args());
    expect(process.executor.warnings.join()).not.toContain(NOT_DECLARED);
    expect(await check(open([ANA, BUDI]), olds, args())).toEqual({
      inputs: { ...args(), removals: { [BUDI]: never } },
    });
  });

  test("what the last run began in another group says nothing of this one", async () => {
    const olds = before({ group: "EA1", removals: { [BUDI]: "dropped from roster" } });
    const { inputs } = await check(open([ANA, BUDI]), olds, args({ onAdopt: "remove" }));
    expect(inputs).toMatchObject({ removals: { [BUDI]: never } });
  });

  const masked = (number: string) => `~${number.slice(-2)}`;
  test.each<[string, Record<string, unknown>, Record<string, unknown>, (number: string) => string]>([
    [`${BUDI} (spared by adoption, so the next up removes them, within the limits)`, {}, args(), full],
    [`${BUDI} (spared by undeclared: report)`, before(), args({ undeclared: "report" }), full],
    [`Budi (${BUDI}) (spared by protect)`, before({ members: { [BUDI]: "Budi" } }), args({ protect: [BUDI] }), full],
    ["~02 (spared by adoption, so the next up removes them, within the limits)", {}, args(), masked],
  ])("who stays undeclared is told, and why: %s", async (told, olds, news, show) => {
    const process = open([ANA, BOT, BUDI], {}, {}, show);
    await check(process, olds, news);
    expect(process.executor.warnings).toEqual([`EA93UU0042: 1 in the group, but not declared: ${told}`]);
  });

  test("people who stay are told in one line, by reason; nothing is told where nobody does", async () => {
    const process = open([ANA, BUDI, CITRA, DEWI]);
    await check(process, {}, args({ protect: [CITRA] }));
    expect(process.executor.warnings).toEqual([
      `EA93UU0042: 3 in the group, but not declared: ${BUDI}, ${DEWI} (spared by adoption, so the next up removes them, within the limits); ${CITRA} (spared by protect)`,
    ]);
    const settled = open([ANA, BOT]);
    await check(settled, before(), args());
    expect(settled.executor.warnings).toEqual([]);
  });

  test.each([
    [1, "1 row without a plain number, never removed"],
    [2, "2 rows without a plain number, never removed"],
  ])("rows without a number are told: %i", async (unidentified, told) => {
    const process = open([ANA]);
    const listParticipants = () => Promise.resolve({ kind: "whole" as const, participants: [ANA], unidentified });
    await check({ ...process, cams: { ...process.cams, listParticipants } }, before(), args());
    expect(process.executor.warnings).toEqual([`EA93UU0042: ${told}`]);
  });

  test("inputs of another group do not make this one adopted", async () => {
    expect(await check(open([ANA, BUDI]), before({ group: "EA1" }), args())).toEqual({ inputs: args() });
  });

  test("nobody is named whom the stack protects, nor the business number", async () => {
    const process = open([ANA, BUDI, BOT], {}, { protect: JSON.stringify([BUDI]) });
    expect(await check(process, before(), args())).toEqual({ inputs: args() });
  });

  test("policy is taken in, and left out of the inputs", async () => {
    const policy = { undeclared: "report", maxRemovals: 9, allowEmpty: true, protect: [BUDI] };
    expect(await check(open([ANA, BUDI]), before(), args(policy))).toEqual({ inputs: args() });
  });

  test.each([
    ["its own limit", args({ maxRemovals: 1 }), {}],
    ["the stack's limit", args(), { maxRemovalsPerGroup: "1" }],
    ["everybody would go", args({ members: { [DEWI]: "" } }), {}],
    ["nobody is declared", args({ members: {} }), {}],
  ])("a guard holds it: %s; it is warned of, and nobody is named", async (_, news, settings) => {
    const process = open([ANA, BUDI, CITRA], {}, settings);
    const result = await check(process, before(), news);
    expect(result.inputs).not.toHaveProperty("removals");
    expect(process.executor.warnings).toEqual(expect.arrayContaining([expect.stringMatching(/^held: EA93UU0042/)]));
    expect(process.groups.get("EA93UU0042")).toMatchObject({ approved: undefined });
  });

  test.each(["doubtful", "unknown group", "unknown outcome"] as const)(
    "a listing that is %s holds it",
    async (step) => {
      const process = open([ANA, BUDI], { lists: [step] });
      expect(await check(process, before(), args())).toEqual({ inputs: args() });
      expect(process.groups.get("EA93UU0042")).toMatchObject({ approved: undefined, observed: undefined });
    },
  );

  test.each(["access", "unreachable"] as const)("a failure by %s is the run's, and thrown", async (kind) => {
    await expect(check(open([ANA], { lists: [kind] }), before(), args())).rejects.toMatchObject({ kind });
  });

  test("a refusal of the run is a failed check", async () => {
    const process = open([ANA, BUDI], {}, { maxRemovalsPerRun: "0" });
    expect(await check(process, before(), args())).toEqual({
      failures: [{ property: "members", reason: expect.stringMatching(/rollcall:maxRemovalsPerRun to 1/) as string }],
    });
    expect(process.groups.get("EA93UU0042")).toMatchObject({ approved: undefined });
  });

  test("the limits of the run count all groups of the process", async () => {
    const process = open([ANA, BUDI], {}, { maxRemovalsPerRun: "2", maxGroupsPerPerson: "2" });
    const results = [];
    for (const group of ["EA1", "EA2", "EA3"]) {
      results.push(await check(process, before({ group }), args({ group })));
    }
    expect(results.map(({ failures = [] }) => failures.length)).toEqual([0, 0, 2]);
  });

  test("resources whose group is not known are no argument: the preview names them where somebody would go", async () => {
    const undecided = ["b", "c"];
    const process = open([ANA, BUDI]);
    expect(await check(process, before(), args({ undecided }))).toEqual({
      inputs: { ...args(), removals: { [BUDI]: never } },
    });
    expect(process.executor.warnings).toEqual([
      "held: EA93UU0042: nobody is removed, since it is not known yet which group these resources declare, and it may be this one: b, c. " +
        "Declare their groups by plain ids, or run pulumi up again once those groups exist",
    ]);
    const settled = open([ANA]);
    expect(await check(settled, before(), args({ undecided }))).toEqual({ inputs: args() });
    expect(settled.executor.warnings).toEqual([]);
  });

  test("a group that two resources declare otherwise is written by neither", async () => {
    const process = open([ANA, BUDI]);
    await check(process, before(), args());
    const { failures } = await check(process, {}, args({ members: { [BUDI]: "Budi" } }));
    expect(failures).toEqual([{ property: "group", reason: expect.stringMatching(/two resources/) as string }]);
    expect(process.groups.size).toBe(0);
  });

  test("of groups that are checked at once, each counts for the next", async () => {
    const process = open([ANA, BUDI], {}, { maxRemovalsPerRun: "2" });
    const groups = ["EA1", "EA2", "EA3"];
    const results = await Promise.all(groups.map((group) => check(process, before({ group }), args({ group }))));
    expect(results.map(({ failures = [] }) => failures.length)).toEqual([0, 0, 1]);
  });

  test("a group that is checked twice in one process is counted once", async () => {
    const process = open([ANA, BUDI], {}, { maxRemovalsPerRun: "1" });
    await check(process, before(), args());
    expect(await check(process, before(), args())).toEqual({ inputs: { ...args(), removals: { [BUDI]: never } } });
  });

  test("values that a preview does not know yet: nothing is listed or prepared", async () => {
    const process = open([ANA, BUDI]);
    const news = args({ members: { [ANA]: UNKNOWN } });
    expect(await check(process, before(), news)).toEqual({ inputs: news });
    for (const policy of [{ protect: [BUDI, UNKNOWN] }, { maxRemovals: UNKNOWN }, { undeclared: UNKNOWN }])
      expect(await check(process, before(), args(policy))).toEqual({ inputs: args() });
    expect({ log: process.executor.log, prepared: process.groups.size }).toEqual({ log: [], prepared: 0 });
  });

  test.each([
    ["no group", { group: "" }],
    ["a business number with a plus", { businessNumber: "+8613800000000" }],
    ["no custSpaceId", { custSpaceId: undefined }],
    ["members that are a list", { members: [ANA] }],
    ["a member that is no number", { members: { ana: "Ana" } }],
    ["one number in two spellings", { members: { [ANA]: "Ana", "+62 811 0000 001": "Ana" } }],
    ["nine people", { members: Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`62812000000${i}`, ""])) }],
  ])("fails without a call: %s", async (_, over) => {
    const process = open([ANA, BUDI]);
    const { failures = [] } = await check(process, before(), args(over));
    expect(failures.length).toBeGreaterThan(0);
    expect({ log: process.executor.log, prepared: process.groups.size }).toEqual({ log: [], prepared: 0 });
  });

  test.each([
    ["as dialled at home, in Indonesia", "0811 0000 001", /dialled at home.*write it with plus and country code/i],
    ["behind an international prefix", "0062 811 0000 001", /write it with plus and country code/i],
    ["as dialled at home, in Russia", "8 912 345 67 89", /write it with plus and country code/i],
    ["without country code", "8123456789", /write it with plus and country code/i],
    ["a trunk zero, without a plus", "62 0811 0000 001", /write it with plus and country code/i],
    ["in no known range, without a plus", "55 11 1234 5678", /write it with plus and country code/i],
    ["a privacy id", "123456789012345", /name it in asListed/],
    ["a plan that grew, without a plus", "22997123456", /name it in asListed/],
    ["a plan that grew", "+229 97 12 34 56", /"\+229 97 12 34 56" cannot exist: 11 digits.*name it in asListed/],
    ["a trunk zero", "+62 0811 0000 001", /dialled within the country only\. Write "\+62 811/],
    ["no country", "+999 123 456", /no country has this code/],
    ["a plus in the middle", "62+8110000001", /not a number in international form/],
  ])("a member's number is refused without a call: %s", async (_, number, why) => {
    const process = open([ANA, BUDI]);
    const { failures } = await check(process, before(), args({ members: { [ANA]: "Ana", [number]: "Budi" } }));
    expect(failures).toEqual([{ property: "members", reason: expect.stringMatching(why) as string }]);
    expect({ log: process.executor.log, prepared: process.groups.size }).toEqual({ log: [], prepared: 0 });
  });

  test.each([
    ["digits of a valid number", "491711234567", "491711234567"],
    ["a mobile of Mexico as WhatsApp knows it", "5215512345678", "5215512345678"],
    ["with a plus, in no known range", "+55 11 1234 5678", "551112345678"],
    ["a plus in brackets", "(+65) 8123 4567", "6581234567"],
  ])("a member's number may be: %s", async (_, number, digits) => {
    const { inputs } = await check(
      open([ANA, digits]),
      before(),
      args({ members: { [ANA]: "Ana", [number]: "Budi" } }),
    );
    expect(inputs).toEqual(args({ members: { [ANA]: "Ana", [digits]: "Budi" } }));
  });

  test("a number that CAMS lists so may be a member, and is left out of the inputs as policy", async () => {
    const members = { [ANA]: "Ana", "22997123456": "Budi", "+62 0811 0000 009": "Citra" };
    const asListed = ["+229 97-12-34-56", "6208110000009"];
    const { inputs } = await check(open([ANA, "22997123456"]), before(), args({ members, asListed }));
    expect(inputs).toEqual(args({ members: { [ANA]: "Ana", "22997123456": "Budi", "6208110000009": "Citra" } }));
  });

  test.each([[["229"]], [["Budi"]], [[22997123456]], ["22997123456"]])("asListed is refused: %p", async (asListed) => {
    expect((await check(open([ANA]), before(), args({ asListed }))).failures).toEqual([
      expect.objectContaining({ property: expect.stringMatching(/^asListed/) as string }),
    ]);
  });

  test("protect takes numbers that cannot exist", async () => {
    const policy = { protect: ["+229 97 12 34 56"] };
    expect(await check(open([ANA, "22997123456"]), before(), args(policy))).toEqual({ inputs: args() });
  });

  test("numbers may be written as people write them", async () => {
    const result = await check(open([ANA]), before(), args({ members: { "+62 811-0000-001": "Ana" } }));
    expect(result).toEqual({ inputs: args() });
  });

  test("masked: faults name nobody's number in full", async () => {
    const members = {
      "+62 811 0000 001": "Ana",
      [ANA]: "Ana",
      "0811-0000-0002-0000-000": "Budi",
      [CITRA]: 3,
      "+62 0811 0000 009": "",
    };
    const bad = { members, protect: [BUDI, "0811 0000 004"], "+62 811 0000 005": "Dewi" };
    const reasons = async (over: Record<string, unknown>, display: string): Promise<string> =>
      JSON.stringify((await check(open([], {}, { display }), before(), args(over))).failures);
    for (const over of [bad, { ...bad, members: { ...members, [CITRA]: "Citra" } }]) {
      const [told, hidden] = [await reasons(over, "full"), await reasons(over, "masked")];
      expect(told).toMatch(/811\D?0000/);
      expect(hidden.replace("such as +62 811 0000 001", "")).not.toMatch(/811\D?0000|81100/);
      expect(hidden).toContain("+62 81• •••• •05");
      expect(hidden).toContain('"protect.1"');
    }
  });

  test("masked: removals are named by masked number", async () => {
    const process = open([ANA, BUDI], {}, {}, (number) => `~${number.slice(-2)}`);
    expect(await check(process, before(), args())).toEqual({ inputs: { ...args(), removals: { "~02": never } } });
  });
});

describe("by the word of a roll call", () => {
  test("exactly its removals, without another listing", async () => {
    const process = open([]);
    const roll = rolled({ participants: [ANA, BUDI, CITRA], removals: byRoll(BUDI) });
    expect(await check(process, before(), roll)).toEqual({ inputs: { ...args(), removals: { [BUDI]: never } } });
    expect({ log: process.executor.log, root: process.root }).toEqual({ log: [], root: "/project" });
  });

  test("members are taken as the rosters say them, which has been checked", async () => {
    const members = { [ANA]: "Ana", "22997123456": "Budi", "551112345678": "Citra" };
    expect(await check(open([]), before(), rolled({}, { members }))).toEqual({ inputs: args({ members }) });
  });

  test("a former number goes although the person's new one is like it, and only with that word", async () => {
    const members = { [ANA]: "Ana", [CITRA]: "Budi" };
    const removals = { [BUDI]: { name: "Budi", reason: "changed number" as const } };
    const roll = { participants: [ANA, BUDI], removals };
    const told = rolled({ ...roll, formerly: { [BUDI]: CITRA } }, { members });
    const process = open([ANA, BUDI]);
    const { inputs } = await check(process, before(), told);
    expect(inputs).toEqual({ ...args({ members }), removals: { [BUDI]: "changed number" } });
    await apply(process, before(), { ...inputs });
    expect(process.executor.log.filter((line) => line.includes(BUDI))).not.toEqual([]);
    const silent = open([ANA, BUDI]);
    await check(silent, before(), rolled(roll, { members }));
    expect(silent.groups.get("EA93UU0042")).toMatchObject({ refusals: [{ rule: "near-miss" }] });
  });

  test("its reasons are kept, also for the limits of the run", async () => {
    const removals = { [BUDI]: { name: "Budi", reason: "offboarded" as const } };
    const process = open([], {}, { maxRemovalsPerRun: "0" });
    expect(await check(process, before(), rolled({ participants: [ANA, BUDI], removals }))).toEqual({
      inputs: { ...args(), removals: { [BUDI]: "offboarded" } },
    });
  });

  test.each([
    ["who is not there", rolled({ participants: [ANA], removals: byRoll(BUDI) })],
    ["who is declared", rolled({ participants: [ANA], removals: byRoll(ANA) })],
    ["who is protected", rolled({ participants: [ANA, BUDI], removals: byRoll(BUDI), protect: [BUDI] })],
    ["in a group that reports", rolled({ participants: [ANA, BUDI], removals: byRoll(BUDI), undeclared: "report" })],
    ["in a group that is new", rolled({ participants: [ANA, BUDI], removals: byRoll(BUDI), adopted: false })],
  ])("it can't have somebody removed %s", async (_, roll) => {
    expect(await check(open([]), before(), roll)).toEqual({ inputs: args() });
  });

  test("the guards judge it again", async () => {
    const process = open([]);
    const roll = rolled({ participants: [ANA, BUDI, CITRA], removals: byRoll(BUDI, CITRA), maxRemovals: 1 });
    expect(await check(process, before(), roll)).toEqual({ inputs: args() });
    expect(process.groups.get("EA93UU0042")).toMatchObject({ refusals: [{ rule: "max-removals-per-group" }] });
  });

  test("a held group keeps the inputs of the last run, but for its removals", async () => {
    const process = open([]);
    const olds = before({ members: { [CITRA]: "Citra" }, removals: { [BUDI]: never } });
    expect(await check(process, olds, rolled({ held: true }))).toEqual({
      inputs: args({ members: { [CITRA]: "Citra" } }),
    });
    expect([...process.groups]).toEqual([["EA93UU0042", "held"]]);
  });

  test("no other resource may write a group that is held", async () => {
    const process = open([ANA, BUDI]);
    await check(process, before(), rolled({ held: true }));
    expect((await check(process, before(), args())).failures).toEqual([
      { property: "group", reason: expect.stringMatching(/declared by two resources/) as string },
    ]);
    expect([...process.groups]).toEqual([["EA93UU0042", "held"]]);
  });

  test("a held group that is new is shown as declared, and is not adopted", async () => {
    const process = open([ANA, BUDI]);
    const { inputs } = await check(process, {}, rolled({ held: true }));
    expect(inputs).toEqual(args());
    await expect(apply(process, undefined, { ...inputs })).rejects.toThrow(/a guard holds it/);
    expect(process.executor.log).toEqual([]);
  });

  test("when the state could not be read, the resource's own inputs tell whether it is adopted", async () => {
    const roll = rolled({ participants: [ANA, BUDI], removals: byRoll(BUDI), adopted: undefined });
    expect(await check(open([]), {}, roll)).toEqual({ inputs: args() });
    expect(await check(open([]), before(), roll)).toEqual({ inputs: { ...args(), removals: { [BUDI]: never } } });
  });
});
