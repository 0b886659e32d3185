import { readWhole, type Page } from "../../../src/cams/whole";
import { engine, register, registerSender } from "../model/registrations";
import { ANA, BUDI, CITRA, Company, DEWI, EKO, rules } from "./world";

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

const rowsOf = (from: number, count: number): string[] => Array.from({ length: count }, (_, i) => String(from + i));

/** Reads pages as CAMS would serve them; an error is a page that fails. */
function read(...pages: readonly (Page | Error)[]) {
  return readWhole((index) => {
    const page = pages[index - 1] ?? { total: (pages[0] as Page).total, rows: [] };
    return page instanceof Error ? Promise.reject(page) : Promise.resolve(page);
  }, String);
}

describe("awslabs/ssosync#194, #236, #268: the source answered with an empty or short list, and everything was deleted", () => {
  const everybody = [ANA, BUDI, CITRA, DEWI, EKO];

  test("an empty list: nobody goes, and everybody counts as there when the list is whole again", async () => {
    const company = new Company([{ there: everybody, members: everybody }]);
    await company.up();
    company.edit({ kind: "desert", group: "EA1" });
    const empty = await company.up();
    expect(rules(empty)).toEqual(["suspicious-listing"]);
    expect(company.asked()).toEqual([]);
    expect(empty.ok).toBe(false);

    for (const number of everybody) company.edit({ kind: "join", group: "EA1", number });
    expect((await company.up()).ok).toBe(true);
    expect(company.asked()).toEqual([]);
    expect(company.there("EA1")).toEqual(everybody);
  });

  test("a list short of most: the undeclared one in it stays too", async () => {
    const company = new Company([{ there: everybody, members: everybody }]);
    await company.up();
    company.edit({ kind: "drop", group: "EA1", number: EKO });
    for (const number of [ANA, BUDI, CITRA]) company.edit({ kind: "leave", group: "EA1", number });
    expect(rules(await company.up())).toContain("suspicious-listing");
    expect(company.asked()).toEqual([]);
  });

  test("a list that was short only the first time is read again, and the run goes on", async () => {
    const company = new Company([{ there: everybody, members: [ANA, BUDI, CITRA, DEWI] }]);
    await company.up();
    const { listParticipants } = company.cams;
    let looks = 0;
    company.cams.listParticipants = async (ref) => {
      const listing = await listParticipants(ref);
      return looks++ === 0 && listing.kind === "whole" ? { ...listing, participants: [EKO] } : listing;
    };
    const run = await company.up();
    expect(run.ok).toBe(true);
    expect(company.asked()).toEqual([`EA1 ${EKO}`]);
  });

  test("an empty roster is no wish to empty the group", async () => {
    const company = new Company([{ there: [ANA, BUDI], members: [ANA, BUDI] }]);
    await company.up();
    company.edit(...[ANA, BUDI].map((number) => ({ kind: "drop" as const, group: "EA1", number })));
    expect(rules(await company.up())).toEqual(["empty-roster"]);
    expect(company.asked()).toEqual([]);
  });
});

describe("slashdevops/idp-scim-sync#70, #87: the page token was lost, and 200 of 263 members were seen", () => {
  test("rows that do not add up to the total are no listing", async () => {
    const pages = [0, 1, 2, 3].map((page) => ({ total: 263, rows: rowsOf(page * 50, 50) }));
    expect(await read(...pages)).toMatchObject({ kind: "doubtful", why: expect.stringMatching(/200.*263/) as string });
  });

  test("the first page over and over is no listing", async () => {
    const first = { total: 263, rows: rowsOf(0, 50) };
    expect(await read(...Array<Page>(6).fill(first))).toMatchObject({ kind: "doubtful" });
  });

  test("nobody is pushed out of a group that was listed in part", async () => {
    const company = new Company([{ there: [ANA, BUDI], members: [ANA] }]);
    await company.up();
    const run = await company.up({ looks: { EA1: ["doubtful"] } });
    expect(rules(run)).toEqual(["doubtful-listing"]);
    expect(company.asked()).toEqual([]);
  });
});

describe("terraform-provider-googleworkspace#205 and four others: the first page was taken for the whole", () => {
  test("a later page that fails voids the listing", async () => {
    const failing = read({ total: 4, rows: ["a", "b"] }, new Error("503"));
    await expect(failing).rejects.toThrow("503");
  });

  test("all pages are read", async () => {
    const whole = await read({ total: 4, rows: ["a", "b"] }, { total: 4, rows: ["c", "d"] });
    expect(whole).toEqual({ kind: "whole", rows: ["a", "b", "c", "d"] });
  });

  test("a listing that fails on any page removes nobody, and the run is red", async () => {
    const company = new Company([{ there: [ANA, BUDI], members: [ANA] }]);
    await company.up();
    const run = await company.up({ looks: { EA1: ["unknown outcome"] } });
    expect({ ok: run.ok, rules: rules(run), asked: company.asked() }).toEqual({
      ok: false,
      rules: ["doubtful-listing"],
      asked: [],
    });
  });
});
