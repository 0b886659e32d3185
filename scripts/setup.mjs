/**
 * Set-up: everything that `npm test`, `npm run demo` and `npx pulumi` need, on a machine that has Node.js and npm.
 *
 * This file is kept in words that old releases of Node.js can read, so that they can be told that they are too old;
 * everything else is loaded after that check.
 */
import { nodeProblem } from "./lib/version.mjs";

const problem = nodeProblem(process.version);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  void import("./lib/setup.mjs").then(({ setUp }) => setUp());
}
