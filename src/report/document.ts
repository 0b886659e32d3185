/**
 * What every report is made of: a headline and sections of rows, most important first. The forms (`document-text.ts`,
 * `document-markdown.ts`) only write it down, so that a terminal and a pull request say the same.
 */
export interface Report {
  /** Which stack, or where it was read from. */
  readonly subject: string;
  /** The outcome in one sentence. */
  readonly headline: string;
  /** What a reader has to know to trust the rest. */
  readonly notes: readonly string[];
  /** Where all of it is, as a sentence without its stop, for where it is cut; without this, in the run's own output. */
  readonly rest?: string;
  /** Sections without rows are left out. */
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: string;
  /** `alarm`: who goes; `caution`: what was refused; `plain`: all else. */
  readonly tone: "alarm" | "caution" | "plain";
  /** Names of the columns; a list of sentences has none. */
  readonly columns: readonly string[];
  /** Cells as they are: the forms make them safe. */
  readonly rows: readonly (readonly string[])[];
  /** What the title counts, in words; without it, the rows. */
  readonly counted?: string;
  /** The column that holds links of WhatsApp's own, which stay links. */
  readonly linkColumn?: number;
  /** Characters that it takes at most where room is short. */
  readonly most?: number;
  /** Rows that are cut are still named by their first cells. */
  readonly namesAll?: boolean;
}

/** With a capital, as titles begin. */
export const capital = (title: string): string => title.slice(0, 1).toUpperCase() + title.slice(1);
