/** Every row of the table in docs/changed-since.md that git alone decides, on real repositories. */
import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { loadRosters } from "../../src/roster";
import { changedSince, type Concerned } from "../../src/run/changed";
import { Project } from "../cli/project";

const [ANA, BUDI, CITRA] = ["+628110000001", "+628110000002", "+628110000003"];
const roster = (group: string, number = ANA, rest = ""): string =>
  `group: ${group}\n${rest}members:\n  - { number: "${number}", name: Ana }\n`;
const OPS = "stacks/prod/ops.yaml";
const SALES = "stacks/prod/sales.yaml";
const HR = "stacks/prod/hr.yaml";

/** A project with the groups A, B and C, committed on main, tagged `base`. */
function committed(...init: readonly string[]): Project {
  const project = new Project({
    "stacks/Pulumi.prod.yaml": "config: {}\n",
    [OPS]: roster("A"),
    [SALES]: roster("B"),
    [HR]: roster("C"),
  });
  project.git("init", "-q", "-b", "main", ...init);
  project.commit();
  project.git("tag", "base");
  return project;
}

async function concerned(project: Project, reference: string, root = project.root): Promise<Concerned> {
  const loaded = await loadRosters("stacks/prod", { root, today: "2026-03-01" });
  if (loaded.kind !== "ok") throw new Error(JSON.stringify(loaded.problems));
  const { rosters, tree } = loaded;
  return changedSince(reference, {
    ...{ root, stack: "prod", folder: join(root, "stacks/prod") },
    ...{ rosters, tree, today: "2026-03-01" },
  });
}

const groups = (...all: string[]) => new Set(all);

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
    expect(await concerned(project, "base", root)).toEqual({ all: expect.stringContaining("settings") as string });
    project.write({ "chat/stacks/prod/hr.yaml": roster("C", BUDI) });
    expect(await concerned(project, "HEAD", root)).toEqual(groups("C"));
  });
});

describe("clones", () => {
  let origin: Project;
  let clone: Project;
  beforeEach(() => {
    origin = committed();
    origin.git("config", "uploadpack.allowFilter", "true");
    origin.git("config", "uploadpack.allowAnySHA1InWant", "true");
    clone = new Project();
  });
  afterEach(() => {
    clone.remove();
    origin.remove();
  });
  /** The project's folder becomes a clone. */
  const take = (...how: string[]) => {
    rmSync(clone.root, { recursive: true });
    origin.git("clone", "-q", ...how, `file://${origin.root}`, clone.root);
  };

  test("shallow clone: with the base at hand it is as in a whole one", async () => {
    origin.write({ [OPS]: roster("A", BUDI) });
    origin.commit();
    take("--depth", "2");
    expect(await concerned(clone, "HEAD~1")).toEqual(groups("A"));
  });

  test("shallow clone: without the base it is refused", async () => {
    origin.write({ [OPS]: roster("A", BUDI) });
    origin.commit();
    take("--depth", "1");
    await expect(concerned(clone, "HEAD~1")).rejects.toThrow("git knows no revision HEAD~1 here; in a pipeline fetch");
  });

  /** The older merge base has what the later one has not, and HEAD has again: it is the later that counts. */
  test("shallow clone: where a later base may be cut off it is refused", async () => {
    const git = (...args: string[]) => origin.git(...args);
    const branch = (name: string, at: string) => git("switch", "-q", "-c", name, at);
    branch("main2", "base");
    origin.write({ [OPS]: roster("A", BUDI) });
    origin.commit();
    git("tag", "later");
    // Both sides have the old base by a short way, and the later one by a long way that a shallow clone cuts off.
    for (const side of ["left", "right"]) {
      branch(`${side}-long`, "later");
      for (const step of [1, 2, 3, 4]) git("commit", "-q", "--allow-empty", "-m", `${side}${step}`);
      branch(side, "base");
      git("commit", "-q", "--allow-empty", "-m", side);
      git("merge", "-q", "--no-edit", "-s", "ours", `${side}-long`);
    }
    expect(git("merge-base", "left", "right")).toBe(git("rev-parse", "later"));
    take("--depth", "3", "--no-single-branch", "--branch", "right");
    expect(clone.git("merge-base", "origin/left", "right")).toBe(git("rev-parse", "base"));
    await expect(concerned(clone, "origin/left")).rejects.toThrow("the history of this shallow clone ends before HEAD");
  });

  test("partial clone: what it lacks differs, so it is looked at", async () => {
    origin.write({ [OPS]: roster("A", BUDI) });
    origin.commit();
    take("--filter=blob:none");
    expect(await concerned(clone, "HEAD~1")).toEqual(groups("A"));
  });

  test("partial clone: whose objects can't be had at all", async () => {
    take();
    const lose = (path: string) => {
      const id = origin.git("rev-parse", `HEAD~1:${path}`);
      rmSync(join(origin.root, ".git/objects", id.slice(0, 2), id.slice(2)));
    };
    origin.write({ [OPS]: roster("A", BUDI), "stacks/prod/sets.yaml": "sets: {}\n" });
    origin.commit();
    lose(OPS);
    expect(await concerned(origin, "HEAD~1")).toEqual(groups("A"));
    origin.write({ "stacks/prod/sets.yaml": "sets: { a: { members: [] } }\n" });
    origin.commit();
    lose("stacks/prod/sets.yaml");
    expect(await concerned(origin, "HEAD~1")).toEqual({
      all: expect.stringContaining("this clone lacks stacks/prod/sets.yaml") as string,
    });
  });

  test("sparse checkout: of all rosters it is as a whole one", async () => {
    take("--sparse");
    clone.git("sparse-checkout", "set", "stacks");
    clone.write({ [OPS]: roster("A", BUDI) });
    expect(await concerned(clone, "HEAD")).toEqual(groups("A"));
  });

  test("worktree: as a clone", async () => {
    rmSync(clone.root, { recursive: true });
    origin.git("worktree", "add", "-q", "-b", "branch", clone.root);
    clone.write({ [OPS]: roster("A", BUDI) });
    clone.commit();
    expect(await concerned(clone, "main")).toEqual(groups("A"));
  });

  test("submodule: a project that is one is a repository of its own", async () => {
    clone.git("init", "-q", "-b", "main");
    clone.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", origin.root, "chat");
    clone.commit();
    clone.write({ [`chat/${OPS}`]: roster("A", BUDI) });
    expect(await concerned(clone, "HEAD", join(clone.root, "chat"))).toEqual(groups("A"));
  });
});

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
    await isSeen({ all: "settings of the stack changed since HEAD" });
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

test("SHA-256: as in any repository", async () => {
  const project = committed("--object-format=sha256");
  try {
    expect(await concerned(project, "base")).toEqual(groups());
    project.write({ [OPS]: roster("A", BUDI) });
    expect(await concerned(project, "base")).toEqual(groups("A"));
  } finally {
    project.remove();
  }
});

describe("environment and configuration: whatever a person has set for git", () => {
  const before = { ...process.env };
  let project: Project;
  let other: Project;
  beforeEach(() => {
    [project, other] = [committed(), committed()];
    project.write({ [OPS]: roster("A", BUDI) });
  });
  afterEach(() => {
    process.env = { ...before };
    for (const one of [project, other]) one.remove();
  });

  test.each<[string, () => Readonly<Record<string, string>>]>([
    ["GIT_DIR and GIT_WORK_TREE", () => ({ GIT_DIR: join(other.root, ".git"), GIT_WORK_TREE: other.root })],
    ["GIT_INDEX_FILE", () => ({ GIT_INDEX_FILE: "/dev/null" })],
    ["GIT_OBJECT_DIRECTORY", () => ({ GIT_OBJECT_DIRECTORY: join(other.root, "none") })],
    ["GIT_CEILING_DIRECTORIES", () => ({ GIT_CEILING_DIRECTORIES: join(project.root, "..") })],
    ["GIT_ICASE_PATHSPECS", () => ({ GIT_ICASE_PATHSPECS: "1", GIT_GLOB_PATHSPECS: "1" })],
    ["GIT_TRACE", () => ({ GIT_TRACE: "1", GIT_TRACE2: "1" })],
    ["another language", () => ({ LANGUAGE: "de", LC_ALL: "de_DE.UTF-8" })],
    [
      "core.quotePath, diff.*, core.fsmonitor",
      () => ({
        GIT_CONFIG_COUNT: "4",
        ...{ GIT_CONFIG_KEY_0: "core.quotePath", GIT_CONFIG_VALUE_0: "true" },
        ...{ GIT_CONFIG_KEY_1: "diff.external", GIT_CONFIG_VALUE_1: "true" },
        ...{ GIT_CONFIG_KEY_2: "diff.noprefix", GIT_CONFIG_VALUE_2: "true" },
        ...{ GIT_CONFIG_KEY_3: "core.fsmonitor", GIT_CONFIG_VALUE_3: "/nowhere" },
      }),
    ],
  ])("%s", async (_, env) => {
    project.write({ "stacks/prod/Surabaya ä.yaml": roster("D") });
    Object.assign(process.env, env());
    expect(await concerned(project, "base")).toEqual(groups("A", "D"));
    await expect(concerned(project, "nowhere")).rejects.toThrow(/^git knows no revision nowhere here/);
  });

  test("a repository that has no working tree is refused: paths could not be told", async () => {
    project.git("config", "core.bare", "true");
    await expect(concerned(project, "base")).rejects.toThrow("in no working tree");
  });
});
