import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ANA, BUDI, STRANGER, type Repository } from "../package/repository";
import { type Run } from "../../runs";
import { adopted } from "./adopted";

// Each test runs the real CLI several times, which takes a busy machine its time.
jest.setTimeout(300_000);

interface GitLabJob {
  readonly extends: string;
  readonly script: readonly string[];
  readonly before_script?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly artifacts?: { readonly paths: readonly string[] };
  readonly resource_group?: string;
}

/** The shell recipe, as GitLab's jobs run it; Yunxiao Flow and Jenkins run the same lines. */
let begun: Repository;
let repository: Repository;
let jobs: Record<string, GitLabJob>;
beforeAll(async () => {
  begun = await adopted("gitlab");
});
afterAll(() => begun.stop());
beforeEach(async () => {
  repository = await begun.copy();
  await repository.commit("The endpoint");
  jobs = parse(repository.read(".gitlab-ci.yml")) as Record<string, GitLabJob>;
});
afterEach(() => repository.stop());

/** Runs a job's lines; between jobs only artifacts stay. */
async function job(name: string, env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const parent = jobs[jobs[name]!.extends];
  expect([parent?.before_script, jobs[parent?.extends ?? ""]?.before_script]).toContainEqual([
    "npm ci --ignore-scripts --no-audit --no-fund",
  ]);
  const script = jobs[name]!.script.join("\n");
  const credentials = jobs[name]?.extends === ".role" ? repository.credentials : {};
  const run = await repository.run("sh", ["-e", "-c", script], { ...credentials, ...parent?.variables, ...env });
  const paths = jobs[name]?.artifacts?.paths;
  const kept = paths?.map((path) => path.slice("rollcall-out/prod/".length)) ?? [];
  const folder = join(repository.dir, "rollcall-out/prod");
  for (const file of paths !== undefined && existsSync(folder) ? readdirSync(folder) : []) {
    if (!kept.includes(file)) rmSync(join(folder, file));
  }
  return run;
}
const report = (name = "report.md") => repository.read(`rollcall-out/prod/${name}`);

test("from a merge request to the removal that was approved", async () => {
  const base = await repository.git("rev-parse", "HEAD");
  repository.declare("ana");
  await repository.commit("Budi leaves");
  const check = await job("check", { CI_MERGE_REQUEST_DIFF_BASE_SHA: base });
  expect([check.code, check.stdout]).toEqual([0, expect.stringMatching(/Budi/)]);

  const state = stateOf(repository);
  expect((await job("preview")).code).toBe(0);
  expect(report()).toMatch(new RegExp(`${BUDI}[^]*dropped from roster[^]*never declared`));
  expect(stateOf(repository)).toEqual(state);
  expect((await job("plan")).code).toBe(0);
  expect(await repository.askedFor()).toEqual([]);
  const apply = await job("apply");
  expect([apply.code, jobs.apply?.resource_group]).toEqual([0, "rollcall-prod"]);
  expect([...(await repository.askedFor())].sort()).toEqual([BUDI, STRANGER].sort());
  expect(await repository.participants()).toEqual([ANA]);
  expect((await job("drift")).code).toBe(0);

  rmSync(join(repository.dir, "rollcall-out"), { recursive: true });
  const again = await job("apply");
  expect([again.code, again.out]).toEqual([6, expect.stringMatching(/there is no plan of stack prod in .*make a new/)]);
});

/** A preview needs no right to write the state. */
function stateOf({ state }: Repository): readonly string[] {
  return readdirSync(state, { recursive: true, encoding: "utf8" })
    .map((name) => `${name} ${statSync(join(state, name)).mtimeMs}`)
    .sort();
}

test("people who came and left after the review: exactly those of the plan are removed, in one roll call", async () => {
  repository.declare("ana");
  await repository.commit("Budi leaves");
  expect((await job("plan")).code).toBe(0);
  await repository.leave(STRANGER);
  await repository.join("6281234567899");
  const apply = await job("apply");
  expect([apply.code, apply.out]).toEqual([
    0,
    expect.stringMatching(/6281234567899\s+undeclared, spared since the reviewed plan does not name them/),
  ]);
  expect(apply.out).not.toMatch(/Previewing update/);
  expect(await repository.askedFor()).toEqual([BUDI]);
});

test("a plan of other files is not applied", async () => {
  repository.declare("ana");
  await repository.commit("Budi leaves");
  expect((await job("plan")).code).toBe(0);
  repository.declare("budi");
  const dirty = await job("apply");
  expect([dirty.code, dirty.out]).toEqual([1, expect.stringMatching(/not those of the commit[^]*jakarta\/ops.yaml/)]);
  await repository.commit("Ana leaves instead");
  const apply = await job("apply");
  expect([apply.code, apply.out]).toEqual([
    6,
    expect.stringMatching(/is for other files \(tree \w{40}, here is \w{40}\)/),
  ]);
  expect(await repository.askedFor()).toEqual([]);
});

test("a refused group is told, makes the preview red, and does not stop the plan", async () => {
  repository.write("stacks/prod/jakarta/ops.yaml", `group: EA93UU0042\nmaxRemovals: 1\nmembers:\n  - person: ana\n`);
  await repository.commit("Two would leave");
  const preview = await job("preview");
  expect([preview.code, preview.out]).toEqual([6, expect.stringMatching(/a guard refused/)]);
  expect(report()).toMatch(/2 removals .*more than this group.*limit of 1/);
  expect((await job("plan")).code).toBe(0);
  const apply = await job("apply");
  expect([apply.code, apply.out]).toEqual([1, expect.stringMatching(/\[held-in-plan\] jakarta\/ops/)]);
  expect(await repository.askedFor()).toEqual([]);
});

test("a preview that fails, and drift that can't be seen, say so in the report too", async () => {
  await repository.cams.close();
  const preview = await job("preview");
  expect(preview.code).not.toBe(0);
  expect(report()).not.toBe("");
  expect((await job("apply")).code).not.toBe(0);
  const drift = await job("drift");
  expect([drift.code, report("drift.md")]).toEqual([
    1,
    expect.stringMatching(/Nobody knows whether stack `prod` has drifted[^]*unreachable: no connection/),
  ]);
});

test.each([
  [["check-all"], /usage: sh ci\/rollcall\.sh check/],
  [["preview"], /preview needs a stack/],
])("%j is a usage error", async (args, message) => {
  const run = await repository.run("sh", ["ci/rollcall.sh", ...args]);
  expect([run.code, run.out]).toEqual([2, expect.stringMatching(message)]);
});

test("a base that a shallow clone does not have is named, with what to do", async () => {
  const base = await repository.git("rev-parse", "HEAD~1");
  const clone = join(repository.state, "clone");
  await repository.git("clone", "--quiet", "--depth=1", `file://${repository.dir}`, clone);
  await repository.run("ln", ["-s", join(repository.dir, "node_modules"), join(clone, "node_modules")]);
  const run = await repository.run("sh", ["ci/rollcall.sh", "check", base], {}, clone);
  expect([run.code, run.out]).toEqual([2, expect.stringMatching(/git knows no revision .* fetch-depth: 0/)]);
});
