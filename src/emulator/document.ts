import { errors, type ErrorEntry } from "./errors";
import { catalogue, faultNames } from "./faults/catalogue";
import { families, type Fault, type Family } from "./faults/strike";

/**
 * The tables of `docs/emulator.md`, made from the tables that are the behaviour. A test keeps the page true; it writes the page
 * anew when it is run with UPDATE_DOCS=1.
 */

/** The page with each `<!-- generated: NAME -->` … `<!-- end -->` part made anew. */
export function generated(page: string): string {
  return page.replaceAll(
    /(<!-- generated: (\w+) -->\n)[^]*?(<!-- end -->)/g,
    (_, start: string, name: string, end: string) =>
      `${start}\n${tables[name]?.() ?? `There is no table ${name}.`}\n\n${end}`,
  );
}

const tables: Readonly<Record<string, () => string>> = { faults: faultTables, codes: codeTable };

function faultTables(): string {
  return (Object.keys(families) as Family[])
    .map((family) => {
      const rows = faultNames
        .filter((name) => catalogue[name].family === family)
        .map((name) => faultRow(name, catalogue[name]));
      return [
        `### ${families[family]}`,
        "",
        ...table(["fault", "what it does", "strikes", "`value` (default)"], rows),
      ].join("\n");
    })
    .join("\n\n");
}

function faultRow(name: string, { summary, actions, laterPages, value }: Fault): string[] {
  const strikes = actions?.join(", ") ?? "any";
  const pages = laterPages === true ? ", pages after the first" : "";
  const shown = value?.byDefault === "" ? "empty" : `\`${String(value?.byDefault)}\``;
  return [`\`${name}\``, summary, strikes + pages, value === undefined ? "" : `${value.meaning} (${shown})`];
}

function codeTable(): string {
  const rows = Object.entries<ErrorEntry>(errors).map(([code, { layer, http, message, when }]) => [
    `\`${code}\``,
    String(http),
    layer,
    message,
    when ?? "by a fault only",
  ]);
  return table(["Code", "HTTP", "layer", "Message", "when"], rows).join("\n");
}

/** A table as Prettier lays it out. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const width = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length), 3),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(width[at] ?? 0)).join(" | ")} |`;
  return [line(head), line(width.map((n) => "-".repeat(n))), ...rows.map(line)];
}
