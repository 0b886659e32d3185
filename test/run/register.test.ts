import type { Listing } from "../../src/cams";
import type { Desired } from "../../src/membership/types";
import { ORDER, readOrder, type GroupOrder } from "../../src/provider/order";
import type { LastRun } from "../../src/run/last-run";
import { endOf, leftOutText, registerGroups } from "../../src/run/register";
import type { ReviewedPlan } from "../../src/run/reviewed-plan";
import { planRun, type PlannedGroup } from "../../src/run/plan-run";
import { ANA, BUDI, desire, full, members } from "../membership/world";
import { ref } from "../execution/world";
import { lastRun, type Kept } from "./state";

let mockPreview = false;
jest.mock("@pulumi/pulumi", () => ({ runtime: { isDryRun: () => mockPreview } }));

/** What Pulumi makes of the outputs of a resource, by its name. */
interface Became {
  readonly failed?: string;
  readonly run?: string;
  /** Left out by `--target`: its outputs never come to anything. */
  readonly leftOut?: true;
}
interface Made {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly options: { readonly aliases?: readonly { readonly name: string }[] };
}
const mockMade: Made[] = [];
let mockBecame: Record<string, Became> = {};
jest.mock("../../src/provider/resource", () => ({
  ChatGroupParticipants: function (name: string, args: Made["args"], options: Made["options"]): object {
    mockMade.push({ name, args, options });
    const became = mockBecame[name] ?? {};
    const value = <T>(told: T, isKnown = became.leftOut !== true) => ({
      isKnown: Promise.resolve(isKnown),
      apply: (tell: (value: T) => void) => (isKnown ? tell(told) : undefined),
    });
    return { urn: value(name, true), failed: value(became.failed), run: value(became.run) };
  },
}));

beforeEach(() => {
  mockPreview = false;
  mockMade.length = 0;
  mockBecame = {};
});

/** Ana is declared in each group. */
interface World {
  /** GroupId → who is in it, or that it can't be listed. */
  readonly there: Readonly<Record<string, readonly string[] | "doubtful">>;
  /** Roster name → GroupId. */
  readonly rosters: Readonly<Record<string, string>>;
  /** Resource name → GroupId; undefined: the state could not be read. */
  readonly state: Readonly<Record<string, string>> | undefined;
  readonly only?: readonly string[];
  readonly plan?: ReviewedPlan;
  readonly over?: Partial<Desired>;
}

const kept = (name: string, group: string): Kept => ({ name, group, members: { [ANA]: "" }, lastLook: {} });

async function registered({ there, rosters, state, only, plan, over }: World) {
  const last: LastRun | undefined =
    state && lastRun(...Object.entries(state).map(([name, group]) => kept(name, group)));
  const seen = await planRun(
    Object.entries(rosters).map(([name, group]) => ({
      ref: { ...ref, group },
      desired: desire({ name, group, members: members(ANA), ...over }),
    })),
    {
      reader: {
        listParticipants: ({ group }): Promise<Listing> => {
          const participants = there[group] ?? "doubtful";
          return Promise.resolve(
            participants === "doubtful"
              ? { kind: "doubtful", why: "rows short of Total" }
              : { kind: "whole", participants, unidentified: 0 },
          );
        },
      },
      limits: { maxRemovalsPerRun: 10, maxGroupsPerPerson: 3 },
      show: full,
      last,
      concurrency: 1,
      only: only && new Set(only),
      reviewed: plan,
    },
  );
  const parts = { plan: seen, last, groupOf: (one: PlannedGroup) => one.ref.group };
  return registerGroups(seen.groups, parts, OPTIONS);
}

const OPTIONS = { root: "/project", run: "run-1", at: "2026-11-29T08:00:00.000Z", show: full };

const orderOf = ({ args }: Made): GroupOrder => readOrder(String(args[ORDER]));
const kinds = () => Object.fromEntries(mockMade.map((one) => [one.name, orderOf(one).kind]));

describe("which groups are registered", () => {
  const HELD = "doubtful";
  test.each<[string, "up" | "preview", World, Record<string, GroupOrder["kind"]>]>([
    [
      "new and approved: it is adopted",
      "up",
      { there: { G1: [ANA] }, rosters: { a: "G1" }, state: {} },
      { a: "carry out" },
    ],
    [
      "new and held: not by up, for it could not be looked at",
      "up",
      { there: {}, rosters: { a: "G1" }, state: {} },
      {},
    ],
    [
      "new and held: by a preview, so that its plan knows the group",
      "preview",
      { there: {}, rosters: { a: "G1" }, state: {} },
      { a: "leave alone" },
    ],
    [
      "held, and the state knows it: it stays as it was",
      "up",
      { there: { G1: HELD }, rosters: { a: "G1" }, state: { a: "G1" } },
      { a: "leave alone" },
    ],
    [
      "held and renamed: it stays as it was",
      "up",
      { there: { G1: HELD }, rosters: { b: "G1" }, state: { a: "G1" } },
      { b: "leave alone" },
    ],
    [
      "two that have exchanged groups: both stay as they were",
      "up",
      { there: { G1: [ANA], G2: [ANA] }, rosters: { a: "G2", b: "G1" }, state: { a: "G1", b: "G2" } },
      { a: "leave alone", b: "leave alone" },
    ],
    [
      "one whose group is another roster's resource, which has its own place: not even by a preview",
      "preview",
      { there: { G1: [ANA], G2: [ANA] }, rosters: { a: "G2", c: "G1" }, state: { a: "G1" } },
      { a: "leave alone" },
    ],
    [
      "the state could not be read, and nobody would go",
      "up",
      { there: { G1: [ANA] }, rosters: { a: "G1" }, state: undefined },
      { a: "carry out" },
    ],
    [
      "the state could not be read, and somebody would go: not by up, which ends in failure",
      "up",
      { there: { G1: [ANA, BUDI] }, rosters: { a: "G1" }, state: undefined },
      {},
    ],
    [
      "the state could not be read, and somebody would go: by a preview, which shows no deletion",
      "preview",
      { there: { G1: [ANA, BUDI] }, rosters: { a: "G1" }, state: undefined },
      { a: "leave alone" },
    ],
    [
      "not looked at: it stays as it was",
      "up",
      { there: {}, rosters: { a: "G1" }, state: { a: "G1" }, only: [] },
      { a: "leave alone" },
    ],
  ])("%s", async (_, phase, world, expected) => {
    mockPreview = phase === "preview";
    await registered(world);
    expect(kinds()).toEqual(expected);
  });

  test("a renamed roster takes over the resource that its group had", async () => {
    await registered({ there: { G1: [ANA], G2: [ANA] }, rosters: { b: "G1", c: "G2" }, state: { a: "G1", c: "G2" } });
    expect(mockMade.map(({ name, options }) => [name, options])).toEqual([
      ["b", { aliases: [{ name: "a" }] }],
      ["c", {}],
    ]);
  });

  test("with a reviewed plan: those that it knows, held or not, new or not, and no others", async () => {
    const planned = (name: string, lookedAt: boolean) =>
      [
        name,
        {
          ...{ name, inputs: {}, removals: { [BUDI]: "never declared" as const }, invitations: {} },
          ...{ lookedAt, held: false, writes: true },
        },
      ] as const;
    const groups = new Map([planned("a", true), planned("new", true), planned("left", false)]);
    await registered({
      there: { G1: [ANA], G2: "doubtful", G3: [ANA], G4: [ANA] },
      rosters: { a: "G1", new: "G2", left: "G3", unknown: "G4" },
      state: { a: "G1", left: "G3", unknown: "G4" },
      plan: { day: "2026-11-25", groups, chatGroups: new Map(), links: new Map(), invitations: new Map() },
    });
    expect(kinds()).toEqual({ a: "carry out", new: "leave alone", left: "leave alone" });
    const plan = { removals: { [BUDI]: "never declared" }, invitations: {}, writes: true };
    expect(mockMade.map((one) => orderOf(one).plan)).toEqual([plan, plan, undefined]);
  });
});

describe("the order of a group", () => {
  const world: World = { there: { G1: [ANA, BUDI] }, rosters: { a: "G1" }, state: { a: "G1" } };

  test("names who goes, what was seen, and the run", async () => {
    await registered(world);
    expect(mockMade[0]?.args).toMatchObject({ group: "G1", members: { [ANA]: "" } });
    expect(orderOf(mockMade[0]!)).toMatchObject({
      kind: "carry out",
      root: "/project",
      preview: false,
      run: "run-1",
      observed: { participants: [ANA, BUDI] },
      remove: [{ number: BUDI, reason: "never declared" }],
      history: { kind: "adopted" },
    });
  });

  test("names no run where nobody is to go, so that its state stays the same", async () => {
    await registered({ ...world, there: { G1: [ANA] } });
    expect(orderOf(mockMade[0]!)).toMatchObject({ kind: "carry out", run: undefined, remove: [] });
  });

  test("of a preview says so, for nothing is remembered of one", async () => {
    mockPreview = true;
    await registered(world);
    expect(orderOf(mockMade[0]!).preview).toBe(true);
  });

  test("of a group that stays as it is tells what is known of it", async () => {
    await registered({ ...world, there: {} });
    expect(orderOf(mockMade[0]!)).toMatchObject({
      kind: "leave alone",
      history: { memory: { declared: members(ANA) } },
    });
  });
});

describe("the end of a run", () => {
  const names = ["asked", "held", "left-alone"];
  const world: World = {
    there: { asked: [ANA, BUDI], held: "doubtful", "left-alone": [ANA, BUDI] },
    rosters: Object.fromEntries(names.map((name) => [name, name])),
    state: Object.fromEntries(names.map((name) => [name, name])),
    only: ["asked", "held"],
  };

  const endOfRun = async (of: World) => {
    const { failures, leftOut, done } = await endOf(await registered(of), "run-1");
    const named = (all: Iterable<PlannedGroup>) => [...all].map(({ desired }) => desired.name);
    return { failures, leftOut: named(leftOut), done: named(done) };
  };

  test("failures are those of approved groups: what one that stays as it is says of them is an earlier run's", async () => {
    mockBecame = Object.fromEntries(names.map((name) => [name, { failed: `${name}: not gone`, run: "run-1" }]));
    expect(await endOfRun(world)).toEqual({ failures: ["asked: not gone"], leftOut: [], done: [] });
  });

  test("nothing to tell when all went well", async () => {
    mockBecame = { asked: { run: "run-1" } };
    expect(await endOfRun(world)).toEqual({ failures: [], leftOut: [], done: ["asked"] });
  });

  test.each<[string, Became]>([
    ["whose outputs are those of an earlier run", { run: "run-0", failed: "an earlier failure" }],
    ["whose outputs name no run", {}],
    ["that never comes to anything", { leftOut: true }],
  ])("a group %s was left out: it is named, and its removals are not done", async (_, became) => {
    mockBecame = { asked: became };
    const { failures, leftOut, done } = await endOf(await registered(world), "run-1");
    expect([failures, [...done]]).toEqual([[], []]);
    expect(leftOut.map(({ desired }) => desired.name)).toEqual(["asked"]);
    expect(leftOutText(leftOut, full)).toBe(
      "Pulumi was told to leave these out (--target, --exclude), so nobody was removed from them:\n" +
        `  asked (asked): ${BUDI} was not removed\n` +
        "Run `pulumi up` without that to remove them",
    );
  });

  test("a group that was left out, and from which nobody was to go, is no news", async () => {
    mockBecame = { asked: { leftOut: true } };
    const quiet = { ...world, there: { ...world.there, asked: [ANA] } };
    expect(await endOfRun(quiet)).toEqual({ failures: [], leftOut: [], done: ["asked"] });
    expect(leftOutText([], full)).toBe("");
  });
});
