import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOnlyError, replaceFile } from "../../../src/cli/people/replace-file";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "replace-"));
  file = join(folder, "people.yaml");
});
afterEach(() => rmSync(folder, { recursive: true }));

const OLD = "old\n".repeat(50);
const NEW = "new ž\n".repeat(80);

test("a file is made, or replaced with the rights that it had", () => {
  replaceFile(file, OLD);
  expect(statSync(file).mode & 0o777).toBe(0o644);
  chmodSync(file, 0o640);
  replaceFile(file, NEW);
  expect([readFileSync(file, "utf8"), statSync(file).mode & 0o777]).toEqual([NEW, 0o640]);
  expect(readdirSync(folder)).toEqual(["people.yaml"]);
});

test("a disk that takes a part only gets the rest", () => {
  replaceFile(file, NEW, ((handle: number, bytes: Buffer, at: number, length: number) =>
    writeSync(handle, bytes, at, Math.min(length, 7))) as typeof writeSync);
  expect(readFileSync(file, "utf8")).toBe(NEW);
});

test.each([
  [
    "fails",
    () => {
      throw new Error("no space");
    },
    "no space",
  ],
  ["takes nothing more", () => 0, "only 7 of 560 bytes"],
])("when the disk %s half-way, the old file is whole, and nothing is beside it", (_, end, message) => {
  writeFileSync(file, OLD);
  let calls = 0;
  const write = ((handle: number, bytes: Buffer, at: number) => {
    calls += 1;
    return calls > 1 ? end() : writeSync(handle, bytes, at, 7);
  }) as typeof writeSync;
  expect(() => replaceFile(file, NEW, write)).toThrow(message);
  expect([readFileSync(file, "utf8"), readdirSync(folder)]).toEqual([OLD, ["people.yaml"]]);
});

test("at every moment of writing, the file itself is the old one, whole: a kill leaves it so", () => {
  writeFileSync(file, OLD);
  const seen: string[] = [];
  const write = ((handle: number, bytes: Buffer, at: number, length: number) => {
    seen.push(readFileSync(file, "utf8"));
    return writeSync(handle, bytes, at, Math.min(length, 100));
  }) as typeof writeSync;
  replaceFile(file, NEW, write);
  expect(seen.length).toBeGreaterThan(3);
  expect(new Set(seen)).toEqual(new Set([OLD]));
});

test("what a killed run left beside the file is hidden, and in nobody's way", () => {
  writeFileSync(join(folder, ".people.yaml.new"), "torn".repeat(1000));
  replaceFile(file, NEW);
  expect([readFileSync(file, "utf8"), readdirSync(folder)]).toEqual([NEW, ["people.yaml"]]);
});

test("a link in the place of the hidden file is not followed", () => {
  const aim = join(folder, "other.yaml");
  writeFileSync(aim, OLD);
  symlinkSync("other.yaml", join(folder, ".people.yaml.new"));
  replaceFile(file, NEW);
  expect([readFileSync(aim, "utf8"), readFileSync(file, "utf8")]).toEqual([OLD, NEW]);
  expect(readdirSync(folder).sort()).toEqual(["other.yaml", "people.yaml"]);
});

test("a link stays one, and what it leads to is replaced", () => {
  const aim = join(folder, "everybody.yaml");
  writeFileSync(aim, OLD);
  symlinkSync("everybody.yaml", file);
  replaceFile(file, NEW);
  expect([readFileSync(aim, "utf8"), readdirSync(folder).sort()]).toEqual([NEW, ["everybody.yaml", "people.yaml"]]);
});

test("a file that nobody may write to is told, whoever asks", () => {
  expect(readOnlyError(file)).toBeUndefined();
  writeFileSync(file, OLD, { mode: 0o644 });
  expect(readOnlyError(file)).toBeUndefined();
  chmodSync(file, 0o444);
  expect(readOnlyError(file)).toMatch(/people\.yaml is read-only\. Nothing is written/);
});
