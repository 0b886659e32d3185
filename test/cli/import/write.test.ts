import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { whyNotWritten, writeImported } from "../../../src/cli/import/write";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "import-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const where = (people: string | undefined, last: string | undefined) => ({
  ...{ file: join(folder, "people.yaml"), lastFile: join(folder, "people.import.json"), hasMark: false },
  ...{ people, last },
});

test.each([
  ["people.yaml", "people.yaml"],
  ["the file of the last import", "people.import.json"],
])("%s that was changed, made or deleted since it was read is not written over", (_, name) => {
  writeFileSync(join(folder, name), "now");
  const old = { people: undefined, last: undefined, [name === "people.yaml" ? "people" : "last"]: "before" };
  const none = where(undefined, undefined);
  for (const before of [where(old.people, old.last), none])
    expect(whyNotWritten(before, { people: "new", last: "new" })).toMatch(
      /was changed during the import\. Nothing is written/,
    );
  rmSync(join(folder, name));
  expect(whyNotWritten(where(old.people, old.last), { people: "new", last: "new" })).toMatch(/was changed during/);
  expect(whyNotWritten(none, { people: "new", last: "new" })).toBeUndefined();
});

test("what does not change is not written", () => {
  writeImported(where("same", "old"), { people: "same", last: "new" });
  expect(readdirSync(folder)).toEqual(["people.import.json"]);
  writeImported(where(undefined, undefined), { people: undefined, last: undefined });
  expect(readdirSync(folder)).toEqual(["people.import.json"]);
});

test("people.yaml is written before what the import saw: killed between the two, the next one completes it", () => {
  // A folder in the place of the second file stops the run there.
  const { lastFile, ...rest } = where(undefined, undefined);
  expect(() =>
    writeImported({ ...rest, lastFile: join(lastFile, "people.yaml", "x") }, { people: "new", last: "new" }),
  ).toThrow();
  expect(readFileSync(join(folder, "people.yaml"), "utf8")).toBe("new");
});
