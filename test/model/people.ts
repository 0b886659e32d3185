import type { Digits } from "../../src/membership/types";

/** The few people of the generated worlds: so few that declared, protected, released and present ones meet often. */
export const BOT = "8613800000000";
export const NUMBERS: readonly Digits[] = [
  ...["628110000001", "628110000002", "628110000003", "628110000004", "628110000005", "628110000006"],
  ...["491711234567", "491711234577"],
];
/** The first one as dialled at home, the second one with a trunk zero, and one with two digits swapped. */
export const LOOK_ALIKES: readonly Digits[] = ["08110000001", "6208110000002", "491711234576"];
const ALIKE: readonly (readonly [Digits, Digits])[] = [
  ["628110000001", "08110000001"],
  ["628110000002", "6208110000002"],
  ["491711234567", "491711234576"],
];

/** Whether two of these people may be one, written twice. A table, so that it owes nothing to the code under test. */
export function alike(a: Digits, b: Digits): boolean {
  return ALIKE.some(([one, other]) => (a === one && b === other) || (a === other && b === one));
}
