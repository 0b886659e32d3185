/**
 * The types for groups themselves, as opposed to the people in them. A pure core, like the room `membership`.
 *
 * roster ──▶ GroupWish ┐
 * CAMS   ──▶ GroupList ├─▶ Upkeep ──▶ Refusal[] ──▶ what is made, set, renewed, closed
 * state  ──▶ LinkMemory┘
 */
import type { Account, GroupInfo } from "../cams/types";
import type { Digits, Person } from "../membership/types";

/** What happens to a group's invite link, as rosters say it. */
export type LinkPolicy = "keep" | "open" | "while-awaited";

/** What a roster and the settings want of its group itself. */
export interface GroupWish {
  /** The resource's name: the roster's path without extension. */
  readonly name: string;
  /** The roster file, for messages. */
  readonly file: string;
  readonly account: Account;
  /** CAMS GroupId; undefined for a group that is not known to be there, and is to be made. */
  readonly group: string | undefined;
  /** Undefined when any subject is right. A group that is to be made always has one. */
  readonly subject: string | undefined;
  /** Undefined when any description is right. */
  readonly description: string | undefined;
  readonly link: LinkPolicy;
  readonly linkRevision: number | undefined;
}

/** What is to be done for a group itself in one run. It never removes anybody. */
export interface Upkeep {
  /** Whether the group is to be made. */
  readonly create: boolean;
  /** Texts that are to be set, each with its present value. */
  readonly set: Readonly<Partial<Record<"subject" | "description", { readonly from: string; readonly to: string }>>>;
  readonly link: LinkAct | undefined;
}

/** What happens to an invite link. */
export interface LinkAct {
  readonly kind: "make" | "renew" | "close";
  /** Numbers in it are written as `display` says. */
  readonly why: string;
}

/** What is remembered of an invite link from run to run. */
export interface LinkMemory {
  /** Declared people who were not in the group while there was a link: they may hold it. */
  readonly holders: ReadonlySet<Digits>;
  /** Why a link has to be renewed; `link` is its `linkMark`. The renewal is done when CAMS lists another link. */
  readonly owed: { readonly link: string; readonly why: readonly string[] } | undefined;
  /** Strangers for whom the link was renewed, or is to be. */
  readonly strangers: ReadonlySet<Digits>;
}

/** Who is in a group, and who may hold its link. */
export interface LinkPeople {
  /** Everybody who is declared. */
  readonly declared: ReadonlySet<Digits>;
  /** Declared people who are not there, and whom a link can let in. */
  readonly absent: readonly Person[];
  /**
   * People who were declared at the last look, are not now, and are not there. They may have come by the link and left.
   */
  readonly dropped: readonly Person[];
  /** Everybody who was removed, or is to be removed now: no link lets them in. */
  readonly barred: ReadonlySet<Digits>;
  /** People who came though nobody declared them, and who are removed in this run or were removed in the last one. */
  readonly strangers: readonly Person[];
  /** Strangers who were removed earlier, perhaps in runs that could not change the link. */
  readonly earlier?: ReadonlySet<Digits> | undefined;
}

/** The groups of an account, or why they could not be listed. */
export type GroupsSeen =
  | {
      readonly kind: "listed";
      readonly groups: readonly GroupInfo[];
      /** The same by GroupId: an account has thousands, and each roster looks for its own. */
      readonly byId: ReadonlyMap<string, GroupInfo>;
    }
  | { readonly kind: "not listed"; readonly why: string };
