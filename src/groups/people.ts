import type { Desired, Digits, GroupPlan, History } from "../membership/types";
import { REASONS } from "../membership/reasons";
import type { LinkPeople } from "./types";

/** Who is in a group, and who may hold its link. */
export function linkPeople(
  { members, formerly }: Pick<Desired, "members" | "formerly">,
  plan: GroupPlan,
  { memory }: History,
): LinkPeople {
  const there = new Set<Digits>([...plan.present, ...plan.spared, ...plan.remove].map(({ number }) => number));
  // People whose removal an earlier run began, and who are gone now.
  const gone = [...(memory?.removing ?? [])].filter(([number]) => !there.has(number));
  // People who have another number now are declared by that number, so their former number counts as declared, too.
  const renumbered = [...(memory?.declared.keys() ?? [])].filter((number) => members.has(formerly.get(number) ?? ""));
  return {
    declared: new Set([...members.keys(), ...renumbered]),
    absent: [...plan.awaiting.filter(({ removedBefore }) => removedBefore !== true), ...plan.left],
    dropped: [...(memory?.declared ?? [])].flatMap(([number, name]) =>
      members.has(number) || there.has(number) ? [] : [{ number, name }],
    ),
    barred: new Set([
      ...plan.remove.map(({ number }) => number),
      ...(memory?.removed ?? []),
      ...gone.map(([number]) => number),
    ]),
    strangers: [
      ...plan.remove.filter(({ reason }) => REASONS[reason].isStranger),
      ...gone.flatMap(([number, { name, reason }]) => (REASONS[reason].isStranger ? [{ number, name }] : [])),
    ],
    ...(memory?.strangers === undefined ? {} : { earlier: memory.strangers }),
  };
}
