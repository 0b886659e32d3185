/**
 * A report as GitHub's Markdown. Nothing is folded away, and what is too long for a comment is cut from the end of its
 * section: who goes has the most room, every later section keeps some of its own, and what was cut is stated. Groups and
 * links that are changed are all named, even where there is no room to say what is changed.
 */
import { markdown } from "../text/markdown";
import { plural } from "../text/plural";
import type { Report, Section } from "./document";

/** GitHub refuses comments of more than 65,536 characters; GitLab and others take more. */
export const MOST_CHARACTERS = 60_000;
/** What a section keeps for itself, however long those before it are. */
const OWN_ROOM = 3_000;
/** The same for whoever goes. */
const ALARM_ROOM = 10_000;
/** A single cell that is longer is shortened: a refusal that names hundreds of people. */
const LONGEST_CELL = 1_500;
/** Room for the line that states a cut. */
const CUT_ROOM = 200;

export function reportMarkdown({ subject, headline, notes, rest, sections }: Report): string {
  const head = [`**${cell(subject)}: ${cell(headline)}**`, ...notes.map((note) => `> ${cell(note)}`)].join("\n\n");
  const shown = sections.filter(({ rows }) => rows.length > 0).map((section) => new Written(section, rest));
  let room = MOST_CHARACTERS - head.length - CUT_ROOM;
  if (shown.reduce((sum, { length }) => sum + length, 0) <= room) {
    return `${[head, ...shown.map((section) => section.whole())].join("\n\n")}\n`;
  }
  const parts = shown.map((section, index) => {
    const kept = shown.slice(index + 1).reduce((sum, later) => sum + Math.min(later.length, later.ownRoom), 0);
    const text = section.within(room - kept);
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
  private readonly names: readonly string[];
  private readonly most: number;
  readonly length: number;
  readonly ownRoom: number;

  constructor(
    { title, tone, columns, rows, counted, linkColumn, most = Infinity, namesAll = false }: Section,
    private readonly rest = "The rest is in the run's own output",
  ) {
    this.most = most;
    this.ownRoom = tone === "alarm" ? ALARM_ROOM : OWN_ROOM;
    this.names = namesAll ? rows.map(([name = ""]) => cell(name)) : [];
    const table = columns.length > 0;
    this.head = `### ${cell(title)} (${counted ?? rows.length})\n`;
    if (table) this.head += `\n| ${columns.join(" | ")} |\n|${columns.map(() => " --- |").join("")}`;
    this.rows = rows.map((row) =>
      table
        ? `\n| ${row.map((text, at) => (at === linkColumn ? link(text) : cell(text))).join(" | ")} |`
        : `\n- ${row.map(cell).join(" ")}`,
    );
    this.length = this.rows.reduce((sum, row) => sum + row.length, this.head.length + 2);
  }

  whole(): string {
    return this.head + this.rows.join("");
  }

  /** As many rows as fit; the last lines name the others, or say how many there are. */
  within(room: number): string {
    const most = Math.min(room, this.most);
    let text = this.head;
    for (const [index, row] of this.rows.entries()) {
      const rest = this.rows.length - index;
      if (text.length + row.length + (rest > 1 ? CUT_ROOM : 0) > most)
        return text + this.others(index, room - text.length);
      text += row;
    }
    return text;
  }

  private others(from: number, room: number): string {
    const names = this.names.slice(from);
    let named = "";
    for (const [index, name] of names.entries()) {
      const rest = names.length - index;
      if (named.length + name.length + 2 * CUT_ROOM > room) return named + this.cut(rest);
      named +=
        index === 0 ? `\n\n**And ${plural(rest, "more row")} of ${this.rows.length}, by name:** ${name}` : `, ${name}`;
    }
    return names.length > 0 ? named : this.cut(this.rows.length - from);
  }

  private readonly cut = (rest: number): string =>
    `\n\n**Cut here: ${plural(rest, "more row")} of ${this.rows.length}. ${this.rest}.**`;
}
