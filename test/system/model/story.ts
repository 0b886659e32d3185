import type { Digits } from "../../../src/membership/types";
import type { Weather } from "./cams";
import type { FATES } from "./post";
import type { Way } from "./way";

/** GroupIds of the worlds. */
export const GROUPS = ["EA1", "EA2", "EA3"] as const;

/** A change between two runs: of a roster, of the other files, or of a group. */
export type Edit =
  | {
      readonly kind: "declare" | "drop" | "expire" | "protect" | "join" | "leave";
      readonly group: string;
      readonly number: Digits;
    }
  | { readonly kind: "undeclared"; readonly group: string; readonly is: "remove" | "report" | undefined }
  | { readonly kind: "allowEmpty"; readonly group: string; readonly is: boolean }
  | { readonly kind: "maxRemovals"; readonly group: string; readonly is: number | undefined }
  | { readonly kind: "rename"; readonly group: string; readonly to: string }
  | { readonly kind: "delete" | "restore" | "desert" | "thin out"; readonly group: string }
  | { readonly kind: "swap"; readonly group: string; readonly other: string }
  | { readonly kind: "offboard"; readonly number: Digits }
  /** WhatsApp moves the membership of somebody with a new number: in one group, or in all in which they are. */
  | { readonly kind: "move"; readonly group: string | undefined; readonly from: Digits; readonly to: Digits }
  | {
      readonly kind: "release";
      readonly numbers: readonly Digits[];
      readonly group: string | undefined;
      /** Its last day; undefined: the one that all have for which nothing is said. */
      readonly until?: string | undefined;
    }
  | { readonly kind: "end releases" }
  | PostEdit;

/** A change of what invitations need, or of what became of a message. */
export type PostEdit =
  | { readonly kind: "consent"; readonly number: Digits; readonly is: boolean }
  | { readonly kind: "invite"; readonly group: string; readonly is: boolean | undefined }
  /** Somebody makes the link anew, or ends it, by hand. */
  | { readonly kind: "link"; readonly group: string; readonly is: "new" | "none" }
  | { readonly kind: "status"; readonly group: string; readonly is: "ACTIVE" | "SUSPENDED" }
  | { readonly kind: "template"; readonly is: { readonly status: string; readonly category: string } | undefined }
  | { readonly kind: "official"; readonly is: boolean }
  | { readonly kind: "days"; readonly count: number }
  /** What becomes of the last message to somebody. */
  | { readonly kind: "fate"; readonly number: Digits; readonly is: "delivered" | "read" | keyof typeof FATES }
  /** Somebody joins by the link of their last message, if it still leads anywhere. */
  | { readonly kind: "follow"; readonly number: Digits };

export interface Step {
  readonly edits: readonly Edit[];
  readonly weather: Weather;
  readonly way: Way;
  /** A preview saves its plan, and the run applies it: what happens in between, and how often it is applied. */
  readonly plan:
    | {
        readonly between: readonly Edit[];
        readonly refresh: boolean;
        readonly times: number;
        /** Whose day comes in between. */
        readonly dayCame?: readonly Digits[] | undefined;
      }
    | undefined;
}

/** How a stack invites people. */
export interface Inviting {
  readonly requireConsent: boolean;
  readonly maxInvitationsPerRun: number;
  readonly remindAfterDays: number;
  readonly maxReminders: number;
  readonly invitationLapsesAfterDays: number;
}

/** A world and its story: settings, who is where, and run after run. */
export interface Story {
  readonly settings: {
    readonly maxRemovalsPerGroup: number;
    readonly maxRemovalsPerRun: number;
    readonly maxGroupsPerPerson: number;
    readonly onAdopt: "spare" | "remove";
    readonly undeclared: "remove" | "report";
    readonly protect: readonly Digits[];
    readonly display: "full" | "masked";
    /** `options: refresh: always`. */
    readonly refreshAlways: boolean;
    /** Undefined: the stack has no template, and nobody is invited. */
    readonly inviting?: Inviting | undefined;
  };
  readonly groups: readonly {
    readonly there: readonly Digits[];
    readonly unidentified: number;
    readonly members: readonly Digits[];
  }[];
  /** Who agreed to be written to. */
  readonly consent?: readonly Digits[] | undefined;
  readonly steps: readonly Step[];
}
