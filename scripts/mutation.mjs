/**
 * Mutation testing: runs Stryker room by room, then tells the score of each file and every mutant that no test noticed.
 * Fails when a room is below its limit. `npm run mutation -- execution` runs one room.
 *
 * What was noticed in an earlier run is kept below .rollcall/mutation and not tried again while code and tests stay the
 * same; what was not noticed, or only by a time-out, is always tried again. `rm -r .rollcall/mutation` tries everything.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * What is read of Stryker's report.
 * @typedef {{ status: string, mutatorName: string, replacement?: string,
 *   location: { start: { line: number, column: number } } }} Mutant
 * @typedef {{ files: Readonly<Record<string, { source: string, mutants: Mutant[] }>> }} Report
 */

/**
 * Least share of mutants, in percent, that tests have to notice in each room.
 * @type {Readonly<Record<string, number>>}
 */
const LEAST = { membership: 99, groups: 99, invitations: 99, memory: 99, execution: 95 };

const root = fileURLToPath(new URL("..", import.meta.url));
const stryker = join(root, "node_modules/@stryker-mutator/core/bin/stryker.js");
const named = process.argv.slice(2);

/** @param {Mutant} mutant */
const noticed = ({ status }) => status === "Killed" || status === "Timeout";
/** @param {Mutant} mutant */
const missed = ({ status }) => status === "Survived" || status === "NoCoverage";

/** @param {string} file */
function readReport(file) {
  /** @type {unknown} */
  const report = JSON.parse(readFileSync(file, "utf8"));
  return /** @type {Report} */ (report);
}

/** A row of the table. @param {string} path @param {readonly Mutant[]} mutants */
function row(path, mutants) {
  const judged = mutants.filter((mutant) => noticed(mutant) || missed(mutant));
  const killed = judged.filter(noticed).length;
  const endless = judged.filter(({ status }) => status === "Timeout").length;
  const percent = judged.length === 0 ? 100 : (100 * killed) / judged.length;
  return { path, judged: judged.length, killed, endless, percent };
}

/**
 * Stryker would not try a missed mutant of a constant again when nothing but tests has changed. And a time-out may have
 * been the machine's, not the mutant's.
 * @param {string} known a file
 */
function forgetDoubtful(known) {
  if (!existsSync(known)) return;
  const report = readReport(known);
  for (const file of Object.values(report.files))
    file.mutants = file.mutants.filter((mutant) => mutant.status !== "Timeout" && !missed(mutant));
  writeFileSync(known, JSON.stringify(report));
}

let failed = false;
for (const room of named.length === 0 ? Object.keys(LEAST) : named) {
  const limit = LEAST[room];
  if (limit === undefined) throw new Error(`there is no room ${room}, only ${Object.keys(LEAST).join(", ")}`);
  forgetDoubtful(join(root, `.rollcall/mutation/${room}-known.json`));
  const env = { ...process.env, ROOM: room };
  const { status } = spawnSync(process.execPath, [stryker, "run"], { cwd: root, stdio: "inherit", env });
  if (status !== 0) process.exit(status ?? 1);

  const { files } = readReport(join(root, `.rollcall/mutation/${room}.json`));
  const whole = row(
    `src/${room}`,
    Object.values(files).flatMap(({ mutants }) => mutants),
  );
  const rows = [...Object.entries(files).map(([path, { mutants }]) => row(path, mutants)), whole].filter(
    ({ judged }) => judged > 0,
  );

  console.log("\n| file | mutants | noticed | by time-out | score |\n| --- | --: | --: | --: | --: |");
  for (const { path, judged, killed, endless, percent } of rows)
    console.log(`| \`${path}\` | ${judged} | ${killed} | ${endless} | ${percent.toFixed(1)} % |`);
  console.log("\nNot noticed:");
  for (const [path, { source, mutants }] of Object.entries(files))
    for (const { location, mutatorName, replacement } of mutants.filter(missed)) {
      const { line, column } = location.start;
      const text = source.split("\n")[line - 1]?.trim() ?? "";
      console.log(`- ${path}:${line}:${column} ${mutatorName} → ${replacement ?? ""}\n    ${text}`);
    }

  if (whole.percent < limit) {
    failed = true;
    console.error(`src/${room}: the tests notice ${whole.percent.toFixed(1)} % of the mutants, less than ${limit} %`);
  }
}
process.exitCode = failed ? 1 : 0;
