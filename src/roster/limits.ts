/** How large things may be. Each is checked before the work that it bounds. */

/** A roster holds at most eight people; 64 KiB leaves room for a page of comments. */
export const MAX_ROSTER_BYTES = 64 * 1024;

/** `people.yaml`, `sets.yaml` and `releases.yaml`: some 25,000 people. */
export const MAX_SHARED_BYTES = 2 * 1024 * 1024;

/** Words and signs of one file; some twenty make up a person. Bounds the time that parsing may take. */
export const MAX_TOKENS = 600_000;

/** The roster language needs 4. */
export const MAX_DEPTH = 16;

/** Longest single value, in UTF-16 code units. */
export const MAX_SCALAR = 4096;

/** Longest chain of sets within sets. */
export const MAX_SET_DEPTH = 16;

/** Most memberships that the sets of one stack may unfold to. */
export const MAX_UNFOLDED = 300_000;

/** Problems shown of one file. */
export const MAX_PROBLEMS = 200;

/** An `until` is announced from this many days before it on. */
export const WARN_DAYS = 7;
