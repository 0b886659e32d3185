import type { Reply } from "../wire/reply";

/** What the client is to see of a call. */
export type Delivery =
  | { readonly kind: "reply"; readonly reply: Reply }
  /** The head and the first half of the body, then the connection is reset. */
  | { readonly kind: "cut"; readonly reply: Reply }
  /** Nothing, until the client goes away or this many milliseconds have passed. */
  | { readonly kind: "hang"; readonly forMs: number }
  /** The connection is reset without a byte. */
  | { readonly kind: "reset" };
