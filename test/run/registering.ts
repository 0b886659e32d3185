import type { Invitee, Standing } from "../../src/invitations/types";
import type { InvitationsOrder } from "../../src/provider/invitations";
import { readOrder, type GroupOrder } from "../../src/provider/order";
import type { PlannedInvitations } from "../../src/run/planned-invitations";
import type { PlannedGroup, RunPlan } from "../../src/run/plan-run";
import { ref } from "../execution/world";
import { wish } from "../invitations/world";
import { adopted, ANA, BUDI, desire, judgeable, removal, whole } from "../membership/world";

/** Groups of a plan, and resources that are only noted, for tests of what a run registers and in which order. */

export const OPTIONS = {
  ...{ root: "/project", run: "run-1", at: "2026-12-01T08:00:00.000Z" },
  show: (number: string): string => number,
};

/** What Pulumi makes of a resource. */
export interface Became {
  readonly failed?: string;
  /** The run that its outputs name; the one of the test where it is not said. */
  readonly run?: string | undefined;
}

export interface Made {
  readonly kind: "people" | "link" | "invitations";
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly options: { readonly aliases?: readonly { readonly name: string }[] };
}

/** Notes the registrations of one test. */
export class Registrations {
  readonly made: Made[] = [];
  /** `kind name` → what becomes of it. */
  became: Readonly<Record<string, Became>> = {};

  clear(): void {
    this.made.length = 0;
    this.became = {};
  }

  /** Called as a constructor of a resource of that kind. */
  add(kind: Made["kind"], [name, args, options]: [string, Made["args"], Made["options"]]): object {
    this.made.push({ kind, name, args, options });
    const { failed, run = OPTIONS.run } = this.became[`${kind} ${name}`] ?? {};
    const value = <T>(told: T) => ({
      isKnown: Promise.resolve(true),
      apply: (tell: (value: T) => void) => tell(told),
    });
    return { urn: value(name), failed: value(failed), run: value(run) };
  }

  peopleOf(name: string): GroupOrder {
    return readOrder(this.text("people", name));
  }

  invitationsOf(name: string): InvitationsOrder {
    return JSON.parse(this.text("invitations", name)) as InvitationsOrder;
  }

  private text(kind: Made["kind"], name: string): string {
    return String(this.made.find((one) => one.kind === kind && one.name === name)?.args.order);
  }
}

export const budi = (over: Partial<Invitee> = {}): Invitee => ({
  number: BUDI,
  name: "Budi",
  purpose: "first",
  ...over,
});

/** Invitations of a group into which these people are invited. */
export const inviting = (
  invite: readonly Invitee[] = [budi()],
  over: Partial<PlannedInvitations> = {},
): PlannedInvitations => ({
  invite,
  standings: new Map(
    invite.map(({ number, purpose }): [string, Standing] => [
      number,
      { kind: "to invite", purpose, invitation: undefined },
    ]),
  ),
  ...{ invited: new Map(), ended: [], changed: new Map() },
  ...over,
});

/** A group that every guard let pass: Ana is there, nobody is to go, and Budi is to be invited. */
export function group(name: string, over: Partial<PlannedGroup> = {}): PlannedGroup {
  const desired = desire({ name, group: name.toUpperCase() });
  const plan = judgeable(desired, whole(ANA), adopted(ANA)).plan;
  return {
    ...{ ref: { ...ref, group: desired.group }, desired, history: adopted(ANA), observed: whole(ANA) },
    verdict: { kind: "approved", plan, approved: { group: desired.group, remove: [] } as never },
    ...{ reviewed: undefined, invite: wish(), invitations: inviting() },
    ...over,
  };
}

/** Somebody is to be removed from the group, too. */
export function removing(name: string, over: Partial<PlannedGroup> = {}): PlannedGroup {
  const one = group(name, over);
  const remove = [removal("6591112233")];
  if (one.verdict.kind === "held") return one;
  return { ...one, verdict: { ...one.verdict, approved: { group: one.desired.group, remove } as never } };
}

export const held = (name: string, over: Partial<PlannedGroup> = {}): PlannedGroup =>
  group(name, { verdict: { kind: "held", plan: undefined, refusals: [] }, ...over });

export const planOf = (groups: readonly PlannedGroup[], over: Partial<RunPlan> = {}): RunPlan => ({
  ...{ groups, refusals: [], reviewed: undefined },
  ...over,
});

export const groupOf = (one: PlannedGroup): string => one.ref.group;
