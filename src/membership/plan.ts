/**
 * The plan of one group: everybody who is declared or was seen, each in exactly one place.
 *
 * It is computed from three things: what is declared (Desired), what one whole listing showed, and what the last run
 * knew (History). Two of them alone are not enough: a declared person who is not in the group is *awaiting* if nobody
 * ever saw them there, and has *left* if the last run did; an undeclared one was *dropped from the roster* if the last
 * run declared them, and came by the link if it did not.
 *
 * Protection is part of the sorting, not a filter behind it: who is protected, in a group that only reports, or in a
 * group that is adopted just now never enters `remove`. So whatever counts, shows or executes `remove` later cannot
 * forget to spare them. A plan only exists for a whole listing; anything else has no plan, and so removes nobody.
 */
import type { Desired, Digits, GroupPlan, History, Observed, Person, Reason, Removal, Spared } from "./types";

type Whole = Extract<Observed, { kind: "whole" }>;

/** Sorts everybody of one group into their places. Pure; the lists come out sorted by number. */
export function planGroup(desired: Desired, observed: Whole, history: History): GroupPlan {
  const last = history.kind === "adopted" ? history.last : undefined;
  const there = new Set(observed.participants);
  const declared = [...desired.members].map(([number, name]) => ({ number, name })).sort(byNumber);
  const absent = declared.filter((person) => !there.has(person.number));

  const remove: Removal[] = [];
  const spared: Spared[] = [];
  for (const number of [...there].sort()) {
    if (desired.members.has(number)) continue;
    const person = { number, name: desired.names.get(number) ?? last?.members.get(number) ?? "" };
    const because = sparedBecause(desired, number, history);
    const released = desired.released.has(number) ? { released: true as const } : {};
    if (because === undefined)
      remove.push({ ...person, reason: reasonFor(desired, number, last?.members), ...released });
    else spared.push({ ...person, because });
  }
  return {
    name: desired.name,
    group: desired.group,
    present: declared.filter((person) => there.has(person.number)),
    awaiting: absent.filter((person) => !last?.present?.has(person.number)),
    left: absent.filter((person) => last?.present?.has(person.number)),
    remove,
    spared,
    unidentified: observed.unidentified,
  };
}

/** Why somebody who is not declared stays all the same; undefined when nothing spares them. */
function sparedBecause(desired: Desired, number: Digits, history: History): Spared["because"] | undefined {
  if (desired.protect.has(number)) return "protect";
  if (desired.undeclared === "report") return "report";
  if (history.kind === "new" && desired.onAdopt === "spare") return "adoption";
  return undefined;
}

function reasonFor(desired: Desired, number: Digits, lastDeclared: ReadonlyMap<Digits, string> | undefined): Reason {
  return desired.former.get(number) ?? (lastDeclared?.has(number) === true ? "dropped from roster" : "never declared");
}

/** Order of people in every list, report and hash. */
export function byNumber(a: Person, b: Person): number {
  return a.number < b.number ? -1 : a.number > b.number ? 1 : 0;
}
