import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import ts from "typescript";

const root = resolve(__dirname, "../../..");

/** All files that Git knows or would take, by how their names end. */
const files = (...ends: readonly string[]): string[] =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...ends.map((end) => `*${end}`)], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\n")
    .filter((file) => file !== "");

/** What `tsc -p .` checks. */
function configured(): ts.ParsedCommandLine {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (file) => readFileSync(file, "utf8")) as {
    config: unknown;
  };
  return ts.parseJsonConfigFileContent(config, ts.sys, root);
}

test("all code is type-checked, JavaScript too", () => {
  const { fileNames, options } = configured();
  const checked = new Set(fileNames.map((file) => relative(root, file)));
  // What `init` writes belongs to other projects: its one line names the package as they have it.
  const code = files(".ts", ".mts", ".cts", ".js", ".mjs", ".cjs").filter((file) => !file.startsWith("templates/"));
  expect(code).toEqual(expect.arrayContaining(["src/index.ts", "pipelines/github/github.mjs", "scripts/setup.mjs"]));
  expect(code.filter((file) => !checked.has(file))).toEqual([]);
  expect(options).toMatchObject({ checkJs: true, strict: true, noUncheckedIndexedAccess: true });
});

test("no file is left out of the check by a comment", () => {
  const left = files(".mjs", ".cjs", ".ts").filter((file) =>
    /^\s*(\/\/|\/\*\*?|\*)\s*@ts-(nocheck|ignore)/m.test(readFileSync(join(root, file), "utf8")),
  );
  expect(left).toEqual([]);
});
