import type { Pair } from "./encoding";

/** One HTTP request, read whole: all that the signatures and the operations look at. */
export interface WireRequest {
  readonly method: string;
  /** The path as sent, without the query. */
  readonly path: string;
  readonly query: readonly Pair[];
  /** The pairs of an `application/x-www-form-urlencoded` body; none otherwise. */
  readonly form: readonly Pair[];
  /** Lower-case names; what was sent more than once is joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** The key pair that requests are to be signed with. */
export interface KeyPair {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** All parameters: a later one wins, the form over the query. */
export function parameters(request: WireRequest): Map<string, string> {
  return new Map([...request.query, ...request.form]);
}
