import { csvRecord } from "../../text/csv";
import { whoRows } from "./report";
import type { WhoReport } from "./types";

/** Names of the columns. They stay within a major version; new ones come behind them. */
const HEADER = ["group", "groupId", "subject", "state", "number", "name", "note"] as const;

/** `rollcall who` as CSV (RFC 4180, UTF-8): a row for each note on the whole, then one for each person and group. */
export function whoCsv(report: WhoReport): string {
  const notes = report.notes.map((note) => ["", "", "", "note", "", "", note]);
  return [HEADER, ...notes, ...whoRows(report, "dated")].map(csvRecord).join("");
}
