import { createHmac } from "node:crypto";
import { maskNumber } from "../membership/mask";
import type { Digits } from "../membership/types";
import type { Settings } from "../settings";

/** Length of the digest behind a masked number, in hex digits: eight keep the people of any company apart. */
const DIGEST = 8;

/**
 * How numbers are written wherever people can see them: in messages, reports, previews, and as keys of `removals`.
 * Masked, a keyed digest follows, which keeps people distinct and an update plan binding without telling the number.
 * @throws Error when `display` is `masked` and there is nothing to key the digest with: without a key, whoever sees a
 *   masked number could find the rest by trying
 */
export function display(
  settings: Pick<Settings, "display" | "maskKey">,
  passphrase: string | undefined,
): (number: Digits) => string {
  if (settings.display === "full") return (number) => number;
  const key = settings.maskKey ?? passphrase;
  if (key === undefined) {
    throw new Error(
      "rollcall:display is masked, but there is no key for the digests of masked numbers: set one with " +
        "`pulumi config set --secret rollcall:maskKey`, or use a stack with a passphrase",
    );
  }
  return (number) => {
    const digest = createHmac("sha256", key).update(number).digest("hex").slice(0, DIGEST);
    return `${maskNumber(number)}~${digest}`;
  };
}
