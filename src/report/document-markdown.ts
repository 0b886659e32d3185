/**
 * A report as GitHub's Markdown. Nothing is folded away, and what is too long for a comment is cut from the end of its
 * section: who goes stands first and has the most room, every later section keeps some of its own, and what was cut is
 * stated.
 */
import { markdown } from "../text/markdown";
import { plural } from "../text/plural";
import type { Report, Section } from "./document";

/** GitHub refuses comments of more than 65,536 characters; GitLab and others take more. */
export const MOST_CHARACTERS = 60_000;
/** What a section keeps for itself, however long those before it are. */
const OWN_ROOM = 3_000;
/** A single cell that is longer is shortened: a refusal that names hundreds of people. */
const LONGEST_CELL = 1_500;
/** Room for the line that states a cut. */
const CUT_ROOM = 200;

export function reportMarkdown({ subject, headline, notes, sections }: Report): string {
  const head = [`**${cell(subject)}: ${cell(headline)}**`, ...notes.map((note) => `> ${cell(note)}`)].join("\n\n");
  const shown = sections.filter(({ rows }) => rows.length > 0).map((section) => new Written(section));
  let room = MOST_CHARACTERS - head.length - CUT_ROOM;
  const parts = shown.map((section, index) => {
    const kept = shown.slice(index + 1).reduce((sum, later) => sum + Math.min(later.length, OWN_ROOM), 0);
    const text = section.within(Math.min(room - kept, section.most));
    room -= text.length + 2;
    return text;
  });
  return `${[head, ...parts].join("\n\n")}\n`;
}

function cell(text: string): string {
  return markdown(text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text);
}

/** Only what is nothing but an invite link stays one. */
const link = (text: string): string =>
  /^https:\/\/chat\.whatsapp\.com\/[A-Za-z0-9_-]+$/.test(text) ? text : cell(text);

/** One section, written row by row. */
class Written {
  private readonly head: string;
  private readonly rows: readonly string[];
  readonly length: number;
  readonly most: number;

  constructor({ title, columns, rows, linkColumn, most = Infinity }: Section) {
    this.most = most;
    const table = columns.length > 0;
    this.head = `### ${cell(title)} (${rows.length})\n`;
    if (table) this.head += `\n| ${columns.join(" | ")} |\n|${columns.map(() => " --- |").join("")}`;
    this.rows = rows.map((row) =>
      table
        ? `\n| ${row.map((text, at) => (at === linkColumn ? link(text) : cell(text))).join(" | ")} |`
        : `\n- ${row.map(cell).join(" ")}`,
    );
    this.length = this.rows.reduce((sum, row) => sum + row.length, this.head.length + 2);
  }

  /** As many rows as fit; the last line says how many did not. */
  within(room: number): string {
    let text = this.head;
    for (const [index, row] of this.rows.entries()) {
      const rest = this.rows.length - index;
      if (text.length + row.length + (rest > 1 ? CUT_ROOM : 0) > room) {
        return `${text}\n\n**Cut here: ${plural(rest, "more row")} of ${this.rows.length}. The rest is in the run's own output.**`;
      }
      text += row;
    }
    return text;
  }
}
