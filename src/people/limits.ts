/** What a merge as a whole refuses: more leavers or new numbers than usual, and numbers that two people would have. */

import { digitsOf, type Digits } from "../numbers";
import { quote } from "../text/clean";
import { plural } from "../text/plural";
import type { Fact, Told } from "./told";
import type { People, SourceRecord, TableFault } from "./types";

type Records = ReadonlyMap<string, SourceRecord>;

/** What is permitted; undefined: the usual limit. */
export interface Limits {
  readonly maxLeavers?: number | undefined;
  readonly maxChanges?: number | undefined;
}

/** The usual limit: of a short list five people, of a long one a tenth. */
const usual = (there: number): number => Math.max(5, Math.floor(there / 10));

/**
 * A table that was cut off, or of another department, looks as if many had left; one whose ids are numbers of its rows, as
 * if many had a new number. Whoever was offboarded before is not counted.
 * @param there how many people of the file have or get an id, and have not left
 */
export function limitFaults(
  told: readonly Told[],
  records: Records,
  there: number,
  { maxLeavers, maxChanges }: Limits,
): TableFault[] {
  const having = (kind: Fact["kind"]) => told.filter(({ facts }) => facts.some((fact) => fact.kind === kind));
  const leavers = having("offboarded");
  // Of few people, five may be all.
  const isHalf = maxLeavers === undefined && leavers.length >= 2 && leavers.length * 2 >= there;
  const half = isHalf && leavers.length <= usual(there) ? `half of the ${there} who are there` : undefined;
  return [
    ...overLimit(LEAVERS, leavers, records, there, maxLeavers, half),
    ...overLimit(CHANGES, having("number"), records, there, maxChanges, undefined),
  ];
}

interface Words {
  readonly what: string;
  readonly option: string;
  readonly right: string;
}

const LEAVERS: Words = { what: "would be offboarded", option: "--max-leavers", right: "they all left" };
const CHANGES: Words = {
  what: "would get another number",
  option: "--max-changes",
  right: "the ids are still the same people's",
};

/** @param half a stricter limit that is reached, in words */
function overLimit(
  { what, option, right }: Words,
  people: readonly Told[],
  records: Records,
  there: number,
  given: number | undefined,
  half: string | undefined,
): TableFault[] {
  const most = given ?? usual(there);
  if (people.length <= most && half === undefined) return [];
  const who = people.map(({ key, id }) => {
    const record = records.get(id);
    return `${key} (${id}, ${record === undefined ? "missing in the table" : `line ${record.line}`})`;
  });
  const limit = given === undefined ? `the usual limit of ${most}, 5 or a tenth of ${there}` : `${option} ${most}`;
  const over = half === undefined ? `more than ${limit}` : `at least ${half}`;
  const message = `${plural(people.length, "person", "people")} ${what}, ${over}: ${who.join(", ")}.`;
  const hint = `Look whether the table is whole. If ${right}, give ${option} ${people.length}.`;
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
