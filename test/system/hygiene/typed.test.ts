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

/** What `tsc -p` checks of a folder. */
function configured(folder = "."): ts.ParsedCommandLine {
  const path = join(root, folder, "tsconfig.json");
  const { config } = ts.readConfigFile(path, (file) => readFileSync(file, "utf8")) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, join(root, folder));
}

test("all code is type-checked, JavaScript too", () => {
  const { fileNames, options } = configured();
  const ofPage = configured("page");
  const checked = new Set([...fileNames, ...ofPage.fileNames].map((file) => relative(root, file)));
  // What `init` writes belongs to other projects: its one line names the package as they have it.
  const code = files(".ts", ".mts", ".cts", ".js", ".mjs", ".cjs").filter((file) => !file.startsWith("templates/"));
  expect(code).toEqual(expect.arrayContaining(["src/index.ts", "pipelines/github/github.mjs", "scripts/setup.mjs"]));
  expect(code.filter((file) => !checked.has(file))).toEqual([]);
  for (const one of [options, ofPage.options])
    expect(one).toMatchObject({ checkJs: true, strict: true, noUncheckedIndexedAccess: true });
});

test("the page's scripts have no fault of types", () => {
  const { fileNames, options } = configured("page");
  const faults = ts.getPreEmitDiagnostics(ts.createProgram(fileNames, options));
  expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
});

test("no file is left out of the check by a comment", () => {
  const left = files(".js", ".mjs", ".cjs", ".ts").filter((file) =>
    /^\s*(\/\/|\/\*\*?|\*)\s*@ts-(nocheck|ignore)/m.test(readFileSync(join(root, file), "utf8")),
  );
  expect(left).toEqual([]);
});
