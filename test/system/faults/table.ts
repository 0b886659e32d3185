/** The tables of `docs/internals/faults.md`, made from cells that were really played. */
import { faultNames, type FaultName } from "../../../src/emulator";
import { DELETE, PLACES, type Cell, type Place } from "./cell";

export interface Matrix {
  /** Each fault strikes one call. */
  readonly once: readonly Cell[];
  /** Each fault strikes every call from that place on. */
  readonly forGood: readonly Cell[];
}

const places = Object.keys(PLACES) as Place[];

/** The page with each `<!-- generated: NAME -->` … `<!-- end -->` part made anew. */
export function generated(page: string, matrix: Matrix): string {
  const tables: Readonly<Record<string, () => readonly string[]>> = {
    once: () => faultTable(matrix.once),
    good: () => faultTable(matrix.forGood),
    outcomes: () => outcomeTable([...matrix.once, ...matrix.forGood]),
  };
  return page.replaceAll(
    /(<!-- generated: (\w+) -->\n)[^]*?(<!-- end -->)/g,
    (_, start: string, name: string, end: string) =>
      `${start}\n${tables[name]?.().join("\n") ?? `There is no table ${name}.`}\n\n${end}`,
  );
}

function faultTable(cells: readonly Cell[]): readonly string[] {
  const at = (fault: FaultName, place: Place): string =>
    cells.find((cell) => cell.fault === fault && cell.place === place)?.run.says ?? "";
  const rows = faultNames
    .filter((fault) => cells.some((cell) => cell.fault === fault))
    .map((fault) => [`\`${fault}\``, ...places.map((place) => at(fault, place))]);
  return table(["fault", ...places], rows);
}

/** What each outcome of the matrix means: the people, the exit code, the next run. */
function outcomeTable(cells: readonly Cell[]): readonly string[] {
  const outcomes = new Map<string, Cell[]>();
  for (const cell of cells) outcomes.set(cell.run.says, [...(outcomes.get(cell.run.says) ?? []), cell]);
  const rows = [...outcomes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([says, those]) => [
      says,
      all(those, peopleOf),
      all(those, ({ run }) => String(run.exit)),
      all(those, ({ run }) => (run.others ? "go on" : "are not looked at")),
      all(those, nextOf),
    ]);
  return table(["what the run says", "the two people, really", "exit", "other groups", "the next run"], rows);
}

function peopleOf({ out, calls, there }: Cell): string {
  if (there === undefined) return "their group is gone";
  if (!calls.some(({ action }) => action === DELETE)) return "stay: nobody is asked for";
  return ["stay, though they were asked for", "one is out", "are out"][out.length] ?? "";
}

function nextOf({ next, out, there }: Cell): string {
  if (there === undefined) return "holds the group: CAMS does not know it";
  if (next.says.startsWith("held")) return next.says;
  if (out.length === 2) return next.exit === 0 ? "has nothing to do" : "still sees them listed";
  return next.exit === 0 ? "removes them" : next.says;
}

function all(cells: readonly Cell[], tell: (cell: Cell) => string): string {
  return [...new Set(cells.map(tell))].sort().join("; or ");
}

/** A table as Prettier lays it out. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const width = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((one, column) => one.padEnd(width[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(width.map((n) => "-".repeat(n))), ...rows.map(line)];
}
