/** What the check of numbers says of one that stands in a roster file, by where it stands. */

import { checkNumber, type Digits, digitsOf } from "../../numbers";
import { quote } from "../../text/clean";
import { type Fault, fault, type Place, warning } from "../fault";
import { NUMBER_PATTERN } from "./shape";

export { digitsOf };

/** What a number is there for. */
export type Standing =
  /** Somebody who belongs in a group. */
  | "declared"
  /** A release from the limits. */
  | "released"
  /** `protect` and `formerly`: nobody is declared by it, so an impossible one is only a warning. */
  | "noted";

interface NumberOptions {
  /** CAMS itself lists the number so, as `asListed` or `formerly` says. */
  readonly asListed?: boolean;
  readonly standing: Standing;
}

const REMEDY: Readonly<Record<Standing, string>> = {
  declared: "If CAMS itself lists it so, write `asListed: true` beside it.",
  released: "If CAMS itself lists it so, declare it with `asListed: true`, or name it under formerly in people.yaml.",
  noted: "If CAMS itself lists it so, leave it.",
};

/** What is wrong with a number that has the right shape; other shapes were already reported. */
export function numberFault(place: Place, number: string, { asListed, standing }: NumberOptions): Fault | undefined {
  if (!NUMBER_PATTERN.test(number)) return undefined;
  const checked = checkNumber(number, { asListed, quote });
  if (checked.kind === "ok") return undefined;
  const { code, message, hint } = checked;
  if (code === "unlikely-number") return warning(place, code, message, hint);
  if (code === "trunk-prefix") return fault(place, code, message, hint);
  return (standing === "noted" ? warning : fault)(
    place,
    code,
    message,
    asListed === true ? hint : `${hint} ${REMEDY[standing]}`,
  );
}

/** The digits of a number that has the right shape. */
export function readDigits(number: string | undefined): Digits | undefined {
  return number !== undefined && NUMBER_PATTERN.test(number) ? digitsOf(number) : undefined;
}
