import type { Refusal } from "../membership/types";

/** Every refusal of a run at once, with its rule. The run's own come first and decide the headline. */
export function refusalText(refusals: readonly Refusal[]): string {
  const whole = refusals.some(({ name }) => name === undefined);
  const scope = whole
    ? "The whole run is refused: nobody is removed from any group"
    : "Nobody is removed from these groups";
  return [
    `${scope}. ${refusals.length === 1 ? "1 refusal" : `${refusals.length} refusals`}:`,
    ...refusals.map(({ rule, message }) => `  [${rule}] ${message}`),
  ].join("\n");
}
