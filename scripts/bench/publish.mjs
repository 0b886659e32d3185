/**
 * The bench's JSON → docs/performance.svg and the tables in docs/performance.md.
 *
 *   npm run -s bench > bench.json && node scripts/bench/publish.mjs bench.json
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { COMPARED, least } from "./bounds.mjs";
import { plot } from "./plot.mjs";

const MARKS = /(<!-- generated: figures -->\n)[^]*?(\n<!-- end of figures -->)/;

const docs = (name) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
function figures({ commit, machine, settings, sizes, removals, rollCalls, throttled, serial, bounds, seconds }) {
  const gigabytes = (machine.memoryBytes / 2 ** 30).toFixed(0);
  return [
    `Measured on ${machine.cpus} cores, ${gigabytes} GiB, ${machine.platform} ${machine.arch}, Node.js ${machine.node}, in ${minutes(seconds)}, at commit ${commit}: ` +
      `${bounds.filter(({ ok }) => ok).length} of ${bounds.length} bounds kept.`,
    "### Without changes",
    table(
      ["", ...sizes.map(({ groups }) => `${groups} groups`)],
      [
        ["preview, Rollcall", ...sizes.map(({ preview }) => s(least(preview.rollcall)))],
        ["preview, no-op resources", ...sizes.map(({ preview }) => s(least(preview[COMPARED])))],
        ["as part of it (bound 1.25)", ...sizes.map(({ preview }) => ratio(preview))],
        ["up, Rollcall", ...sizes.map(({ up }) => s(least(up.rollcall)))],
        ["up, no-op resources", ...sizes.map(({ up }) => s(least(up[COMPARED])))],
        ["as part of it (bound 1.25)", ...sizes.map(({ up }) => ratio(up))],
        [
          "listings at the server, preview and up",
          ...sizes.map(({ calls }) => `${calls.preview.lists}, ${calls.up.lists}`),
        ],
        [
          "preview of changes only, one changed roster",
          ...sizes.map(({ changes }) => `${s(changes.seconds)}, ${changes.lists} listing`),
        ],
        [
          "state, bytes a group (bound 2000)",
          ...sizes.map(({ groups, stateBytes }) => (stateBytes / groups).toFixed(0)),
        ],
        ["`rollcall validate`", ...sizes.map(({ validate }) => `${s(validate.seconds)}, ${mb(validate.memoryBytes)}`)],
        [
          "`rollcall diff` of one changed roster",
          ...sizes.map(({ diff }) => `${s(diff.seconds)}, ${mb(diff.memoryBytes)}`),
        ],
      ],
    ),
    "### Peak memory of each process, Rollcall and no-op (bound 1.5)",
    table(
      ["", ...sizes.map(({ groups }) => `${groups} groups`)],
      Object.keys(sizes[0].memory.rollcall).map((role) => [role, ...sizes.map(({ memory }) => pair(memory, role))]),
    ),
    `### Roll call, with ${settings.latencyMs} ms of latency`,
    table(
      ["calls a second", "groups", "took", "bound: 1.05 × N/Q + 2 s"],
      rollCalls.map(({ callsPerSecond, groups, seconds }) => [
        callsPerSecond,
        groups,
        s(seconds),
        s((1.05 * groups) / callsPerSecond + 2),
      ]),
    ),
    `A provider that lists one group after the other, in \`diff\`, listed ${serial.groups} groups in ${s(serial.naiveListing)}; the roll call at ` +
      `${serial.callsPerSecond} calls a second took ${s(serial.rollCall)}.`,
    "### An account limited to half of `callsPerSecond`",
    table(
      ["limit", "`callsPerSecond`", "groups", "took", "bound: 1.2 × N/limit", "refused calls", "failures"],
      throttled.map(({ limit, callsPerSecond, groups, seconds, lists, throttled: refused, failed }) => [
        ...[limit, callsPerSecond, groups, s(seconds), s((1.2 * groups) / limit), refused, failed + groups - lists],
      ]),
    ),
    `Removing ${removals.removals} people from as many of ${removals.groups} groups took ${removals.lists} listings and ${removals.deletes} deletes.`,
  ].join("\n\n");
}

const s = (seconds) => `${seconds < 10 ? seconds.toFixed(1) : seconds.toFixed(0)} s`;
const mb = (bytes) => (bytes === undefined ? "" : `${(bytes / 1e6).toFixed(0)} MB`);
const minutes = (seconds) => `${(seconds / 60).toFixed(0)} minutes`;
const ratio = (times) => (least(times.rollcall) / least(times[COMPARED])).toFixed(2);

function pair({ rollcall, [COMPARED]: nothing }, role) {
  const theirs = nothing[role];
  return theirs === undefined ? mb(rollcall[role]) : `${mb(rollcall[role])}, ${mb(theirs)}`;
}

/** Padded as Prettier pads tables. */
function table(head, rows) {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, i) => Math.max(3, ...all.map((row) => row[i].length)));
  const line = (row) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`;
  const [first, ...others] = all;
  return [line(first), line(widths.map((width) => "-".repeat(width))), ...others.map(line)].join("\n");
}

const result = JSON.parse(readFileSync(process.argv[2] ?? 0, "utf8"));
const page = readFileSync(docs("performance.md"), "utf8");
if (!MARKS.test(page)) throw new Error("docs/performance.md has lost the marks between which figures stand");
writeFileSync(
  docs("performance.md"),
  page.replace(MARKS, (_, head, tail) => `${head}\n${figures(result)}\n${tail}`),
);
writeFileSync(docs("performance.svg"), plot(result));
