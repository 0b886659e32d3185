/** What a merge as a whole refuses: more leavers than usual, and numbers that two people would have. */

import { digitsOf, type Digits } from "../numbers";
import { quote } from "../text/clean";
import { plural } from "../text/plural";
import type { Told } from "./told";
import type { People, SourceRecord, TableFault } from "./types";

type Records = ReadonlyMap<string, SourceRecord>;

/** The usual limit: of a short list five people, of a long one a tenth. */
export const usualMaxLeavers = (withId: number): number => Math.max(5, Math.floor(withId / 10));

/**
 * A table that was cut off, or of another department, looks as if many had left. Whoever was offboarded before is not
 * counted.
 * @param withId how many people of the file have an id
 */
export function leaversFault(
  told: readonly Told[],
  records: Records,
  withId: number,
  maxLeavers: number | undefined,
): TableFault[] {
  const leavers = told.filter(({ facts }) => facts.some(({ kind }) => kind === "offboarded"));
  const most = maxLeavers ?? usualMaxLeavers(withId);
  if (leavers.length <= most) return [];
  const who = leavers.map(({ key, id }) => {
    const record = records.get(id);
    return `${key} (${id}, ${record === undefined ? "missing in the table" : `line ${record.line}`})`;
  });
  const limit =
    maxLeavers === undefined ? `the usual limit of ${most}, 5 or a tenth of ${withId}` : `--max-leavers ${most}`;
  const message = `${plural(leavers.length, "person", "people")} would be offboarded, more than ${limit}: ${who.join(", ")}.`;
  const hint = `Look whether the table is whole. If they all left, give --max-leavers ${leavers.length}.`;
  return [{ lines: [], message, hint }];
}

/** Numbers that two entries would have after the merge, and have not now. */
export function numberFaults(before: People, after: People, records: Records): TableFault[] {
  const owners = new Map<Digits, string[]>();
  for (const [key, { number }] of after) owners.set(digitsOf(number), [...(owners.get(digitsOf(number)) ?? []), key]);
  return [...owners].flatMap(([digits, keys]) => {
    const [one = "", ...others] = keys.filter((key) => digitsOf(before.get(key)?.number ?? "") !== digits);
    const [other = others[0]] = keys.filter((key) => digitsOf(before.get(key)?.number ?? "") === digits);
    if (keys.length === 1 || one === "" || other === undefined) return [];
    return [clash(digits, [one, after.get(one)?.id], [other, after.get(other)?.id], records)];
  });
}

type Owner = readonly [key: string, id: string | undefined];

function clash(digits: Digits, [key, id]: Owner, [other, otherId]: Owner, records: Records): TableFault {
  const line = id === undefined ? undefined : records.get(id)?.line;
  const theirs = otherId === undefined ? "who is written by hand" : `whose id is ${otherId}`;
  const message = `The number "+${digits}" of ${quote(key)} (${id ?? ""}) is that of ${quote(other)} in people.yaml, ${theirs}.`;
  const hint =
    `If they are one person, write \`id: ${id ?? ""}\` at ${quote(other)}; ` +
    `if ${quote(other)} has it no longer, correct or delete that entry.`;
  return { lines: line === undefined ? [] : [line], message, hint };
}
