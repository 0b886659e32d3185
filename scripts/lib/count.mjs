/**
 * What Jest's results come to.
 * @typedef {{ numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number, numTotalTestSuites: number }} Results
 *   Jest's JSON, as far as it is read
 */

import { readJson } from "./json.mjs";

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

/** The last line, for programs. @param {{ passed: number, failed: number }} total */
export function plainLine({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}
