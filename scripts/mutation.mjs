/**
 * Mutation testing: runs Stryker room by room, then tells the score of each file and every mutant that no test noticed.
 * Fails when a room is below its limit. `npm run mutation -- rollcall` runs one room.
 *
 * What was noticed in an earlier run is kept below .rollcall/mutation and not tried again while code and tests stay the
 * same; what was not noticed, or only by a time-out, is always tried again. `rm -r .rollcall/mutation` tries everything.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Least share of mutants, in percent, that tests have to notice in each room. */
const LEAST = { membership: 99, memory: 99, rollcall: 95 };

const root = fileURLToPath(new URL("..", import.meta.url));
const stryker = join(root, "node_modules/@stryker-mutator/core/bin/stryker.js");
const named = process.argv.slice(2);

const noticed = ({ status }) => status === "Killed" || status === "Timeout";
const missed = ({ status }) => status === "Survived" || status === "NoCoverage";

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
 */
function forgetDoubtful(known) {
  if (!existsSync(known)) return;
  const report = JSON.parse(readFileSync(known, "utf8"));
  for (const file of Object.values(report.files))
    file.mutants = file.mutants.filter((mutant) => mutant.status !== "Timeout" && !missed(mutant));
  writeFileSync(known, JSON.stringify(report));
}

let failed = false;
for (const room of named.length === 0 ? Object.keys(LEAST) : named) {
  forgetDoubtful(join(root, `.rollcall/mutation/${room}-known.json`));
  const env = { ...process.env, ROOM: room };
  const { status } = spawnSync(process.execPath, [stryker, "run"], { cwd: root, stdio: "inherit", env });
  if (status !== 0) process.exit(status ?? 1);

  const { files } = JSON.parse(readFileSync(join(root, `.rollcall/mutation/${room}.json`), "utf8"));
  const all = Object.values(files).flatMap(({ mutants }) => mutants);
  const rows = [
    ...Object.entries(files).map(([path, { mutants }]) => row(path, mutants)),
    row(`src/${room}`, all),
  ].filter(({ judged }) => judged > 0);

  console.log("\n| file | mutants | noticed | by time-out | score |\n| --- | --: | --: | --: | --: |");
  for (const { path, judged, killed, endless, percent } of rows)
    console.log(`| \`${path}\` | ${judged} | ${killed} | ${endless} | ${percent.toFixed(1)} % |`);
  console.log("\nNot noticed:");
  for (const [path, { source, mutants }] of Object.entries(files))
    for (const { location, mutatorName, replacement } of mutants.filter(missed)) {
      const line = source.split("\n")[location.start.line - 1].trim();
      console.log(
        `- ${path}:${location.start.line}:${location.start.column} ${mutatorName} → ${replacement}\n    ${line}`,
      );
    }

  const { percent } = rows.at(-1);
  if (percent < LEAST[room]) {
    failed = true;
    console.error(`src/${room}: the tests notice ${percent.toFixed(1)} % of the mutants, less than ${LEAST[room]} %`);
  }
}
process.exitCode = failed ? 1 : 0;
