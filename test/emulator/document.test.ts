import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generated } from "../../src/emulator/document";

const file = join(__dirname, "../../docs/emulator.md");

test("docs/emulator.md tells the faults and codes that there are (UPDATE_DOCS=1 writes it anew)", () => {
  const page = readFileSync(file, "utf8");
  if (process.env.UPDATE_DOCS === "1") writeFileSync(file, generated(page));
  expect(readFileSync(file, "utf8")).toBe(generated(page));
});
