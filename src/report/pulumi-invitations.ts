/**
 * What Pulumi printed about invitations. The people's resource of a group names in its input `invitations` who is to be
 * invited, before anything is sent; the one that sends names the same people in its input `change`, and says how it
 * went. So each group is told once. Where no step says anything, because the run was refused, its own summary does.
 */
import { PURPOSES } from "../invitations/types";
import { whyInvited } from "../invitations/words";
import { TO_INVITE } from "./invitations";
import { bag, type Step, type StepOutcome } from "./pulumi-steps";
import { stepsOf, withRows, type Rows } from "./pulumi-upkeep";

/** The people of one group who are invited. */
export interface ToldInvitations {
  /** The resource's name. */
  readonly name: string;
  /** Numbers as `display` wrote them. */
  readonly people: readonly { readonly number: string; readonly name: string }[];
  readonly outcome: StepOutcome;
}

const INVITATIONS = "pulumi-nodejs:dynamic/cams:ChatGroupInvitations";

/**
 * @param peopleType the type of the resource of a group's people
 * @returns sorted by name
 */
export function invitationsIn(
  steps: readonly Step[],
  summary: readonly Rows[],
  peopleType: string,
): readonly ToldInvitations[] {
  const sent = stepsOf(INVITATIONS, steps).map((step) => ({
    name: step.name,
    people: peopleIn(step.after?.change),
    outcome: outcomeOf(step),
  }));
  const begun = steps
    .filter(({ type, after }) => type === peopleType && after?.invitations !== undefined)
    .map(({ name, after }) => ({ name, people: peopleIn(after?.invitations), outcome: "planned" as const }));
  const named = new Map(begun.map((one) => [one.name, one]));
  const rows = summary.filter(({ title }) => title === TO_INVITE).flatMap((section) => section.rows);
  return withRows(withRows(sent, [...named.values()]), rowsOf(rows)).filter(({ people }) => people.length > 0);
}

/**
 * Messages are sent only by a step that is done. If it has no results, the group's removals or its link were not
 * completed, and nobody was written to.
 */
function outcomeOf({ op, outcome, outputs }: Step): StepOutcome {
  const { results } = outputs;
  const isSent = op !== "same" && Array.isArray(results) && results.length > 0;
  return outcome === "done" && !isSent ? "planned" : outcome;
}

const peopleIn = (named: unknown): ToldInvitations["people"] =>
  Object.entries(bag(named))
    .filter((entry): entry is [string, string] => typeof entry[1] === "string")
    .map(([number, name]) => ({ number, name }))
    .sort((a, b) => (a.number < b.number ? -1 : 1));

const REASONS = PURPOSES.map(whyInvited);

/** Rows of the summary: group, number, name and why, which are apart by two spaces or more. A name may be empty. */
function rowsOf(rows: readonly string[]): readonly ToldInvitations[] {
  const groups = new Map<string, { readonly number: string; readonly name: string }[]>();
  for (const row of rows) {
    const [, group = "", number = "", rest = ""] = /^(.*?\S) {2,}(\S+) {2,}(.*)$/.exec(row) ?? [];
    const why = REASONS.find((one) => rest.endsWith(one));
    if (group === "" || why === undefined) continue;
    const person = { number, name: rest.slice(0, -why.length).trim() };
    groups.set(group, [...(groups.get(group) ?? []), person]);
  }
  return [...groups].map(([name, people]) => ({ name, people, outcome: "planned" }));
}
