/** Numbers: how they are read, which of them can exist, and what is said of those that can't. One check for all ways in. */

export { checkNumber, type CheckedNumber, digitsOf, type NumberCode } from "./check";
export { countryCode } from "./country-code";
export { isCallingCode, readTableNumber, type TableNumber } from "./from-table";
export { isPossible } from "./possible";
export { readNumber } from "./read";
export { readTyped, type TypedNumber } from "./typed";
export type { Digits } from "./types";
