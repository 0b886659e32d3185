import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadRosters } from "../../../src/roster";
import { changedSince } from "../../../src/run/changed";
import { Project } from "../../cli/project";
import { GIT_IDENTITY } from "../../runs";

const roster = (group: string, number = "+628110000001"): string =>
  `group: ${group}\nmembers:\n  - { number: "${number}", name: Ana }\n`;
const TODAY = "2026-03-01";

describe("what is no file of this repository's commit", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project({
      "stacks/Pulumi.prod.yaml": "config: {}\n",
      "stacks/prod/ops.yaml": roster("A"),
      "stacks/prod/jakarta/sales.yaml": roster("B"),
      "shared/settings.yaml": "config: {}\n",
    });
    project.git("init", "-q", "-b", "main");
    project.commit();
  });
  afterEach(() => project.remove());

  async function concerned(folder = "stacks/prod") {
    const { root } = project;
    const loaded = await loadRosters(folder, { root, today: TODAY });
    if (loaded.kind !== "ok") throw new Error(JSON.stringify(loaded.problems));
    return changedSince("HEAD", {
      root,
      stack: "prod",
      folder: join(root, folder),
      rosters: loaded.rosters,
      tree: loaded.tree,
      today: TODAY,
    });
  }

  test("all is seen: nothing changed", async () => {
    expect(await concerned()).toEqual({ kind: "some groups", groups: new Set() });
  });

  test("a stack's folder that is a link", async () => {
    renameSync(join(project.root, "stacks/prod"), join(project.root, "shared/prod"));
    symlinkSync("../shared/prod", join(project.root, "stacks/prod"));
    project.commit();
    project.write({ "shared/prod/ops.yaml": roster("A", "+628110000002") });
    expect(await concerned()).toEqual({
      kind: "all groups",
      why: expect.stringContaining("stacks/prod was at HEAD") as string,
    });
  });

  test("a stack's folder that became a link to the same files: they are what they were", async () => {
    renameSync(join(project.root, "stacks/prod"), join(project.root, "shared/prod"));
    symlinkSync("../shared/prod", join(project.root, "stacks/prod"));
    expect(await concerned()).toEqual({ kind: "some groups", groups: new Set() });
    project.write({ "shared/prod/ops.yaml": roster("A", "+628110000002") });
    expect(await concerned()).toEqual({ kind: "some groups", groups: new Set(["A"]) });
  });

  test("a submodule with rosters", async () => {
    const other = new Project({ "sales.yaml": roster("C") });
    try {
      other.git("init", "-q", "-b", "main");
      other.delete("Pulumi.yaml");
      other.commit();
      const add = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.root, "stacks/prod/medan"];
      project.git(...add);
      project.commit();
      project.write({ "stacks/prod/medan/sales.yaml": roster("C", "+628110000002") });
      expect(await concerned()).toEqual({ kind: "some groups", groups: new Set(["C"]) });
    } finally {
      other.remove();
    }
  });

  test.each(["stacks/bali", "stacks/bali/rosters"])(
    "another repository's clone, with rosters in %s",
    async (folder) => {
      const clone = join(project.root, "stacks/bali");
      mkdirSync(join(project.root, folder), { recursive: true });
      writeFileSync(join(project.root, folder, "ops.yaml"), roster("A"));
      for (const args of [
        ["init", "-q"],
        ["add", "-A"],
        ["commit", "-q", "-m", "x"],
      ])
        execFileSync("git", args, { cwd: clone, env: { ...process.env, ...GIT_IDENTITY } });
      expect(await concerned(folder)).toEqual({ kind: "some groups", groups: new Set(["A"]) });
    },
  );

  test("settings that are a link", async () => {
    project.delete("stacks/Pulumi.prod.yaml");
    symlinkSync("../shared/settings.yaml", join(project.root, "stacks/Pulumi.prod.yaml"));
    project.commit();
    project.write({ "shared/settings.yaml": "config: { rollcall:undeclared: report }\n" });
    expect(await concerned()).toEqual({
      kind: "all groups",
      why: expect.stringContaining("stacks/Pulumi.prod.yaml") as string,
    });
  });
});
