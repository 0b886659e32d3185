/** What the chaos prints: one line a run, and a table at the end. */

/**
 * @import { Command, Mischief, Played } from "./types.js"
 * @typedef {Played & { seed: number }} Result
 */

/** One line of a run. @param {Result} result @param {number} done @param {number} of */
export function describe({ seed, scenario, struck, runs, problems }, done, of) {
  const what = scenario.mischiefs.map((mischief, nth) => `${nameOf(mischief)}${struck[nth] ? "" : " (not reached)"}`);
  const end = problems.length === 0 ? `at rest after ${runs} more` : "FAILED";
  return `${String(done).padStart(4)}/${of}  seed ${seed}  ${what.join(", then ")}: ${end}`;
}

/** @param {Mischief & { command: Command }} mischief */
function nameOf(mischief) {
  const { command, step } = mischief;
  const inCommand = command === "up" ? "" : ` of ${command}`;
  if (mischief.kind === "fault") return `${mischief.fault} × ${mischief.times} from the ${step}${inCommand} on`;
  if (mischief.kind === "disk") return `audit log's disk full after ${mischief.room} bytes`;
  const at = step === "any time" ? step : `the ${step}`;
  const manner = mischief.manner === "" ? "" : `, ${mischief.manner}`;
  return `${whatOf(mischief)} at ${at}${inCommand}${manner}`;
}

/** @param {Mischief} mischief */
function whatOf(mischief) {
  switch (mischief.kind) {
    case "fault":
      return "CAMS fails";
    case "kill":
      return `${mischief.victim} killed`;
    case "signal":
      return `${mischief.signal} to ${mischief.target}`;
    case "disk":
      return "disk full";
  }
}

/** @param {Pick<Mischief & { command: Command }, "command" | "step">} mischief */
const stepOf = ({ command, step }) => (command === "up" ? step : `${step} (${command})`);

/** How often what struck where, and how it ended. @param {readonly Result[]} results */
export function summary(results) {
  /** @type {Map<string, { what: string, step: string, struck: number, missed: number, failed: number }>} */
  const rows = new Map();
  for (const { scenario, struck, problems } of results) {
    for (const [nth, mischief] of scenario.mischiefs.entries()) {
      const [what, step] = [whatOf(mischief), stepOf(mischief)];
      const key = `${what}|${step}`;
      const row = rows.get(key) ?? { what, step, struck: 0, missed: 0, failed: 0 };
      row[struck[nth] ? "struck" : "missed"] += 1;
      row.failed += problems.length > 0 ? 1 : 0;
      rows.set(key, row);
    }
  }
  const head = ["what", "at", "struck", "not reached", "runs failed"];
  const body = [...rows.values()]
    .sort((a, b) => (a.what + a.step < b.what + b.step ? -1 : 1))
    .map(({ what, step, struck, missed, failed }) => [what, step, ...[struck, missed, failed].map(String)]);
  const widths = head.map((title, column) => Math.max(title.length, ...body.map((row) => row[column]?.length ?? 0)));
  return [head, ...body].map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ")).join("\n");
}
