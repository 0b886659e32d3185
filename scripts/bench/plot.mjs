/** The bench's figures as a picture: bars of time, each beside what it is compared with. Pure. */
import { AS_NOTHING, COMPARED, least, rollCallBound, throttledBound } from "./bounds.mjs";

/** @import { Measured } from "./result.js" */

const WIDTH = 760;
const LABEL = 330;
const BAR = 16;
const GAP = 7;
const INK = { rollcall: "#2563eb", nothing: "#94a3b8", bound: "#dc2626", text: "#475569" };

/**
 * A bar of the picture; in seconds.
 * @typedef {{ label: string, value: number, bound?: number, ink: string }} Row
 */

/** Draws the picture. @param {Pick<Measured, "sizes" | "rollCalls" | "throttled">} measured */
export function plot({ sizes, rollCalls, throttled }) {
  /** @type {readonly Row[]} */
  const rows = [
    ...sizes.flatMap(({ groups, preview, up }) =>
      Object.entries({ preview, up }).flatMap(([phase, seconds]) => [
        {
          label: `${phase}, ${groups} groups`,
          value: least(seconds.rollcall),
          bound: AS_NOTHING * least(seconds[COMPARED]),
          ink: INK.rollcall,
        },
        { label: "as many no-op resources", value: least(seconds[COMPARED]), ink: INK.nothing },
      ]),
    ),
    ...rollCalls.map((roll) => ({
      label: `roll call, ${roll.groups} groups at ${roll.callsPerSecond} a second`,
      value: roll.seconds,
      bound: rollCallBound(roll),
      ink: INK.rollcall,
    })),
    ...throttled.map((run) => ({
      label: `run, ${run.groups} groups, limited to ${run.limit} a second`,
      value: run.runSeconds,
      bound: throttledBound(run),
      ink: INK.rollcall,
    })),
  ];
  const most = Math.max(...rows.map(({ value, bound = 0 }) => Math.max(value, bound)));
  /** @param {number} value */
  const scale = (value) => (value / most) * (WIDTH - LABEL - 90);
  const height = rows.length * (BAR + GAP) + 60;
  const bars = rows.map(({ label, value, bound, ink }, index) => {
    const y = 40 + index * (BAR + GAP);
    const end = LABEL + scale(Math.max(value, bound ?? 0));
    const mark = bound === undefined ? "" : line(LABEL + scale(bound), y);
    return (
      text(LABEL - 8, y + 12, label, "end") +
      `<rect x="${LABEL}" y="${y}" width="${round(scale(value))}" height="${BAR}" fill="${ink}"/>${mark}` +
      text(round(end + 6), y + 12, `${value.toFixed(1)} s`, "start")
    );
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Seconds of previews, ups and roll calls, each with its bound">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<g font-family="ui-sans-serif, system-ui, sans-serif" font-size="12">`,
    text(LABEL, 22, "seconds; the red line is the bound", "start"),
    ...bars,
    "</g></svg>\n",
  ].join("\n");
}

/** @param {number} value */
const round = (value) => Number(value.toFixed(1));
/** @param {number} x @param {number} y */
const line = (x, y) =>
  `<line x1="${round(x)}" y1="${y - 3}" x2="${round(x)}" y2="${y + BAR + 3}" stroke="${INK.bound}" stroke-width="2"/>`;
/** @param {number} x @param {number} y @param {string} words @param {"start" | "end"} anchor */
const text = (x, y, words, anchor) =>
  `<text x="${x}" y="${y}" fill="${INK.text}" text-anchor="${anchor}">${words}</text>`;
