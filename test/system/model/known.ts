/**
 * What is known of a group from earlier looks, in the words of the contract (5.1, 5.2), and who is who by it. It owes
 * nothing to the code under test: the run (run.ts) says which looks were believed and stored.
 */
import type { Digits } from "../../../src/membership/types";
import type { Book } from "./book";
import { alike, isImpossible } from "./people";

type People = ReadonlySet<Digits>;

/** The last look at a group that was believed. */
export interface Known {
  readonly declared: People;
  /** Everybody who was in the group, but for rows that are nobody's. */
  readonly there: People;
  /** Who of the declared had left on their own, then or earlier. */
  readonly left: People;
  /** Whose removal was begun. */
  readonly asked: People;
  /** Who was removed earlier, and has not been back. */
  readonly out: People;
  /** Who came undeclared as declared people left, and who had left. */
  readonly moved: ReadonlyMap<Digits, People>;
  /** What is on record of invitations; undefined: nothing. */
  readonly book?: Book | undefined;
  /** Who had left while there were rows that are nobody's, behind which they may be. */
  readonly hidden: People;
}

/** What is wanted of a group. */
export interface Wanted {
  readonly declared: People;
  readonly released: People;
  /** People of the rosters who are not declared any more by a date. */
  readonly former: People;
  readonly protect: People;
  readonly report: boolean;
  readonly allowEmpty: boolean;
  readonly maxRemovals: number;
  /** Nobody is removed, since the group is adopted. */
  readonly adopting: boolean;
  /** Rows of the group without a number. */
  readonly rows: number;
  /** The only people whom a reviewed plan lets go. */
  readonly named: People | undefined;
}

/** What one listing says of a group. */
export interface Judged {
  readonly planned: readonly Digits[];
  /** Who stays undeclared, and why, as `number why`. */
  readonly spared: readonly string[];
  readonly left: readonly Digits[];
  readonly awaiting: readonly Digits[];
  /** Who of the awaited was removed before. */
  readonly removedBefore: readonly Digits[];
  /** Digits that are nobody's number. */
  readonly nobody: readonly Digits[];
  /** Rules that hold the group, sorted. */
  readonly holds: readonly string[];
  /** What is known when this look is believed and stored. */
  readonly next: Known;
}

/**
 * @param only the removals that were approved before, when this is a second look
 */
export function judgeListing(wanted: Wanted, listed: readonly Digits[], known?: Known, only?: People): Judged {
  const { declared, released } = wanted;
  const hasLeft = (number: Digits): boolean =>
    known !== undefined && (known.left.has(number) || (known.there.has(number) && !known.asked.has(number)));
  const missing = [...declared].filter((number) => !listed.includes(number)).sort();
  const left = missing.filter(hasLeft);
  const awaiting = missing.filter((number) => !hasLeft(number));

  const undeclared = listed
    .filter((number) => !declared.has(number))
    .map((number) => [number, why(wanted, number)] as const);
  const spared = undeclared.flatMap(([number, because]) => (because === undefined ? [] : [number]));
  const stranger = (number: Digits): boolean => !isKnown(wanted, number, known);
  const wouldGo = undeclared.flatMap(([number, because]) => (because === undefined ? [number] : []));
  const nobody = wouldGo.filter((number) => isImpossible(number) && stranger(number) && !looksLike(wanted, number));
  const planned = wouldGo.filter((number) => !nobody.includes(number) && only?.has(number) !== false);

  const since = (number: Digits): boolean => known?.there.has(number) === true;
  const came = [...spared, ...planned.filter(stranger)].map((number): [Digits, readonly Digits[]] => {
    const then = known?.moved.get(number) ?? new Set();
    return [number, left.filter((one) => (since(number) ? then.has(one) : since(one) || known?.hidden.has(one)))];
  });
  const moved = known === undefined ? [] : came.filter(([, people]) => people.length > 0);

  const counted = planned.filter((number) => !released.has(number));
  const lost = left.filter((number) => since(number) && !released.has(number));
  const size = [...declared].filter((number) => since(number) && !awaiting.includes(number)).length;
  const nobodyStays = !listed.some((number) => declared.has(number)) && spared.length === 0;
  const holds = [
    lost.length >= 3 && 2 * lost.length > size ? "suspicious-listing" : "",
    declared.size === 0 && !wanted.allowEmpty && !wanted.report ? "empty-roster" : "",
    planned.length > 0 && nobodyStays && declared.size > 0 && !wanted.allowEmpty ? "removes-everybody" : "",
    counted.length > wanted.maxRemovals ? "max-removals-per-group" : "",
    counted.some((number) => looksLike(wanted, number)) ? "near-miss" : "",
    moved.some(([number, people]) => counted.includes(number) && people.some((one) => !released.has(one)))
      ? "number-change"
      : "",
  ];
  return {
    ...{ planned, left, awaiting, nobody },
    spared: undeclared.flatMap(([number, because]) => (because === undefined ? [] : [`${number} ${because}`])),
    removedBefore: awaiting.filter((number) => known?.out.has(number) === true || known?.asked.has(number) === true),
    holds: holds.filter((rule) => rule !== "").sort(),
    next: {
      declared,
      there: new Set(listed.filter((number) => !nobody.includes(number))),
      left: new Set(left),
      asked: new Set(planned),
      out: new Set([...(known?.out ?? []), ...(known?.asked ?? [])].filter((number) => !listed.includes(number))),
      moved: new Map(moved.map(([number, people]) => [number, new Set(people)])),
      hidden: new Set(
        wanted.rows + nobody.length > 0 ? left.filter((one) => since(one) || known?.hidden.has(one)) : [],
      ),
    },
  };
}

/** Why somebody undeclared stays. */
function why({ protect, report, adopting, named }: Wanted, number: Digits): string | undefined {
  if (protect.has(number)) return "protect";
  if (report) return "report";
  if (adopting) return "adoption";
  return named?.has(number) === false ? "plan" : undefined;
}

/** Whether the rosters or the last look know the number as one that was declared, or was to be removed. */
function isKnown({ former }: Wanted, number: Digits, known: Known | undefined): boolean {
  return former.has(number) || known?.declared.has(number) === true || known?.asked.has(number) === true;
}

const looksLike = ({ declared, protect }: Wanted, number: Digits): boolean =>
  [...declared, ...protect].some((other) => alike(number, other));

/**
 * Whether a listing can be right that comes seconds after another one: hardly anybody leaves within seconds, and a
 * group in which somebody was whom nobody removed is not empty. `perhaps`: where only people were who are not declared.
 */
export function isRight(
  { declared, released }: Pick<Wanted, "declared" | "released">,
  before: readonly Digits[],
  now: readonly Digits[],
  asked: People,
): "yes" | "no" | "perhaps" {
  const expected = before.filter((number) => !asked.has(number) && !released.has(number));
  const lost = expected.filter((number) => !now.includes(number));
  if (lost.length >= 3 && 2 * lost.length > expected.length) return "no";
  if (now.length > 0 || lost.length === 0) return "yes";
  return lost.some((number) => declared.has(number)) ? "no" : "perhaps";
}
