import type { Refusal } from "../membership/types";

/** Rules that leave a group itself and its link as they are. They hold nobody: who is to go from the group goes. */
const OF_UPKEEP: ReadonlySet<string> = new Set(["ambiguous-group", "groups-not-listed", "state-not-read"]);

/** Rules that hold invitations and nothing else, where they are about no single group. */
const OF_INVITATIONS: ReadonlySet<string> = new Set([
  ...["template-not-passed", "template-is-marketing", "template-parameters", "number-not-official"],
  ...["groups-not-listed", "invitations-unreadable", "plan-spent", "plan-undated"],
]);

/** Every refusal of a run at once, with its rule. The run's own come first and decide the headline. */
export function refusalText(refusals: readonly Refusal[]): string {
  if (refusals.some((one) => one.name === undefined && !isOfInvitations(one))) {
    return listed("The whole run is refused: nobody is removed from any group", refusals);
  }
  const invitations = refusals.filter(isOfInvitations);
  const others = refusals.filter((one) => !isOfInvitations(one));
  const [upkeep, held] = [others.filter(isOfUpkeep), others.filter((one) => !isOfUpkeep(one))];
  return [
    ...(held.length === 0 ? [] : [listed("Nobody is removed from these groups", held)]),
    ...(upkeep.length === 0 ? [] : [listed("Nothing is done for these groups themselves and for their links", upkeep)]),
    ...(invitations.length === 0 ? [] : [listed("Nobody is invited into some groups", invitations)]),
  ].join("\n");
}

const isOfInvitations = ({ rule, name }: Refusal): boolean => name === undefined && OF_INVITATIONS.has(rule);

const isOfUpkeep = ({ rule }: Refusal): boolean => OF_UPKEEP.has(rule);

const listed = (scope: string, refusals: readonly Refusal[]): string =>
  [
    `${scope}. ${refusals.length === 1 ? "1 refusal" : `${refusals.length} refusals`}:`,
    ...refusals.map(({ rule, message }) => `  [${rule}] ${message}`),
  ].join("\n");
