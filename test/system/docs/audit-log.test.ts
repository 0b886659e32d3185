import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSession } from "../../../src/provider/session";
import { execute } from "../../../src/execution/execute";
import { changeLink } from "../../../src/execution/upkeep/change-link";
import { makeGroup } from "../../../src/execution/upkeep/make-group";
import { setTexts } from "../../../src/execution/upkeep/set-texts";
import type { Keeper, UpkeepEntry } from "../../../src/execution/upkeep/types";
import { linkMark } from "../../../src/groups/link";
import { ANA, BUDI, CITRA, DEWI } from "../../membership/world";
import { taskOf, world, type Script } from "../../execution/world";
import { LINK, row, where, world as groupsWorld, type Script as GroupsScript } from "../../execution/upkeep/world";

/** Holds the lines that are really written to what docs/audit-log.md says of them. */
const page = readFileSync(join(__dirname, "../../../docs/audit-log.md"), "utf8");
const [, removals = "", upkeep = ""] = page.split(/^## (?:Removals|Groups and links|Invitations)$/m);
const fields = [...removals.matchAll(/^\| `(\w+)` +\| ([a-z, ]+?) +\|/gm)].map(([, name, events]) => ({
  name: name!,
  events: events!.split(", "),
}));
const upkeepFields = [...upkeep.matchAll(/^\| `(\w+)` +\| ([a-z, ]+?) +\| ([a-z, ]+?) +\|/gm)].map(
  ([, name, events, acts]) => ({ name: name!, events: events!.split(", "), acts: acts!.split(", ") }),
);

const OUTCOMES = {
  answer: ["accepted", "refused", "unknown"],
  outcome: ["removed", "already gone", "still listed", "refused", "unknown"],
};
const REASONS = ["dropped from roster", "never declared", "expired", "offboarded", "changed number"];

type Line = Readonly<Record<string, string>> & { readonly event: "attempt" | "answer" | "outcome" };

const folder = mkdtempSync(join(tmpdir(), "rollcall-audit-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A provider process that writes a log of its own, and what that holds. */
function logging(settings: Readonly<Record<string, string>> = {}) {
  const file = join(mkdtempSync(join(folder, "run-")), "logs/audit.jsonl");
  const all: Readonly<Record<string, string>> = { auditLog: file, ...settings };
  const session = openSession((key) => all[key.replace("rollcall:", "")]);
  return { ...session, lines: () => readFileSync(file, "utf8").trimEnd().split("\n") };
}

/** The lines of one execution, as the provider writes them. */
async function written(script: Script, settings: Readonly<Record<string, string>> = {}): Promise<readonly Line[]> {
  const { executor, lines } = logging(settings);
  const with_ = world([ANA, BUDI, CITRA], script);
  await execute(taskOf([ANA, BUDI, CITRA, DEWI]), { ...with_, audit: executor.audit });
  return lines().map((line) => JSON.parse(line) as Line);
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

describe("groups and links", () => {
  const GROUP = "EA93UU0042";
  const texts = { subject: "Jakarta", description: "Shift handover" };
  const link = { ...where, group: GROUP, mark: linkMark(LINK) };
  const acts: Readonly<Record<UpkeepEntry["act"], (keeper: Keeper) => Promise<unknown>>> = {
    create: (keeper) => makeGroup({ ...where, file: "ops.yaml", ...texts, asked: false }, keeper),
    update: (keeper) => setTexts(GROUP, texts, where, keeper),
    "make link": (keeper) => changeLink({ ...link, act: { kind: "make", why: "there is none" }, mark: "" }, keeper),
    "renew link": (keeper) => changeLink({ ...link, act: { kind: "renew", why: "linkRevision 1 → 2" } }, keeper),
    "close link": (keeper) => changeLink({ ...link, act: { kind: "close", why: "everybody is there" } }, keeper),
  };
  const ways: readonly GroupsScript[] = [{}, { writes: ["ignored"] }, { writes: ["lost"] }, { writes: ["refused"] }];
  /** What becomes of each of them, answer and outcome. */
  const made = [["accepted", "done"], ["accepted", "unknown"], ["unknown", "unknown"], ["refused"]];
  const changed = [
    ["accepted", "done"],
    ["accepted", "not done"],
    ["unknown", "not done"],
    ["refused", "not done"],
  ];
  const cases = (Object.keys(acts) as UpkeepEntry["act"][]).flatMap((act) =>
    (act === "create" ? made : changed).map((said, index) => [act, said, ways[index] ?? {}] as const),
  );

  test.each(cases)(
    "%s that ends with %j has lines with exactly the documented fields and values",
    async (act, said, script) => {
      const { keeper, lines } = logging();
      const live = row({ inviteLink: act === "make link" ? "" : LINK });
      await acts[act]({ ...groupsWorld([live], script), auditUpkeep: keeper.auditUpkeep });
      const found = lines().map((line) => JSON.parse(line) as Readonly<Record<string, string>>);
      expect(found.map(({ event }) => event)).toEqual(["attempt", "answer", "outcome"].slice(0, said.length + 1));
      expect(found.flatMap(({ outcome = [] }) => outcome)).toEqual(said);
      for (const line of found) {
        const documented = upkeepFields.filter(
          ({ events, acts: of }) => events.includes(line.event!) && (of.includes("all") || of.includes(act)),
        );
        expect(Object.keys(line).sort()).toEqual(documented.map(({ name }) => name).sort());
        expect(line.act).toBe(act);
        for (const value of [line.act, line.event, line.outcome ?? "done"]) expect(upkeep).toContain(`\`${value}\``);
      }
      expect(lines().join()).not.toMatch(/chat\.whatsapp\.com|Shift handover/);
    },
  );
});
