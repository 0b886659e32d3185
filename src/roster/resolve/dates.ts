/** Days as `YYYY-MM-DD` in UTC. They compare as text. */

export type Day = string;

const MS_PER_DAY = 86_400_000;

export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY).toISOString().slice(0, 10);

/** Whether a limited membership still holds: the last day is included. */
export const inForce = (until: Day | undefined, today: Day): boolean => until === undefined || today <= until;

/** The earlier of two last days; undefined is no limit. */
export const earlier = (a: Day | undefined, b: Day | undefined): Day | undefined =>
  a === undefined ? b : b === undefined ? a : a < b ? a : b;
