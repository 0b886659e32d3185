import type { Person } from "../../membership/types";
import { awaitingJson, groupJson } from "../plan-json";
import type { WhoGroup, WhoReport } from "./types";

/** The JSON of `rollcall who`. What only some groups have is left out of the others. */
export const whoJson = ({ groups, notes, show }: WhoReport): object => ({
  ...(notes.length === 0 ? {} : { notes }),
  groups: groups.map((one) => groupOf(one, show)),
});

function groupOf(one: WhoGroup, show: WhoReport["show"]): object {
  const person = ({ number, name }: Person) => ({ number: show(number), name });
  const { name, group, subject, seen } = one;
  const head = { name, group: groupJson(group), subject: subject ?? null };
  if (seen.kind === "not known") {
    const nobody = { present: [], awaiting: [], left: [], undeclared: [], unidentified: 0 };
    return { ...head, notKnown: seen.why, declared: seen.declared.map(person), ...nobody };
  }
  const { plan, create, doubt } = seen;
  const undeclared = [
    ...plan.remove.map((who) => ({ at: who.number, json: { ...person(who), reason: who.reason } })),
    ...plan.spared.map((who) => ({ at: who.number, json: { ...person(who), because: who.because } })),
  ].sort((a, b) => (a.at < b.at ? -1 : 1));
  return {
    ...head,
    ...(create ? { create } : {}),
    ...(doubt === undefined ? {} : { doubt }),
    present: plan.present.map(person),
    // No invite links: they let anybody in, and this is an answer that is passed on.
    awaiting: awaitingJson({ name, group, plan, refusals: [], invitations: one.invitations }, undefined, show),
    left: plan.left.map(person),
    undeclared: undeclared.map(({ json }) => json),
    unidentified: plan.unidentified,
  };
}
