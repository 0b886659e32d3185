import { createHmac, scryptSync } from "node:crypto";
import { maskNumber } from "../text/mask";
import type { Digits } from "../membership/types";
import type { Settings } from "../settings";

/** Length of the digest behind a masked number, in hex digits: eight keep the people of any company apart. */
const DIGEST = 8;

/** What the key is for, so that the same secret gives other keys elsewhere. */
const SALT = "cams-rollcall display masked";

/**
 * How numbers are written wherever people can see them: in messages, reports, previews, and as keys of `removals`.
 * Masked, a keyed digest follows, which keeps people distinct and an update plan binding without telling the number. The
 * key is derived slowly (scrypt), so that a digest of a known number is no quick test of a guessed passphrase.
 * @param sharedSecret asked only when there is no `maskKey`
 * @throws Error when `display` is `masked` and there is nothing to key the digest with: without a key, whoever sees a
 *   masked number could find the rest by trying
 */
export function display(
  settings: Pick<Settings, "display" | "maskKey">,
  sharedSecret: () => string | undefined,
): (number: Digits) => string {
  if (settings.display === "full") return (number) => number;
  const secret = settings.maskKey ?? sharedSecret();
  if (secret === undefined) {
    throw new Error(
      "rollcall:display is masked, but there is no key for the digests of masked numbers: set one with " +
        "`pulumi config set --secret rollcall:maskKey`, or use a stack with a passphrase",
    );
  }
  const key = scryptSync(secret, SALT, 32);
  return (number) => {
    const digest = createHmac("sha256", key).update(number).digest("hex").slice(0, DIGEST);
    return `${maskNumber(number)}${MARK}${digest}`;
  };
}

/** Stands between a masked number and its digest. */
const MARK = "~";

/** Whether a number was written masked; undefined when there is none to tell by. */
export function writtenMasked(shown: Iterable<string>): boolean | undefined {
  for (const one of shown) return one.includes(MARK);
  return undefined;
}

/** Whether numbers are as another setting of `display` wrote them, in state for instance. */
export function shownOtherwise({ display }: Pick<Settings, "display">, shown: Iterable<string>): boolean {
  const masked = writtenMasked(shown);
  return masked !== undefined && masked !== (display === "masked");
}
