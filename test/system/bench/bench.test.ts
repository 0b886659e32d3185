import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { evaluate } from "../setup/support";

const root = resolve(__dirname, "../../..");

interface Bench {
  readonly sizes: readonly {
    readonly groups: number;
    readonly calls: Record<"preview" | "up", { readonly lists: number; readonly deletes: number }>;
    readonly changes: { readonly calls: { readonly lists: number } };
  }[];
  readonly removals: { readonly lists: number; readonly deletes: number };
  readonly links: Record<
    "without" | "with",
    Record<"preview" | "up", { readonly lists: number; readonly groupLists: number; readonly others: number }>
  >;
  readonly invitations: Record<"sent" | "followed" | "open", Readonly<Record<string, number>>>;
  readonly bounds: readonly {
    readonly name: string;
    readonly value: number;
    readonly limit: number;
    readonly ok: boolean;
  }[];
}

/** A bench of a few groups: what it counts and how it tells it. Its times are those of a start, and prove nothing. */
test("one JSON object, with as many calls counted at the server as the contract says", async () => {
  const args = ["--groups", "6", "--repeats", "1", "--calls-per-second", "60", "--latency-ms", "5"];
  const { code, stdout, stderr } = await run(["scripts/bench.mjs", ...args]);
  if (code !== 0) throw new Error(stderr);
  const { sizes, removals, links, invitations, bounds } = JSON.parse(stdout) as Bench;
  expect(sizes).toMatchObject([
    {
      groups: 6,
      calls: { preview: { lists: 6, deletes: 0 }, up: { lists: 6, deletes: 0 } },
      changes: { calls: { lists: 1 } },
    },
  ]);
  // One listing each of the roll call; then for each group one before, the delete, and one that confirms it.
  expect(removals).toMatchObject({ lists: 6 + 6 + 6, deletes: 6 });
  const [people, both] = [
    { lists: 6, groupLists: 0, deletes: 0, others: 0, failed: 0 },
    { lists: 6, groupLists: 1, deletes: 0, others: 0, failed: 0 },
  ];
  expect(links).toMatchObject({
    groups: 6,
    without: { preview: people, up: people },
    with: { preview: both, up: both },
  });
  const read = { lists: 6, groupLists: 1, messageLists: 1, sends: 0, deletes: 0, others: 0, failed: 0 };
  expect(invitations).toMatchObject({
    groups: 6,
    // Once more before each message; the template and the number are looked at once.
    sent: { ...read, lists: 6 + 6, groupLists: expect.any(Number) as number, messageLists: 0, sends: 6, others: 2 },
    followed: read,
    open: read,
  });
  expect(bounds.filter(({ ok }) => !ok)).toEqual([]);
  expect(bounds.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      "6 groups, preview: listings",
      "roll call of 6 groups at 60 calls a second: seconds",
      "6 groups at 60 calls a second, limited to 30: listings",
      "8 people removed from 6 of 6 groups: deletes, one a group",
      "6 groups with subject and link, up: pages of the list of groups",
      "6 groups with an invitation each, up that sends them: messages",
      "6 groups with an invitation each: bytes of state an open invitation",
    ]),
  );
}, 360_000);

describe("what is over its bound is told as not kept, by itself", () => {
  const nothing = { groupLists: 0, deletes: 0, sends: 0, messageLists: 0, throttled: 0, others: 0, failed: 0 };
  const only = (lists: number) => ({ lists, ...nothing });
  const linked = (groupLists: number) => ({ ...only(1_001), groupLists });
  const seconds = (rollcall: number) => ({ rollcall: [rollcall + 9, rollcall], dynamic: [10, 12] });
  const roles = { engine: 100, "language host": 50, program: 200, provider: 80 };
  const kept = {
    machine: { platform: "linux" },
    sizes: [
      {
        groups: 1_000,
        calls: { preview: only(1_000), up: only(1_000) },
        changes: { calls: only(1) },
        preview: seconds(12.5),
        up: seconds(12.5),
        stateBytes: 2_000_000,
        memory: { rollcall: { ...roles, program: 300, "state reader": 150 }, dynamic: roles },
      },
    ],
    rollCalls: [{ groups: 1_000, callsPerSecond: 100, seconds: 12.5, ...only(1_000) }],
    throttled: [
      { groups: 100, limit: 10, callsPerSecond: 20, runSeconds: 12, ...only(100), throttled: 25 },
      { groups: 6, limit: 10, callsPerSecond: 20, runSeconds: 12, ...only(6) },
    ],
    removals: { groups: 9, from: 2, people: 4, ...only(13), deletes: 2 },
    links: {
      groups: 1_001,
      without: { preview: only(1_001), up: only(1_001) },
      with: { preview: linked(11), up: linked(11) },
    },
    invitations: {
      groups: 200,
      sent: { ...only(400), groupLists: 9, sends: 200, others: 2 },
      followed: { ...only(200), groupLists: 2, messageLists: 3 },
      open: { ...only(200), groupLists: 2, messageLists: 3 },
      stateBytes: { adopted: 100_000, open: 500_000 },
    },
  };
  const size = kept.sizes[0]!;
  const [limited] = kept.throttled as [(typeof kept.throttled)[0]];
  const broken = (change: object) => {
    const result = JSON.stringify({ ...kept, ...change });
    const bounds = evaluate("bench/bounds.mjs", `m.boundsOf(${result})`) as Bench["bounds"];
    return bounds.filter(({ ok }) => !ok).map(({ name, value, limit }) => [name, value, limit]);
  };
  const withSize = (change: object) => ({ sizes: [{ ...size, ...change }] });
  const withLimited = (change: object) => ({ throttled: [{ ...limited, ...change }] });
  const withLinks = (form: "without" | "with", change: object) => ({
    links: { ...kept.links, [form]: { ...kept.links[form], ...change } },
  });
  const withInvitations = (run: "sent" | "followed" | "open" | "stateBytes", change: object) => ({
    invitations: { ...kept.invitations, [run]: { ...kept.invitations[run], ...change } },
  });
  const invited = "200 groups with an invitation each";
  const limitedTo = "100 groups at 20 calls a second, limited to 10";
  const links = "1001 groups with subject and link";
  const removed = "4 people removed from 2 of 9 groups";

  test("nothing, when all is kept", () => expect(broken({})).toEqual([]));

  test.each<[string, number | string, number, object]>([
    ["1000 groups, up: listings", 1_001, 1_000, withSize({ calls: { ...size.calls, up: only(1_001) } })],
    [
      "1000 groups, preview: other calls, and calls that failed",
      4,
      0,
      withSize({ calls: { ...size.calls, preview: { ...only(1_000), failed: 3, deletes: 1 } } }),
    ],
    ["1000 groups, preview of one changed roster: listings", 2, 1, withSize({ changes: { calls: only(2) } })],
    ["1000 groups: up without changes, as part of the no-op stack's time", 1.26, 1.25, withSize({ up: seconds(12.6) })],
    ["1000 groups: bytes of state a group", 2_001, 2_000, withSize({ stateBytes: 2_001_000 })],
    [
      "1000 groups: memory of the program, as part of the no-op stack's",
      1.505,
      1.5,
      withSize({ memory: { ...size.memory, rollcall: { ...size.memory.rollcall, program: 301 } } }),
    ],
    [
      "1000 groups: memory of the state reader, as part of the no-op stack's",
      "not found",
      1.5,
      withSize({ memory: { ...size.memory, rollcall: roles } }),
    ],
    [
      "roll call of 1000 groups at 100 calls a second: seconds",
      12.6,
      12.5,
      { rollCalls: [{ ...kept.rollCalls[0], seconds: 12.6 }] },
    ],
    [`${limitedTo}: seconds of the whole run`, 12.1, 12, withLimited({ runSeconds: 12.1 })],
    [`${limitedTo}: calls`, 126, 125, withLimited({ throttled: 26 })],
    [`${limitedTo}: refused calls, or else there was no limit`, 0, 1, withLimited({ throttled: 0 })],
    [`${limitedTo}: other calls, and calls that failed`, 1, 0, withLimited({ failed: 1 })],
    [`${limitedTo}: listings`, 99, 100, withLimited({ lists: 99 })],
    [`${removed}: deletes, one a group`, 4, 2, { removals: { ...kept.removals, deletes: 4 } }],
    [`${removed}: listings`, 14, 13, { removals: { ...kept.removals, lists: 14 } }],
    [`${links}, up: pages of the list of groups`, 12, 11, withLinks("with", { up: linked(12) })],
    [`${links}, preview: listings`, 1_002, 1_001, withLinks("with", { preview: { ...linked(11), lists: 1_002 } })],
    [`${links}, up: other calls, and calls that failed`, 1, 0, withLinks("with", { up: { ...linked(11), others: 1 } })],
    [
      `${links}, preview without these keys: pages of the list of groups`,
      1,
      0,
      withLinks("without", { preview: linked(1) }),
    ],
    [`${invited}, up that sends them: messages`, 201, 200, withInvitations("sent", { sends: 201 })],
    [`${invited}, up that sends them: listings`, 401, 400, withInvitations("sent", { lists: 401 })],
    [
      `${invited}, up that sends them: other calls, and calls that failed`,
      3,
      2,
      withInvitations("sent", { failed: 1 }),
    ],
    [`${invited}, next up: pages of the list of messages`, 200, 3, withInvitations("followed", { messageLists: 200 })],
    [`${invited}, next up: other calls, and calls that failed`, 1, 0, withInvitations("followed", { sends: 1 })],
    [`${invited}, up without changes: listings`, 201, 200, withInvitations("open", { lists: 201 })],
    [`${invited}, up without changes: pages of the list of groups`, 4, 2, withInvitations("open", { groupLists: 4 })],
    [`${invited}: bytes of state an open invitation`, 2_001, 2_000, withInvitations("stateBytes", { open: 500_200 })],
  ])("%s: %s, limit %s", (name, value, limit, change) => expect(broken(change)).toEqual([[name, value, limit]]));

  test("memory is not bound where nobody tells it", () => {
    expect(broken({ machine: { platform: "darwin" }, ...withSize({ memory: { rollcall: {}, dynamic: {} } }) })).toEqual(
      [],
    );
  });
});

test("wrong options are refused, all with what is right", async () => {
  for (const [args, message] of [
    [["--groups", "many"], /^--groups has to be a whole number from 1 to 100000, not many\n\nusage: /],
    [
      ["--calls-per-second", "2000"],
      /^--calls-per-second has to be a whole number from 1 to 1000, not 2000\n\nusage: /,
    ],
    [["--sizes", "3"], /^Unknown option '--sizes'[^]*\n\nusage: /],
  ] as const) {
    const { code, stdout, stderr } = await run(["scripts/bench.mjs", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  }
  expect(await run(["scripts/bench.mjs", "--help"])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^usage: /) as string,
    stderr: "",
  });
});

function run(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    const child = execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : (child.exitCode ?? 1), stdout, stderr }),
    );
  });
}
