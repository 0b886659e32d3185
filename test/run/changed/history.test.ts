import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../../cli/project";
import { allGroups, BUDI, committed, concerned, groups, OPS, roster, SALES } from "./repository";

describe("history", () => {
  let project: Project;
  const commit = (files: Readonly<Record<string, string>>) => {
    project.write(files);
    return project.commit();
  };
  const merge = (...branches: string[]) => project.git("merge", "-q", "--no-edit", ...branches);
  beforeEach(() => (project = committed()));
  afterEach(() => project.remove());

  test("squash: what was squashed into main is looked at again", async () => {
    project.git("switch", "-q", "-c", "branch");
    commit({ [OPS]: roster("A", BUDI) });
    project.git("switch", "-q", "main");
    project.git("merge", "-q", "--squash", "branch");
    project.git("commit", "-q", "-m", "squashed");
    project.git("switch", "-q", "branch");
    commit({ [SALES]: roster("B", BUDI) });
    expect(await concerned(project, "main")).toEqual(groups("A", "B"));
  });

  test("rebase: only what the branch has besides main", async () => {
    project.git("switch", "-q", "-c", "branch");
    commit({ [OPS]: roster("A", BUDI) });
    project.git("switch", "-q", "main");
    commit({ [SALES]: roster("B", BUDI) });
    project.git("switch", "-q", "branch");
    project.git("rebase", "-q", "main");
    expect(await concerned(project, "main")).toEqual(groups("A"));
    expect(await concerned(project, "base")).toEqual(groups("A", "B"));
  });

  test("octopus merge: what each of its branches changed", async () => {
    for (const [branch, file, group] of [
      ["one", OPS, "A"],
      ["two", SALES, "B"],
    ] as const) {
      project.git("switch", "-q", "-c", branch, "base");
      commit({ [file]: roster(group, BUDI) });
    }
    project.git("switch", "-q", "main");
    commit({ "README.md": "x\n" });
    merge("one", "two");
    expect(project.git("rev-list", "--parents", "-n", "1", "HEAD").split(" ")).toHaveLength(4);
    expect(await concerned(project, "base")).toEqual(groups("A", "B"));
    expect(await concerned(project, "one")).toEqual(groups("B"));
  });

  test("criss-cross merge: what differs from any of the commits where they parted", async () => {
    project.git("switch", "-q", "-c", "branch");
    commit({ [OPS]: roster("A", BUDI) });
    project.git("switch", "-q", "main");
    commit({ [SALES]: roster("B", BUDI) });
    const [one, two] = [project.git("rev-parse", "main"), project.git("rev-parse", "branch")];
    merge(two);
    project.git("switch", "-q", "branch");
    merge(one);
    // Each of the two bases has one of the changes, HEAD has both.
    expect(project.git("merge-base", "--all", "main", "HEAD").split("\n").sort()).toEqual([one, two].sort());
    expect(await concerned(project, "main")).toEqual(groups("A", "B"));
  });

  test("a revision that HEAD is behind: it is itself compared", async () => {
    commit({ [OPS]: roster("A", BUDI) });
    project.git("tag", "applied");
    project.git("reset", "-q", "--hard", "base");
    expect(await concerned(project, "applied")).toEqual(groups("A"));
  });

  test("replaced objects (`git replace`) are not what was committed", async () => {
    const now = commit({ [OPS]: roster("A", BUDI) });
    project.git("replace", "base", now);
    expect(await concerned(project, "base")).toEqual(groups("A"));
  });

  test("renamed folder: the same groups by other names concern nobody", async () => {
    mkdirSync(join(project.root, "stacks/prod/jakarta"));
    renameSync(join(project.root, OPS), join(project.root, "stacks/prod/jakarta/ops.yaml"));
    expect(await concerned(project, "base")).toEqual(groups());
    project.commit();
    expect(await concerned(project, "base")).toEqual(groups());
    project.write({ "stacks/prod/jakarta/ops.yaml": roster("A", BUDI) });
    expect(await concerned(project, "base")).toEqual(groups("A"));
  });

  test("renamed project folder: its settings are new, so all are looked at", async () => {
    mkdirSync(join(project.root, "chat"));
    for (const name of ["Pulumi.yaml", "stacks"]) project.git("mv", name, `chat/${name}`);
    project.commit();
    const root = join(project.root, "chat");
    expect(await concerned(project, "base", root)).toEqual(allGroups("settings"));
    project.write({ "chat/stacks/prod/hr.yaml": roster("C", BUDI) });
    expect(await concerned(project, "HEAD", root)).toEqual(groups("C"));
  });
});
