/** What a rightly signed request claims of itself, still to be judged against the clock and the nonces seen. */
export interface Claim {
  readonly date: string;
  readonly nonce: string;
}
