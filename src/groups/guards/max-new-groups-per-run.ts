import { plural } from "../../text/plural";

/** A group that is made stays, and uses up the account's quota. So a run with a wrong folder must not make hundreds. */
export function maxNewGroupsPerRun(names: readonly string[], limit: number): string | undefined {
  if (names.length <= limit) return undefined;
  return (
    `${plural(names.length, "group")} would be made, more than the run's limit of ${limit}: ${names.join(", ")}. ` +
    `To permit it, set rollcall:maxNewGroupsPerRun to ${names.length}`
  );
}
