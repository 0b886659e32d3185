/** Messages of CAMS in memory, with what they need: links, a template, and the business number. */
import type { GroupInfo, MessageInfo, NumberInfo, TemplateInfo, TemplateMessage } from "../../../src/cams";
import type { InvitationEntry } from "../../../src/execution/invitations/types";
import type { Digits } from "../../../src/membership/types";
import { failure } from "../../execution/world";
import type { Call, Phase } from "./cams";
import { BOT } from "./people";
import { Killed } from "./way";

export const TEMPLATE = "744c4b5c79c9432497a075bdfca36bf5";

/** How one message goes. `killed`: CAMS takes it, and the engine is killed before it knows. */
export type SendStep =
  | ("ok" | "without id" | "lost" | "lost but done" | "killed")
  | ("final" | "passing" | "template" | "refused" | "throttled" | "access" | "look too old");
/** How a list of messages goes. `late`: what was sent lately is not in it, and older states are told. `mute`: it has no texts. */
export type MessagesStep = "ok" | "late" | "mute" | "unknown outcome";
/** How a list of groups goes. `lacking`: it lacks the first one. `old links`: links are told that were made anew since. */
export type AccountStep = "ok" | "lacking" | "old links" | "unknown outcome";

export interface PostWeather {
  /** While the run looks. */
  readonly looks: {
    readonly messages: MessagesStep;
    readonly accounts: AccountStep;
    /** The template and the number can't be looked at. */
    readonly unseen: boolean;
  };
  /** One step a call, while it sends. */
  readonly sends: readonly SendStep[];
  readonly messages: readonly MessagesStep[];
  readonly accounts: readonly AccountStep[];
  /** The audit log can't be written. */
  readonly noAudit: boolean;
}

export const FINE: PostWeather = {
  looks: { messages: "ok", accounts: "ok", unseen: false },
  ...{ sends: [], messages: [], accounts: [], noAudit: false },
};

/** Why a message fails later, as CAMS says it, and whether that passes. */
export const FATES = {
  final: { why: "131026", passes: false },
  passing: { why: "131049:not now", passes: true },
  template: { why: "132015", passes: false },
  unheard: { why: "no reason", passes: false },
} as const;

/** A message that CAMS took. */
export interface Message extends Pick<MessageInfo, "id" | "to" | "at"> {
  readonly group: string;
  readonly link: string;
  state: MessageInfo["state"];
  why: string;
}

/** What a call for a message was, and what it came to. */
export type SendCall = Extract<Call, { kind: "message" }>;

/** What the messages have to know of the rest of CAMS. */
interface Rest {
  readonly calls: Call[];
  readonly groups: ReadonlyMap<string, unknown>;
  readonly phase: Phase;
  readonly now: number;
}

/** Messages of the last two runs are the late ones. */
const LATE_MS = 90 * 60 * 1_000;

export class Post {
  /** By group; empty: none. */
  readonly links = new Map<string, string>();
  /** The link before it. */
  readonly formerLinks = new Map<string, string>();
  readonly statuses = new Map<string, string>();
  template: { status: string; category: string } | undefined = { status: "pass", category: "UTILITY" };
  official = true;
  /** All that CAMS ever took, oldest first. */
  readonly messages: Message[] = [];
  /** What lists of messages told in this run; undefined: one could not be read. */
  readonly told: Record<Exclude<Phase, "refresh">, (readonly MessageInfo[] | undefined)[]> = { look: [], execute: [] };
  /** What lists of groups told while the run looked. */
  readonly rows: (readonly GroupInfo[] | undefined)[] = [];
  /** Whether it is in the state that somebody is about to be written to. */
  isOnRecord: (group: string, to: Digits) => boolean = () => false;
  readonly audited: InvitationEntry[] = [];
  private weather = FINE;
  private steps = { sends: 0, messages: 0, accounts: 0 };
  private made = 0;

  constructor(private readonly cams: Rest) {}

  /** Whether the template and the number can not be looked at in this run. */
  get isUnseen(): boolean {
    return this.weather.looks.unseen;
  }

  begin(weather: PostWeather = FINE): void {
    this.weather = weather;
    this.steps = { sends: 0, messages: 0, accounts: 0 };
    for (const memory of [this.told.look, this.told.execute, this.rows, this.audited]) memory.length = 0;
  }

  /** A new link ends the one before it. */
  renew(group: string): void {
    const former = this.links.get(group);
    if (former !== undefined) this.formerLinks.set(group, former);
    this.links.set(group, `https://chat.whatsapp.com/${group}x${++this.made}`);
  }

  audit(entry: InvitationEntry): void {
    if (this.weather.noAudit && entry.event === "attempt") throw new Error("no space left on device");
    this.audited.push(entry);
  }

  listGroups(): readonly GroupInfo[] {
    const { cams, weather } = this;
    const looks = cams.phase === "look";
    const step = looks ? weather.looks.accounts : (weather.accounts[this.steps.accounts++] ?? "ok");
    const linkOf = (group: string): string | undefined =>
      (step === "old links" ? this.formerLinks : this.links).get(group) ?? this.links.get(group);
    const all = [...cams.groups.keys()].map((group): GroupInfo => ({
      ...{ group, subject: `Team ${group}`, description: "" },
      status: this.statuses.get(group) ?? "ACTIVE",
      inviteLink: linkOf(group) ?? "",
    }));
    const rows = step === "unknown outcome" ? undefined : step === "lacking" ? all.slice(1) : all;
    if (looks) this.rows.push(rows);
    else cams.calls.push({ kind: "groups", group: "", rows });
    if (rows === undefined) throw failure("unknown outcome", { httpStatus: 500 });
    return rows;
  }

  list({ template, since, to }: { template: string; since: number; to?: Digits | undefined }): readonly MessageInfo[] {
    const { cams, weather } = this;
    const looks = cams.phase === "look";
    const step = looks ? weather.looks.messages : (weather.messages[this.steps.messages++] ?? "ok");
    const asked = this.messages.filter((one) => one.at >= since && (to ?? one.to) === one.to && template === TEMPLATE);
    const late = step === "late";
    const rows = asked
      .filter(({ at }) => !late || at < cams.now - LATE_MS)
      .map(({ group: _, link, ...one }) => ({
        ...{ ...one, template, text: step === "mute" ? "" : `Hello, join at ${link} now` },
        ...(late ? { state: "accepted" as const, why: "" } : {}),
      }));
    const told = step === "unknown outcome" ? undefined : rows;
    this.told[looks ? "look" : "execute"].push(told);
    if (told === undefined) throw failure("unknown outcome", { httpStatus: 500 });
    return told;
  }

  templateOf(code: string): TemplateInfo | undefined {
    if (this.weather.looks.unseen) throw failure("unknown outcome", { httpStatus: 500 });
    if (this.template === undefined || code !== TEMPLATE) return undefined;
    return { ...this.template, categoryChangePaused: false, quality: "GREEN", variables: ["name", "group", "link"] };
  }

  sender(): NumberInfo {
    if (this.weather.looks.unseen) throw failure("unknown outcome", { httpStatus: 500 });
    return { number: BOT, official: this.official, tier: "", quality: "", status: "" };
  }

  send(
    group: string,
    { to, template, language, parameters }: TemplateMessage,
  ): { requestId: string; messageId: string } {
    const { cams } = this;
    const step = this.weather.sends[this.steps.sends++] ?? "ok";
    const link = parameters.link ?? "";
    const id = ["ok", "without id", "lost but done", "killed"].includes(step) ? this.take(group, to, link) : "";
    const asked = { template, language, parameters };
    cams.calls.push({ kind: "message", group, to, link, asked, step, id, onRecord: this.isOnRecord(group, to) });
    switch (step) {
      case "ok":
        return { requestId: "request", messageId: id };
      case "without id":
        return { requestId: "request", messageId: "" };
      case "killed":
        throw new Killed();
      case "lost":
      case "lost but done":
        throw failure("unknown outcome");
      case "final":
        throw failure("refused", { code: "InvalidParameter.PhoneNumberError" });
      case "passing":
        throw failure("refused", { metaCode: "131049" });
      case "template":
        throw failure("refused", { metaCode: "132015" });
      case "refused":
      case "throttled":
      case "access":
      case "look too old":
        throw failure(step);
    }
  }

  private take(group: string, to: Digits, link: string): string {
    const id = `m${this.messages.length + 1}`;
    this.messages.push({ id, to, group, link, at: this.cams.now + 1_000, state: "accepted", why: "" });
    return id;
  }
}
