import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { Refusal } from "../errors";
import { canonicalPairs } from "./encoding";
import type { Claim } from "./claim";
import type { KeyPair, WireRequest } from "./request";

/**
 * ACS3-HMAC-SHA256, the signature that all current SDKs send
 * (https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature).
 *
 * What is signed differs from SDK to SDK (Python's also signs `accept` and `user-agent`), so the names are taken from
 * SignedHeaders. Six headers must be among them, and what the request says of temporary keys, where it does: what is
 * not signed could be changed on the way.
 */
const algorithm = "ACS3-HMAC-SHA256";
const mustBeSigned = [
  "host",
  "x-acs-action",
  "x-acs-content-sha256",
  "x-acs-date",
  "x-acs-signature-nonce",
  "x-acs-version",
];
/** Sent with temporary (STS) keys only. */
const mustBeSignedWhereSent = ["x-acs-accesskey-id", "x-acs-security-token"];

export function isAcs3(request: WireRequest): boolean {
  return request.headers.get("authorization")?.startsWith(algorithm) ?? false;
}

/** Returns date and nonce of a request that is signed rightly; throws a Refusal for any other. */
export function verifyAcs3(request: WireRequest, keys: KeyPair): Claim {
  const { credential, signedHeaders, signature } = authorization(request);
  if (credential !== keys.accessKeyId) throw new Refusal("InvalidAccessKeyId.NotFound");

  const sent = mustBeSignedWhereSent.filter((name) => request.headers.has(name));
  const unsigned = [...mustBeSigned, ...sent].filter(
    (name) => !signedHeaders.includes(name) || (request.headers.get(name) ?? "").trim() === "",
  );
  if (unsigned.length > 0) {
    throw new Refusal("IncompleteSignature", `Not sent, empty or not in SignedHeaders: ${unsigned.join(", ")}.`);
  }
  const hash = sha256(request.body);
  const signedHash = request.headers.get("x-acs-content-sha256") ?? "";
  if (signedHash !== hash) {
    throw new Refusal("SignatureDoesNotMatch", `x-acs-content-sha256 is ${signedHash}, the body's hash is ${hash}.`);
  }
  const text = `${algorithm}\n${sha256(canonicalRequest(request, signedHeaders, hash))}`;
  const expected = createHmac("sha256", keys.accessKeySecret).update(text).digest();
  const given = Buffer.from(signature, "hex");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    const shown = canonicalRequest(request, signedHeaders, hash).replaceAll("\n", "\\n");
    throw new Refusal("SignatureDoesNotMatch", `server string to sign is: ${shown}`);
  }
  return {
    date: request.headers.get("x-acs-date") ?? "",
    nonce: request.headers.get("x-acs-signature-nonce") ?? "",
  };
}

/** The canonical request; exported for the tests of the rule itself. */
export function canonicalRequest(request: WireRequest, signedHeaders: readonly string[], bodyHash: string): string {
  const headers = signedHeaders.map((name) => `${name}:${(request.headers.get(name) ?? "").trim()}\n`);
  return [
    request.method,
    request.path,
    canonicalPairs(request.query),
    headers.join(""),
    signedHeaders.join(";"),
    bodyHash,
  ].join("\n");
}

function authorization(request: WireRequest): { credential: string; signedHeaders: string[]; signature: string } {
  const text = request.headers.get("authorization") ?? "";
  const match = /^ACS3-HMAC-SHA256\s+Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(
    text,
  );
  const [, credential, signedHeaders, signature] = match ?? [];
  if (credential === undefined || signedHeaders === undefined || signature === undefined) {
    throw new Refusal(
      "IncompleteSignature",
      `Authorization must read "${algorithm} Credential=…,SignedHeaders=…,Signature=<64 hex digits>".`,
    );
  }
  return { credential, signedHeaders: signedHeaders.toLowerCase().split(";"), signature };
}

function sha256(data: Buffer | string): string {
  return createHash("sha256").update(data).digest("hex");
}
