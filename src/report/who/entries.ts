/** Everybody of one group, each with a state and a note: the rows of every form of `rollcall who` but JSON. */
import type { Person } from "../../membership/types";
import { plural } from "../../text/plural";
import { datedStandingIn, standingIn } from "../invitations";
import { reasonOf, REMOVED_BEFORE, WHY_SPARED } from "../summary";
import type { WhoGroup } from "./types";

/**
 * `present`: declared, and in the group. `undeclared`: in the group, and not declared. `declared`: of a group that is not
 * known, since then nobody knows who of them is there.
 */
export const STATES = ["present", "undeclared", "awaiting", "left", "declared"] as const;
export type State = (typeof STATES)[number];

export interface Entry extends Person {
  readonly state: State;
  /** Empty when there is nothing to say. */
  readonly note: string;
}

/** How days are told: `3 days ago`, or, for what is read later, `on 2026-11-29`. */
export type Days = "ago" | "dated";

/** People in the order of `STATES`, each state sorted by number. */
export function entriesOf(group: WhoGroup, days: Days): readonly Entry[] {
  const { seen } = group;
  if (seen.kind === "not known") return seen.declared.map((person) => entry("declared", person));
  const { present, remove, spared, awaiting, left } = seen.plan;
  const standing = days === "ago" ? standingIn : datedStandingIn;
  const undeclared = [
    ...remove.map((one) => entry("undeclared", one, reasonOf(one))),
    ...spared.map((one) => entry("undeclared", one, WHY_SPARED[one.because].replace(/^undeclared, /, ""))),
  ].sort((a, b) => (a.number < b.number ? -1 : 1));
  return [
    ...present.map((one) => entry("present", one)),
    ...undeclared,
    ...awaiting.map((one) => entry("awaiting", one, one.removedBefore ? REMOVED_BEFORE : standing(group, one))),
    ...left.map((one) => entry("left", one)),
  ];
}

const entry = (state: State, { number, name }: Person, note = ""): Entry => ({ number, name, state, note });

/** What is said of a group besides its people: a state and a note. */
export function remarksOf({ seen }: WhoGroup): readonly (readonly [string, string])[] {
  if (seen.kind === "not known") return [["not known", seen.why]];
  const { plan, create, doubt } = seen;
  const isEmpty = plan.present.length + plan.remove.length + plan.spared.length + plan.unidentified === 0;
  const rows = `${plural(plan.unidentified, "row")} without a plain number`;
  return [
    ...(create ? [["to be made", "the next up makes the group"] as const] : []),
    ...(isEmpty && !create ? [["empty", "nobody is in the group"] as const] : []),
    ...(plan.unidentified > 0 ? [["unidentified", rows] as const] : []),
    ...(doubt === undefined ? [] : [["doubtful", doubt] as const]),
  ];
}

/** How many people there are of each state, and rows without a number, over several groups. */
export function countStates(groups: readonly WhoGroup[]): Readonly<Record<State | "unidentified", number>> {
  const counts = { present: 0, undeclared: 0, awaiting: 0, left: 0, declared: 0, unidentified: 0 };
  for (const group of groups) {
    for (const { state } of entriesOf(group, "dated")) counts[state] += 1;
    if (group.seen.kind === "known") counts.unidentified += group.seen.plan.unidentified;
  }
  return counts;
}

export const isDoubtful = ({ seen }: WhoGroup): boolean => seen.kind === "known" && seen.doubt !== undefined;

export const countNotKnown = (groups: readonly WhoGroup[]): number =>
  groups.filter(({ seen }) => seen.kind === "not known").length;
