/** Rosters of several stacks → groups that two of them have, or would make. */

import { quote } from "../../text/clean";
import { type Fault, fault, valueAt } from "../fault";
import { type Digits, identityOf, type Roster } from "../types";

/** The rosters of one stack, and what tells its groups from those of another. */
export interface StackRosters {
  readonly stack: string;
  /** Where the groups are: the same GroupId in two worlds means two groups. */
  readonly world: string;
  /** For rosters that name none; undefined: neither does the stack. */
  readonly businessNumber: Digits | undefined;
  readonly rosters: readonly Roster[];
}

/** A roster's claim on a group. What is undefined nobody knows. */
export interface Claim {
  /** Of the roster, relative to the project root. */
  readonly file: string;
  /** Its GroupId, or the subject by which it is made. */
  readonly identity: string;
  readonly world: string | undefined;
  readonly businessNumber: Digits | undefined;
}

/**
 * Whether two stacks' rosters claim one group. Stacks that share a file declare the same people, and a group of another
 * world or business number is another group; where one of the two is not known, nothing tells them apart.
 */
export function collide(a: Claim, b: Claim): boolean {
  const sameGroup = a.identity === b.identity && agree(a.world, b.world) && agree(a.businessNumber, b.businessNumber);
  return sameGroup && a.file !== b.file;
}

const agree = (a: string | undefined, b: string | undefined): boolean => a === undefined || b === undefined || a === b;

interface Owner extends Claim {
  readonly stack: string;
}

/** One group in two stacks would be swept by each of the other's people, and no run lists both. */
export function acrossFaults(stacks: readonly StackRosters[]): Fault[] {
  const owners = new Map<string, Owner[]>();
  const faults = new Map<string, Fault>();
  for (const { stack, world, businessNumber: ofStack, rosters } of stacks) {
    for (const roster of rosters) {
      const { file, businessNumber = ofStack } = roster;
      const identity = identityOf(roster);
      const own: Owner = { stack, file, identity, world, businessNumber };
      const others = owners.get(identity) ?? [];
      const first = others.find((other) => collide(other, own));
      if (first !== undefined && !faults.has(file)) faults.set(file, twice(roster, own, first));
      owners.set(identity, [...others, own]);
    }
  }
  return [...faults.values()];
}

function twice({ group, subject = "" }: Roster, own: Owner, first: Owner): Fault {
  if (group === undefined) {
    return fault(
      valueAt(own.file, "subject"),
      "duplicate-subject",
      `A roster of stack ${first.stack} makes a group with the subject ${quote(subject)}, too, for the same business number.`,
      "Give one of the two another subject: CAMS could not tell the two groups apart.",
      valueAt(first.file, "subject"),
    );
  }
  return fault(
    valueAt(own.file, "group"),
    "duplicate-group",
    `The group ${quote(group)} of stack ${own.stack} has a roster in stack ${first.stack} already.`,
    "Keep one roster for each group: each stack would remove the people of the other one.",
    valueAt(first.file, "group"),
  );
}
