import { readTable, type Source } from "../../src/people";
import { merge, type Merge, type MergeInput } from "../../src/people/merge";
import type { People, Person } from "../../src/people/types";

export const TODAY = "2026-12-01";

/** A table of people, comma-separated, below the columns id, name, number and those that are given. */
export function sourceOf(rows: readonly string[], more = "", end = "\n"): Source {
  const text = [`id,name,number${more}`, ...rows].join("\n") + end;
  const options = {
    format: "csv",
    columns: {},
    country: undefined,
    today: TODAY,
    shown: (number: string) => number,
  } as const;
  const read = readTable(Buffer.from(text), options);
  if (read.kind === "refused") throw new Error(JSON.stringify(read.faults));
  return read.value;
}

export const peopleOf = (people: Readonly<Record<string, Person>>): People => new Map(Object.entries(people));

/** The number that ends in these two digits. */
export const no = (end: number): string => `+62 812 3456 78${String(end).padStart(2, "0")}`;

export function merged(input: Partial<MergeInput> & Pick<MergeInput, "people" | "source">): Merge {
  const result = merge({ last: new Map(), today: TODAY, ...input });
  if (result.kind === "refused") throw new Error(JSON.stringify(result.faults));
  return result.value;
}

/** A file and what an import of the table into nothing saw. */
export function imported(source: Source): Pick<Merge, "people" | "last"> {
  return merged({ people: new Map(), source });
}

/** Facts by key. */
export const told = ({ told: all }: Pick<Merge, "told">) =>
  Object.fromEntries(all.map(({ key, facts }) => [key, facts]));
