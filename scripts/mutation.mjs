/**
 * Mutation testing: runs Stryker, then tells the score of each file and every mutant that no test noticed. Fails when
 * src/membership is below its limit. Arguments go to Stryker.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Least share of mutants, in percent, that tests have to notice below each folder. */
const LEAST = { "src/membership": 95, "src/rollcall": 90 };

const root = fileURLToPath(new URL("..", import.meta.url));
const stryker = join(root, "node_modules/@stryker-mutator/core/bin/stryker.js");
const { status } = spawnSync(process.execPath, [stryker, "run", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);

const report = JSON.parse(readFileSync(join(root, ".rollcall/mutation.json"), "utf8"));
const noticed = (mutant) => mutant.status === "Killed" || mutant.status === "Timeout";
const missed = (mutant) => mutant.status === "Survived" || mutant.status === "NoCoverage";

function scoreOf(folder) {
  const mutants = Object.entries(report.files)
    .filter(([file]) => file === folder || file.startsWith(`${folder}/`))
    .flatMap(([, found]) => found.mutants);
  const all = mutants.filter((mutant) => noticed(mutant) || missed(mutant)).length;
  const killed = mutants.filter(noticed).length;
  const ignored = mutants.filter((mutant) => mutant.status === "Ignored").length;
  return { all, killed, ignored, percent: all === 0 ? 100 : (100 * killed) / all };
}

const rows = [...Object.keys(report.files).sort(), ...Object.keys(LEAST)]
  .map((path) => ({ path, ...scoreOf(path) }))
  .filter(({ all, ignored }) => all + ignored > 0);
console.log("\n| file | mutants | noticed | not judged | score |\n| --- | --: | --: | --: | --: |");
for (const { path, all, killed, ignored, percent } of rows)
  console.log(`| \`${path}\` | ${all} | ${killed} | ${ignored} | ${percent.toFixed(1)} % |`);

let failed = false;
for (const [folder, least] of Object.entries(LEAST)) {
  const { percent } = scoreOf(folder);
  if (percent >= least) continue;
  failed = true;
  console.error(`${folder}: the tests notice ${percent.toFixed(1)} % of the mutants, less than ${least} %`);
}
process.exitCode = failed ? 1 : 0;
