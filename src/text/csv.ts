import { clean } from "./clean";

/**
 * What makes a spreadsheet take a cell for a formula, at its beginning, or behind a separator of other countries' CSV
 * (Excel reads a file by the separator of its country, and then goes on after a quote as if it stood in the text).
 */
const FORMULA = /(^\s*|;[\s"]*)([=+\-@＝＋－＠])/gu;

/**
 * One cell of a CSV file (RFC 4180), on one line. A text that a spreadsheet would carry out gets an apostrophe before it;
 * spreadsheets show such a cell as text.
 */
export function csvCell(text: string): string {
  const safe = clean(text).replace(FORMULA, "$1'$2");
  return /[",;\s']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One record, with its line end. */
export const csvRecord = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;
