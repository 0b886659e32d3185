import { join } from "node:path";
import type { Project } from "../../cli/project";
import { BUDI, committed, concerned, groups, OPS, roster } from "./repository";

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
