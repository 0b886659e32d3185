import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { folder, paths, program, setUp, startSetUp } from "./support";

const VERSION = "3.255.0";
const PARTS = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];
const cli = (version: string) => `if (process.argv[2] === "version") console.log("v${version}");`;
const script = (body: string) => `#!${process.execPath}\n${body}\n`;

/** A Go that notes each call, "builds" programs that say the pinned version, and then does `more`. */
const go = (
  more = "",
  env = { GOVERSION: "go1.26.8", GOTOOLCHAIN: "local", GOHOSTOS: "linux", GOHOSTARCH: "amd64" },
) => `
  const fs = require("fs"), args = process.argv.slice(2);
  const { CGO_ENABLED, GOFLAGS, GOWORK, GOOS, GOARCH } = process.env;
  fs.appendFileSync(process.env.HOME + "/calls", JSON.stringify({ args, CGO_ENABLED, GOFLAGS, GOWORK, GOOS, GOARCH }) + "\\n");
  if (args[0] === "env") console.log(${JSON.stringify(JSON.stringify(env))});
  if (args[0] === "list") console.log("a\\nb");
  if (args[0] === "build") {
    const out = args[args.indexOf("-o") + 1];
    fs.writeFileSync(out, ${JSON.stringify(script(cli(VERSION)))}, { mode: 0o755 });
    ${more}
  }`;

/** A project, a HOME and a PATH of their own; `programs` are what is on PATH. */
function machine(programs: Record<string, string> = {}, launcher = "process.exitCode = 1;") {
  const root = folder({
    "node_modules/pulumi/package.json": { version: VERSION },
    "node_modules/pulumi/run.js": launcher,
    "node_modules/@pulumi/pulumi/pulumi-resource-pulumi-nodejs": "#!/bin/sh\n",
    "tools/pulumi-cli/go.mod": "",
    "tools/pulumi-language-nodejs/go.mod": "",
  });
  const home = folder();
  const bin = folder();
  for (const [name, body] of Object.entries(programs)) program(join(bin, name), body);
  const versions = join(home, ".pulumi/versions");
  const env = { HOME: home, PATH: bin, ROLLCALL_OFFLINE: "1" };
  return { root, home, env, versions, target: join(versions, VERSION, "bin") };
}
const provide = (at: ReturnType<typeof machine>, env = {}) => setUp(at.root, ["pulumi"], { ...at.env, ...env });
const calls = (at: ReturnType<typeof machine>) =>
  existsSync(join(at.home, "calls"))
    ? readFileSync(join(at.home, "calls"), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { args: string[] })
    : [];
const builds = (at: ReturnType<typeof machine>) => calls(at).filter(({ args }) => args[0] === "build").length;
const fill = (bin: string, names = PARTS, version = VERSION) => {
  for (const name of names) program(join(bin, name), cli(version));
};

test("a complete CLI: nothing is done", async () => {
  const at = machine({ go: go() });
  fill(at.target);
  const { code, text } = await provide(at);
  expect({ code, calls: calls(at) }).toEqual({ code: 0, calls: [] });
  expect(text).toMatch(/✓ Pulumi CLI 3\.255\.0: complete/);
});

test("PULUMI_HOME is where the launcher looks, so it is where set-up looks", async () => {
  const at = machine();
  const home = folder();
  fill(join(home, "versions", VERSION, "bin"));
  expect((await provide(at, { PULUMI_HOME: home })).code).toBe(0);
});

test("neither network nor Go: both ways out are named, and nothing is left behind", async () => {
  const at = machine();
  const { code, text } = await provide(at);
  expect(code).toBe(1);
  expect(text).toMatch(/Pulumi CLI 3\.255\.0 could not be provided/);
  expect(text).toMatch(/\| download: not tried, ROLLCALL_OFFLINE is set\n {4}\| build: Go was not found on PATH/);
  expect(text).toMatch(/- Install Go 1\.25\.11 or newer/);
  expect(text).toContain(
    `3.x yourself: put \`pulumi\` and \`pulumi-language-nodejs\` of a release (best 3.255.0) into ${at.target}`,
  );
  expect(readdirSync(at.versions)).toEqual([]);
});

test("a Go that is too old is named with its version", async () => {
  const old = { GOVERSION: "go1.22.2", GOTOOLCHAIN: "local", GOHOSTOS: "linux", GOHOSTARCH: "amd64" };
  const { code, text } = await provide(machine({ go: go("", old) }));
  expect(code).toBe(1);
  expect(text).toMatch(/build: Go is 1\.22\.2, 1\.25\.11 or newer is needed/);
});

test("a build from Go modules is bound to go.sum and free of the machine's Go settings", async () => {
  const at = machine({ go: go() });
  const { code, text } = await provide(at, { GOFLAGS: "-mod=mod", GOOS: "plan9" });
  expect(text).toMatch(/building Pulumi 3\.255\.0 from its Go modules/);
  expect(text).toMatch(/✓ Pulumi CLI 3\.255\.0: built from Go modules/);
  expect(code).toBe(0);
  for (const name of PARTS) expect(statSync(join(at.target, name)).mode & 0o111).toBe(0o111);
  expect(readdirSync(at.versions)).toEqual([VERSION]);
  const settings = {
    CGO_ENABLED: "0",
    GOFLAGS: "-mod=readonly -buildvcs=false",
    GOWORK: "off",
    GOOS: "linux",
    GOARCH: "amd64",
  };
  for (const call of calls(at).slice(1)) expect(call).toMatchObject(settings);
  expect(builds(at)).toBe(2);

  expect((await provide(at)).text).toMatch(/complete/);
  expect(builds(at)).toBe(2);
});

test.each([
  [
    "the build fails",
    `console.error("proxy.example: 403 Forbidden"); process.exit(1);`,
    /could not be built \(proxy\.example: 403 Forbidden\)/,
  ],
  [
    "a module is not what was reviewed",
    `console.error("SECURITY ERROR"); process.exit(1);`,
    /a checksum differs from go\.sum/,
  ],
  [
    "the CLI says another version",
    `fs.writeFileSync(out, ${JSON.stringify(script(cli("3.1.0")))});`,
    /should say v3\.255\.0/,
  ],
  ["the disk is full", `console.error("no space left on device"); process.exit(1);`, /The disk is full/],
])("%s: exit code 1, the reason, and nothing is left behind", async (_, more, reason) => {
  const at = machine({ go: go(more) });
  const { code, text } = await provide(at);
  expect(code).toBe(1);
  expect(text).toMatch(reason);
  expect(readdirSync(at.versions)).toEqual([]);
});

test("an interrupted build leaves nothing, and the next one is not kept waiting", async () => {
  const at = machine({ go: go(`console.error("fmt"); setTimeout(() => {}, 60_000);`) });
  const { child, ended, says } = startSetUp(at.root, ["pulumi"], at.env);
  await says("building Pulumi");
  child.kill("SIGTERM");
  const { code, text } = await ended;
  expect(code).toBe(143);
  expect(text).toMatch(/Interrupted \(SIGTERM\)/);
  expect(readdirSync(at.versions)).toEqual([]);
});

test("what a killed set-up left is cleared away", async () => {
  const at = machine({ go: go() });
  fill(join(at.versions, `.rollcall-${VERSION}-dead/bin`), ["pulumi"]);
  const lock = join(at.versions, `.rollcall-${VERSION}.lock`);
  program(lock, "process 1");
  utimesSync(lock, 1, 1);
  expect((await provide(at)).code).toBe(0);
  expect(readdirSync(at.versions)).toEqual([VERSION]);
});

test("of two set-ups at once one builds, and both end well", async () => {
  const at = machine({ go: go("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);") });
  const both = await Promise.all([provide(at), provide(at)]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(both.map(({ text }) => text).join()).toMatch(/Another set-up \(process \d+\) is at it/);
  expect(builds(at)).toBe(2);
});

test("only what is missing is built; a CLI that is there stays", async () => {
  const at = machine({ go: go() });
  fill(at.target, ["pulumi"], "3.254.0");
  expect((await provide(at)).code).toBe(0);
  expect(builds(at)).toBe(1);
  expect(readFileSync(join(at.target, "pulumi"), "utf8")).toContain("3.254.0");
});

test("the pinned CLI on PATH is taken before anything is downloaded or built", async () => {
  const at = machine({ go: go(), pulumi: cli(VERSION), "pulumi-language-nodejs": "" });
  expect((await provide(at)).text).toMatch(/✓ Pulumi CLI 3\.255\.0: copied 3\.255\.0 from/);
  expect(calls(at)).toEqual([]);
});

test("another 3.x on PATH stands in, but only when there is no other way", async () => {
  const programs = { pulumi: cli("3.200.0"), "pulumi-language-nodejs": "" };
  const without = machine(programs);
  const { code, text } = await provide(without);
  expect(text).toMatch(/Pulumi CLI 3\.200\.0 of PATH stands in for 3\.255\.0/);
  expect(code).toBe(0);

  const withGo = machine({ ...programs, go: go() });
  expect((await provide(withGo)).text).toMatch(/built from Go modules/);
});

test("the npm launcher on PATH is not taken for a CLI", async () => {
  const at = machine();
  const bin = join(at.root, "node_modules/.bin");
  fill(bin, PARTS, VERSION);
  expect((await provide(at, { PATH: bin })).code).toBe(1);
});

/** Stands before set-up's own code, so that these tests need no network and touch none. */
const network = (answer: string) => {
  const file = join(folder({ "network.mjs": `globalThis.fetch = async () => { ${answer} };` }), "network.mjs");
  return { ROLLCALL_OFFLINE: "", NODE_OPTIONS: `--import=${pathToFileURL(file).href}` };
};
const OFFLINE = network(`throw Object.assign(new TypeError("fetch failed"), { cause: { code: "ENOTFOUND" } });`);

test("a download that cannot be reached is said, and the build takes over", async () => {
  expect((await provide(machine(), OFFLINE)).text).toMatch(
    /download: get\.pulumi\.com cannot be reached \(ENOTFOUND\)/,
  );
  expect((await provide(machine({ go: go() }), OFFLINE)).text).toMatch(/built from Go modules/);
});

test("the launcher downloads into a folder aside; then all moves into place", async () => {
  const launcher = `
    const fs = require("fs"), bin = process.env.PULUMI_HOME + "/versions/${VERSION}/bin/";
    if (!fs.readFileSync(process.env.CURL_HOME + "/.curlrc", "utf8").includes("connect-timeout")) process.exit(1);
    fs.mkdirSync(bin, { recursive: true });
    for (const name of ["pulumi", "pulumi-language-nodejs", "pulumi-language-go"])
      fs.writeFileSync(bin + name, ${JSON.stringify(script(cli(VERSION)))}, { mode: 0o755 });`;
  const at = machine({}, launcher);
  const { code, text } = await provide(at, network("return { ok: true };"));
  expect(text).toMatch(/✓ Pulumi CLI 3\.255\.0: downloaded/);
  expect(code).toBe(0);
  expect(readdirSync(at.target).sort()).toEqual(["pulumi", "pulumi-language-go", ...PARTS.slice(1)].sort());
  expect(readdirSync(at.versions)).toEqual([VERSION]);
});

test("several folders on PATH: the first CLI of the pinned version is found", async () => {
  const first = machine({ pulumi: cli("3.1.0"), "pulumi-language-nodejs": "" });
  const second = machine({ pulumi: cli(VERSION) });
  const { text } = await provide(first, { PATH: paths(first.env.PATH, second.env.PATH) });
  expect(text).toContain(`copied ${VERSION} from`);
});
