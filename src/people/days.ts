/** Days as tables of other programs have them: year first. Other orders are not guessed. */

import type { Day } from "./types";

export type ReadDay =
  { readonly kind: "day"; readonly day: Day } | { readonly kind: "none" } | { readonly kind: "no day" };

/** 2026-12-01, 2026/12/1, 2026.12.01, 20261201. Between dashes both have two digits: 2026-12-3 may be cut off. A time of day behind it is left out. */
const DAY =
  /^(\d{4})(?:-(\d{2})-(\d{2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|(\d{2})(\d{2}))(?:[T ]\d{1,2}:\d{2}.*)?$/;

/** What HR systems write where there is no end. */
const NEVER = "9999";

/** Years before it are what programs write for a day that they don't know, such as 1900-01-01. */
const FIRST = "1990";

export function readDay(text: string): ReadDay {
  if (text === "") return { kind: "none" };
  const parts: readonly (string | undefined)[] = (DAY.exec(text) ?? []).slice(1);
  const [year = "", month = "", day = ""] = parts.filter((part) => part !== undefined);
  if (year === NEVER) return { kind: "none" };
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${written}T00:00:00Z`);
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written);
  return exists && year >= FIRST ? { kind: "day", day: written } : { kind: "no day" };
}
