import { GroupLists, type GroupInfo, type MessageInfo, type Look, type TemplateMessage } from "../../../src/cams";
import type { CamsErrorKind } from "../../../src/cams";
import type { InvitationEntry, Inviter, InviteTask } from "../../../src/execution/invitations/types";
import type { Invitee } from "../../../src/invitations/types";
import type { Digits } from "../../../src/membership/types";
import { ANA, BUDI, CITRA, desire, full, whole } from "../../membership/world";
import { row } from "../upkeep/world";
import { failure, ref, world as peopleWorld, type ListStep, type World as PeopleWorld } from "../world";

/** A small CAMS in memory that takes messages, and what else sending invitations needs of the world. */

export const AT = "2026-11-29T08:00:00.000Z";
export const LINK = "https://chat.whatsapp.com/first";
/** `linkMark` of LINK. */
export const MARK = "_AHP2EaeV2";

/**
 * How one call to send goes. `lost`: no answer, and nothing was sent. `lost but done`: no answer, and the message is
 * listed; `lost but late`: only by the third listing. A code of Meta: a plain refusal with it.
 */
export type SendStep =
  "ok" | "no id" | "broken" | "lost" | "lost but done" | "lost but late" | CamsErrorKind | `13${string}`;

export interface Script {
  /** One step a listing of participants; `ok` when they run out. */
  readonly lists?: readonly ListStep[];
  /** Who comes in by the link, by the number of the listing before which they do. */
  readonly joins?: Readonly<Record<number, Digits>>;
  /** The groups of the account, listing by listing; the last one goes on. A failure: such a listing fails. */
  readonly groups?: readonly (readonly GroupInfo[] | CamsErrorKind)[];
  /** One step a call to send; `ok` when they run out. */
  readonly sends?: readonly SendStep[];
  /** One step a listing of messages; `ok` when they run out. */
  readonly messageLists?: readonly ("ok" | CamsErrorKind)[];
  /** Messages that CAMS lists besides those that are sent. */
  readonly messages?: readonly MessageInfo[];
  /** Audit lines that can't be written. */
  readonly unwritable?: (entry: InvitationEntry) => boolean;
}

export interface World extends Inviter {
  /** Who is really there. */
  readonly there: Set<Digits>;
  /** Everything that happened, in order: `list`, `groups`, `attempt <n>`, `send <n>`, `messages <n>`, `answer <n> …`. */
  readonly log: string[];
  readonly sent: TemplateMessage[];
  /** The look that each message named. */
  readonly looks: Look[];
  readonly listings: PeopleWorld["listings"];
  readonly queries: { readonly template: string; readonly since: number; readonly to?: string | undefined }[];
  readonly audited: InvitationEntry[];
  readonly warnings: string[];
}

/** A world of its own, in which these people are in the group. */
export function world(participants: readonly Digits[], script: Script = {}): World {
  const { lists = [], joins = {} } = script;
  return inviterIn(peopleWorld(participants, { lists, joins }), script);
}

/** Invitations in a world that is there already. They share its people and its log. */
export function inviterIn(people: PeopleWorld, script: Script = {}): World {
  const { log, clock, warnings } = people;
  const sent: TemplateMessage[] = [];
  const looks: Look[] = [];
  const queries: World["queries"][number][] = [];
  const audited: InvitationEntry[] = [];
  const listed: { readonly row: MessageInfo; after: number }[] = (script.messages ?? []).map((one) => ({
    row: one,
    after: 0,
  }));
  const made = { groups: 0, sends: 0, messages: 0 };

  const listGroups = async (): Promise<readonly GroupInfo[]> => {
    await Promise.resolve();
    const all = script.groups ?? [[row()]];
    const step = all[made.groups++] ?? all.at(-1) ?? [];
    log.push(typeof step === "string" ? `groups: ${step}` : "groups");
    if (typeof step === "string") throw failure(step);
    return step;
  };

  const send = ({ to, template, parameters }: TemplateMessage, look: Look) => {
    const step = script.sends?.[made.sends] ?? "ok";
    made.sends += 1;
    looks.push(look);
    log.push(`send ${to}${step === "ok" ? "" : `: ${step}`}`);
    const id = `message-${made.sends}`;
    const text = Object.values(parameters).join(", ");
    const one: MessageInfo = { id, to, state: "accepted", why: "", at: Date.parse(AT) + 1_000, template, text };
    switch (step) {
      case "ok":
        listed.push({ row: one, after: 0 });
        return { requestId: "request", messageId: id };
      case "no id":
        return { requestId: "request", messageId: "" };
      case "broken":
        throw new TypeError("a fault of this program");
      case "lost but done":
      case "lost but late":
        listed.push({ row: one, after: step === "lost but late" ? 2 : 0 });
        throw failure("unknown outcome");
      case "lost":
        throw failure("unknown outcome");
      default:
        if (step.startsWith("13")) throw failure("refused", { code: "Refused", metaCode: step });
        throw failure(step as CamsErrorKind);
    }
  };

  const listMessages = (query: World["queries"][number]) => {
    const step = script.messageLists?.[made.messages] ?? "ok";
    made.messages += 1;
    queries.push(query);
    log.push(`messages ${query.to ?? ""}${step === "ok" ? "" : `: ${step}`}`);
    if (step !== "ok") throw failure(step);
    const shown = listed.filter((one) => one.after-- <= 0).map((one) => one.row);
    return shown.filter(({ to, at }) => to === query.to && at >= query.since);
  };

  return {
    ...{ log, sent, looks, queries, audited, warnings, clock },
    ...{ there: people.there, listings: people.listings },
    lists: new GroupLists({ listGroups }, clock),
    show: full,
    confirmTimeoutMs: 5_000,
    known: new Set(),
    endedLinks: new Set(),
    refusedTemplates: new Map(),
    warn: (message) => warnings.push(message),
    auditInvitation: (entry) => {
      if (script.unwritable?.(entry) === true) throw new Error("no space left on device");
      audited.push(entry);
      log.push(`${entry.event} ${entry.number}${entry.outcome === undefined ? "" : ` ${entry.outcome}`}`);
    },
    cams: {
      listParticipants: people.cams.listParticipants,
      listMessages: async (_, query) => Promise.resolve().then(() => listMessages(query)),
      template: () => Promise.reject(new Error("not asked for")),
      businessNumber: () => Promise.reject(new Error("not asked for")),
      sendMessage: async (_, message, look) => {
        await Promise.resolve();
        sent.push(message);
        return send(message, look);
      },
    },
  };
}

/** Somebody who is to be invited for the first time. */
export const invitee = (number: Digits, name = "Somebody", over: Partial<Invitee> = {}): Invitee => ({
  ...{ number, name, purpose: "first" },
  ...over,
});

/** Ana is in the group; Budi and Citra are declared, too, and to be invited. */
export function taskOf(over: Partial<InviteTask> = {}): InviteTask {
  return {
    ref,
    desired: desire({
      members: new Map([
        [ANA, "Ana"],
        [BUDI, "Budi"],
        [CITRA, "Citra"],
      ]),
    }),
    observed: whole(ANA),
    removing: new Set(),
    invite: [invitee(BUDI, "Budi"), invitee(CITRA, "Citra")],
    at: AT,
    template: { code: "1234", language: "id", parameters: { who: "name", what: "subject", where: "link" } },
    subject: undefined,
    ...{ open: new Set(), links: new Map(), earlier: new Set() },
    ...over,
  };
}
