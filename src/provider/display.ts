import { createHmac, scryptSync } from "node:crypto";
import { maskNumber } from "../text/mask";
import type { Digits } from "../membership/types";
import type { Settings } from "../settings";

/** Length of the digest after a masked number, in hex digits. Eight digits tell the people of any company apart. */
const DIGEST = 8;

/** Says what the key is for, so that the same secret gives other keys for other purposes. */
const SALT = "cams-rollcall display masked";

/**
 * How numbers are written wherever people can see them: in messages, reports, previews, and as keys of `removals`. A
 * masked number is followed by a keyed digest. It keeps people distinct and an update plan binding, and does not tell
 * the number. The key is derived slowly (scrypt). So the digest of a known number is no quick test of a guessed
 * passphrase.
 * @param sharedSecret called only when there is no `maskKey`
 * @throws Error when `display` is `masked` and there is no secret for the key. Without a key, whoever sees a masked
 *   number could find the rest by trying
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

/** Whether the first of these numbers was written masked; undefined when there is none. */
export function writtenMasked(shown: Iterable<string>): boolean | undefined {
  for (const one of shown) return one.includes(MARK);
  return undefined;
}

/** Whether numbers, for instance in state, were written with another setting of `display`. */
export function shownOtherwise({ display }: Pick<Settings, "display">, shown: Iterable<string>): boolean {
  const masked = writtenMasked(shown);
  return masked !== undefined && masked !== (display === "masked");
}
