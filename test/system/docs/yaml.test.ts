import { parse } from "yaml";
import { SeedError, startEmulator, type Seed } from "../../../src/emulator";
import { parseSettings } from "../../../src/settings";
import { load } from "../../roster/tree";
import { blocksIn, documents, read } from "./markdown";

const HOW = `A block of YAML is checked by its keys: a roster, people, sets, releases, settings of a stack, a seed of the local CAMS.
Of any other file it is only seen that it is YAML, and a comment in the line before it says so: <!-- yaml: what it is -->`;

/** Somebody for each key that a roster or a set may name. */
const PEOPLE = ["ana", "budi", "citra", "dewi"]
  .map((key, n) => `  ${key}: { number: "+62 811 1111 11${n}", name: ${key} }\n`)
  .join("");
const TODAY = "2026-11-01";

/** Faults of a block in the company of whom it names. */
function faultsIn(text: string): readonly string[] | undefined {
  const value = parse(text) as Record<string, unknown>;
  const companions = { "people.yaml": `people:\n${PEOPLE}`, "sets.yaml": "sets: { oncall: { members: [budi] } }\n" };
  const roster = `group: EA1\nmembers: [{ person: ana }]\n`;
  const check = (files: Readonly<Record<string, string>>) =>
    load(files, TODAY)
      .problems.filter(({ severity }) => severity === "error")
      .map(({ message }) => message);
  if ("group" in value || "subject" in value) return check({ ...companions, "jakarta/ops.yaml": text });
  if ("people" in value) return check({ "people.yaml": text });
  if ("sets" in value) return check({ ...companions, "sets.yaml": text });
  if ("releases" in value) return check({ ...companions, "jakarta/ops.yaml": roster, "releases.yaml": text });
  if ("config" in value) {
    const own = Object.entries(value.config as Record<string, unknown>).map(([key, set]) => [
      key.replace(/^rollcall:/, ""),
      set,
    ]);
    const parsed = parseSettings(Object.fromEntries(own) as Record<string, unknown>);
    return parsed.kind === "invalid" ? parsed.problems : [];
  }
  return undefined;
}

async function seedFaults(seed: Seed): Promise<readonly string[]> {
  try {
    await (await startEmulator({ seed })).close();
    return [];
  } catch (error) {
    if (error instanceof SeedError) return [error.message];
    throw error;
  }
}

const blocks = documents.flatMap((document) =>
  blocksIn(read(document))
    .filter(({ language }) => language === "yaml" || language === "yml")
    .map((block) => [document, block.line, block] as const),
);

test.each(blocks)("%s, line %i: the YAML is valid", async (document, line, { text, marks }) => {
  const value = parse(text) as unknown;
  if (marks.some((mark) => mark.startsWith("yaml: "))) return;
  const isSeed = typeof value === "object" && value !== null && "businessNumbers" in value;
  const faults = isSeed ? await seedFaults(value as Seed) : faultsIn(text);
  if (faults === undefined) throw new Error(`${document}:${line} is not known to be anything.\n${HOW}`);
  expect(faults).toEqual([]);
});

test("a fault is noticed", () => {
  expect(faultsIn("group: EA1\nmembers:\n  - number: 62811\n    name: Ana\n")).not.toEqual([]);
  expect(faultsIn("config:\n  rollcall:maxRemoval: 1\n")).not.toEqual([]);
  expect(faultsIn("releases: [{ people: [zoe], until: 2031-01-01, reason: x }]\n")).not.toEqual([]);
});
