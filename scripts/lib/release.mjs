/**
 * What a release has to hold to: the tag, package.json and the CHANGELOG say the same. Pure.
 * @typedef {{ version: string, repository?: string | { url?: string } }} Manifest package.json, as far as it is read
 */

/**
 * The text of a version's section of the CHANGELOG, without its heading; undefined when there is none.
 * @param {string} changelog
 * @param {string} version
 */
export function sectionOf(changelog, version) {
  const lines = changelog.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`## [${version}]`));
  if (start < 0) return undefined;
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith("## ") || /^\[[^\]]+\]: /.test(line));
  const end = length < 0 ? lines.length : start + 1 + length;
  return lines
    .slice(start + 1, end)
    .join("\n")
    .trim();
}

/** `owner/name` of what package.json calls its repository. @param {{ repository?: string | { url?: string } }} manifest */
function repositoryOf({ repository }) {
  const url = typeof repository === "string" ? repository : (repository?.url ?? "");
  return /^(?:git\+)?https:\/\/github\.com\/([^/]+\/[^/]+?)(?:\.git)?$/.exec(url)?.[1];
}

/**
 * Everything that forbids the release, one sentence each.
 * @param {{ tag: string, repository: string, changelog: string,
 *   manifest: { version: string, repository?: string | { url?: string } } }} release
 *   `repository`: the one that the workflow runs in, as `owner/name`
 */
export function releaseProblems({ tag, repository, changelog, manifest }) {
  const problems = [];
  const { version } = manifest;
  if (tag !== `v${version}`)
    problems.push(`The tag is ${tag}, package.json says ${version}: tag v${version}, or correct package.json.`);
  const notes = sectionOf(changelog, version);
  if (notes === undefined)
    problems.push(`CHANGELOG.md has no section "## [${version}]": rename "Unreleased" and add the day.`);
  else if (notes === "") problems.push(`The section of ${version} in CHANGELOG.md is empty.`);
  const named = repositoryOf(manifest);
  if (named !== repository)
    problems.push(
      `package.json names ${named ?? "no repository on GitHub"}, this is ${repository}: npm refuses provenance of another repository.`,
    );
  return problems;
}
