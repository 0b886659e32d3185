import type { Listing } from "../../src/cams";
import type { Desired } from "../../src/membership/types";
import { display } from "../../src/provider/display";
import { keyMark, markOf, unknownMark } from "../../src/run/as-of";
import { readLastRun, type LastRun } from "../../src/run/last-run";
import { outputsOf } from "../../src/run/outputs";
import { survey } from "../../src/run/survey";
import { ANA, BUDI, CITRA, desire, DEWI, EKO, full, members } from "../membership/world";
import { ref } from "../rollcall/world";

jest.mock("@pulumi/pulumi", () => ({ runtime: { isDryRun: () => false } }));

const TYPE = "pulumi-nodejs:dynamic/cams:ChatGroupParticipants";
const declared: Partial<Desired> = { members: members(ANA, BUDI) };

/** A state in which `participants` were there when the resources were written, and the outputs say nothing yet. */
function stateOf(participants: readonly string[], outputs?: unknown, groups = { "jakarta/ops": ref.group }): LastRun {
  const resources = [
    { urn: "urn:pulumi:main::rollcall::pulumi:pulumi:Stack::rollcall-main", type: "pulumi:pulumi:Stack", outputs },
    ...Object.entries(groups).map(([name, group]) => ({
      urn: `urn:pulumi:main::rollcall::${TYPE}::${name}`,
      type: TYPE,
      outputs: { group, members: { [ANA]: "", [BUDI]: "" }, participants: participants.join(" ") },
    })),
  ];
  return readLastRun(JSON.parse(JSON.stringify({ deployment: { resources } })));
}

/** The outputs of a run over one group. */
async function outputs(there: readonly string[] | "doubtful", last: LastRun | undefined, over = declared) {
  const listing: Listing =
    there === "doubtful"
      ? { kind: "doubtful", why: "rows short of Total" }
      : { kind: "whole", participants: there, unidentified: 0 };
  const seen = await survey([{ ref, desired: desire(over) }], {
    reader: { listParticipants: () => Promise.resolve(listing) },
    limits: { maxRemovalsPerRun: 10, maxGroupsPerPerson: 3 },
    show: full,
    last,
    concurrency: 1,
  });
  return outputsOf(seen, {} as never, full, last);
}

const ofGroup = markOf("jakarta/ops", "EA93UU0042", full);
const ofPeople = markOf("jakarta/ops", "EA93UU0042", full, [ANA, BUDI]);
const both = [ofGroup, ofPeople].sort().join(" ");
const fresh: LastRun = readLastRun({ deployment: { resources: [] } });

describe("the output asOf", () => {
  test.each<[string, readonly string[] | "doubtful", LastRun | undefined, string]>([
    ["nothing, where the resource's own state tells the same", [ANA, BUDI], stateOf([ANA, BUDI]), ""],
    ["nothing of a new group with everybody there: its resource will tell", [ANA, BUDI], fresh, ""],
    ["the group, when somebody is awaited", [ANA], stateOf([ANA]), ofGroup],
    ["the group, when it is new and somebody is spared", [ANA, BUDI, CITRA], fresh, ofGroup],
    ["the people too, when somebody joined since the resource was written", [ANA, BUDI], stateOf([ANA]), both],
    ["the people too, when the state could not be read", [ANA, BUDI], undefined, both],
    ["what the last run knew, when there is no listing", "doubtful", stateOf([ANA]), ofGroup],
  ])("names %s", async (_, there, last, expected) => {
    expect((await outputs(there, last)).asOf).toBe(expected);
  });

  test("carries over an unlisted group what only outputs knew: who joined since the resource was written", async () => {
    const last = stateOf([ANA], await outputs([ANA, BUDI], stateOf([ANA])));
    const told = await outputs("doubtful", last);
    expect(told).toMatchObject({ awaiting: {}, asOf: both });
    const after = await outputs([ANA], stateOf([ANA], told));
    expect(after).toMatchObject({ left: { "jakarta/ops": { [BUDI]: "" } }, awaiting: {} });
  });
});

describe("a group that could not be listed", () => {
  const spared = async () => stateOf([ANA, BUDI], await outputs([ANA, BUDI, CITRA, DEWI], fresh));

  test("keeps whoever was spared in it, until they are declared", async () => {
    expect((await outputs("doubtful", await spared())).spared).toEqual({
      "jakarta/ops": { [CITRA]: "adoption", [DEWI]: "adoption" },
    });
    const over = { members: members(ANA, BUDI, CITRA) };
    expect((await outputs("doubtful", await spared(), over)).spared).toEqual({ "jakarta/ops": { [DEWI]: "adoption" } });
  });

  test.each([1, 2])("so that somebody who is declared then, and gone after %i such runs, has left", async (times) => {
    const there = [ANA, BUDI, CITRA];
    const declaredNow = { members: members(ANA, BUDI, CITRA) };
    let last = stateOf(there, await outputs([...there, DEWI], fresh));
    for (let i = 0; i < times; i++)
      last = stateOf(there, await outputs("doubtful", last, i === 0 ? declared : declaredNow));
    const told = await outputs([ANA, BUDI], last, declaredNow);
    expect(told).toMatchObject({ left: { "jakarta/ops": { [CITRA]: "" } }, spared: {} });
  });

  test("takes over nobody from another group's outputs, nor without any", async () => {
    const elsewhere = {
      awaiting: {},
      spared: { "jakarta/ops": { [CITRA]: "report" } },
      asOf: markOf("jakarta/ops", "EA1", full),
    };
    expect((await outputs("doubtful", stateOf([ANA], elsewhere))).spared).toEqual({});
    expect((await outputs("doubtful", stateOf([ANA]))).spared).toEqual({});
    expect((await outputs("doubtful", undefined)).spared).toEqual({});
  });
});

test("people are told under the resource's name, as settings write their numbers", async () => {
  const last = stateOf([ANA, BUDI]);
  const told = await outputs([BUDI, DEWI], last, { members: members(ANA, BUDI, CITRA), undeclared: "report" });
  expect(told).toMatchObject({
    awaiting: { "jakarta/ops": { [CITRA]: "" } },
    left: { "jakarta/ops": { [ANA]: "" } },
    spared: { "jakarta/ops": { [DEWI]: "report" } },
  });
});

describe("a run that looked at some groups only", () => {
  const groups = { "jakarta/ops": "EA93UU0042", hr: "EA2" };
  type There = Readonly<Record<string, readonly string[]>>;

  /** A run over both groups, one of which is looked at alone where `only` says so. */
  async function run(there: There, last: LastRun | undefined, over: Record<string, Partial<Desired>>, only?: string[]) {
    const seen = await survey(
      Object.entries(over).map(([name, desired]) => {
        const group = desired.group ?? groups[name as keyof typeof groups];
        return { ref: { ...ref, group }, desired: desire({ ...declared, ...desired, name, group }) };
      }),
      {
        reader: {
          listParticipants: ({ group }) =>
            Promise.resolve({ kind: "whole", participants: there[group] ?? [], unidentified: 0 }),
        },
        limits: { maxRemovalsPerRun: 10, maxGroupsPerPerson: 3 },
        show: full,
        last,
        concurrency: 1,
        only: only && new Set(only),
      },
    );
    return outputsOf(seen, {} as never, full, last);
  }
  const all = { "jakarta/ops": {}, hr: {} };

  test("knows nothing of people any more whom it removed: declared again they are awaited, and have not left", async () => {
    const adopted = await run({ EA93UU0042: [ANA, BUDI, CITRA, DEWI], EA2: [ANA, BUDI] }, fresh, all);
    expect(adopted.spared).toEqual({ "jakarta/ops": { [CITRA]: "adoption", [DEWI]: "adoption" } });
    const before = stateOf([ANA, BUDI, CITRA, DEWI], adopted, groups);
    const partial = await run({ EA93UU0042: [ANA, BUDI, CITRA, DEWI] }, before, all, ["EA93UU0042"]);
    const after = stateOf([ANA, BUDI], partial, groups);
    const again = { "jakarta/ops": { members: members(ANA, BUDI, CITRA, DEWI) }, hr: {} };
    expect(await run({ EA93UU0042: [ANA, BUDI], EA2: [ANA, BUDI] }, after, again)).toMatchObject({
      awaiting: { "jakarta/ops": { [CITRA]: "", [DEWI]: "" } },
      left: {},
    });
  });

  test("tells of the others what was known of them, be it under a new name, and nothing of those that are gone", async () => {
    const people = { members: members(ANA, BUDI, CITRA, DEWI) };
    const last = stateOf([ANA, BUDI, EKO], undefined, groups);
    const whole = await run({ EA93UU0042: [ANA], EA2: [ANA, CITRA, EKO] }, last, {
      "jakarta/ops": { undeclared: "report" },
      hr: { ...people, undeclared: "report" },
    });
    const known = { awaiting: { [DEWI]: "" }, left: { [BUDI]: "" }, spared: { [EKO]: "report" } };
    expect(whole).toMatchObject({
      awaiting: { hr: known.awaiting },
      left: { hr: known.left },
      spared: { hr: known.spared },
    });

    const before = stateOf([ANA, BUDI, EKO], whole, groups);
    expect(await run({}, before, { hr: people }, [])).toEqual({
      summary: {},
      awaiting: { hr: known.awaiting },
      left: { hr: known.left },
      spared: { hr: known.spared },
      asOf: [markOf("hr", "EA2", full), markOf("hr", "EA2", full, people.members.keys())].sort().join(" "),
    });
    const renamed = await run({}, before, { "people/hr": { ...people, group: "EA2" } }, []);
    expect(renamed).toMatchObject({ left: { "people/hr": known.left }, spared: { "people/hr": known.spared } });
    const after = stateOf([ANA, BUDI, EKO], renamed, { "people/hr": "EA2" } as never);
    expect(await run({ EA2: [] }, after, { "people/hr": { ...people, group: "EA2" } })).toMatchObject({
      awaiting: { "people/hr": { [BUDI]: "", [DEWI]: "" } },
      left: { "people/hr": { [ANA]: "", [CITRA]: "" } },
    });
  });
});

describe("numbers that were masked with another key", () => {
  const [old, now] = ["old", "new"].map((maskKey) => display({ display: "masked", maskKey }, () => undefined)) as [
    (number: string) => string,
    (number: string) => string,
  ];
  async function run(show: typeof old, there: readonly string[] | "doubtful", last: LastRun | undefined) {
    const listing: Listing =
      there === "doubtful"
        ? { kind: "doubtful", why: "rows short of Total" }
        : { kind: "whole", participants: there, unidentified: 0 };
    const seen = await survey([{ ref, desired: desire(declared) }], {
      reader: { listParticipants: () => Promise.resolve(listing) },
      limits: { maxRemovalsPerRun: 10, maxGroupsPerPerson: 3 },
      show,
      last,
      concurrency: 1,
    });
    const history = seen.groups[0]?.history;
    const present = history?.kind === "adopted" ? history.last.present : undefined;
    return { present: present && [...present], told: outputsOf(seen, {} as never, show, last) };
  }
  /** The resource stays as the old key wrote it, since nothing of it changes. */
  const state = (outputs: unknown) => stateOf([ANA, BUDI].map(old), outputs);

  test("tell nothing, until a run has listed the group with today's", async () => {
    const before = state((await run(old, [ANA], state(undefined))).told);
    expect((await run(old, [ANA], before)).present).toEqual([ANA]);

    const first = await run(now, [ANA, BUDI], before);
    expect(first).toMatchObject({ present: undefined, told: { awaiting: {}, left: {} } });
    const second = await run(now, [ANA], state(first.told));
    expect(second).toMatchObject({ present: [ANA, BUDI], told: { left: { "jakarta/ops": { [now(BUDI)]: "" } } } });
    expect((await run(now, [ANA], state(second.told))).present).toEqual([ANA]);
  });

  test("tell nothing either after runs that did not list the group, whatever key they had", async () => {
    let last = state((await run(old, [ANA, BUDI], state(undefined))).told);
    for (let i = 0; i < 2; i++) {
      const { present, told } = await run(now, "doubtful", last);
      expect(present).toBeUndefined();
      expect(told).toMatchObject({ awaiting: {}, asOf: [keyMark(now), unknownMark(ref.group, now)].sort().join(" ") });
      last = state(told);
    }
    expect((await run(now, [ANA, BUDI], last)).present).toBeUndefined();
  });

  test("are believed where no run has said with which key they were masked", async () => {
    const { told } = await run(old, [ANA, BUDI], state(undefined));
    const { asOf, ...others } = told;
    expect(asOf).toBe(keyMark(old));
    expect((await run(old, [ANA, BUDI], state({ ...others, asOf: "" }))).present).toEqual([ANA, BUDI]);
    expect((await run(old, [ANA, BUDI], state(others))).present).toEqual([ANA, BUDI]);
  });
});
