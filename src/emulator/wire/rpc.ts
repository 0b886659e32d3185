import { createHmac, timingSafeEqual } from "node:crypto";
import { missing, Refusal } from "../errors";
import type { Claim } from "./claim";
import { canonicalPairs, percentEncode } from "./encoding";
import { parameters, type KeyPair, type WireRequest } from "./request";

/**
 * The old RPC signature (SignatureVersion 1.0, HMAC-SHA1), by GET or POST: old SDKs, the aliyun CLI, and the TypeScript
 * client with `signatureAlgorithm: "v2"` (https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism).
 * The signature covers all parameters of query and form except itself. The key is the secret followed by `&`.
 */
export function isRpc(request: WireRequest): boolean {
  return parameters(request).has("Signature");
}

/** Returns date and nonce of a request that is signed rightly; throws a Refusal for any other. */
export function verifyRpc(request: WireRequest, keys: KeyPair): Claim {
  const given = parameters(request);
  const need = (name: string): string => {
    const value = given.get(name);
    if (value === undefined || value.trim() === "") throw missing(name);
    return value;
  };
  if (need("SignatureMethod") !== "HMAC-SHA1" || need("SignatureVersion") !== "1.0") {
    throw new Refusal("IncompleteSignature", "SignatureMethod must be HMAC-SHA1, SignatureVersion 1.0.");
  }
  if (need("AccessKeyId") !== keys.accessKeyId) throw new Refusal("InvalidAccessKeyId.NotFound");
  const claim = { date: need("Timestamp"), nonce: need("SignatureNonce") };

  const text = rpcStringToSign(request);
  const expected = createHmac("sha1", `${keys.accessKeySecret}&`).update(text).digest();
  const signature = Buffer.from(need("Signature"), "base64");
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
    throw new Refusal("SignatureDoesNotMatch", `server string to sign is: ${text}`);
  }
  return claim;
}

/** The string to sign; exported for the tests of the rule itself. */
export function rpcStringToSign(request: WireRequest): string {
  const pairs = [...request.query, ...request.form].filter(([key]) => key !== "Signature");
  return `${request.method}&${percentEncode("/")}&${percentEncode(canonicalPairs(pairs))}`;
}
