/**
 * How `check` plans one group: from the order of the program or, for a resource in somebody's own program, from a
 * listing of its own. Both ways use the same plan and the same guards, so a resource without a roll call is no less
 * safe.
 */
import type { GroupRef } from "../cams";
import { linkPeople } from "../groups/people";
import { judgeGroup } from "../membership/guards";
import { remember } from "../membership/memory";
import { planGroup } from "../membership/plan";
import type { Desired, Digits, GroupPlan, History, Memory } from "../membership/types";
import { observeGroup } from "../observation/observe-group";
import { judge, keep } from "./admit";
import type { CarryOut } from "./order";
import type { Prepared, Session } from "./session";
import type { Members, Policy } from "./shapes";
import { stayText } from "./stay";

/** A group that is ready to be written or held, and what is to be remembered of this look. */
export interface GroupLook {
  readonly prepared: Prepared;
  /** Undefined when the group is held, because such a look is not remembered. */
  readonly memory: Memory | undefined;
}

/**
 * Prepares a group by the order of the program: exactly its removals, judged once more in this process.
 * @param history what is known of the group: by the program or, when it could not read the state, by the inputs
 * @returns undefined when two resources declare the group: neither may be written then
 */
export function planFromOrder(
  session: Session,
  ref: GroupRef,
  order: CarryOut,
  history: History,
): GroupLook | undefined {
  const { observed, plan: planned, run } = order;
  // An order for a group that is made in the same run does not have its GroupId yet.
  const desired = { ...order.desired, group: ref.group };
  const plan = planGroup(desired, observed, history);
  const approved = new Map(order.remove.map((person) => [person.number, person]));
  const narrowed = { ...plan, remove: plan.remove.flatMap(({ number }) => approved.get(number) ?? []) };
  const prepared = judge(
    session,
    {
      ...{ ref, desired, observed, run, history },
      ...{ planned: planned?.removals, stays: planned?.writes === false, awaited: true },
      invited: planned?.invitations ?? order.invite,
    },
    narrowed,
  );
  return looked(prepared, narrowed, history);
}

/**
 * Prepares a group by a listing of its own. There is no summary of the run then, so undeclared people who stay are
 * reported here.
 * @returns undefined when two resources declare the group: neither may be written then
 */
export async function planAlone(
  session: Session,
  ref: GroupRef,
  members: Members,
  policy: Policy,
  history: History,
): Promise<GroupLook | undefined> {
  const desired = toDesired(session, ref, members, policy);
  const observed = await observeGroup(session.cams, ref);
  const alone = { ref, desired, history, invited: {}, stays: false, run: undefined, awaited: false };
  if (observed.kind === "whole") {
    const plan = planGroup(desired, observed, history);
    for (const line of stayText(plan, ref, session.show)) session.executor.warn(line);
    const known = { ...alone, observed, planned: undefined, linkPeople: linkPeople(desired, plan, history) };
    return looked(judge(session, known, plan), plan, history);
  }
  const verdict = judgeGroup({ desired, observed }, session.show);
  const refusals = verdict.kind === "held" ? verdict.refusals : [];
  const prepared = keep(session, { ...alone, refusals, named: {}, observed: undefined, approved: undefined });
  return prepared === undefined ? undefined : { prepared, memory: undefined };
}

function looked(prepared: Prepared | undefined, plan: GroupPlan, history: History): GroupLook | undefined {
  if (prepared === undefined) return undefined;
  const memory = prepared.refusals.length > 0 ? undefined : remember(prepared.desired, plan, history);
  return { prepared, memory };
}

/** Shared by all groups, because a process keeps every group that it prepared. */
const NOTHING = new Map<Digits, never>();
const NOBODY: ReadonlySet<Digits> = new Set();

function toDesired(session: Session, ref: GroupRef, members: Members, policy: Policy): Desired {
  const { settings } = session;
  return {
    name: ref.group,
    file: "the resource's arguments",
    group: ref.group,
    members: new Map(Object.entries(members)),
    former: NOTHING,
    formerly: NOTHING,
    names: NOTHING,
    protect: new Set([...settings.protect, ...(policy.protect ?? []), ref.businessNumber]),
    released: NOBODY,
    undeclared: policy.undeclared ?? settings.undeclared,
    onAdopt: policy.onAdopt ?? settings.onAdopt,
    allowEmpty: policy.allowEmpty ?? false,
    maxRemovals: policy.maxRemovals ?? settings.maxRemovalsPerGroup,
    named: undefined,
  };
}
