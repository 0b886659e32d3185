/**
 * The unit tests and the demo's story on the supported releases of Node.js that the machine does not have. It runs after
 * the whole suite on the machine's own: `node scripts/nodes.mjs [FILE]` writes what it found to FILE.
 * @typedef {{ passed: number, failed: number, failures: string[] }} OfNodes `failures` has a text for each thing that failed
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { count, failures, plainLine, readResults } from "./lib/count.mjs";
import { Failure, renderFailure } from "./lib/failure.mjs";
import { otherNodes, provideNode } from "./lib/nodes.mjs";
import { handleInterrupts, onInterrupt } from "./lib/run.mjs";
import { killAll, show } from "./local/processes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs a script of the project with that Node.js; programs that it starts find the same one on PATH.
 * @param {string} bin its folder
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
function start(bin, args) {
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
  return show(join(bin, "node"), args, { cwd: root, env });
}

/** @param {string} version @param {string} scratch @returns {Promise<OfNodes>} */
async function check(version, scratch) {
  const bin = await provideNode(root, version, process.env);
  const results = join(scratch, `${version}.json`);
  const jest = join(root, "node_modules/jest/bin/jest.js");
  console.log(`\n${version}: the unit tests`);
  const args = ["--selectProjects", "unit", "--ci", "--silent", "--json", "--outputFile", results];
  const code = await start(bin, [jest, ...args]);
  const found = readResults(results);
  const suites = count(found, code);
  console.log(`\n${version}: the demo's story`);
  const story = await start(bin, [join(root, "scripts/demo.mjs")]);
  return {
    passed: suites.passed + (story ? 0 : 1),
    failed: suites.failed + (story ? 1 : 0),
    failures: [...failures(found, root), ...(story ? ["the demo's story"] : [])].map((text) => `${version}: ${text}`),
  };
}

const scratch = mkdtempSync(join(tmpdir(), "rollcall-nodes-"));
const cleanUp = () => rmSync(scratch, { recursive: true, force: true });
handleInterrupts();
onInterrupt(killAll);
onInterrupt(cleanUp);
/** @type {OfNodes} */
const total = { passed: 0, failed: 0, failures: [] };
for (const version of otherNodes(process.version)) {
  try {
    const found = await check(version, scratch);
    total.passed += found.passed;
    total.failed += found.failed;
    total.failures.push(...found.failures);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(renderFailure(error));
    // As everything that wants a registry: outside CI it is left out, loudly.
    if (process.env.CI) total.failed += 1;
    else console.error(`\nNOT TESTED: Node.js ${version}.\n`);
  }
}
cleanUp();
if (process.argv[2]) writeFileSync(process.argv[2], JSON.stringify(total));
console.log(`Other releases of Node.js: ${plainLine(total)}`);
process.exitCode = total.failed ? 1 : 0;
