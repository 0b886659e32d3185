import { clean } from "../roster/clean";
import type { Report, Section } from "./document";
import { align } from "./summary";

const STYLES = { alarm: "\u001b[1;31m", caution: "\u001b[1;33m", plain: "\u001b[1m" } as const;
const PLAIN = "\u001b[0m";

/** A report for a terminal or a log: aligned, and safe whatever the names hold. */
export function reportText(
  { subject, headline, notes, sections }: Report,
  options: { readonly colour?: boolean } = {},
): string {
  const paint = (text: string, tone: Section["tone"]) =>
    options.colour === true ? `${STYLES[tone]}${text}${PLAIN}` : text;
  const parts = sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, tone, rows }) => {
      const lines = align(rows.map((row) => row.map(clean)));
      return [paint(`${clean(title)} (${rows.length})`, tone), ...lines.map((line) => `  ${line}`)].join("\n");
    });
  const head = [
    paint(`${clean(subject)}: ${clean(headline)}`, "plain"),
    ...notes.map((note) => `note: ${clean(note)}`),
  ];
  return `${[head.join("\n"), ...parts].join("\n\n")}\n`;
}
