import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { identityOf, loadRosters } from "../../src/roster";
import { checkoutOf, lacksText } from "../../src/run/checkout";
import { Project } from "../cli/project";

const TODAY = "2026-03-01";
const roster = (group: string, more = ""): string =>
  `group: ${group}\nmembers:\n  - { number: "+628110000001", name: Ana }\n${more}`;
const [OPS, SALES] = ["stacks/prod/ops.yaml", "stacks/prod/jakarta/sales.yaml"];
const WHOLE = { kind: "whole" };
const lacks = (...files: string[]) => ({ kind: "lacks", files });

let project: Project;
beforeEach(() => {
  project = new Project({
    [OPS]: roster("A"),
    [SALES]: roster("B", "  - person: budi\n"),
    "stacks/prod/people.yaml": `people:\n  budi: { number: "+628110000002", name: Budi }\n`,
    "stacks/prod/notes.md": "x\n",
    "stacks/prod/.old.yaml": "x\n",
  });
  project.git("init", "-q", "-b", "main");
  project.commit();
});
afterEach(() => project.remove());

async function checkout(root = project.root) {
  const loaded = await loadRosters("stacks/prod", { root, today: TODAY });
  const rosters = loaded.kind === "ok" ? loaded.rosters.rosters : [];
  const groups = new Set(rosters.map(identityOf));
  return checkoutOf(join(root, "stacks/prod"), { tree: loaded.tree, groups, today: TODAY });
}

test("all is there, and more: nothing lacks, by one call of git", async () => {
  project.write({
    "stacks/prod/new.yaml": roster("N"),
    "bin/git": `#!/bin/sh\necho "$*" >> "${project.root}/calls"\nPATH="${process.env.PATH}" exec git "$@"\n`,
  });
  chmodSync(join(project.root, "bin/git"), 0o755);
  const { PATH } = process.env;
  process.env.PATH = `${join(project.root, "bin")}${delimiter}${PATH}`;
  try {
    expect(await checkout()).toEqual(WHOLE);
  } finally {
    process.env.PATH = PATH;
  }
  expect(readFileSync(join(project.root, "calls"), "utf8").trim().split("\n")).toHaveLength(1);
});

test("a sparse checkout lacks a roster", async () => {
  project.git("sparse-checkout", "set", "--no-cone", "/*", "!jakarta");
  expect(await checkout()).toEqual(lacks("jakarta/sales.yaml"));
  project.git("sparse-checkout", "disable");
  expect(await checkout()).toEqual(WHOLE);
});

test("a clone in which only some files were checked out", async () => {
  const clone = new Project();
  try {
    rmSync(clone.root, { recursive: true });
    project.git("config", "uploadpack.allowFilter", "true");
    project.git("clone", "-q", "--no-checkout", "--filter=blob:none", `file://${project.root}`, clone.root);
    clone.git("checkout", "HEAD", "--", OPS, "Pulumi.yaml");
    expect(await checkout(clone.root)).toEqual(lacks("jakarta/sales.yaml", "people.yaml"));
  } finally {
    clone.remove();
  }
});

describe("a roster that was deleted", () => {
  test("lacks until that is committed", async () => {
    project.delete(OPS);
    expect(await checkout()).toEqual(lacks("ops.yaml"));
    project.git("add", "-A");
    expect(await checkout()).toEqual(lacks("ops.yaml"));
    project.commit();
    expect(await checkout()).toEqual(WHOLE);
  });

  test("does not lack when another file declares its group: it was moved", async () => {
    renameSync(join(project.root, SALES), join(project.root, "stacks/prod/sales.yaml"));
    expect(await checkout()).toEqual(WHOLE);
    project.write({ "stacks/prod/sales.yaml": roster("C") });
    expect(await checkout()).toEqual(lacks("jakarta/sales.yaml"));
  });

  test("does not lack when another file makes a group with its subject: it was moved", async () => {
    const made = (subject: string) => roster("A").replace("group: A", `subject: ${subject}`);
    project.write({ [SALES]: made("Sales") });
    project.commit();
    renameSync(join(project.root, SALES), join(project.root, "stacks/prod/sales.yaml"));
    expect(await checkout()).toEqual(WHOLE);
    project.write({ "stacks/prod/sales.yaml": made("Sales 2") });
    expect(await checkout()).toEqual(lacks("jakarta/sales.yaml"));
  });

  test("is nobody's loss when it was no roster", async () => {
    for (const name of ["notes.md", ".old.yaml"]) project.delete(`stacks/prod/${name}`);
    expect(await checkout()).toEqual(WHOLE);
  });
});

test("what rosters share lacks, too: without it somebody may stay who was offboarded", async () => {
  project.delete("stacks/prod/people.yaml");
  expect(await checkout()).toEqual(lacks("people.yaml"));
});

test("a submodule that was not fetched lacks", async () => {
  const other = new Project({ "sales.yaml": roster("C") });
  try {
    other.git("init", "-q", "-b", "main");
    other.delete("Pulumi.yaml");
    other.commit();
    const add = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.root, "stacks/prod/medan"];
    project.git(...add);
    project.commit();
    expect(await checkout()).toEqual(WHOLE);
    project.git("submodule", "--quiet", "deinit", "-f", "--all");
    expect(await checkout()).toEqual(lacks("medan"));
  } finally {
    other.remove();
  }
});

test("a folder that is in no repository, or in one without a commit, lacks nothing", async () => {
  project.delete(".git");
  expect(await checkout()).toEqual(WHOLE);
  project.git("init", "-q");
  expect(await checkout()).toEqual(WHOLE);
});

test("another repository's files are not asked for, whatever hooks leave in the environment", async () => {
  const other = new Project({ "stacks/prod/other.yaml": roster("X") });
  const before = { ...process.env };
  try {
    other.git("init", "-q");
    other.commit();
    Object.assign(process.env, { GIT_DIR: join(other.root, ".git"), GIT_WORK_TREE: other.root });
    expect(await checkout()).toEqual(WHOLE);
  } finally {
    process.env = before;
    other.remove();
  }
});

test("a repository that git can't read: nobody can tell", async () => {
  const head = project.git("rev-parse", "HEAD");
  rmSync(join(project.root, ".git/objects", head.slice(0, 2), head.slice(2)));
  expect(await checkout()).toEqual({ kind: "unknown", why: expect.stringContaining("fatal:") as string });
});

test("no git at all: told in a repository, and nowhere else", async () => {
  const { PATH } = process.env;
  mkdirSync(join(project.root, "bin"));
  process.env.PATH = join(project.root, "bin");
  try {
    expect(await checkout()).toMatchObject({
      kind: "unknown",
      why: expect.stringContaining("could not be started") as string,
    });
    project.delete(".git");
    expect(await checkout()).toEqual(WHOLE);
  } finally {
    process.env.PATH = PATH;
  }
});

test("the words name the files, and what to do", () => {
  expect(lacksText("stacks/prod", ["a.yaml"])).toMatch(
    /^1 file of the commit \(HEAD\) is missing in stacks\/prod:\n {2}stacks\/prod\/a\.yaml\n/,
  );
  const many = lacksText(
    "stacks/prod",
    Array.from({ length: 22 }, (_, i) => `${i}.yaml`),
  );
  expect(many).toContain("stacks/prod/19.yaml\n  and 2 more\n");
  for (const command of [
    "git sparse-checkout disable",
    "git submodule update --init",
    "git checkout HEAD -- stacks/prod",
  ])
    expect(many).toContain(`\`${command}\``);
  expect(many).toContain("commit that the files are deleted");
});
