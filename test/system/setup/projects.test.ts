import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./support";

function askJest(...args: string[]): string {
  const jest = join(ROOT, "node_modules/jest/bin/jest.js");
  return execFileSync(process.execPath, [jest, ...args], { cwd: ROOT, encoding: "utf8" });
}

/** The files of a project, relative to test/. */
function testsOf(project: string): string[] {
  const [list = "null"] = /^\[.*\]$/m.exec(askJest("--listTests", "--json", "--selectProjects", project)) ?? [];
  return (JSON.parse(list) as string[]).map((file) => file.slice(join(ROOT, "test/").length).replaceAll("\\", "/"));
}

test("each test belongs to exactly one project", () => {
  const there = readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => name.replaceAll("\\", "/"));
  expect(["unit", "system", "timed"].flatMap(testsOf).sort()).toEqual(there.sort());
});

test("tests that start programs have two minutes, and unit tests set their own limit", () => {
  const { configs, globalConfig } = JSON.parse(askJest("--showConfig")) as {
    globalConfig: { testTimeout: number };
    configs: { displayName: { name: string }; setupFilesAfterEnv: string[] }[];
  };
  expect(globalConfig.testTimeout).toBe(120_000);
  const set = configs.map(({ displayName, setupFilesAfterEnv }) => [displayName.name, setupFilesAfterEnv]);
  expect(Object.fromEntries(set)).toEqual({ unit: [join(ROOT, "test/unit-limit.cjs")], system: [], timed: [] });
});
