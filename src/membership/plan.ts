/**
 * The plan of one group: everybody who is declared or was seen, each in exactly one place.
 *
 * It is computed from three things: what is declared (Desired), what one whole listing showed (Observed), and what
 * earlier looks saw (Memory). Two of them alone are not enough: a declared person who is not in the group is *awaiting*
 * if nobody ever saw them there, and has *left* if an earlier look did; an undeclared one was *dropped from the roster*
 * if the last run declared them, and came by the link if it did not.
 *
 * Protection is part of the sorting, not a filter behind it: who is protected, in a group that only reports, in a group
 * that is adopted just now, or not named by the reviewed plan never enters `remove`. So whatever counts, shows or
 * executes `remove` later cannot forget to spare them. A plan only exists for a whole listing; anything else has no
 * plan, and so removes nobody.
 */
import { isPossible } from "../numbers";
import { hasLeft } from "./memory";
import { likenesses } from "./near-miss";
import { REASONS } from "./reasons";
import type {
  Awaited,
  Desired,
  Digits,
  GroupPlan,
  History,
  Memory,
  Observed,
  Person,
  Reason,
  Removal,
  Spared,
} from "./types";

type Whole = Extract<Observed, { kind: "whole" }>;

/** Sorts everybody of one group into their places. Pure; the lists come out sorted by number. */
export function planGroup(desired: Desired, observed: Whole, history: History): GroupPlan {
  const memory = history.memory;
  const there = new Set(observed.participants);
  const declared = [...desired.members].map(([number, name]) => ({ number, name })).sort(byNumber);
  const absent = declared.filter((person) => !there.has(person.number));
  const missing = new Set(absent.map(({ number }) => number));

  const remove: Removal[] = [];
  const spared: Spared[] = [];
  let unidentified = observed.unidentified;
  for (const number of [...there].sort()) {
    if (desired.members.has(number)) continue;
    const person = { number, name: nameOf(desired, number, memory) };
    const because = sparedBecause(desired, number, history);
    const released = desired.released.has(number) ? { released: true as const } : {};
    const removal: Removal = { ...person, reason: reasonFor(desired, number, memory), ...released };
    if (because !== undefined) spared.push({ ...person, because });
    else if (isSomebody(removal, desired, missing)) remove.push(removal);
    else unidentified += 1;
  }
  return {
    name: desired.name,
    group: desired.group,
    present: declared.filter((person) => there.has(person.number)),
    awaiting: absent.filter(({ number }) => !hasLeft(memory, number)).map((person) => awaited(person, memory)),
    left: absent.filter(({ number }) => hasLeft(memory, number)),
    remove,
    spared,
    unidentified,
  };
}

/** Why somebody who is not declared stays all the same; undefined when nothing spares them. */
function sparedBecause(desired: Desired, number: Digits, history: History): Spared["because"] | undefined {
  if (desired.protect.has(number)) return "protect";
  if (desired.undeclared === "report") return "report";
  if (history.kind === "new" && desired.onAdopt === "spare") return "adoption";
  if (desired.named?.has(number) === false) return "plan";
  return undefined;
}

/**
 * Whether digits are somebody's number: some country's plan can have it, or it was declared, or it looks like a declared
 * or protected one, which the guards then hold. WhatsApp's privacy ids are digits, but no phone numbers.
 */
function isSomebody(removal: Removal, desired: Desired, missing: ReadonlySet<Digits>): boolean {
  return (
    !REASONS[removal.reason].isStranger ||
    isPossible(removal.number) ||
    desired.names.get(removal.number) !== undefined ||
    likenesses(removal, desired, missing).length > 0
  );
}

function reasonFor(desired: Desired, number: Digits, memory: Memory | undefined): Reason {
  const former = desired.former.get(number);
  if (former !== undefined) return former;
  if (memory?.declared.has(number) === true) return "dropped from roster";
  return memory?.removing.get(number)?.reason ?? "never declared";
}

function nameOf(desired: Desired, number: Digits, memory: Memory | undefined): string {
  return desired.names.get(number) ?? memory?.declared.get(number) ?? memory?.removing.get(number)?.name ?? "";
}

function awaited(person: Person, memory: Memory | undefined): Awaited {
  const out = memory?.removed.has(person.number) === true || memory?.removing.has(person.number) === true;
  return out ? { ...person, removedBefore: true } : person;
}

/** Order of people in every list, report and hash. */
export function byNumber(a: Person, b: Person): number {
  return a.number < b.number ? -1 : a.number > b.number ? 1 : 0;
}
