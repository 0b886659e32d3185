/**
 * Registers everything of a run, in the order in which it has to happen: groups that are made, people, links,
 * invitations. A group's invitations come last, so that nobody is written to before its removals and its link are done.
 */
import pMap from "p-map";
import { endOf, registerGroups, type GroupOf, type RegisterOptions } from "./register";
import { registerInvitations, type StepsBefore } from "./register-invitations";
import { endOfUpkeep, registerLinks } from "./register-upkeep";
import type { LastRun } from "./last-run";
import { isInviting, removalsIn, type PlannedGroup, type RunPlan } from "./plan-run";

/** What became of people, links and invitations. Nothing of it is known in a preview. */
export interface CarriedOut {
  /** Which removals, which links and which invitations were not completed, a line each. */
  readonly failures: {
    readonly people: readonly string[];
    readonly links: readonly string[];
    readonly invitations: readonly string[];
  };
  /** What Pulumi left out: groups from which somebody was to be removed, and names of resources. */
  readonly leftOut: {
    readonly people: readonly PlannedGroup[];
    readonly links: readonly string[];
    readonly invitations: readonly string[];
  };
}

export interface CarryOut extends RegisterOptions {
  readonly plan: RunPlan;
  readonly last: LastRun | undefined;
  readonly groupOf: GroupOf;
}

/**
 * Most groups with invitations that are carried out at once. Their people's record says that an attempt was begun, and
 * a run that is stopped before the messages are sent leaves it unknown whether they were. So there are few at a time.
 */
const INVITING_AT_ONCE = 4;

/** Registers all groups at once: a preview does nothing that takes time or may fail. */
export async function registerPreview({ plan, last, groupOf, ...options }: CarryOut): Promise<void> {
  const all = { plan, last, groupOf };
  await registerGroups(plan.groups, all, options);
  await registerLinks(plan.groups, all, () => true, options);
  await registerInvitations(plan.groups, all, { isRecorded: () => true, isDone: () => true }, options);
}

/**
 * Carries out what the plan says of people, links and invitations.
 * @param onRegistered is called once the people of groups without invitations are registered
 */
export async function carryOut(run: CarryOut, onRegistered: () => Promise<void>): Promise<CarriedOut> {
  const { plan } = run;
  const quiet = await carryOutGroups(
    plan.groups.filter((one) => !isInviting(one)),
    run,
    onRegistered,
  );
  const inviting = await pMap(
    plan.groups.filter(isInviting),
    (one) => carryOutGroups([one], run, () => Promise.resolve()),
    { concurrency: INVITING_AT_ONCE },
  );
  const all = [quiet, ...inviting];
  const failures = (kind: keyof CarriedOut["failures"]) => all.flatMap((one) => one.failures[kind]).sort();
  return {
    failures: { people: failures("people"), links: failures("links"), invitations: failures("invitations") },
    leftOut: {
      people: all.flatMap(({ leftOut }) => leftOut.people),
      links: all.flatMap(({ leftOut }) => leftOut.links),
      invitations: all.flatMap(({ leftOut }) => leftOut.invitations),
    },
  };
}

async function carryOutGroups(
  some: readonly PlannedGroup[],
  { plan, last, groupOf, ...options }: CarryOut,
  onRegistered: () => Promise<void>,
): Promise<CarriedOut> {
  const all = { plan, last, groupOf };
  const registered = await registerGroups(some, all, options);
  await onRegistered();
  const { failures, leftOut, done, recorded } = await endOf(registered, options.run);
  // A link is renewed only once the person who came by it is out.
  const links = await registerLinks(some, all, (one) => done.has(one), options);
  const linked = await endOfUpkeep(
    // If removals were not completed, the failure of the link is an old one.
    links.filter(({ one }) => done.has(one)),
    ({ upkeep }) => upkeep?.link !== undefined,
    options.run,
  );
  const unlinked = new Set([...linked.unfinished, ...linked.leftOut]);
  const before: StepsBefore = {
    isRecorded: (one) => recorded.has(one),
    isDone: (one) => done.has(one) && !unlinked.has(one.desired.name),
  };
  const invitations = await registerInvitations(some, all, before, options);
  const invited = await endOfUpkeep(invitations, isInviting, options.run);
  return {
    failures: { people: failures, links: linked.failures, invitations: invited.failures },
    leftOut: {
      people: leftOut.filter((one) => removalsIn(one).length > 0),
      links: linked.leftOut,
      invitations: [...leftOut.filter(isInviting).map(({ desired }) => desired.name), ...invited.leftOut],
    },
  };
}
