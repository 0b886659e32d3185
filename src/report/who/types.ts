import type { Digits, GroupPlan, Person } from "../../membership/types";
import type { GroupInvitations } from "../invitations";

/** Who is in which group, as `rollcall who` tells it. */
export interface WhoReport {
  readonly stack: string;
  /** Whom or what was asked for; undefined: all groups. */
  readonly about: About | undefined;
  /** Sorted by name. */
  readonly groups: readonly WhoGroup[];
  /** Of a person who was asked for: rows without a number, in groups where they were not seen. */
  readonly nameless?: { readonly rows: number; readonly groups: number } | undefined;
  /** What a reader has to know to trust the rest. */
  readonly notes: readonly string[];
  /** When the groups were looked at, milliseconds since 1970. */
  readonly now: number;
  /** Writes a number as people may see it. */
  readonly show: (number: Digits) => string;
}

/** A person or a group that was asked for. */
export interface About {
  readonly title: string;
  /** Whether a number is the person's. A group has none. */
  readonly is?: IsTheirs | undefined;
}

export type IsTheirs = (number: Digits) => boolean;

export interface WhoGroup {
  /** The resource's name: the roster's path without extension. */
  readonly name: string;
  /** CAMS GroupId; empty for a group that is still to be made. */
  readonly group: string;
  /** As CAMS lists it; of a group that is still to be made, as its roster says. Undefined when it is not known. */
  readonly subject: string | undefined;
  readonly seen: Seen;
  /** Undefined where nobody is to be invited. */
  readonly invitations?: GroupInvitations | undefined;
}

export type Seen =
  | {
      readonly kind: "known";
      readonly plan: GroupPlan;
      /** Whether the group is still to be made. */
      readonly create: boolean;
      /** Why a guard does not believe the listing. */
      readonly doubt: string | undefined;
    }
  | {
      readonly kind: "not known";
      readonly why: string;
      /** Who is declared, sorted by number. */
      readonly declared: readonly Person[];
    };
