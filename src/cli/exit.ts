/** Exit codes of the helper command, as the contract numbers them. */
export const EXIT = {
  clean: 0,
  /** Unexpected, API or credential failure. */
  failure: 1,
  /** Wrong arguments or settings. */
  usage: 2,
  /** The rosters are not valid. */
  invalid: 3,
  /** People are planned to be removed. */
  removals: 4,
  /** Somebody joined, left or is awaited, or a group or link is not as declared; nobody is to be removed (`drift` only). */
  drift: 5,
  /** A guard refused, which says more than that there are removals. */
  refused: 6,
  /** Some of it was done, and some failed. */
  partial: 7,
} as const;
