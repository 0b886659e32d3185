import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { evaluate, folder, setUp, write } from "./support";

/** A compiler that copies, counts its runs, and fails when a source says so; like tsc it trusts its notes. */
const TSC = `
  const fs = require("fs"), path = require("path");
  fs.appendFileSync("runs", "x");
  const notes = "node_modules/.cache/rollcall/build.tsbuildinfo";
  if (!fs.existsSync(notes)) for (const name of fs.readdirSync("src", { recursive: true })) {
    if (!name.endsWith(".ts")) continue;
    for (const end of [".js", ".d.ts"]) {
      const file = path.join("node_modules/.cache/rollcall/compiled", name.replace(/\\.ts$/, end));
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

/** A bundler that writes what it is told to, empty. */
const ESBUILD = `
  const fs = require("fs"), path = require("path");
  exports.build = async ({ absWorkingDir, outdir, entryPoints }) => {
    for (const name of Object.keys(entryPoints)) {
      const file = path.join(absWorkingDir, outdir, name + ".js");
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, "");
    }
  };
`;

function project(files: Record<string, string> = {}): string {
  return folder({
    "node_modules/typescript/bin/tsc": TSC,
    "node_modules/typescript/package.json": "{}",
    "node_modules/esbuild/lib/main.js": ESBUILD,
    "tsconfig.json": "{}",
    "tsconfig.build.json": "{}",
    "src/cli/main.ts": "1",
    "src/library.ts": "1",
    ...files,
  });
}
const build = (root: string) => setUp(root, ["build"], {});
const runs = (root: string) => readFileSync(join(root, "runs"), "utf8").length;
/** What dist holds of a whole build. */
const DIST = ["cli/main.js", "index.js", "library.d.ts", "library.js", "provider/index.js"];
const dist = (root: string) =>
  readdirSync(join(root, "dist"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(root, "dist"), join(entry.parentPath, entry.name)))
    .sort();

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

test.each(DIST)("dist/%s is made again when it is missing", async (name) => {
  const root = project();
  await build(root);
  rmSync(join(root, "dist", name));
  expect((await build(root)).text).toMatch(/✓ Build: done/);
  expect(dist(root)).toEqual(DIST);
  expect((await build(root)).text).toMatch(/✓ Build: up to date/);
});

test("of two builds at once one waits, and then has nothing to do", async () => {
  const root = project();
  const texts = (await Promise.all([build(root), build(root)])).map(({ text }) => text);
  expect(texts.filter((text) => text.includes("✓ Build: done"))).toHaveLength(1);
  expect(texts.filter((text) => text.includes("✓ Build: up to date"))).toHaveLength(1);
  expect([dist(root), runs(root)]).toEqual([DIST, 1]);
});

test("the program is executable, and what has no source any more goes", async () => {
  const compiled = "node_modules/.cache/rollcall/compiled";
  const root = project({ "dist/gone.js": "", "dist/room/gone.d.ts": "", [`${compiled}/gone.js`]: "" });
  await build(root);
  expect(statSync(join(root, "dist/cli/main.js")).mode & 0o111).toBe(0o111);
  for (const gone of ["dist/gone.js", "dist/room/gone.d.ts", `${compiled}/gone.js`])
    expect([gone, existsSync(join(root, gone))]).toEqual([gone, false]);
});

test("of the types those go along that an importer is led to", () => {
  const root = folder({
    "library.d.ts": 'export { One } from "./room/one";\nimport { z } from "zod";',
    "room/one.d.ts": 'export type One = import("../other").Other;',
    "other/index.d.ts": 'import "node:fs";\nexport type { One as Other } from "../room/one";',
    "room/inner.d.ts": "",
  });
  expect(evaluate("lib/bundle.mjs", `m.typesOf(${JSON.stringify(root)}, ["library"])`)).toEqual([
    "library.d.ts",
    "other/index.d.ts",
    "room/one.d.ts",
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
