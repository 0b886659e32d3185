/**
 * `node scripts/release.mjs TAG OWNER/NAME`: writes the notes of the release to stdout, which are the CHANGELOG's section of
 * that version. Refuses, and names everything that is wrong, when the tag, package.json and the CHANGELOG do not say the same.
 */
import { readFileSync } from "node:fs";
import { releaseProblems, sectionOf } from "./lib/release.mjs";

/** @param {string} name */
const read = (name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
const [tag = "", repository = ""] = process.argv.slice(2);
/** @type {unknown} */
const parsed = JSON.parse(read("package.json"));
const manifest = /** @type {import("./lib/release.mjs").Manifest} */ (parsed);
const changelog = read("CHANGELOG.md");

const problems = releaseProblems({ tag, repository, changelog, manifest });
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exitCode = 1;
} else {
  console.log(sectionOf(changelog, manifest.version));
}
