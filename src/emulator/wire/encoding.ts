/**
 * The encoding that both signatures of Alibaba Cloud are computed over: RFC 3986, every pair, keys in order
 * (https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature).
 */

export type Pair = readonly [key: string, value: string];

/** Percent-encodes all but `A-Z a-z 0-9 - . _ ~`. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Reads a query or a form body. The SDKs differ in what they send (Node's leave `!()*` raw and write a space as `%20`,
 * Python's and Go's write it as `+`), so that the text that came in is never what was signed: it is parsed, and encoded anew.
 */
export function parsePairs(query: string): Pair[] {
  return [...new URLSearchParams(query)];
}

/** `k=v&k=v`, encoded and in order. */
export function canonicalPairs(pairs: readonly Pair[]): string {
  return [...pairs]
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(([key, value]) => `${percentEncode(key)}=${percentEncode(value)}`)
    .join("&");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
