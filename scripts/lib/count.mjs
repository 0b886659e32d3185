/**
 * What Jest's results come to.
 * @typedef {{ numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number, numTotalTestSuites: number, testResults?: readonly { name: string, status: string, message: string }[] }} Results
 *   Jest's JSON, as far as it is read. `message` is what Jest prints of the failures of one file.
 */

import { relative } from "node:path";
import { readJson } from "./json.mjs";

/** So many lines of a file's failures are told once more: enough for the first ones with their code. */
const MAX_LINES = 60;

/** What Jest has written; undefined when it wrote nothing. @param {string} file */
export const readResults = (file) => /** @type {Results | undefined} */ (readJson(file));

/**
 * A suite that could not run at all is one failed test; so is a run that ended badly though no test did.
 * @param {Results | undefined} results undefined when it wrote none
 * @param {number} code Jest's exit code
 */
export function count(results, code) {
  const passed = results?.numPassedTests ?? 0;
  const failed = (results?.numFailedTests ?? 0) + (results?.numRuntimeErrorTestSuites ?? 0);
  return { passed, failed: failed === 0 && (code !== 0 || !results) ? 1 : failed };
}

/** How many suites were chosen. @param {Results | undefined} results */
export function suites(results) {
  return results?.numTotalTestSuites ?? 0;
}

/**
 * What failed, file by file, to be told once more where the output ends: a long run is often kept from its end only.
 * @param {Results | undefined} results
 * @param {string} root the folder that files are named from
 * @returns {string[]} a text for each file that has a failure
 */
export function failures(results, root) {
  const failed = (results?.testResults ?? []).filter(({ status }) => status === "failed");
  return failed.map(({ name, message }) => {
    const lines = message.trim().split("\n");
    const more = lines.length > MAX_LINES ? [`  … ${lines.length - MAX_LINES} more lines above`] : [];
    return [relative(root, name), ...lines.slice(0, MAX_LINES), ...more].join("\n");
  });
}

/** The last line, for programs. @param {{ passed: number, failed: number }} total */
export function plainLine({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}
