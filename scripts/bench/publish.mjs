/**
 * The bench's JSON → docs/performance.svg and the tables in docs/performance.md.
 *
 *   npm run -s bench > bench.json && node scripts/bench/publish.mjs bench.json
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  AS_NOTHING,
  COMPARED,
  least,
  MEMORY_AS_NOTHING,
  rollCallBound,
  STATE_BYTES_A_GROUP,
  STATE_BYTES_AN_INVITATION,
  throttledBound,
} from "./bounds.mjs";
import { plot } from "./plot.mjs";

/** @import { Result, Role, Size } from "./result.js" */

const MARKS = /(<!-- generated: figures -->\n)[^]*?(\n<!-- end of figures -->)/;

/** @param {string} name */
const docs = (name) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));

/** The tables as Markdown. @param {Result} result */
function figures({
  commit,
  machine,
  settings,
  sizes,
  floor,
  removals,
  rollCalls,
  throttled,
  links,
  invitations,
  serial,
  bounds,
  seconds,
}) {
  const gigabytes = (machine.memoryBytes / 2 ** 30).toFixed(0);
  /** @param {string} label @param {(size: Size) => string} cell */
  const row = (label, cell) => [label, ...sizes.map(cell)];
  /** @param {"preview" | "up"} name */
  const phase = (name) => [
    row(`${name}, Rollcall`, (size) => s(least(size[name].rollcall))),
    row(`${name}, no-op resources`, (size) => s(least(size[name][COMPARED]))),
    row(`as part of it (bound ${AS_NOTHING})`, (size) => ratio(size[name])),
    row(`${name}, the engine by itself`, ({ groups }) => (groups === floor.groups ? s(floor[name]) : "")),
  ];
  return [
    `Measured on ${machine.cpus} cores, ${gigabytes} GiB, ${machine.platform} ${machine.arch}, Node.js ${machine.node}, in ${minutes(seconds)}, at commit ${commit}: ` +
      `${bounds.filter(({ ok }) => ok).length} of ${bounds.length} bounds kept.`,
    "### Without changes",
    table(
      row("", ({ groups }) => `${groups} groups`),
      [
        ...phase("preview"),
        ...phase("up"),
        row("listings at the server, preview and up", ({ calls }) => `${calls.preview.lists}, ${calls.up.lists}`),
        row(
          "preview of changes only, one changed roster",
          ({ changes }) => `${s(changes.seconds)}, ${changes.calls.lists} listing`,
        ),
        row("first up, state written once at its end", ({ created }) =>
          created.rollcall === undefined ? "" : s(created.rollcall),
        ),
        row(`state, bytes a group (bound ${STATE_BYTES_A_GROUP})`, ({ groups, stateBytes }) =>
          (stateBytes / groups).toFixed(0),
        ),
        row("`rollcall validate`", ({ validate }) => `${s(validate.seconds)}, ${mb(validate.memoryBytes)}`),
        row("`rollcall diff` of one changed roster", ({ diff }) => `${s(diff.seconds)}, ${mb(diff.memoryBytes)}`),
      ],
    ),
    `### Peak memory of each process, Rollcall and no-op (bound ${MEMORY_AS_NOTHING})`,
    table(
      row("", ({ groups }) => `${groups} groups`),
      Object.keys(sizes[0]?.memory.rollcall ?? {}).map((role) =>
        row(role, ({ memory }) => pair(memory, /** @type {Role} */ (role))),
      ),
    ),
    `### Roll call, with ${settings.latencyMs} ms of latency`,
    table(
      ["calls a second", "groups", "took", "bound: 1.05 × N/Q + 2 s"],
      rollCalls.map((roll) => [roll.callsPerSecond, roll.groups, s(roll.seconds), s(rollCallBound(roll))]),
    ),
    `A provider that lists one group after the other, in \`diff\`, listed ${serial.groups} groups in ${s(serial.naiveListing)}; the roll call at ` +
      `${serial.callsPerSecond} calls a second took ${s(serial.rollCall)}.`,
    "### An account limited to half of `callsPerSecond`",
    table(
      ["limit", "`callsPerSecond`", "groups", "run took", "bound: 1.2 × N/limit", "refused calls", "failures"],
      throttled.map((run) => [
        ...[run.limit, run.callsPerSecond, run.groups, s(run.runSeconds), s(throttledBound(run))],
        ...[run.throttled, run.failed + run.groups - run.lists],
      ]),
    ),
    `Removing ${removals.people} people from ${removals.from} of ${removals.groups} groups took ${removals.lists} listings and ${removals.deletes} deletes.`,
    `Sending ${invitations.sent.sends} invitations, one a group, took ${invitations.sent.lists} listings and ${invitations.sent.groupLists} pages of the list of ` +
      `groups. While they are open, an up takes ${invitations.open.messageLists} pages of the list of messages, and each adds ` +
      `${((invitations.stateBytes.open - invitations.stateBytes.adopted) / invitations.groups).toFixed(0)} bytes to the state (bound ${STATE_BYTES_AN_INVITATION}).`,
    `${links.groups} groups with subject and invite link took ${links.with.up.lists} listings and ${links.with.up.groupLists} pages of the list of groups ` +
      `in an up without changes; without these keys, ${links.without.up.groupLists} pages.`,
  ].join("\n\n");
}

/** @param {number} seconds */
const s = (seconds) => `${seconds < 10 ? seconds.toFixed(1) : seconds.toFixed(0)} s`;
/** @param {number | undefined} bytes */
const mb = (bytes) => (bytes === undefined ? "" : `${(bytes / 1e6).toFixed(0)} MB`);
/** @param {number} seconds */
const minutes = (seconds) => `${(seconds / 60).toFixed(0)} minutes`;
/** @param {Size["up"]} times */
const ratio = (times) => (least(times.rollcall) / least(times[COMPARED])).toFixed(2);

/** @param {Size["memory"]} memory @param {Role} role */
function pair({ rollcall, [COMPARED]: nothing }, role) {
  const theirs = nothing[role];
  return theirs === undefined ? mb(rollcall[role]) : `${mb(rollcall[role])}, ${mb(theirs)}`;
}

/**
 * Padded as Prettier pads tables.
 * @param {readonly string[]} head @param {readonly (readonly (string | number)[])[]} rows
 */
function table(head, rows) {
  const body = rows.map((row) => row.map(String));
  const widths = head.map((_, i) => Math.max(3, ...[head, ...body].map((row) => row[i]?.length ?? 0)));
  /** @param {readonly string[]} row */
  const line = (row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

/** @type {unknown} */
const read = JSON.parse(readFileSync(process.argv[2] ?? 0, "utf8"));
const result = /** @type {Result} */ (read);
const page = readFileSync(docs("performance.md"), "utf8");
if (!MARKS.test(page)) throw new Error("docs/performance.md has lost the marks between which figures stand");
writeFileSync(
  docs("performance.md"),
  page.replace(MARKS, (_, head, tail) => `${String(head)}\n${figures(result)}\n${String(tail)}`),
);
writeFileSync(docs("performance.svg"), plot(result));
