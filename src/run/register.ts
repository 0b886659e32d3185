import * as pulumi from "@pulumi/pulumi";
import { nameAll } from "../membership/guards";
import { ORDER, writeOrder, type GroupOrder } from "../provider/order";
import { ChatGroupParticipants, type OrderedArgs } from "../provider/resource";
import type { LastRun } from "./last-run";
import type { RunPlan, PlannedGroup } from "./plan-run";

/** A group that was registered. */
export interface Registered {
  readonly one: PlannedGroup;
  readonly resource: ChatGroupParticipants;
}

export interface RegisterOptions {
  readonly root: string;
  /** Names this run, other than any other one. */
  readonly run: string;
}

/**
 * Registers one resource per group. A group that a guard holds, or that was not looked at, is registered as it was.
 *
 * When a held group has no resource to leave as it was, `up` does not register it: a new group is adopted only once it
 * could be looked at, and a group that belongs to another roster's resource stays there. That loses nothing: a run with
 * a held group ends in failure, after which Pulumi deletes no resource. A preview, which ends well, registers new ones
 * too: so its plan knows them, and an `up` that is bound by the plan can adopt those that no guard holds by then. What a
 * plan does not know can't be registered by it.
 */
export async function registerGroups(
  seen: RunPlan,
  last: LastRun | undefined,
  options: RegisterOptions,
): Promise<readonly Registered[]> {
  const names = new Set(seen.groups.map(({ desired }) => desired.name));
  /** The name under which the state knows a group whose roster was renamed since, unless another roster goes by it now. */
  const formerName = ({ desired }: PlannedGroup): string | undefined => {
    const was = last?.groups.get(desired.group)?.name;
    return was === undefined || was === desired.name || names.has(was) ? undefined : was;
  };
  const registered = seen.groups.filter((one) => {
    if (seen.reviewed !== undefined) return one.reviewed !== undefined;
    if (one.verdict.kind === "approved") return true;
    if (last?.names.has(one.desired.name) === true || formerName(one) !== undefined) return true;
    return pulumi.runtime.isDryRun() && last?.groups.get(one.desired.group)?.name === undefined;
  });
  const resources = await inTurn(registered, (one) => registerGroup(one, formerName(one), options));
  return registered.flatMap((one, index) => {
    const resource = resources[index];
    return resource === undefined ? [] : [{ one, resource }];
  });
}

/** Registrations under way at once: Pulumi checks one after the other, and each waits with some 100 kB of memory. */
const UNDER_WAY = 500;

/** Registers one after the other, each at the bottom of the call stack: Pulumi writes all callers of a registration into state. */
function inTurn(
  all: readonly PlannedGroup[],
  register: (one: PlannedGroup) => ChatGroupParticipants,
): Promise<readonly ChatGroupParticipants[]> {
  const resources: ChatGroupParticipants[] = [];
  let settled = 0;
  return new Promise((done) => {
    const next = (): void => {
      const one = all[resources.length];
      if (one === undefined) return;
      const resource = register(one);
      resources.push(resource);
      void isKnown(resource.urn).then(() => {
        if (++settled === all.length) done(resources);
        else setImmediate(next);
      });
    };
    if (all.length === 0) done(resources);
    for (let i = 0; i < Math.min(UNDER_WAY, all.length); i++) setImmediate(next);
  });
}

function registerGroup(one: PlannedGroup, was: string | undefined, options: RegisterOptions): ChatGroupParticipants {
  const aliases = was === undefined ? {} : { aliases: [{ name: was }] };
  return new ChatGroupParticipants(one.desired.name, argsOf(one, options), aliases);
}

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

function orderOf(one: PlannedGroup, { root, run }: RegisterOptions): GroupOrder {
  const { desired, history, observed, verdict, reviewed } = one;
  const bound = reviewed?.lookedAt === true ? { removals: reviewed.removals, writes: reviewed.writes } : undefined;
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
  return { kind: "carry out", ...common, run: remove.length > 0 ? run : undefined, desired, history, observed, remove };
}

/** What became of a run's removals. Not for previews. */
export interface Ended {
  /** Which removals did not come to their end, a line each. */
  readonly failures: readonly string[];
  /** Groups from which somebody was to be removed, and which Pulumi left out. */
  readonly leftOut: readonly PlannedGroup[];
}

/** Waits for every group to be done. What a group that is held says of failures is of an earlier run. */
export async function endOf(registered: readonly Registered[], run: string): Promise<Ended> {
  const ends = await Promise.all(
    registered
      .filter(({ one }) => one.verdict.kind === "approved")
      .map(async ({ one, resource }) => {
        const [failed, by] = await Promise.all([valueOf(resource.failed), valueOf(resource.run)]);
        const removes = one.verdict.kind === "approved" && one.verdict.approved.remove.length > 0;
        if (removes && one.reviewed?.writes === false) return { leftOut: [], failures: [spentText(one)] };
        return removes && by !== run ? { leftOut: [one], failures: [] } : { leftOut: [], failures: failed ?? [] };
      }),
  );
  return {
    failures: ends.flatMap(({ failures }) => failures).sort(),
    leftOut: ends.flatMap(({ leftOut }) => leftOut),
  };
}

/** Pulumi lets a plan that makes a resource write it once only. */
const spentText = ({ desired: { name, group } }: PlannedGroup): string =>
  `${name} (${group}): nobody was removed, since the plan was applied before, and Pulumi lets it make the resource once only. ` +
  "Make a new plan (`pulumi preview --save-plan`) and have it reviewed";

/** What an output came to; undefined when Pulumi left its resource out, so that it never comes to anything. */
async function valueOf<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  return (await isKnown(output)) ? new Promise((told) => output.apply(told)) : undefined;
}

/** Settles once Pulumi has answered, be it that the value will not be known (`OutputInstance` of `@pulumi/pulumi`). */
function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
  return (output as unknown as { readonly isKnown: Promise<boolean> }).isKnown;
}

/** Says of each group that Pulumi was told to leave out who is there still; empty when there is none. */
export function leftOutText(leftOut: readonly PlannedGroup[], show: (number: string) => string): string {
  if (leftOut.length === 0) return "";
  const lines = leftOut.map(({ desired, verdict }) => {
    const remove = verdict.kind === "approved" ? verdict.approved.remove : [];
    return `  ${desired.name} (${desired.group}): ${nameAll(remove, show)} ${remove.length === 1 ? "was" : "were"} not removed`;
  });
  return [
    `Pulumi was told to leave these out (--target, --exclude), so nobody was removed from them:`,
    ...lines,
    "Run `pulumi up` without that to remove them",
  ].join("\n");
}
