/** What Pulumi printed about invitations, for people. */
import { plural } from "../text/plural";
import { capital, type Section } from "./document";
import { TO_INVITE } from "./invitations";
import { PEOPLE } from "./plan";
import type { Told } from "./pulumi-output";
import type { StepOutcome } from "./pulumi-steps";

/** What is said of invitations of an update by how far they came. */
const HOW_FAR: Readonly<Record<StepOutcome, string>> = {
  failed: "Not known to be invited: sending to their group failed",
  planned: `${capital(TO_INVITE)}: planned, and not reached`,
  done: "Invited",
};

/** Who is invited; what failed first. */
export function toldInvitationSections({ kind, wholeRun, invitations }: Told): readonly Section[] {
  const title = (outcome: StepOutcome): string => {
    if (wholeRun) return `${capital(TO_INVITE)}, but the run is refused`;
    return kind === "preview" ? capital(TO_INVITE) : HOW_FAR[outcome];
  };
  return (["failed", "planned", "done"] as const).map((outcome) => ({
    title: title(outcome),
    tone: outcome === "failed" ? "caution" : "plain",
    columns: PEOPLE,
    rows: invitations
      .filter((one) => one.outcome === outcome)
      .flatMap(({ name, people }) => people.map((person) => [name, person.number, person.name])),
  }));
}

/** `2 people invited`, `1 person to invite`; what failed is counted by group. */
export function toldInvitationFacts({ invitations }: Told): readonly string[] {
  const counted = (outcome: StepOutcome, what: string): readonly string[] => {
    const count = countPeople(invitations.filter((one) => one.outcome === outcome));
    return count === 0 ? [] : [`${plural(count, "person", "people")} ${what}`];
  };
  return [...counted("done", "invited"), ...counted("planned", "to invite")];
}

export const countPeople = (invitations: Told["invitations"]): number =>
  invitations.reduce((sum, { people }) => sum + people.length, 0);
