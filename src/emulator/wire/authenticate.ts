import { Refusal } from "../errors";
import { isAcs3, verifyAcs3 } from "./acs3";
import type { Claim } from "./claim";
import type { KeyPair, WireRequest } from "./request";
import { isRpc, verifyRpc } from "./rpc";

const windowMs = 15 * 60 * 1000;

/** Judges requests: signature first, then time, then nonce (only a rightly signed request may use a nonce up). */
export class Authenticator {
  /** Nonce → when it may be forgotten: its date is then out of the window, so a replay is refused as expired. */
  private readonly nonces = new Map<string, number>();

  constructor(
    private readonly keys: KeyPair,
    private readonly clock: () => number,
  ) {}

  /** Throws a Refusal unless the request is signed, timely and new. */
  check(request: WireRequest): void {
    const claim = verify(request, this.keys);
    const now = this.clock();
    checkTime(claim.date, now);
    this.useUp(claim.nonce, now);
  }

  private useUp(nonce: string, now: number): void {
    for (const [old, until] of this.nonces) {
      if (until > now) break;
      this.nonces.delete(old);
    }
    if (this.nonces.has(nonce)) throw new Refusal("SignatureNonceUsed");
    this.nonces.set(nonce, now + 2 * windowMs);
  }
}

function verify(request: WireRequest, keys: KeyPair): Claim {
  if (isAcs3(request)) return verifyAcs3(request, keys);
  if (isRpc(request)) return verifyRpc(request, keys);
  throw new Refusal(
    "IncompleteSignature",
    "The request carries neither an ACS3-HMAC-SHA256 Authorization header nor a Signature parameter.",
  );
}

function checkTime(date: string, now: number): void {
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(date) ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(time)) throw new Refusal("InvalidTimeStamp.Format", `It reads "${date}".`);
  if (Math.abs(time - now) > windowMs) {
    const serverTime = new Date(now).toISOString();
    throw new Refusal("InvalidTimeStamp.Expired", `It reads ${date}; the server's time is ${serverTime}.`);
  }
}
