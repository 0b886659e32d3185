/** Where CAMS is: `host[:port]`, and whether TLS is used. */
export interface Endpoint {
  readonly host: string;
  readonly protocol: "https" | "http";
}

const HOST = /^(\[[0-9a-f:]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?$/i;
const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/i;

export type ParsedEndpoint =
  { readonly kind: "ok"; readonly endpoint: Endpoint } | { readonly kind: "invalid"; readonly message: string };

/**
 * Reads `rollcall:endpoint`: `host[:port]`, with `http://` for loopback addresses only, since requests carry phone
 * numbers.
 */
export function parseEndpoint(text: string): ParsedEndpoint {
  const match = /^(?:(https?):\/\/)?(.*?)\/?$/i.exec(text.trim());
  const host = match?.[2] ?? "";
  const protocol = match?.[1]?.toLowerCase() === "http" ? "http" : "https";
  if (!HOST.test(host)) return invalid("it has to be host[:port], such as cams.ap-southeast-1.aliyuncs.com");
  if (protocol === "http" && !LOOPBACK.test(host))
    return invalid("http:// is accepted for loopback addresses only, since requests carry phone numbers");
  return { kind: "ok", endpoint: { host, protocol } };
}

const invalid = (message: string): ParsedEndpoint => ({ kind: "invalid", message });
