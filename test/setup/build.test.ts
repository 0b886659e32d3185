import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { folder, setUp, write } from "./support";

/** A compiler that copies, counts its runs, and fails when a source says so; like tsc it trusts its notes. */
const TSC = `
  const fs = require("fs"), path = require("path");
  fs.appendFileSync("runs", "x");
  const notes = "node_modules/.cache/rollcall/build.tsbuildinfo";
  if (!fs.existsSync(notes)) for (const name of fs.readdirSync("src", { recursive: true })) {
    if (!name.endsWith(".ts")) continue;
    for (const end of [".js", ".d.ts"]) {
      const file = path.join("dist", name.replace(/\\.ts$/, end));
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, "");
    }
    if (fs.readFileSync(path.join("src", name), "utf8") === "broken") {
      console.log("src/" + name + "(1,1): error TS1: broken");
      process.exitCode = 2;
    }
  }
  fs.mkdirSync(path.dirname(notes), { recursive: true });
  if (!process.exitCode) fs.writeFileSync(notes, "");
`;

function project(files: Record<string, string> = {}): string {
  return folder({
    "node_modules/typescript/bin/tsc": TSC,
    "node_modules/typescript/package.json": "{}",
    "tsconfig.json": "{}",
    "tsconfig.build.json": "{}",
    "src/cli/main.ts": "1",
    ...files,
  });
}
const build = (root: string) => setUp(root, ["build"], {});
const runs = (root: string) => readFileSync(join(root, "runs"), "utf8").length;

test("compiles once, then again when a source changed or an output is gone", async () => {
  const root = project();
  expect((await build(root)).text).toMatch(/✓ Build: done/);
  expect((await build(root)).text).toMatch(/✓ Build: up to date/);
  expect(runs(root)).toBe(1);

  rmSync(join(root, "dist"), { recursive: true });
  await build(root);
  expect(existsSync(join(root, "dist/cli/main.js"))).toBe(true);
  expect(runs(root)).toBe(2);

  write(root, { "src/cli/main.ts": "2" });
  await build(root);
  expect(runs(root)).toBe(3);
});

test("the program is executable, and what has no source any more goes", async () => {
  const root = project({ "dist/gone.js": "", "dist/gone.d.ts": "", "dist/kept.json": "" });
  await build(root);
  expect(statSync(join(root, "dist/cli/main.js")).mode & 0o111).toBe(0o111);
  expect(["gone.js", "gone.d.ts", "kept.json"].filter((name) => existsSync(join(root, "dist", name)))).toEqual([
    "kept.json",
  ]);
});

test("a build that fails shows what the compiler said, and is tried again next time", async () => {
  const root = project({ "src/other.ts": "broken" });
  const { code, text } = await build(root);
  expect(code).toBe(1);
  expect(text).toMatch(/The sources do not compile\.\n {4}\| src\/other\.ts\(1,1\): error TS1: broken\n {2}- /);
  await build(root);
  expect(runs(root)).toBe(2);
});
