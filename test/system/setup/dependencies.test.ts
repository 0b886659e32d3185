import { readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluate, folder, program, ROOT, setUp, write } from "./support";

const PLATFORM = { os: "linux", cpu: "x64", libc: "glibc" };
const packages = {
  "": { dependencies: { left: "1.0.0" }, devDependencies: {} },
  "node_modules/left": { version: "1.0.0", integrity: "sha512-a" },
  "node_modules/left-linux": { version: "1.0.0", optional: true, os: ["linux"], cpu: ["x64"], libc: ["glibc"] },
  "node_modules/left-darwin": { version: "1.0.0", optional: true, os: ["darwin"] },
  "node_modules/left-wasm-helper": { version: "1.0.0", optional: true },
};
const installed = {
  "node_modules/left": packages["node_modules/left"],
  "node_modules/left-linux": packages["node_modules/left-linux"],
};

function project(hidden: unknown = { packages: installed }): string {
  return folder({
    "package.json": { dependencies: { left: "1.0.0" } },
    "package-lock.json": { packages },
    "node_modules/.package-lock.json": hidden,
    "node_modules/left/package.json": {},
    "node_modules/left-linux/package.json": {},
  });
}
const why = (root: string, platform = PLATFORM) =>
  evaluate("lib/dependencies.mjs", `m.whyInstall(${JSON.stringify(root)}, ${JSON.stringify(platform)}) ?? null`);

test("installed as locked: nothing to do", () => {
  expect(why(project())).toBeNull();
});

test("each way of being out of date is named", () => {
  expect(why(project("not yet"))).toBe("node_modules is missing");
  expect(why(project({ packages: {} }))).toBe("left is not installed");
  const older = { ...installed, "node_modules/left": { version: "0.9.0", integrity: "sha512-b" } };
  expect(why(project({ packages: older }))).toBe("left is 0.9.0, not 1.0.0 of package-lock.json");
  const more = { ...installed, "node_modules/a/node_modules/@b/c": { version: "1.0.0" } };
  expect(why(project({ packages: more }))).toBe("@b/c is installed but not in package-lock.json");
  expect(why(project(), { os: "darwin", cpu: "arm64", libc: "" })).toBe("left-darwin is not installed");
  const changed = project();
  write(changed, { "package.json": { dependencies: { left: "2.0.0" } } });
  expect(why(changed)).toBe("package.json and package-lock.json differ");
});

/** An npm that notes how it was called, then does what `body` says. */
function withNpm(root: string, body: string) {
  const bin = folder();
  program(
    join(bin, "npm"),
    `const fs = require("fs"); fs.writeFileSync("called", process.argv.slice(2).join(" ")); ${body}`,
  );
  return setUp(root, ["dependencies"], { PATH: bin });
}

test("npm ci runs with development packages and without anybody's settings", async () => {
  const root = project("not yet");
  const hidden = JSON.stringify(JSON.stringify({ packages: installed }));
  const { code, text } = await withNpm(root, `fs.writeFileSync("node_modules/.package-lock.json", ${hidden});`);
  expect(text).toMatch(/✓ Dependencies: installed/);
  expect(code).toBe(0);
  const called = readFileSync(join(root, "called"), "utf8");
  expect(called).toMatch(/^ci --include=dev .*--no-audit --no-fund/);
});

test.each([
  ["npm error code EUSAGE\nin sync", /run `npm install`, look at the difference, commit both/],
  ["npm error code ENOTFOUND", /registry cannot be reached/],
  ["npm error code ENOSPC", /disk is full/],
  ["npm error code EWHATEVER", /Try `npm ci` by hand/],
])("a failing npm (%j) says what to do", async (said, hint) => {
  const { code, text } = await withNpm(project("not yet"), `console.error(${JSON.stringify(said)}); process.exit(1);`);
  expect(code).toBe(1);
  expect(text).toMatch(hint);
  expect(text).toContain(`| ${said.split("\n")[0] ?? ""}`);
});

test("without npm, set-up says so", async () => {
  const { code, text } = await setUp(project("not yet"), ["dependencies"], { PATH: folder() });
  expect(code).toBe(1);
  expect(text).toMatch(/npm was not found/);
});

/** `npm ci` refuses a lock file that leaves out a platform, and one that names a host works at that host only. */
test("the lock file is whole for every platform and names no host", () => {
  const lock = readFileSync(join(ROOT, "package-lock.json"), "utf8");
  const all = (JSON.parse(lock) as { packages: Record<string, { optionalDependencies?: Record<string, string> }> })
    .packages;
  const missing = Object.entries(all).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter(
      (name) => !(`node_modules/${name}` in all) && !(`${path}/node_modules/${name}` in all),
    ),
  );
  expect(missing).toEqual([]);
  expect(lock).not.toMatch(/"resolved": "https?:/);
});
