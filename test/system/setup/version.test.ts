import { readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluate, ROOT } from "./support";

const text = (file: string) => readFileSync(join(ROOT, file), "utf8");
const manifest = JSON.parse(text("package.json")) as {
  engines: { node: string };
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  homepage: string;
  repository: { url: string };
  bugs: { url: string };
};
const locked = (JSON.parse(text("package-lock.json")) as { packages: Record<string, { version: string }> }).packages;
const pinned = (name: string) => locked[`node_modules/${name}`]?.version ?? "not in the lock file";

test("versions compare by number, not by text, whatever stands around them", () => {
  const cases: [string, string, boolean][] = [
    ["v20.19.0", "20.19.0", true],
    ["v20.9.0", "20.19.0", false],
    ["v22.0.0", "20.19.0", true],
    ["v18.20.8", "20.19.0", false],
    ["go1.25.11", "1.25.11", true],
    ["go1.25", "1.25.11", false],
    ["go1.26", "1.25.11", true],
    ["devel", "1.25.11", false],
  ];
  const pairs = JSON.stringify(cases.map(([have, want]) => [have, want]));
  expect(evaluate("lib/version.mjs", `${pairs}.map(([a, b]) => m.isAtLeast(a, b))`)).toEqual(
    cases.map(([, , expected]) => expected),
  );
});

test("an old Node.js is told what is needed and what it is", () => {
  const message = evaluate("lib/version.mjs", `m.nodeProblem("v18.20.8")`);
  expect(message).toMatch(/needs Node\.js 20\.19\.0 or newer; this is v18\.20\.8/);
  expect(message).toMatch(/Install a current LTS release/);
  expect(evaluate("lib/version.mjs", `m.nodeProblem("v20.19.0") ?? null`)).toBeNull();
});

test("the pins agree with each other", () => {
  expect(`>=${String(evaluate("lib/version.mjs", "m.OLDEST_NODE"))}`).toMatch(new RegExp(`^${manifest.engines.node}`));
  const cli = text("tools/pulumi-cli/go.mod");
  expect(cli).toContain(`github.com/pulumi/pulumi/pkg/v3 v${pinned("pulumi")} `);
  expect(cli).toContain(`\ngo ${String(evaluate("lib/pulumi-go.mjs", "m.OLDEST_GO"))}\n`);
  expect(text("tools/pulumi-language-nodejs/go.mod")).toContain("github.com/pulumi/pulumi/sdk/v3 v3.68.0 ");
});

test("users get ranges, and one copy of Pulumi's SDK with their own program; this repository gets what the lock file pins", () => {
  for (const [name, range] of Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    expect(`${name} ${range}`).toMatch(/ [~^]\d+\.\d+\.\d+$/);
    const oldest = range.slice(1);
    expect([name, pinned(name).split(".")[0]]).toEqual([name, oldest.split(".")[0]]);
    expect([name, evaluate("lib/version.mjs", `m.isAtLeast("${pinned(name)}", "${oldest}")`)]).toEqual([name, true]);
  }
  // The launcher's version is that of the CLI which it provides, so it moves only as far as the CLI was tested.
  expect(manifest.dependencies.pulumi).toMatch(/^~/);
  expect(Object.keys(manifest.peerDependencies)).toEqual(["@pulumi/pulumi"]);
  expect(manifest.dependencies).not.toHaveProperty("@pulumi/pulumi");
  for (const [name, version] of Object.entries(manifest.devDependencies))
    expect([name, version]).toEqual([name, pinned(name)]);
});

test("the project's addresses are one, a placeholder for as long as it has no public place", () => {
  const address = "https://github.com/OWNER/rollcall";
  expect([manifest.repository.url, manifest.homepage, manifest.bugs.url]).toEqual([
    `git+${address}.git`,
    `${address}#readme`,
    `${address}/issues`,
  ]);
});

test.each([
  ["go1.26.8", "local", null],
  ["go1.25.11", "local", null],
  ["go1.24.2", "local", "Go is 1.24.2, 1.25.11 or newer is needed"],
  ["go1.24.2", "auto", null],
  ["go1.24.2", "go1.24.2+auto", null],
  ["go1.20.14", "auto", "Go is 1.20.14, 1.25.11 or newer is needed"],
])("%s with GOTOOLCHAIN=%s: %s", (GOVERSION, GOTOOLCHAIN, expected) => {
  const go = JSON.stringify({ GOVERSION, GOTOOLCHAIN });
  expect(evaluate("lib/pulumi-go.mjs", `m.goProblem(${go}) ?? null`)).toBe(expected);
});
