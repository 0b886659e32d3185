import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bareEnvironment, GIT_IDENTITY, passed, run, type Run } from "../../runs";

/** The shell recipe beside programs that only say how they were called. */
let top: string;
let dir: string;
const sh = (command: string, env: NodeJS.ProcessEnv, ...args: string[]): Promise<Run> =>
  run(command, args, { cwd: dir, env: { ...bareEnvironment(), ...GIT_IDENTITY, ...env } });
const recipe = (...args: string[]) => sh("sh", {}, "ci/rollcall.sh", ...args);

beforeEach(async () => {
  top = realpathSync(mkdtempSync(join(tmpdir(), "rollcall-recipe-")));
  dir = join(top, "team/rosters");
  mkdirSync(join(dir, "node_modules/.bin"), { recursive: true });
  mkdirSync(join(dir, "ci"));
  cpSync(join(__dirname, "../../../pipelines/ci/rollcall.sh"), join(dir, "ci/rollcall.sh"));
  writeFileSync(join(dir, "ci/credentials.mjs"), "");
  writeFileSync(join(dir, ".gitignore"), "node_modules\nrollcall-out\n");
  const says = '#!/bin/sh\nname=${0##*/}\necho "$name $*" >>"$PWD/node_modules/calls"\necho "$name was here"\n';
  for (const name of ["rollcall", "pulumi"]) {
    writeFileSync(join(dir, "node_modules/.bin", name), says, { mode: 0o755 });
  }
  passed(await sh("git", {}, "init", "--quiet"));
  passed(await sh("git", {}, "add", "--all"));
  passed(await sh("git", {}, "commit", "--quiet", "--message", "Begin"));
});
afterEach(() => rmSync(top, { recursive: true }));

/** All that is in the folder and around it, but for git's own files. */
const files = () =>
  readdirSync(top, { recursive: true, encoding: "utf8" })
    .filter((name) => !name.includes("/.git/"))
    .sort();

test("programs of a workspace are found in a folder above, those of the folder itself first", async () => {
  renameSync(join(dir, "node_modules"), join(top, "node_modules"));
  mkdirSync(join(dir, "node_modules"));
  expect((await recipe("check")).out).toContain("rollcall was here");
  mkdirSync(join(dir, "node_modules/.bin"));
  writeFileSync(join(dir, "node_modules/.bin/rollcall"), "#!/bin/sh\necho the nearest\n", { mode: 0o755 });
  expect((await recipe("check")).out).toBe("the nearest\n");
});

test("without the package it tells what installs it", async () => {
  rmSync(join(dir, "node_modules"), { recursive: true });
  const ran = await recipe("check");
  expect([ran.code, ran.out]).toEqual([
    1,
    expect.stringMatching(/not installed here: run `npm ci --ignore-scripts` first/),
  ]);
});

describe("a stack's name", () => {
  test.each(["prod", "Prod_2.eu-west", "...", ".prod", "x".repeat(100), "team/prod", "team/rosters/prod"])(
    "%s is taken, and what is written is below the recipe's folder",
    async (stack) => {
      const ran = await recipe("drift", stack);
      expect([ran.code, ran.out]).toEqual([0, expect.stringContaining("rollcall was here")]);
      expect(files()).toContain(`team/rosters/rollcall-out/${stack}/drift.md`);
    },
  );

  test.each([
    ...["../../evil", "..", ".", "a/..", "../a", "a/../b", "a/./b", "/prod", "prod/", "a//b", "a/b/c/d", "/"],
    ...["pro d", "prod;id", "$(id)", "`id`", "prod\n", "prod\nx", "a*", "?", "prodé", "pr\\od", "~", "x".repeat(101)],
  ])("%p is refused by every command before anything is written or run", async (stack) => {
    const before = files();
    for (const command of ["preview", "apply", "drift"]) {
      const ran = await recipe(command, stack);
      expect([ran.code, ran.out]).toEqual([2, expect.stringContaining("rollcall.sh: no stack can be called")]);
    }
    expect(files()).toEqual(before);
  });
});

describe("import", () => {
  const PATCH = "rollcall-out/prod/import.patch";
  const people = (script: string) => writeFileSync(join(dir, "ci/people.sh"), script);
  beforeEach(async () => {
    mkdirSync(join(dir, "stacks/prod"), { recursive: true });
    writeFileSync(join(dir, "stacks/prod/people.yaml"), "people: {}\n");
    people("exit 1\n");
    passed(await sh("git", {}, "add", "--all"));
    passed(await sh("git", {}, "commit", "--quiet", "--message", "People"));
  });

  test("what it proposes is people.yaml and what the import saw, and applies to another clone", async () => {
    const last = "stacks/prod/people.import.json";
    people(
      `echo "people of $1"\necho "people: { }" >stacks/prod/people.yaml\necho {} >${last}\necho no >ci/credentials.mjs\n`,
    );
    const ran = await recipe("import", "prod");
    expect([ran.code, ran.out]).toEqual([0, "people of prod\n"]);
    const clone = join(top, "clone");
    passed(await sh("git", {}, "clone", "--quiet", ".", clone));
    const include = ["--include=**/people.yaml", "--include=**/people.import.json"];
    passed(await sh("git", {}, "-C", clone, "apply", "--index", ...include, join(dir, PATCH)));
    const status = await sh("git", {}, "-C", clone, "status", "--porcelain");
    expect(status.out).toBe(`A  ${last}\nM  stacks/prod/people.yaml\n`);
  });

  test("with nothing to do the patch is empty", async () => {
    people("echo nothing\n");
    expect((await recipe("import", "prod")).code).toBe(0);
    expect(readFileSync(join(dir, PATCH), "utf8")).toBe("");
  });

  test("when the import refuses, nothing is proposed, also nothing of an earlier run", async () => {
    mkdirSync(join(dir, "rollcall-out/prod"), { recursive: true });
    writeFileSync(join(dir, PATCH), "old");
    people("echo people: >stacks/prod/people.yaml\nexit 3\n");
    const ran = await recipe("import", "prod");
    expect([ran.code, ran.out]).toEqual([3, expect.stringContaining("ci/people.sh ended with 3: nothing is proposed")]);
    expect(existsSync(join(dir, PATCH))).toBe(false);
  });
});
