import { rmSync } from "node:fs";
import { join } from "node:path";
import { Project } from "../../cli/project";
import { allGroups, BUDI, committed, concerned, groups, OPS, roster } from "./repository";

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
    expect(await concerned(origin, "HEAD~1")).toEqual(allGroups("this clone lacks stacks/prod/sets.yaml"));
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
