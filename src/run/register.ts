import * as pulumi from "@pulumi/pulumi";
import { nameAll } from "../membership/guards";
import { ORDER, writeOrder, type GroupOrder } from "../provider/order";
import { ChatGroupParticipants, type ChatGroupParticipantsArgs } from "../provider/resource";
import type { Policy } from "../provider/shapes";
import { inTurn, valueOf } from "./in-turn";
import { invitationsOf, recordOf } from "./invitation-inputs";
import type { LastRun } from "./last-run";
import { isInviting, removalsIn, type PlannedGroup, type RunPlan } from "./plan-run";
import type { ReviewedGroup } from "./reviewed-plan";

/** A group that was registered. */
export interface Registered {
  readonly one: PlannedGroup;
  readonly resource: ChatGroupParticipants;
}

export interface RegisterOptions {
  readonly root: string;
  /** The name of this run. No other run has it. */
  readonly run: string;
  /** When this run began, ISO 8601: its attempts to invite people are remembered by it. */
  readonly at: string;
  /** Writes a number as people may see it. */
  readonly show: (number: string) => string;
}

/** What a run knows when it registers some of its groups. */
export interface RunParts {
  /** Of the whole run. */
  readonly plan: RunPlan;
  readonly last: LastRun | undefined;
  readonly groupOf: GroupOf;
}

/** The GroupId of a group; undefined for a group that was to be made in this run, and was not made. */
export type GroupOf = (one: PlannedGroup) => pulumi.Input<string> | undefined;

/**
 * Registers one resource per group. A group that a guard holds, or that was not looked at, is registered as it was.
 *
 * A held group may have no resource yet. Then `up` does not register it: a new group is adopted only after a look at
 * it, and a group that belongs to another roster's resource stays there. That loses nothing: a run with a held group
 * ends in failure, and after a failure Pulumi deletes no resource. A preview does not end in failure, and registers new
 * resources too. So its plan knows them, and an `up` that the plan binds can adopt the groups that no guard holds by
 * then. What a plan does not know can't be registered by it.
 */
export async function registerGroups(
  some: readonly PlannedGroup[],
  { plan, last, groupOf }: RunParts,
  options: RegisterOptions,
): Promise<readonly Registered[]> {
  const names = new Set(plan.groups.map(({ desired }) => desired.name));
  /**
   * The name by which the state knows a group whose roster was renamed since, unless another roster has that name now.
   */
  const formerName = ({ desired }: PlannedGroup): string | undefined => {
    const was = last?.groups.get(desired.group)?.name;
    return was === undefined || was === desired.name || names.has(was) ? undefined : was;
  };
  const registered = some.filter((one) => {
    if (groupOf(one) === undefined) return false;
    if (plan.reviewed !== undefined) return one.reviewed !== undefined;
    if (one.verdict.kind === "approved") return true;
    if (last?.names.has(one.desired.name) === true || formerName(one) !== undefined) return true;
    return pulumi.runtime.isDryRun() && last?.groups.get(one.desired.group)?.name === undefined;
  });
  const resources = await inTurn(registered, (one) => registerGroup(one, groupOf(one) ?? "", formerName(one), options));
  return registered.flatMap((one, index) => {
    const resource = resources[index];
    return resource === undefined ? [] : [{ one, resource }];
  });
}

function registerGroup(
  one: PlannedGroup,
  group: pulumi.Input<string>,
  was: string | undefined,
  options: RegisterOptions,
): ChatGroupParticipants {
  const aliases = was === undefined ? {} : { aliases: [{ name: was }] };
  return new ChatGroupParticipants(one.desired.name, { ...argsOf(one, options), group }, aliases);
}

/** The resource's arguments, with the order of this program instead of a policy. */
type OrderedArgs = Omit<ChatGroupParticipantsArgs, keyof Policy> & { readonly [ORDER]: string };

function argsOf(one: PlannedGroup, options: RegisterOptions): OrderedArgs {
  const { ref, desired } = one;
  return {
    group: ref.group,
    businessNumber: ref.businessNumber,
    custSpaceId: ref.custSpaceId,
    members: Object.fromEntries(desired.members),
    [ORDER]: writeOrder(orderOf(one, options)),
  };
}

function orderOf(one: PlannedGroup, { root, run, at, show }: RegisterOptions): GroupOrder {
  const { desired, history, observed, verdict, reviewed } = one;
  const bound = reviewed?.lookedAt === true ? boundBy(reviewed) : undefined;
  const common = { root, preview: pulumi.runtime.isDryRun(), plan: bound };
  if (verdict.kind === "held" || observed.kind !== "whole") {
    return {
      kind: "leave alone",
      ...common,
      history,
      held: reviewed === undefined ? one.skipped !== true : reviewed.held,
    };
  }
  const { remove } = verdict.approved;
  const invite = invitationsOf(one, show);
  return {
    ...{ kind: "carry out", ...common, run: isToAct(one) ? run : undefined, desired, history, observed, remove },
    ...{ invite, invitations: recordOf(one, at) },
  };
}

const boundBy = ({ removals, invitations, writes }: ReviewedGroup) => ({ removals, invitations, writes });

/** Whether somebody is to be removed or invited. */
const isToAct = (one: PlannedGroup): boolean => removalsIn(one).length > 0 || isInviting(one);

/** What became of a run's removals. Not for previews. */
export interface Ended {
  /** Which removals were not completed, a line each. */
  readonly failures: readonly string[];
  /** Groups from which somebody was to be removed, but that Pulumi left out. */
  readonly leftOut: readonly PlannedGroup[];
  /** Groups that are as they were planned to be. */
  readonly done: ReadonlySet<PlannedGroup>;
  /** Groups whose record of this run is in the state, whether everything was done or not. */
  readonly recorded: ReadonlySet<PlannedGroup>;
}

/** Waits for every group to be done. If a group is held, its `failed` is from an earlier run, and does not count. */
export async function endOf(registered: readonly Registered[], run: string): Promise<Ended> {
  const ends = await Promise.all(
    registered
      .filter(({ one }) => one.verdict.kind === "approved")
      .map(async ({ one, resource }) => {
        const [failed, by] = await Promise.all([valueOf(resource.failed), valueOf(resource.run)]);
        const acts = isToAct(one);
        const recorded = by === run ? [one] : [];
        if (acts && one.reviewed?.writes === false) return { one, recorded, leftOut: [], failures: [spentText(one)] };
        return acts && by !== run
          ? { one, recorded, leftOut: [one], failures: [] }
          : { one, recorded, leftOut: [], failures: failed === undefined ? [] : [failed] };
      }),
  );
  return {
    failures: ends.flatMap(({ failures }) => failures).sort(),
    leftOut: ends.flatMap(({ leftOut }) => leftOut),
    recorded: new Set(ends.flatMap(({ recorded }) => recorded)),
    done: new Set(ends.flatMap(({ one, failures, leftOut }) => (failures.length + leftOut.length === 0 ? [one] : []))),
  };
}

/** Why nobody was removed: when a plan makes a resource, Pulumi lets the plan write it only once. */
const spentText = ({ desired: { name, group } }: PlannedGroup): string =>
  `${name} (${group}): nobody was removed, since the plan was applied before, and Pulumi lets it make the resource once only. ` +
  "Make a new plan (`pulumi preview --save-plan`) and have it reviewed";

/** Names the people who are still in groups that `--target` or `--exclude` left out; empty when there are none. */
export function leftOutText(leftOut: readonly PlannedGroup[], show: (number: string) => string): string {
  if (leftOut.length === 0) return "";
  const lines = leftOut.map((one) => {
    const { desired } = one;
    const remove = removalsIn(one);
    return `  ${desired.name} (${desired.group}): ${nameAll(remove, show)} ${remove.length === 1 ? "was" : "were"} not removed`;
  });
  return [
    `Pulumi was told to leave these out (--target, --exclude), so nobody was removed from them:`,
    ...lines,
    "Run `pulumi up` without that to remove them",
  ].join("\n");
}
