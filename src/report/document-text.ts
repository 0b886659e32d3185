import { clean } from "../text/clean";
import { paint, type Style } from "../text/paint";
import type { Report, Section } from "./document";
import { align } from "./summary";

const STYLES: Readonly<Record<Section["tone"], Style>> = {
  alarm: ["bold", "red"],
  caution: ["bold", "yellow"],
  plain: "bold",
};

/** A report for a terminal or a log: aligned, and safe whatever the names hold. */
export function reportText(
  { subject, headline, notes, sections }: Report,
  options: { readonly colour?: boolean } = {},
): string {
  const painted = (text: string, tone: Section["tone"]) => paint(text, STYLES[tone], options.colour === true);
  const parts = sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, tone, rows, counted = String(rows.length) }) => {
      const lines = align(rows.map((row) => row.map(clean)));
      return [painted(`${clean(title)} (${counted})`, tone), ...lines.map((line) => `  ${line}`)].join("\n");
    });
  const head = [
    painted(`${clean(subject)}: ${clean(headline)}`, "plain"),
    ...notes.map((note) => `note: ${clean(note)}`),
  ];
  return `${[head.join("\n"), ...parts].join("\n\n")}\n`;
}
