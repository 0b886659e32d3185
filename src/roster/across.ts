/** Rosters of several stacks → groups that two of them have. */

import { quote } from "./clean";
import { type Fault, fault, valueAt } from "./fault";
import type { Digits, Roster } from "./types";

/** The rosters of one stack, and what tells its groups from those of another. */
export interface StackRosters {
  readonly stack: string;
  /** Where the groups are: the same GroupId in two worlds means two groups. */
  readonly world: string;
  /** For rosters that name none; undefined: neither does the stack. */
  readonly businessNumber: Digits | undefined;
  readonly rosters: readonly Roster[];
}

interface Owner {
  readonly stack: string;
  readonly file: string;
  readonly businessNumber: Digits | undefined;
}

/**
 * One group in two stacks would be swept by each of the other's people, and no run sees both. Stacks that share a file
 * declare the same people, and a group of another business number is another group; where one of two names no number,
 * nothing tells them apart.
 */
export function acrossFaults(stacks: readonly StackRosters[]): Fault[] {
  const owners = new Map<string, Owner[]>();
  const faults = new Map<string, Fault>();
  for (const { stack, world, businessNumber, rosters } of stacks) {
    for (const roster of rosters) {
      const own: Owner = { stack, file: roster.file, businessNumber: roster.businessNumber ?? businessNumber };
      const key = JSON.stringify([world, roster.group]);
      const others = owners.get(key) ?? [];
      const first = others.find((other) => other.file !== own.file && alike(other, own));
      if (first !== undefined && !faults.has(own.file)) faults.set(own.file, twice(roster.group, own, first));
      owners.set(key, [...others, own]);
    }
  }
  return [...faults.values()];
}

function alike(a: Owner, b: Owner): boolean {
  return a.businessNumber === undefined || b.businessNumber === undefined || a.businessNumber === b.businessNumber;
}

function twice(group: string, own: Owner, first: Owner): Fault {
  return fault(
    valueAt(own.file, "group"),
    "duplicate-group",
    `The group ${quote(group)} of stack ${own.stack} has a roster in stack ${first.stack} already.`,
    "Keep one roster for each group: each stack would remove the people of the other one.",
    valueAt(first.file, "group"),
  );
}
