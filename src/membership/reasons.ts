/** Why people are removed, and what follows from each reason. A question that a reason does not answer does not compile. */

interface Answers {
  /** Whether it counts against `maxRemovalsPerRun`. */
  readonly countsInRun: boolean;
  /** Whether it counts against `maxGroupsPerPerson`. */
  readonly countsForPerson: boolean;
  /** Whether nobody ever declared the number in this group: somebody came by the invite link. */
  readonly isStranger: boolean;
  /** Whether it may be the new number of somebody who is declared. */
  readonly mayBeNewNumber: boolean;
}

/** By the reason, as it is in the resource's `removals` input. */
export const REASONS = {
  "dropped from roster": { countsInRun: true, countsForPerson: true, isStranger: false, mayBeNewNumber: false },
  "never declared": { countsInRun: true, countsForPerson: true, isStranger: true, mayBeNewNumber: true },
  expired: { countsInRun: true, countsForPerson: true, isStranger: false, mayBeNewNumber: false },
  // Taking out everywhere somebody who has left the company is the routine.
  offboarded: { countsInRun: false, countsForPerson: false, isStranger: false, mayBeNewNumber: false },
  // The owner of a former number stays in all of these groups with the new one.
  "changed number": { countsInRun: true, countsForPerson: false, isStranger: false, mayBeNewNumber: true },
} as const satisfies Readonly<Record<string, Answers>>;

export type Reason = keyof typeof REASONS;
