import type { Reason } from "../../src/membership/types";
import { apply } from "../../src/provider/apply";
import { check } from "../../src/provider/check";
import { historyIn } from "../../src/provider/last-look";
import type { CarryOut } from "../../src/provider/order";
import { UNKNOWN } from "../pulumi";
import {
  ANA,
  BOT,
  BUDI,
  CITRA,
  desire,
  DEWI,
  fresh,
  full,
  members,
  remembered,
  removal,
  unknown,
  whole,
} from "../membership/world";
import { args, inputsOf, leave, open, order, ordered, type Process } from "./world";

const never: Reason = "never declared";
/** What the last run left as inputs: the group is under management. */
const before = (over: Record<string, unknown> = {}, lastLook: unknown = {}) => inputsOf(over, lastLook);
/** What is to go, by the last look of these inputs. */
const going = (number: string, reason: Reason = never, name = "") => ({
  removals: { [number]: reason },
  lastLook: { removing: { [number]: [name, reason] } },
});

describe("a resource on its own", () => {
  test("lists its group, and names who is to be removed and why", async () => {
    const process = open([ANA, BUDI, CITRA]);
    const olds = before({ members: { [ANA]: "Ana", [CITRA]: "Citra" } });
    expect(await check(process, olds, args())).toEqual({
      inputs: {
        ...args(),
        removals: { [BUDI]: never, [CITRA]: "dropped from roster" },
        lastLook: { removing: { [BUDI]: ["", never], [CITRA]: ["Citra", "dropped from roster"] } },
      },
    });
    expect(process.executor.log).toEqual(["list"]);
  });

  test("nobody to be removed: no removals among the inputs", async () => {
    expect(await check(open([ANA]), before(), args())).toEqual({ inputs: inputsOf() });
  });

  test("a new group spares everybody, by default", async () => {
    expect(await check(open([ANA, BUDI]), {}, args())).toEqual({ inputs: inputsOf({}, { adoption: BUDI }) });
    expect(await check(open([ANA, BUDI]), {}, args({ onAdopt: "remove" }))).toEqual({
      inputs: { ...args(), ...going(BUDI) },
    });
  });

  test("a stranger whom a refresh of the first release wrote among the members was never declared, and has no name", async () => {
    const process = open([ANA, BUDI], {}, { maxRemovalsPerGroup: "0" });
    const olds = args({ members: { [ANA]: "Ana", [BUDI]: "(not declared)" } });
    await check(process, olds, args());
    expect(process.executor.warnings.join()).not.toContain("(not declared)");
    expect(await check(open([ANA, BUDI]), olds, args())).toEqual({ inputs: { ...args(), ...going(BUDI) } });
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
    const olds = before({ group: "EA1" }, { left: ANA });
    expect(await check(open([ANA, BUDI]), olds, args())).toEqual({ inputs: inputsOf({}, { adoption: BUDI }) });
  });

  test("nobody is named whom the stack protects, nor the business number", async () => {
    const process = open([ANA, BUDI, BOT], {}, { protect: JSON.stringify([BUDI]) });
    expect(await check(process, before(), args())).toEqual({ inputs: inputsOf({}, { protect: `${BUDI} ${BOT}` }) });
  });

  test("policy is taken in, and left out of the inputs", async () => {
    const policy = { undeclared: "report", maxRemovals: 9, allowEmpty: true, protect: [BUDI] };
    expect(await check(open([ANA, BUDI]), before(), args(policy))).toEqual({
      inputs: inputsOf({}, { protect: BUDI }),
    });
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
      expect(await check(process, before({}, { left: ANA }), args())).toEqual({ inputs: inputsOf({}, { left: ANA }) });
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
      inputs: { ...args(), ...going(BUDI) },
    });
    expect(process.executor.warnings).toEqual([
      "held: EA93UU0042: nobody is removed, since it is not known yet which group these resources declare, and it may be this one: b, c. " +
        "Declare their groups by plain ids, or run pulumi up again once those groups exist",
    ]);
    const settled = open([ANA]);
    expect(await check(settled, before(), args({ undecided }))).toEqual({ inputs: inputsOf() });
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
    expect(await check(process, before(), args())).toEqual({ inputs: { ...args(), ...going(BUDI) } });
  });

  test("values that a preview does not know yet: nothing is listed or prepared", async () => {
    const process = open([ANA, BUDI]);
    const news = args({ members: { [ANA]: UNKNOWN } });
    expect(await check(process, before(), news)).toEqual({ inputs: { ...news, lastLook: UNKNOWN } });
    for (const policy of [{ protect: [BUDI, UNKNOWN] }, { maxRemovals: UNKNOWN }, { undeclared: UNKNOWN }])
      expect(await check(process, before(), args(policy))).toEqual({ inputs: inputsOf({}, UNKNOWN) });
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
    expect(inputs).toEqual(inputsOf({ members: { [ANA]: "Ana", [digits]: "Budi" } }));
  });

  test("a number that CAMS lists so may be a member, and is left out of the inputs as policy", async () => {
    const members = { [ANA]: "Ana", "22997123456": "Budi", "+62 0811 0000 009": "Citra" };
    const asListed = ["+229 97-12-34-56", "6208110000009"];
    const { inputs } = await check(open([ANA, "22997123456"]), before(), args({ members, asListed }));
    expect(inputs).toMatchObject({ members: { [ANA]: "Ana", "22997123456": "Budi", "6208110000009": "Citra" } });
    expect(inputs).not.toHaveProperty("asListed");
  });

  test.each([[["229"]], [["Budi"]], [[22997123456]], ["22997123456"]])("asListed is refused: %p", async (asListed) => {
    expect((await check(open([ANA]), before(), args({ asListed }))).failures).toEqual([
      expect.objectContaining({ property: expect.stringMatching(/^asListed/) as string }),
    ]);
  });

  test("protect takes numbers that cannot exist", async () => {
    const policy = { protect: ["+229 97 12 34 56"] };
    expect(await check(open([ANA, "22997123456"]), before(), args(policy))).toEqual({
      inputs: inputsOf({}, { protect: "22997123456" }),
    });
  });

  test("numbers may be written as people write them", async () => {
    const result = await check(open([ANA]), before(), args({ members: { "+62 811-0000-001": "Ana" } }));
    expect(result).toEqual({ inputs: inputsOf() });
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
    expect(await check(process, before(), args())).toEqual({
      inputs: { ...args(), ...going(BUDI), removals: { "~02": never } },
    });
  });

  test("a preview remembers nothing, and says that it does not know yet", async () => {
    const { inputs } = await check(open([ANA, BUDI]), before(), args({ preview: true }));
    expect(inputs).toEqual({ ...args(), removals: { [BUDI]: never }, lastLook: UNKNOWN });
  });

  test("whatever a program says of the last look is not taken in", async () => {
    const { inputs } = await check(open([ANA]), before(), args({ lastLook: { left: CITRA } }));
    expect(inputs).toEqual(inputsOf());
  });
});

/** The same baseline and the same guards as with a roll call. */
describe("a resource on its own remembers the last look", () => {
  const four = { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra", [DEWI]: "Dewi" };
  const STRANGER = "6591234567";
  const rulesIn = (process: Process) => {
    const found = process.groups.get("EA93UU0042");
    return found === undefined || found === "held" ? [] : found.refusals.map(({ rule }) => rule);
  };

  test("a listing that lacks most of those who were there is held, again and again, and not remembered", async () => {
    let olds: Record<string, unknown> = before({ members: four });
    for (const _ of [1, 2, 3]) {
      const process = open([ANA, STRANGER]);
      const { inputs = {} } = await check(process, olds, args({ members: four }));
      expect(rulesIn(process)).toContain("suspicious-listing");
      expect(inputs).toEqual(olds);
      olds = { ...inputs };
    }
  });

  test("of a group that is new, and held at once, it remembers that it is still to be adopted", async () => {
    const process = open([ANA, BUDI], {}, { maxRemovalsPerGroup: "0" });
    const { inputs } = await check(process, {}, args({ onAdopt: "remove" }));
    expect(inputs).toEqual(inputsOf({}, { adopted: false }));
    expect(await check(open([ANA, BUDI]), { ...inputs }, args())).toEqual({ inputs: inputsOf({}, { adoption: BUDI }) });
  });

  test.each<[string, unknown, string]>([
    ["everybody declared was there", {}, "left"],
    ["one of them was not", { awaiting: BUDI }, "awaiting"],
    ["one of them had left before", { left: BUDI }, "left"],
    ["nothing that can be read: the stricter reading", "nonsense", "left"],
  ])("%s: who is gone now is %3$s", async (_, lastLook, place) => {
    const members = { [ANA]: "Ana", [BUDI]: "Budi" };
    const { inputs } = await check(open([ANA]), before({ members }, lastLook), args({ members }));
    expect(inputs).toEqual(inputsOf({ members }, { [place]: BUDI }));
  });

  test("one who left and one who came may be one person with a new number", async () => {
    const members = { [ANA]: "Ana", [BUDI]: "Budi" };
    const process = open([ANA, STRANGER]);
    const { inputs } = await check(process, before({ members }), args({ members }));
    expect(rulesIn(process)).toEqual(["number-change"]);
    expect(inputs).not.toHaveProperty("removals");
  });
});

describe("by the order of the program", () => {
  const strangers = (...numbers: readonly string[]) => ({
    observed: whole(ANA, ...numbers),
    remove: numbers.map((number) => removal(number)),
  });

  test("exactly its removals, without another listing", async () => {
    const process = open([]);
    const one = order({ observed: whole(ANA, BUDI, CITRA), remove: [removal(BUDI)] });
    expect(await check(process, before(), ordered(one))).toEqual({ inputs: { ...args(), ...going(BUDI) } });
    expect({ log: process.executor.log, root: process.root }).toEqual({ log: [], root: "/project" });
  });

  test("members are taken as the rosters say them, which has been checked", async () => {
    const members = { [ANA]: "Ana", "22997123456": "Budi", "551112345678": "Citra" };
    const given = order({ desired: desire({ members: new Map(Object.entries(members)) }), observed: whole(ANA) });
    const { inputs } = await check(open([]), before(), ordered(given, { members }));
    expect(inputs).toMatchObject({ members, lastLook: { awaiting: "22997123456 551112345678" } });
  });

  test("a former number goes although the person's new one is like it, and only with that word", async () => {
    const members = { [ANA]: "Ana", [CITRA]: "Budi" };
    const declared = { members: new Map(Object.entries(members)) };
    const given = { observed: whole(ANA, BUDI), remove: [removal(BUDI, "changed number", "Budi")] };
    const told = order({ ...given, desired: desire({ ...declared, formerly: new Map([[BUDI, CITRA]]) }) });
    const process = open([ANA, BUDI]);
    const { inputs } = await check(process, before(), ordered(told, { members }));
    expect(inputs).toMatchObject({ removals: { [BUDI]: "changed number" } });
    await apply(process, before(), { ...inputs });
    expect(process.executor.log.filter((line) => line.includes(BUDI))).not.toEqual([]);
    const silent = open([ANA, BUDI]);
    await check(silent, before(), ordered(order({ ...given, desired: desire(declared) }), { members }));
    expect(silent.groups.get("EA93UU0042")).toMatchObject({ refusals: [{ rule: "near-miss" }] });
  });

  test("its names and reasons are kept, also for the limits of the run", async () => {
    const remove = [removal(BUDI, "offboarded", "Budi")];
    const process = open([], {}, { maxRemovalsPerRun: "0" });
    expect(await check(process, before(), ordered(order({ observed: whole(ANA, BUDI), remove })))).toEqual({
      inputs: { ...args(), ...going(BUDI, "offboarded", "Budi") },
    });
  });

  test.each([
    ["who is not there", order({ remove: [removal(BUDI)] })],
    ["who is declared", order({ remove: [removal(ANA)] })],
    ["who is protected", order({ ...strangers(BUDI), desired: desire({ protect: new Set([BUDI]) }) })],
    ["in a group that reports", order({ ...strangers(BUDI), desired: desire({ undeclared: "report" }) })],
    ["in a group that is new", order({ ...strangers(BUDI), history: fresh })],
    ["whom the reviewed plan does not name", order({ ...strangers(BUDI), desired: desire({ named: new Set() }) })],
  ])("it can't have somebody removed %s", async (_, one) => {
    const { inputs } = await check(open([]), before(), ordered(one));
    expect(inputs).not.toHaveProperty("removals");
    expect(inputs).not.toHaveProperty("lastLook.removing");
  });

  test("the guards judge it again, and what is held is not remembered", async () => {
    const process = open([]);
    const one = order({ ...strangers(BUDI, CITRA), desired: desire({ maxRemovals: 1 }) });
    const olds = before({}, { awaiting: DEWI });
    expect(await check(process, olds, ordered(one, { members: args().members }))).toEqual({ inputs: olds });
    expect(process.groups.get("EA93UU0042")).toMatchObject({ refusals: [{ rule: "max-removals-per-group" }] });
  });

  test("its memory counts, not that of the resource, whose inputs may be another group's", async () => {
    const history = remembered({ declared: members(ANA), absent: new Map([[ANA, "left"]]) });
    const { inputs } = await check(open([]), before(), ordered(order({ observed: whole(), history })));
    expect(inputs).toMatchObject({ lastLook: { left: ANA } });
  });

  test("when the state could not be read, the resource's own inputs are the memory", async () => {
    const one = ordered(order({ observed: whole(), history: unknown }));
    const lookOf = async (olds: Record<string, unknown>) => (await check(open([]), olds, one)).inputs;
    expect(await lookOf(before())).toMatchObject({ lastLook: { left: ANA } });
    expect(await lookOf(before({}, { awaiting: ANA }))).toMatchObject({ lastLook: { awaiting: ANA } });
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ["no record under its name", {}, /the state has no such name\. Nothing is done.*pulumi stack export/],
    [
      "another group's record under its name",
      before({ group: "EA1" }),
      /the state has EA1 under that name\. Nothing is done/,
    ],
  ])("when the state could not be read, up makes and replaces no record: %s", async (_, olds, why) => {
    const one = ordered(order({ observed: whole(), history: unknown }));
    const { failures } = await check(open([]), olds, one);
    expect(failures).toEqual([{ property: "group", reason: expect.stringMatching(why) as string }]);
  });

  test("when the state could not be read, a preview goes on with a group that has no record", async () => {
    const one = ordered(order({ observed: whole(), history: unknown, preview: true }));
    expect((await check(open([]), {}, one)).inputs).toMatchObject({ group: "EA93UU0042" });
  });

  test("a preview remembers nothing, and says that it does not know yet", async () => {
    const one = order({ ...strangers(BUDI), preview: true });
    expect(await check(open([]), before(), ordered(one))).toEqual({
      inputs: { ...args(), removals: { [BUDI]: never }, lastLook: UNKNOWN },
    });
  });

  test("masked: a mark tells these members from others, since a plan does not show them", async () => {
    const masked = (number: string) => `~${number.slice(-2)}`;
    const markOf = async (over: Partial<CarryOut>) => {
      const process = open([], {}, { display: "masked" }, masked);
      return (await check(process, before(), ordered(order(over)))).inputs as Record<string, unknown>;
    };
    const [one, same, named, other] = [
      await markOf({}),
      await markOf({ preview: true }),
      await markOf({ desired: desire({ members: new Map([[ANA, "Anna"]]) }) }),
      await markOf({ desired: desire({ members: new Map([[BUDI, "Ana"]]) }), observed: whole(BUDI) }),
    ];
    expect(one.rosterMark).toMatch(/^[\w-]{10}$/);
    expect(same.rosterMark).toBe(one.rosterMark);
    expect(new Set([one, named, other].map(({ rosterMark }) => rosterMark)).size).toBe(3);
  });
});

describe("by an order that is bound by a reviewed plan", () => {
  const plan = { removals: { [BUDI]: never, [CITRA]: never }, invitations: {}, writes: true };

  test("the inputs name those whom the plan names, also whoever is gone by now; only who is there is begun", async () => {
    const one = order({ plan, observed: whole(ANA, CITRA), remove: [removal(CITRA)] });
    expect(await check(open([]), before(), ordered(one))).toEqual({
      inputs: { ...args(), removals: plan.removals, lastLook: { removing: { [CITRA]: ["", never] } } },
    });
  });

  test("nobody is removed whom the plan does not name, though the order does", async () => {
    const process = open([ANA, DEWI]);
    const one = order({ plan, observed: whole(ANA, DEWI), remove: [removal(DEWI)] });
    const { inputs } = await check(process, before(), ordered(one));
    expect(inputs).toMatchObject({ removals: plan.removals });
    await expect(apply(process, undefined, { ...inputs })).rejects.toThrow(/not those that were checked/);
    expect(process.executor.log).toEqual([]);
  });
});

describe("a group that is left alone", () => {
  test("keeps the inputs of the last run, with its memory, but for its removals", async () => {
    const process = open([]);
    const olds = { ...before({ members: { [CITRA]: "Citra" } }, { left: CITRA }), removals: { [BUDI]: never } };
    expect(await check(process, olds, ordered(leave()))).toEqual({
      inputs: { ...inputsOf({ members: { [CITRA]: "Citra" } }, { left: CITRA }), held: false },
    });
    expect([...process.groups]).toEqual([["EA93UU0042", "held"]]);
  });

  test("keeps the mark of its members, too", async () => {
    const olds = before({ rosterMark: "0123456789" });
    expect(await check(open([]), olds, ordered(leave()))).toEqual({ inputs: { ...olds, held: false } });
  });

  test("of the first release has no memory among its inputs, and gets none", async () => {
    expect(await check(open([]), args(), ordered(leave()))).toEqual({ inputs: { ...args(), held: false } });
  });

  test.each([true, false])("says in its inputs whether a guard holds it, anew each time: %s", async (held) => {
    const { inputs } = await check(open([]), before({ held: !held }), ordered(leave({ held })));
    expect(inputs).toEqual({ ...before(), held });
  });

  test("says nothing of that where a plan does not, which binds the inputs", async () => {
    expect(await check(open([]), before(), ordered(leave({ held: undefined })))).toEqual({ inputs: before() });
  });

  test("may be written by no other resource", async () => {
    const process = open([ANA, BUDI]);
    await check(process, before(), ordered(leave()));
    expect((await check(process, before(), args())).failures).toEqual([
      { property: "group", reason: expect.stringMatching(/declared by two resources/) as string },
    ]);
    expect([...process.groups]).toEqual([["EA93UU0042", "held"]]);
  });

  test("and is new is shown as declared by a preview, and is not adopted", async () => {
    const process = open([ANA, BUDI]);
    const preview = await check(process, {}, ordered(leave({ preview: true, history: fresh })));
    expect(preview.inputs).toEqual(inputsOf({}, UNKNOWN));
    const { inputs } = await check(process, {}, ordered(leave({ history: fresh })));
    expect(inputs).toEqual(inputsOf({}, { adopted: false }));
    await expect(apply(process, undefined, { ...inputs })).rejects.toThrow(/a guard holds it/);
    expect(process.executor.log).toEqual([]);
  });

  describe("under a reviewed plan", () => {
    const plan = { removals: { [CITRA]: never }, invitations: {}, writes: true };
    const known = remembered({ declared: members(ANA, BUDI), absent: new Map([[BUDI, "left"]]) });

    test("gets the inputs of the plan, and keeps the memory of the last look with whom it was about", async () => {
      const process = open([]);
      const olds = before({ members: { [ANA]: "", [BUDI]: "" } }, { left: BUDI });
      const { inputs } = await check(process, olds, ordered(leave({ plan, history: known })));
      expect(inputs).toEqual({
        ...args(),
        removals: { [CITRA]: never },
        lastLook: { left: BUDI, declared: { [ANA]: "", [BUDI]: "" } },
      });
      expect(historyIn({ ...inputs }, undefined)).toEqual(known);
      expect([...process.groups]).toEqual([["EA93UU0042", "held"]]);
    });

    test.each<[string, Record<string, unknown>]>([
      ["new", {}],
      ["another resource's", before({ group: "EA1" })],
    ])("is still to be adopted when it is %s", async (_, olds) => {
      const { inputs } = await check(open([]), olds, ordered(leave({ plan, history: fresh })));
      expect(inputs).toMatchObject({ lastLook: { adopted: false } });
      expect(historyIn({ ...inputs }, undefined)).toEqual(fresh);
    });

    test("remembers nothing in a preview", async () => {
      const { inputs } = await check(open([]), before(), ordered(leave({ plan, history: known, preview: true })));
      expect(inputs).toMatchObject({ lastLook: UNKNOWN });
    });
  });
});
