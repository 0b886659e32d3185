/**
 * What `check` makes of one group: from the word of a roll call, or, for a resource in somebody's own program, from its
 * own listing. Both ways meet in the same plan and the same guards, so a resource without a roll call is no less safe.
 */
import { CamsError, type GroupRef } from "../cams";
import { judgeGroup } from "../membership/guards";
import { planGroup } from "../membership/plan";
import type { Desired, History, Observed } from "../membership/types";
import { toObserved } from "../rollcall/roll-call";
import type { Whole } from "../rollcall/types";
import { judge, remember } from "./admit";
import type { Prepared, Session } from "./session";
import type { Members, Policy, RollCall } from "./shapes";
import { stayText } from "./stay";

/**
 * A group prepared by the word of a roll call: exactly its removals, judged once more in this process.
 * @returns undefined when two resources declare the group: neither may be written then
 */
export function prepareFromRollCall(
  session: Session,
  ref: GroupRef,
  members: Members,
  roll: RollCall,
  history: History,
): Prepared | undefined {
  const desired = toDesired(session, ref, members, roll);
  const observed: Whole = { kind: "whole", participants: roll.participants, unidentified: roll.unidentified };
  const plan = planGroup(desired, observed, history);
  const remove = plan.remove.flatMap((person) => {
    const approved = roll.removals[person.number];
    return approved === undefined ? [] : [{ ...person, ...approved }];
  });
  return judge(session, { ref, desired, history, observed, awaited: true }, { ...plan, remove });
}

/**
 * A group that lists itself. There is no summary of the run then, so who stays undeclared is told here.
 * @param started whose removal the last run began since the roster dropped them, as `display` writes numbers
 * @returns undefined when two resources declare the group: neither may be written then
 */
export async function prepareAlone(
  session: Session,
  ref: GroupRef,
  members: Members,
  policy: Policy,
  history: History,
  started: ReadonlySet<string>,
): Promise<Prepared | undefined> {
  const desired = toDesired(session, ref, members, policy);
  const observed = await observe(session, ref);
  if (observed.kind === "whole") {
    const plan = planGroup(desired, observed, history);
    for (const line of stayText(plan, ref, session.show)) session.executor.warn(line);
    const remove = plan.remove.map((person) =>
      history.kind === "adopted" && started.has(session.show(person.number))
        ? { ...person, reason: "dropped from roster" as const }
        : person,
    );
    return judge(session, { ref, desired, history, observed, awaited: false }, { ...plan, remove });
  }
  const verdict = judgeGroup({ desired, observed }, session.show);
  const refusals = verdict.kind === "held" ? verdict.refusals : [];
  return remember(session, {
    ...{ ref, desired, history, refusals },
    ...{ observed: undefined, approved: undefined, awaited: false },
  });
}

/** Shared, since a process keeps every group that it prepared. */
const NOTHING = new Map<string, never>();
const NOBODY: ReadonlySet<string> = new Set<string>();

function toDesired(
  session: Session,
  ref: GroupRef,
  members: Members,
  policy: Policy & Partial<Pick<RollCall, "name" | "file" | "released">>,
): Desired {
  const { settings } = session;
  return {
    name: policy.name ?? ref.group,
    file: policy.file ?? "the resource's arguments",
    group: ref.group,
    members: new Map(Object.entries(members)),
    former: NOTHING,
    names: NOTHING,
    protect: new Set([...settings.protect, ...(policy.protect ?? []), ref.businessNumber]),
    released: policy.released === undefined || policy.released.length === 0 ? NOBODY : new Set(policy.released),
    undeclared: policy.undeclared ?? settings.undeclared,
    onAdopt: policy.onAdopt ?? settings.onAdopt,
    allowEmpty: policy.allowEmpty ?? false,
    maxRemovals: policy.maxRemovals ?? settings.maxRemovalsPerGroup,
  };
}

/** A failure that would meet every group alike is thrown; any other is this group's. */
async function observe(session: Session, ref: GroupRef): Promise<Observed> {
  try {
    return await session.cams.listParticipants(ref);
  } catch (error) {
    if (error instanceof CamsError && error.kind !== "access" && error.kind !== "unreachable") return toObserved(error);
    throw error;
  }
}
