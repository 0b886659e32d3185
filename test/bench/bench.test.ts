import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { evaluate } from "../setup/support";

const root = resolve(__dirname, "../..");

interface Bench {
  readonly sizes: readonly {
    readonly groups: number;
    readonly calls: Record<"preview" | "up", { readonly lists: number; readonly deletes: number }>;
    readonly changes: { readonly lists: number };
  }[];
  readonly removals: { readonly lists: number; readonly deletes: number };
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
  const { sizes, removals, bounds } = JSON.parse(stdout) as Bench;
  expect(sizes).toMatchObject([
    {
      groups: 6,
      calls: { preview: { lists: 6, deletes: 0 }, up: { lists: 6, deletes: 0 } },
      changes: { lists: 1 },
    },
  ]);
  // One listing each of the roll call; then for each removal one before, the delete, and one that confirms it.
  expect(removals).toMatchObject({ lists: 6 + 6 + 6, deletes: 6 });
  expect(bounds.filter(({ ok }) => !ok)).toEqual([]);
  expect(bounds.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      "6 groups: listings of a preview",
      "roll call of 6 groups at 60 calls a second: seconds",
      "6 groups at 50 calls a second, limited to 25: failures",
    ]),
  );
});

test("what is over its bound is told as not kept, by itself", () => {
  const seconds = (rollcall: number) => ({ rollcall: [rollcall + 9, rollcall], dynamic: [10, 12] });
  const size = {
    groups: 1_000,
    calls: { preview: { lists: 1_000 }, up: { lists: 1_001 } },
    changes: { lists: 1 },
    preview: seconds(12.5),
    up: seconds(12.6),
    stateBytes: 2_000_001,
    memory: { rollcall: { program: 301, "state reader": 150 }, dynamic: { program: 200, engine: 100 } },
  };
  const roll = { groups: 1_000, callsPerSecond: 100, seconds: 12.6, lists: 1_000 };
  const limited = { groups: 100, limit: 10, callsPerSecond: 20, seconds: 12, lists: 99, throttled: 26, failed: 1 };
  const result = {
    sizes: [size],
    rollCalls: [roll],
    throttled: [limited],
    removals: { groups: 9, removals: 2, lists: 14, deletes: 2 },
  };
  const bounds = evaluate("bench/bounds.mjs", `m.boundsOf(${JSON.stringify(result)})`) as Bench["bounds"];
  expect(bounds.filter(({ ok }) => !ok).map(({ name, value, limit }) => [name, value, limit])).toEqual([
    ["1000 groups: listings of an up", 1_001, 1_000],
    ["1000 groups: up without changes, as part of the no-op stack's time", 1.26, 1.25],
    ["1000 groups: bytes of state a group", 2_000, 2_000],
    ["1000 groups: memory of the program, as part of the no-op stack's", 1.505, 1.5],
    ["roll call of 1000 groups at 100 calls a second: seconds", 12.6, 12.5],
    ["100 groups at 20 calls a second, limited to 10: failures", 2, 0],
    ["2 removals from as many of 9 groups: listings", 14, 13],
  ]);
});

test("a size that is no number is refused", async () => {
  expect(await run(["scripts/bench.mjs", "--groups", "many"])).toMatchObject({ code: 2, stdout: "" });
});

function run(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    const child = execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : (child.exitCode ?? 1), stdout, stderr }),
    );
  });
}
