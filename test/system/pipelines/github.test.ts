import { rmSync } from "node:fs";
import { join } from "node:path";
import { ANA, BUDI, STRANGER, type Repository } from "../package/repository";
import { passed } from "../../runs";
import { adopted } from "./adopted";
import { WorkflowRun, type Occasion } from "./actions";
import { GitHub } from "./github";

// Each test runs the real CLI several times, which takes a busy machine its time.
jest.setTimeout(300_000);

const PULL_REQUEST = ".github/workflows/rollcall-pull-request.yml";
const APPLY = ".github/workflows/rollcall-apply.yml";
const DRIFT = ".github/workflows/rollcall-drift.yml";

/** The workflows that `rollcall init` writes, job by job, against a local CAMS and as much of GitHub as they use. */
let begun: Repository;
let repository: Repository;
let github: GitHub;
beforeAll(async () => {
  begun = await adopted("github");
});
afterAll(() => begun.stop());
beforeEach(async () => {
  [repository, github] = await Promise.all([begun.copy(), GitHub.start()]);
  await repository.commit("The endpoint");
});
afterEach(async () => {
  github.stop();
  await repository.stop();
});

const run = (workflow: string, occasion: Occasion) => new WorkflowRun(repository, github, workflow, occasion).go();
const outcomes = (results: Record<string, { result: string }>) =>
  Object.fromEntries(Object.entries(results).map(([name, { result }]) => [name, result]));

/** A branch with a change, and what GitHub would merge: the commit that a pull request's run checks out. */
async function pullRequest(change: () => void): Promise<Occasion> {
  const base = await repository.git("rev-parse", "main");
  await repository.git("checkout", "--quiet", "-B", "change", "main");
  change();
  const head = await repository.commit("Change");
  await repository.git("checkout", "--quiet", "--detach", "main");
  await repository.git("merge", "--quiet", "--no-ff", "--message", "Merge", head);
  const commit = await repository.git("rev-parse", "HEAD");
  await repository.git("branch", "--force", "merged", commit);
  return { event: "pull_request", commit, ref: "refs/pull/7/merge", base };
}

/** Merges as GitHub's squash does: another commit, the same files. */
async function squash(): Promise<Occasion> {
  await repository.git("checkout", "--quiet", "main");
  await repository.git("merge", "--quiet", "--squash", "change");
  return { event: "push", commit: await repository.commit("Squashed") };
}

test("from a pull request to the removal that it showed", async () => {
  const change = await pullRequest(() => repository.declare("ana"));
  const first = await run(PULL_REQUEST, change);
  expect(outcomes(first)).toEqual({ check: "success", preview: "success", comment: "success" });
  expect(first.check?.summary).toMatch(/Budi/);
  expect(github.assumed).toEqual([{ role: "acs:ram::1:role/list-only", token: "jwt-for-sts.aliyuncs.com" }]);
  expect(first.preview?.log).toMatch(/^::add-mask::rollcall-local-secret$/m);
  expect(github.comments).toHaveLength(1);
  expect(github.comments[0]?.body).toMatch(
    new RegExp(`^<!-- rollcall:prod -->\n[^]*${BUDI}[^]*dropped from roster[^]*${STRANGER}[^]*never declared`),
  );

  github.say("<!-- rollcall:prod -->\nmine");
  const again = await pullRequest(() => repository.declare("ana"));
  await repository.leave(STRANGER);
  expect(outcomes(await run(PULL_REQUEST, again))).toMatchObject({ preview: "success", comment: "success" });
  expect(github.comments.map(({ edits, body }) => [edits, body.includes(STRANGER)])).toEqual([
    [1, false],
    [0, false],
  ]);
  expect(await repository.askedFor()).toEqual([]);

  const applied = await run(APPLY, await squash());
  expect(outcomes(applied)).toEqual({ plan: "skipped", apply: "success" });
  expect(github.assumed.at(-1)?.role).toBe("acs:ram::1:role/list-and-delete");
  expect(await repository.askedFor()).toEqual([BUDI]);
  expect(await repository.participants()).toEqual([ANA]);
});

test("a pull request is about the groups that it concerns; a new plan by hand is about all", async () => {
  repository.write("stacks/prod/jakarta/sales.yaml", "group: EA93UU0043\nmembers:\n  - person: ana\n");
  await repository.commit("Sales");
  passed(await repository.pulumi("up", "--stack", "prod", "--yes", "--skip-preview"));

  const change = await pullRequest(() => repository.declare("ana"));
  expect(outcomes(await run(PULL_REQUEST, change))).toMatchObject({ preview: "success", comment: "success" });
  const [comment] = github.comments;
  expect(comment?.body).toMatch(new RegExp(`> 1 of 2 groups were not looked at[^]*\\| jakarta/ops \\| ${BUDI}`));
  expect(comment?.body).not.toContain("jakarta/sales");
  expect((await run(APPLY, await squash())).apply?.result).toBe("success");
  expect(await repository.participants()).toEqual([ANA]);
  expect(await repository.participants("EA93UU0043")).toEqual([ANA, STRANGER]);

  const night = { event: "schedule", commit: await repository.git("rev-parse", "main") } as const;
  await run(DRIFT, night);
  expect(github.issues[0]?.body).toMatch(new RegExp(`jakarta/sales \\| ${STRANGER}`));
  expect(outcomes(await run(APPLY, { ...night, event: "workflow_dispatch" }))).toEqual({
    plan: "success",
    apply: "success",
  });
  expect(await repository.participants("EA93UU0043")).toEqual([ANA]);
});

test("a pull request of a fork is checked without secrets, and not previewed", async () => {
  const change = await pullRequest(() => {
    repository.declare("ana");
    rmSync(join(repository.dir, "local-cams.yaml"));
  });
  const results = await run(PULL_REQUEST, { ...change, fork: true });
  expect(outcomes(results)).toEqual({ check: "success", preview: "skipped", comment: "skipped" });
  expect(results.check?.summary).toMatch(/Budi/);
  expect([github.comments, github.assumed, github.artifacts]).toEqual([[], [], []]);
});

test("rosters that are not valid are annotated, and nobody asks CAMS", async () => {
  const change = await pullRequest(() =>
    repository.write("stacks/prod/jakarta/ops.yaml", "group: EA1\nmembers: [x]\n"),
  );
  const results = await run(PULL_REQUEST, change);
  expect(outcomes(results)).toEqual({ check: "failure", preview: "skipped", comment: "skipped" });
  expect(results.check?.log).toMatch(/^::error file=stacks\/prod\/jakarta\/ops.yaml,line=2/m);
});

test("a plan of other files is not applied; a new one is made by hand, and applied when it is approved", async () => {
  const change = await pullRequest(() => repository.declare("ana"));
  expect(outcomes(await run(PULL_REQUEST, change))).toMatchObject({ preview: "success" });
  await repository.git("checkout", "--quiet", "main");
  repository.write("README.md", "Main has moved on.\n");
  await repository.commit("Meanwhile");
  const merged = await squash();

  const refused = await run(APPLY, merged);
  expect(outcomes(refused)).toEqual({ plan: "skipped", apply: "failure" });
  expect(refused.apply?.log).toMatch(
    /^::error::there is no reviewed plan of stack prod.*Run the workflow "Rollcall apply" by hand/m,
  );
  const tree = await repository.git("rev-parse", "main^{tree}");
  const forged = { name: `rollcall-plan-prod-${tree}`, files: new Map([["plan.json", "{}"]]) };
  github.artifacts.push({ ...forged, run: 1, fork: true }, { ...forged, run: 2 }, { ...forged, run: 3, expired: true });
  github.runs.set(1, PULL_REQUEST).set(2, ".github/workflows/other.yml").set(3, PULL_REQUEST);
  expect((await run(APPLY, merged)).apply?.log).toMatch(/there is no reviewed plan/);
  expect(await repository.askedFor()).toEqual([]);

  const elsewhere = { ...merged, event: "workflow_dispatch", ref: "refs/heads/change" } as const;
  expect(outcomes(await run(APPLY, elsewhere))).toEqual({ plan: "skipped", apply: "skipped" });
  const byHand = await run(APPLY, { ...merged, event: "workflow_dispatch" });
  expect(outcomes(byHand)).toEqual({ plan: "success", apply: "success" });
  expect(byHand.plan?.summary).toMatch(/Budi/);
  expect([...(await repository.askedFor())].sort()).toEqual([BUDI, STRANGER].sort());
});

test("drift is one issue, edited in place and closed when it is over", async () => {
  const night = { event: "schedule", commit: await repository.git("rev-parse", "main") } as const;
  github.say("<!-- rollcall:prod -->\nmine", github.issues);
  const first = await run(DRIFT, night);
  expect(outcomes(first)).toEqual({ drift: "success", alarm: "success" });
  expect(github.issues[1]).toMatchObject({
    title: "Rollcall: stack prod drifts: people would be removed",
    state: "open",
  });
  expect(github.issues[1]?.body).toContain(STRANGER);
  expect(github.assumed.map(({ role }) => role)).toEqual(["acs:ram::1:role/list-only"]);

  await repository.leave(STRANGER);
  await repository.leave(BUDI);
  await run(DRIFT, night);
  expect(github.issues[1]?.title).toBe(
    "Rollcall: stack prod drifts: people joined, left or are awaited, or groups or links are not as declared",
  );
  await repository.join(BUDI);
  await run(DRIFT, night);
  expect(github.issues.map(({ state, edits }) => [state, edits])).toEqual([
    ["open", 0],
    ["closed", 2],
  ]);

  await repository.cams.close();
  const blind = await run(DRIFT, night);
  expect(outcomes(blind)).toEqual({ drift: "failure", alarm: "success" });
  expect(github.issues[2]).toMatchObject({ title: "Rollcall: stack prod drifts: the look failed" });
  expect(github.issues[2]?.body).toMatch(/Nobody knows whether stack `prod` has drifted/);
  expect(await repository.askedFor().catch(() => [])).toEqual([]);
});
