/** What the chaos prints: one line a run, and a table at the end. */

/** @param {{ seed: number, scenario: { mischiefs: object[] }, struck: boolean[], runs: number, problems: string[] }} result */
export function describe({ seed, scenario, struck, runs, problems }, done, of) {
  const what = scenario.mischiefs.map((mischief, nth) => `${nameOf(mischief)}${struck[nth] ? "" : " (not reached)"}`);
  const end = problems.length === 0 ? `at rest after ${runs} more` : "FAILED";
  return `${String(done).padStart(4)}/${of}  seed ${seed}  ${what.join(", then ")}: ${end}`;
}

function nameOf({ kind, command, step, manner, fault, times, room, ...mischief }) {
  const inCommand = command === "up" ? "" : ` of ${command}`;
  if (kind === "fault") return `${fault} × ${times} from the ${step}${inCommand} on`;
  if (kind === "disk") return `audit log's disk full after ${room} bytes`;
  const at = step === "any time" ? step : `the ${step}`;
  return `${whatOf({ kind, ...mischief })} at ${at}${inCommand}${manner === "" ? "" : `, ${manner}`}`;
}

function whatOf({ kind, victim, signal, target }) {
  return { fault: "CAMS fails", kill: `${victim} killed`, signal: `${signal} to ${target}`, disk: "disk full" }[kind];
}

const stepOf = ({ command, step }) => (command === "up" ? step : `${step} (${command})`);

/** How often what struck where, and how it ended. */
export function summary(results) {
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
  const widths = head.map((title, column) => Math.max(title.length, ...body.map((row) => row[column].length)));
  return [head, ...body].map((row) => row.map((cell, at) => cell.padEnd(widths[at])).join("  ")).join("\n");
}
