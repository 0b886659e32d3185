import type { AuditEntry } from "../../../src/execution/types";
import type { Digits } from "../../../src/membership/types";
import type { Session } from "../../../src/provider/session";
import type { RunPlan } from "../../../src/run/plan-run";
import type { Look } from "./cams";
import type { Known } from "./known";
import type { Registration } from "./registrations";
import type { PlannedResource } from "./state";

/** How Pulumi goes about one run. */
export interface Way {
  /** `pulumi stack export` did not work. */
  readonly stateUnread: boolean;
  /** All checks before the first write, or each group in turn. */
  readonly checksFirst: boolean;
  readonly continueOnError: boolean;
  /** Only groups are looked at whose rosters changed since the last run. */
  readonly partial: boolean;
  /** `pulumi refresh` before the run, or `up --refresh`, and how its listings go. */
  readonly refresh: "none" | "before" | "with";
  readonly refreshes: Look;
  /** How numbers are written in this run; undefined: as the story has it. */
  readonly display: "full" | "masked" | "masked by another key" | undefined;
  /** GroupIds that Pulumi was told to leave out (`--target`, `--exclude`). */
  readonly leftOut: readonly string[];
  /** Of a group that is left out: all of it, or only what sends its invitations. */
  readonly leavesOut?: Registration["kind"] | undefined;
  /** People of the rosters whose day came since the reviewed plan was made. */
  readonly dayCame?: readonly Digits[] | undefined;
  /** The engine is killed when so many steps are done: `in write`, when CAMS did its part, and the state is not written. */
  readonly killed: { readonly after: number; readonly when: "between" | "in write" } | undefined;
}

export const USUAL: Way = {
  stateUnread: false,
  checksFirst: true,
  continueOnError: false,
  partial: false,
  refresh: "none",
  refreshes: "ok",
  display: undefined,
  leftOut: [],
  killed: undefined,
};

/** Whether Pulumi was told to leave a resource out. */
export const isLeftOut = ({ leftOut, leavesOut }: Way, kind: Registration["kind"], group: string): boolean =>
  leftOut.includes(group) && (leavesOut ?? kind) === kind;

/** Somebody killed the engine. */
export class Killed extends Error {}

export interface Ran {
  readonly ok: boolean;
  /** Undefined when CAMS could not be asked at all. */
  readonly seen: RunPlan | undefined;
  /** Why nothing was looked at: other rosters than the plan's, or no rosters at all. */
  readonly refused: "plan" | "no rosters" | undefined;
  /** Resources that were written. */
  readonly written: number;
  /** GroupIds of the people whose resources were stored with new inputs. */
  readonly stored: ReadonlySet<string>;
  /** GroupIds of the groups for which it was stored how their invitations ended. */
  readonly ended: ReadonlySet<string>;
  /** GroupIds of groups whose removals were left out, as the program tells of them. */
  readonly leftOut: readonly string[];
  /** Names of groups whose invitations were left out, as the program tells of them. */
  readonly unsent: readonly string[];
  readonly killed: boolean;
  readonly audited: readonly AuditEntry[];
  /** What the provider knows of each group at the end of the run. */
  readonly prepared: Session["groups"];
}

/** One resource of the state. */
export interface Record {
  readonly name: string;
  readonly group: string;
  readonly known: Known | undefined;
  readonly members: readonly Digits[];
  /** The last removal did not come to its end. */
  readonly unfinished: boolean;
  /** The last invitations did not. */
  readonly unsent: boolean;
}

/** A saved plan. */
export interface Plan {
  readonly text: string;
  readonly resources: ReadonlyMap<string, PlannedResource>;
  /** Of what sends invitations, by name. */
  readonly senders: ReadonlyMap<string, PlannedResource>;
  /** What the preview saw. */
  readonly seen: RunPlan;
}
