import { appendFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../../cli/project";
import { allGroups, BUDI, CITRA, committed, concerned, groups, OPS, roster } from "./repository";

describe("files that git believes unchanged", () => {
  let project: Project;
  beforeEach(() => (project = committed()));
  afterEach(() => project.remove());
  /** Git sees nothing, and it is looked at all the same. */
  async function isSeen(expected: unknown = groups("A")) {
    expect(project.git("status", "--porcelain", "--untracked-files=no")).toBe("");
    expect(await concerned(project, "HEAD")).toEqual(expected);
  }

  test.each(["skip-worktree", "assume-unchanged"])("%s: an edit of a roster", async (flag) => {
    project.git("update-index", `--${flag}`, OPS);
    project.write({ [OPS]: roster("A", BUDI) });
    await isSeen();
  });

  test("skip-worktree: an edit of settings", async () => {
    project.git("update-index", "--skip-worktree", "stacks/Pulumi.prod.yaml");
    project.write({ "stacks/Pulumi.prod.yaml": "config: { rollcall:undeclared: report }\n" });
    await isSeen(allGroups("settings of the stack changed since HEAD"));
  });

  test("same size and time: an edit of a roster", async () => {
    project.git("config", "core.trustctime", "false");
    project.git("config", "core.checkStat", "minimal");
    const file = join(project.root, OPS);
    const long = new Date("2026-01-01T00:00:00Z");
    utimesSync(file, long, long);
    project.git("update-index", "--refresh");
    writeFileSync(file, roster("A", BUDI));
    utimesSync(file, long, long);
    expect(statSync(file).size).toBe(roster("A").length);
    await isSeen();
  });

  test("ignored files: a new roster", async () => {
    appendFileSync(join(project.root, ".git/info/exclude"), "new.yaml\n");
    project.write({ "stacks/prod/new.yaml": roster("N", CITRA) });
    await isSeen(groups("N"));
  });

  test("clean filter: one that hides the edit", async () => {
    project.git("config", "filter.same.clean", `git show base:${OPS}`);
    appendFileSync(join(project.root, ".git/info/attributes"), "ops.yaml filter=same\n");
    project.write({ [OPS]: roster("A", BUDI) });
    await isSeen();
  });

  test("filter: other line endings, and the same people", async () => {
    project.git("config", "core.autocrlf", "true");
    project.write({ [OPS]: roster("A").replaceAll("\n", "\r\n") });
    project.git("add", OPS);
    await isSeen(groups());
  });

  test("filter: whose commit can't be understood", async () => {
    project.git("config", "filter.secret.clean", "base64");
    project.git("config", "filter.secret.smudge", "base64 -d");
    appendFileSync(join(project.root, ".git/info/attributes"), "ops.yaml filter=secret\n");
    rmSync(join(project.root, ".git/index"));
    project.commit();
    await isSeen();
  });

  test("link: what was one, and is a file now", async () => {
    project.delete(OPS);
    symlinkSync("../../shared.yaml", join(project.root, OPS));
    project.commit();
    project.delete(OPS);
    project.write({ [OPS]: roster("A") });
    expect(await concerned(project, "HEAD")).toEqual(groups("A"));
  });
});
