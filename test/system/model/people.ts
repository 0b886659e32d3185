import type { Digits } from "../../../src/membership/types";

/**
 * The few people of the generated worlds: so few that declared, protected, released and present ones meet often. No two
 * numbers are one digit apart, or have the same end: who of them counts as missing is for test/membership to ask.
 */
export const BOT = "8613800000000";
export const NUMBERS: readonly Digits[] = [
  ...["628110000001", "628112340002", "628125670003", "628137890004", "628149010005", "628152340006"],
  ...["491711234567", "491722345677"],
];
/** Strangers of whom nothing else is told. */
export const STRANGERS: readonly Digits[] = ["628163450007", "491733456789"];
/** The first one as dialled at home, the second one with a trunk zero, and one with two digits swapped. */
export const LOOK_ALIKES: readonly Digits[] = ["08110000001", "6208112340002", "491711234576"];
const ALIKE: readonly (readonly [Digits, Digits])[] = [
  ["628110000001", "08110000001"],
  ["628112340002", "6208112340002"],
  ["491711234567", "491711234576"],
];
/** Digits that no country's plan can have, as WhatsApp's privacy ids: nobody's, unless they look like somebody's. */
export const PRIVACY_ID = "123456789012345";
const IMPOSSIBLE: ReadonlySet<Digits> = new Set([PRIVACY_ID, "08110000001", "6208112340002"]);

/** Whether two of these people may be one, written twice. A table, so that it owes nothing to the code under test. */
export function alike(a: Digits, b: Digits): boolean {
  return ALIKE.some(([one, other]) => (a === one && b === other) || (a === other && b === one));
}

export const isImpossible = (number: Digits): boolean => IMPOSSIBLE.has(number);
