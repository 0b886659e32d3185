import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { engine, register, registerSender } from "../model/registrations";
import type { Edit } from "../model/story";
import { ANA, BUDI, CITRA, Company, DEWI, EKO, placed, refusals, rules, type Group } from "./world";

jest.mock("@pulumi/pulumi", () => ({ runtime: { isDryRun: () => engine.dryRun } }));
jest.mock("../../../src/provider/resource", () => ({
  ChatGroupParticipants: function (...registration: Parameters<typeof register>): object {
    return register(...registration);
  },
}));
jest.mock("../../../src/provider/invitations-resource", () => ({
  ChatGroupInvitations: function (...registration: Parameters<typeof registerSender>): object {
    return registerSender(...registration);
  },
}));
jest.mock("../../../src/provider/upkeep-resources", () => ({}));

const drop = (group: string, ...numbers: readonly string[]): Edit[] =>
  numbers.map((number) => ({ kind: "drop", group, number }));
const groups = (count: number, there: readonly string[], members = there): Group[] =>
  Array.from({ length: count }, () => ({ there, members }));

describe("kubernetes/org#4365: a new scope was switched on over config never compared with reality", () => {
  test("newly managed groups start without removals, and say who would have gone", async () => {
    const company = new Company(groups(3, [ANA, BUDI, CITRA], [ANA]));
    const first = await company.up();
    expect(company.asked()).toEqual([]);
    expect(placed(first, "EA1", "spared")).toEqual([BUDI, CITRA]);
  });

  test("every level has its guard: the group, the person, the run", async () => {
    const company = new Company(groups(3, [ANA, BUDI, CITRA, DEWI, EKO]), {
      maxGroupsPerPerson: 2,
      maxRemovalsPerRun: 4,
    });
    await company.up();
    company.edit(...drop("EA1", BUDI, CITRA), ...drop("EA2", BUDI, CITRA), ...drop("EA3", BUDI, CITRA));
    expect(rules(await company.up())).toEqual([
      "max-removals-per-run",
      "max-groups-per-person",
      "max-groups-per-person",
    ]);
    company.edit(...drop("EA3", DEWI));
    expect(rules(await company.up())).toEqual(["max-removals-per-group"]);
  });
});

test("kubernetes/k8s.io#2890: other spelling in the directory, so each run added one and removed the other", async () => {
  const atHome = "08110000001";
  const company = new Company([{ there: [ANA, BUDI], members: [atHome, BUDI] }]);
  await company.up();
  for (const _ of [1, 2]) {
    const run = await company.up();
    expect(rules(run)).toEqual(["near-miss"]);
    expect(refusals(run)[0]?.message).toMatch(/country code/);
    expect(company.asked()).toEqual([]);
  }
});

test("firezone/firezone#10898: an honest bulk change was blocked, so the limit was raised for good", async () => {
  const company = new Company([{ there: [ANA, BUDI, CITRA, DEWI, EKO], members: [ANA, BUDI, CITRA, DEWI, EKO] }]);
  await company.up();
  company.edit(...drop("EA1", BUDI, CITRA, DEWI));
  const blocked = await company.up();
  expect(refusals(blocked)).toMatchObject([
    {
      rule: "max-removals-per-group",
      message: expect.stringMatching(/3 removals.*limit of 2.*releases\.yaml/) as string,
    },
  ]);
  company.edit({ kind: "release", numbers: [BUDI, CITRA, DEWI], group: "EA1" });
  expect((await company.up()).ok).toBe(true);
  expect(company.asked()).toEqual([BUDI, CITRA, DEWI].map((number) => `EA1 ${number}`));

  // The release was for these people in this group: the limit is what it was for everybody else.
  company.edit(
    ...["6591230010", "6591230020", "6591230030"].map((number): Edit => ({ kind: "join", group: "EA1", number })),
  );
  expect(rules(await company.up())).toEqual(["max-removals-per-group"]);
});

describe("octodns/octodns#61, #785: there was only --force, which drops every check", () => {
  test("what permits one refusal leaves the others standing", async () => {
    const company = new Company([{ there: [ANA, BUDI, CITRA, "08110000001"], members: [ANA, BUDI, CITRA] }], {
      maxRemovalsPerGroup: 0,
    });
    await company.up();
    company.edit(...drop("EA1", CITRA));
    expect(rules(await company.up())).toEqual(["max-removals-per-group", "near-miss"]);
    company.edit({ kind: "maxRemovals", group: "EA1", is: 8 }, { kind: "allowEmpty", group: "EA1", is: true });
    expect(rules(await company.up())).toEqual(["near-miss"]);
    expect(company.asked()).toEqual([]);
  });

  test("each refusal names its own setting", async () => {
    const company = new Company(groups(3, [ANA, BUDI, CITRA]), { maxGroupsPerPerson: 1, maxRemovalsPerRun: 1 });
    await company.up();
    company.edit(...drop("EA1", CITRA), ...drop("EA2", CITRA), ...drop("EA3", ANA, BUDI, CITRA));
    const told = Object.fromEntries(refusals(await company.up()).map(({ rule, message }) => [rule, message]));
    expect(told).toEqual({
      "max-removals-per-run": expect.stringContaining("rollcall:maxRemovalsPerRun to 2") as string,
      "max-groups-per-person": expect.stringContaining("rollcall:maxGroupsPerPerson to 2") as string,
      "max-removals-per-group": expect.stringContaining("maxRemovals: 3") as string,
      "empty-roster": expect.stringContaining("allowEmpty: true") as string,
    });
  });
});

describe("argoproj/argo-cd#23645, the kubernetes/org config test, Peribolos: guards that could not fire, or did not stop the run", () => {
  const AT_HOME = "08110000001";
  const strangers: Edit[] = [1, 2, 3].map((n) => ({ kind: "join", group: "EA1", number: `65912300${n}0` }));
  const leave = (...numbers: readonly string[]): Edit[] =>
    numbers.map((number) => ({ kind: "leave", group: "EA1", number }));
  const everybody = [ANA, BUDI, CITRA, DEWI];

  const CASES: [string, readonly Edit[]][] = [
    ["empty-roster", drop("EA1", ...everybody)],
    ["removes-everybody", [...leave(...everybody), ...strangers.slice(0, 1)]],
    ["max-removals-per-group", strangers],
    ["near-miss", [{ kind: "join", group: "EA1", number: AT_HOME }]],
    ["suspicious-listing", [...leave(BUDI, CITRA, DEWI), ...strangers.slice(0, 1)]],
    ["unknown-memory", strangers.slice(0, 1)],
    ["number-change", [...leave(BUDI), ...strangers.slice(0, 1)]],
    ["belongs-elsewhere", [{ kind: "swap", group: "EA1", other: "EA2" }, ...drop("EA1", BUDI)]],
    ["max-removals-per-run", [...strangers.slice(0, 2), ...drop("EA2", BUDI, CITRA)]],
    ["max-groups-per-person", [...drop("EA1", BUDI), ...drop("EA2", BUDI)]],
  ];

  test.each(CASES)("%s fires over what would be executed, and stops it", async (rule, edits) => {
    const company = new Company(groups(2, everybody), { maxGroupsPerPerson: 1, maxRemovalsPerRun: 3 });
    expect(rules(await company.up())).toEqual([]);
    company.edit(...edits);
    const run = await company.up({}, { stateUnread: rule === "unknown-memory" });
    expect(rules(run)).toContain(rule);
    expect(run.ok).toBe(false);
    expect(company.asked().filter((one) => one.startsWith("EA1"))).toEqual([]);
  });

  test("no guard is without such a case", () => {
    const folder = join(__dirname, "../../../src/membership/guards");
    const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
    const all = texts.flatMap((text) =>
      /: (Group|Run)Rule = \{/.test(text) ? [/"([a-z]+(-[a-z]+)+)"/.exec(text)?.[1]] : [],
    );
    expect(all.sort()).toEqual(CASES.map(([rule]) => rule).sort());
  });
});

test("rust-lang/team#2404, kubernetes/test-infra#22723: one broken person stopped everybody", async () => {
  const company = new Company(groups(3, [ANA, BUDI]));
  await company.up();
  company.edit(...drop("EA2", BUDI), ...drop("EA3", BUDI), ...drop("EA1", ANA, BUDI));
  const run = await company.up({ looks: { EA2: ["doubtful"] } });
  expect(rules(run)).toEqual(["empty-roster", "doubtful-listing"]);
  expect(company.asked()).toEqual([`EA3 ${BUDI}`]);
  expect(run.ok).toBe(false);
});

test("knative/test-infra#2652: silent failure, then a backlog of removals ran at once", async () => {
  const company = new Company(groups(3, [ANA, BUDI, CITRA]), { maxRemovalsPerRun: 4 });
  await company.up();
  const failing = { EA1: ["doubtful"], EA2: ["doubtful"], EA3: ["doubtful"] } as const;
  for (const number of [BUDI, CITRA]) {
    company.edit(...["EA1", "EA2", "EA3"].flatMap((group) => drop(group, number)));
    const skipped = await company.up({ looks: failing });
    expect(skipped.ok).toBe(false);
    expect(rules(skipped)).toEqual(Array(3).fill("doubtful-listing"));
  }
  const backlog = await company.up();
  expect(rules(backlog)).toEqual(["max-removals-per-run"]);
  expect(refusals(backlog)[0]?.message).toMatch(/6 removals in 3 groups/);
  expect(company.asked()).toEqual([]);
});

test("django-commons/membership#472: a person who left on his own was added back again and again", async () => {
  const company = new Company([{ there: [ANA, BUDI], members: [ANA, BUDI, CITRA] }]);
  await company.up();
  company.edit({ kind: "leave", group: "EA1", number: BUDI });
  const seen: Record<string, string[]>[] = [];
  for (const _ of [1, 2, 3]) {
    const run = await company.up();
    seen.push({ left: placed(run, "EA1", "left"), awaiting: placed(run, "EA1", "awaiting") });
    // No noise: nothing is written, and nobody is asked for.
    expect(run).toMatchObject({ ok: true, written: 0 });
    expect(company.asked()).toEqual([]);
  }
  // Whoever left stays so, run after run.
  expect(seen).toEqual(Array(3).fill({ left: [BUDI], awaiting: [CITRA] }));
});
