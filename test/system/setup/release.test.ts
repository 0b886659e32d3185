import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { folder, ROOT } from "./support";

const CHANGELOG = `# Changelog

## [Unreleased]

- Not yet

## [0.2.0] - 2026-12-01

### Added

- Groups

## [0.1.0] - 2026-11-01

- The start

[0.2.0]: https://example.com/0.2.0
[0.1.0]: https://example.com/0.1.0
`;
const GITHUB = { type: "git", url: "git+https://github.com/team/rollcall.git" };

interface Project {
  readonly changelog?: string;
  readonly version?: string;
  readonly repository?: unknown;
}

function release(tag: string, { changelog = CHANGELOG, version = "0.2.0", repository = GITHUB }: Project = {}) {
  const root = folder({ "CHANGELOG.md": changelog, "package.json": { version, repository } });
  cpSync(join(ROOT, "scripts"), join(root, "scripts"), { recursive: true });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "scripts/release.mjs"), tag, "team/rollcall"],
    {
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

test("the notes are the section of the version, and nothing of the others", () => {
  expect(release("v0.2.0")).toEqual({ status: 0, stdout: "### Added\n\n- Groups\n", stderr: "" });
});

test("the last section ends before the links", () => {
  expect(release("v0.1.0", { version: "0.1.0" })).toEqual({ status: 0, stdout: "- The start\n", stderr: "" });
});

test.each([
  ["another version than package.json's", "v0.3.0", {}, /The tag is v0\.3\.0, package\.json says 0\.2\.0/],
  ["no v", "0.2.0", {}, /The tag is 0\.2\.0/],
  ["no section", "v0.20.0", { version: "0.20.0" }, /CHANGELOG\.md has no section "## \[0\.20\.0\]"/],
  [
    "an empty section",
    "v0.2.0",
    { changelog: "## [0.2.0] - 2026-12-01\n\n## [0.1.0]\n\n- x\n" },
    /section of 0\.2\.0 in CHANGELOG\.md is empty/,
  ],
  ["no repository", "v0.2.0", { repository: null }, /names no repository on GitHub, this is team\/rollcall/],
  [
    "a placeholder as repository",
    "v0.2.0",
    { repository: { url: "git+https://github.com/OWNER/rollcall.git" } },
    /names OWNER\/rollcall, this is team\/rollcall/,
  ],
])("%s: refused, without notes", (_, tag, project, said) => {
  const { status, stdout, stderr } = release(tag, project);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(said);
});

test("all that is wrong is told at once", () => {
  expect(release("v9.9.9", { changelog: "", repository: "team/other" }).stderr.trim().split("\n")).toHaveLength(3);
});
