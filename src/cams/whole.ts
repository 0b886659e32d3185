/** One page of a CAMS listing: `Data.Total` and `Data.List`. */
export interface Page {
  readonly total: number | undefined;
  readonly rows: readonly unknown[];
}

/** Rows that provably are all there are, or why not. */
export type Rows<T> =
  { readonly kind: "whole"; readonly rows: readonly T[] } | { readonly kind: "doubtful"; readonly why: string };

/** A listing longer than this many pages is not believed. */
const MOST_PAGES = 1_000;

/**
 * Reads pages until their rows add up to `Total`. Anything else voids the listing: rows short of `Total` or beyond it, a
 * `Total` that changes between pages, a row that comes twice (which is also how a repeated page shows). A page that
 * fails throws, and so voids it too.
 * @param fetchPage reads one page; the index starts at 1
 * @param keyOf what makes two rows the same one; undefined for rows that look the same
 */
export async function readWhole(
  fetchPage: (index: number) => Promise<Page>,
  keyOf: (row: unknown) => string | undefined,
): Promise<Rows<unknown>> {
  const rows: unknown[] = [];
  const seen = new Set<string>();
  let total: number | undefined;
  for (let index = 1; index <= MOST_PAGES; index++) {
    const page = await fetchPage(index);
    if (page.total === undefined) return doubt(`page ${index} has no Total`);
    if (total !== undefined && page.total !== total)
      return doubt(`Total changed from ${total} to ${page.total} between pages`);
    total = page.total;
    for (const row of page.rows) {
      const key = keyOf(row);
      if (key !== undefined && seen.has(key)) return doubt(`page ${index} lists a row that was listed before`);
      if (key !== undefined) seen.add(key);
      rows.push(row);
    }
    if (rows.length === total) return { kind: "whole", rows };
    if (rows.length > total || page.rows.length === 0)
      return doubt(`${rows.length} rows were listed, but Total says ${total}`);
  }
  return doubt(`more than ${MOST_PAGES} pages`);
}

function doubt(why: string): { readonly kind: "doubtful"; readonly why: string } {
  return { kind: "doubtful", why: `the listing is not provably whole: ${why}. Nobody is removed on it; run again` };
}
