/**
 * What `check` makes of one group: from the order of the program, or, for a resource in somebody's own program, from its
 * own listing. Both ways meet in the same plan and the same guards, so a resource without a roll call is no less safe.
 */
import type { GroupRef } from "../cams";
import { judgeGroup } from "../membership/guards";
import { remember, type Memory } from "../membership/memory";
import { planGroup } from "../membership/plan";
import type { Desired, Digits, GroupPlan, History } from "../membership/types";
import { observeGroup } from "../observation/observe-group";
import { judge, keep } from "./admit";
import type { CarryOut } from "./order";
import type { Prepared, Session } from "./session";
import type { Members, Policy } from "./shapes";
import { stayText } from "./stay";

/** A group, ready to be written or held, and what is to be remembered of this look. */
export interface GroupLook {
  readonly prepared: Prepared;
  /** Undefined for a look that is held, which is not remembered. */
  readonly memory: Memory | undefined;
}

/**
 * A group prepared by the order of the program: exactly its removals, judged once more in this process.
 * @param history what is known of the group: by the program, or, where it could not read the state, by the inputs
 * @returns undefined when two resources declare the group: neither may be written then
 */
export function planFromOrder(
  session: Session,
  ref: GroupRef,
  order: CarryOut,
  history: History,
): GroupLook | undefined {
  const { desired, observed, plan: planned, run } = order;
  const plan = planGroup(desired, observed, history);
  const approved = new Map(order.remove.map((person) => [person.number, person]));
  const narrowed = { ...plan, remove: plan.remove.flatMap(({ number }) => approved.get(number) ?? []) };
  const prepared = judge(
    session,
    {
      ...{ ref, desired, observed, run, history },
      ...{ planned: planned?.removals, stays: planned?.writes === false, awaited: true },
    },
    narrowed,
  );
  return looked(prepared, narrowed, history);
}

/**
 * A group that lists itself. There is no summary of the run then, so who stays undeclared is told here.
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
  const alone = { ref, desired, history, stays: false, run: undefined, awaited: false };
  if (observed.kind === "whole") {
    const plan = planGroup(desired, observed, history);
    for (const line of stayText(plan, ref, session.show)) session.executor.warn(line);
    return looked(judge(session, { ...alone, observed, planned: undefined }, plan), plan, history);
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

/** Shared, since a process keeps every group that it prepared. */
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
