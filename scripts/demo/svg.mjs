import { stripVTControlCharacters } from "node:util";

const COLUMNS = 112;
const LINE = 18;
const PADDING = 16;
const PAPER = "#0d1117";
const INK = "#c9d1d9";

/**
 * What a line is about decides its colour, as Pulumi's own colours do.
 * @type {readonly (readonly [form: RegExp, ink: string])[]}
 */
const INKS = [
  [/^\$/, "#79c0ff"],
  [/^\s+-\s/, "#ff7b72"],
  [/^\s+\+\s|removals/, "#7ee787"],
  [/^\s+~\s/, "#d29922"],
  [/dropped from roster|never declared/, "#ff7b72"],
];

/**
 * Draws a terminal with these lines.
 * @param {readonly string[]} lines
 */
export function toSvg(lines) {
  const text = lines
    .map((line) => stripVTControlCharacters(line).trimEnd())
    .filter((line, i, all) => line !== "" || all[i - 1] !== "");
  const height = text.length * LINE + 2 * PADDING;
  const width = COLUMNS * 8 + 2 * PADDING;
  const rows = text.map((line, i) => {
    const ink = INKS.find(([form]) => form.test(line))?.[1] ?? INK;
    return `<text x="${PADDING}" y="${PADDING + (i + 1) * LINE - 5}" fill="${ink}" xml:space="preserve">${escape(line.slice(0, COLUMNS))}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A pulumi preview that names the two people who would be removed, and why">`,
    `<rect width="100%" height="100%" rx="8" fill="${PAPER}"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13">`,
    ...rows,
    "</g></svg>\n",
  ].join("\n");
}

/** @param {string} text */
function escape(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
