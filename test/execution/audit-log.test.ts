import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSession } from "../../src/provider/session";
import { execute } from "../../src/execution/execute";
import { ANA, BUDI, CITRA, DEWI } from "../membership/world";
import { taskOf, world, type Script } from "./world";

/** Holds the lines that are really written to what docs/audit-log.md says of them. */
const page = readFileSync(join(__dirname, "../../docs/audit-log.md"), "utf8");
const fields = [...page.matchAll(/^\| `(\w+)` +\| ([a-z, ]+?) +\|/gm)].map(([, name, events]) => ({
  name: name!,
  events: events!.split(", "),
}));

const OUTCOMES = {
  answer: ["accepted", "refused", "unknown"],
  outcome: ["removed", "already gone", "still listed", "refused", "unknown"],
};
const REASONS = ["dropped from roster", "never declared", "expired", "offboarded"];

type Line = Readonly<Record<string, string>> & { readonly event: "attempt" | "answer" | "outcome" };

const folder = mkdtempSync(join(tmpdir(), "rollcall-audit-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The lines of one execution, as the provider writes them. */
async function written(script: Script, settings: Readonly<Record<string, string>> = {}): Promise<readonly Line[]> {
  const file = join(mkdtempSync(join(folder, "run-")), "logs/audit.jsonl");
  const all: Readonly<Record<string, string>> = { auditLog: file, ...settings };
  const { executor } = openSession((key) => all[key.replace("rollcall:", "")]);
  const with_ = world([ANA, BUDI, CITRA], script);
  await execute(taskOf([ANA, BUDI, CITRA, DEWI]), { ...with_, audit: executor.audit });
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

const scripts: readonly [string, Script][] = [
  ["goes well", {}],
  ["is refused", { removes: ["refused", "refused", "refused"] }],
  ["is lost", { removes: ["lost", "lost", "lost but done"] }],
  ["is ignored", { removes: ["ignored"] }],
  ["can't be confirmed", { lists: ["ok", ...Array<"unknown outcome">(20).fill("unknown outcome")] }],
];

test("the page documents the fields", () => {
  expect(fields.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["at", "event", "group", "number", "outcome"]) as string[],
  );
});

describe.each(scripts)("a removal that %s", (_, script) => {
  test("has lines with exactly the documented fields and values", async () => {
    const lines = await written(script);
    expect(new Set(lines.map(({ event }) => event))).toEqual(new Set(["attempt", "answer", "outcome"]));
    for (const line of lines) {
      const documented = fields.filter(({ events }) => events.includes(line.event)).map(({ name }) => name);
      expect(Object.keys(line).sort()).toEqual([...documented].sort());
      expect(Object.values(line).every((value) => typeof value === "string")).toBe(true);
      expect(line.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(line.number).toMatch(/^\d{5,15}$/);
      expect(REASONS).toContain(line.reason);
      if (line.event !== "attempt") expect(OUTCOMES[line.event]).toContain(line.outcome);
    }
  });
});

test("somebody who had gone by themselves has an outcome alone", async () => {
  const lines = (await written({})).filter(({ number }) => number === DEWI);
  expect(lines).toMatchObject([{ event: "outcome", outcome: "already gone" }]);
});

test("with masked display no line holds a number", async () => {
  const lines = await written(scripts[2]![1], { display: "masked", maskKey: "a key" });
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(line.number).toMatch(/^\d{4}•+\d\d~[0-9a-f]{8}$/);
    for (const number of [ANA, BUDI, CITRA, DEWI]) expect(JSON.stringify(line)).not.toContain(number);
  }
});
