import type { CamsReader, CamsWriter, GroupInfo, GroupRef, GroupWriter, Listing } from "../../../src/cams";
import type { MessageReader, MessageWriter, TemplateMessage } from "../../../src/cams";
import type { Digits } from "../../../src/membership/types";
import { failure, type ListStep, type RemoveStep } from "../../execution/world";
import { Post, type PostWeather, type SendStep } from "./post";

/** Somebody comes or goes by themselves, just before the listing of that number in the run's second half. */
export interface Move {
  readonly group: string;
  readonly number: Digits;
  readonly joins: boolean;
  /** 0: between the roll call and the first look of the executor. */
  readonly at: number;
}

/** How a listing goes. `few` and `empty`: it says that it is whole, and lacks most people or all. */
export type Look = ListStep | "few" | "empty";

/** What goes wrong in one run. */
export interface Weather {
  /** What the listings of the roll call come to, by group. */
  readonly looks: Readonly<Record<string, readonly (Look | undefined)[]>>;
  /** One step a listing after the roll call, whichever group it is of. */
  readonly lists: readonly Look[];
  /** One step a removal. */
  readonly removes: readonly RemoveStep[];
  readonly moves: readonly Move[];
  /** What goes wrong with messages, and with what they need. */
  readonly post?: PostWeather | undefined;
}

export const CALM: Weather = { looks: {}, lists: [], removes: [], moves: [] };

/** What was asked of CAMS after the roll call, in order. */
export type Call =
  | { readonly kind: "listed"; readonly group: string; readonly people: readonly Digits[] | undefined }
  | { readonly kind: "removal"; readonly group: string; readonly numbers: readonly Digits[] }
  /** All groups of the account; undefined when they could not be listed. */
  | { readonly kind: "groups"; readonly group: ""; readonly rows: readonly GroupInfo[] | undefined }
  | {
      readonly kind: "message";
      readonly group: string;
      readonly to: Digits;
      readonly link: string;
      readonly asked: Omit<TemplateMessage, "to">;
      readonly step: SendStep;
      /** Of the message, if CAMS took it. */
      readonly id: string;
      /** Whether the state said by then that this person is about to be written to. */
      readonly onRecord: boolean;
    };

/** Time between two runs. */
const HOUR_MS = 60 * 60 * 1_000;

/** Who asks: the roll call, the executor, or a refresh. */
export type Phase = "look" | "execute" | "refresh";

interface Group {
  readonly there: Set<Digits>;
  readonly unidentified: number;
}

/** CAMS in memory: several groups, with the weather of one run at a time. */
export class Cams
  implements Pick<CamsReader, "listParticipants" | "listGroups">, CamsWriter, GroupWriter, MessageReader, MessageWriter
{
  readonly groups = new Map<string, Group>();
  /** Calls of the executor. */
  readonly calls: Call[] = [];
  /** Listings of the roll call of this run, by group: who was there, or undefined for none that is whole. */
  readonly looked = new Map<string, (readonly Digits[] | undefined)[]>();
  /** Messages, and what they need. */
  readonly post = new Post(this);
  /** This moment, in milliseconds since 1970. */
  now = Date.parse("2026-11-29T08:00:00.000Z");
  phase: Phase = "look";
  /** How the listings of a refresh go. */
  refreshes: Look = "ok";
  private weather = CALM;
  private lists = 0;
  private removes = 0;
  private readonly listed = { look: new Map<string, number>(), execute: new Map<string, number>() };
  private readonly leaving: { group: string; number: Digits; after: number }[] = [];

  /** A new run begins. */
  begin(weather: Weather): void {
    this.weather = weather;
    this.phase = "look";
    this.lists = this.removes = 0;
    for (const memory of [this.listed.look, this.listed.execute, this.looked]) memory.clear();
    this.calls.length = 0;
    this.now += HOUR_MS;
    this.post.begin(weather.post);
    this.settle();
  }

  /** What was accepted is done in the end. */
  settle(): void {
    for (const { group, number } of this.leaving.splice(0)) this.groups.get(group)?.there.delete(number);
  }

  there(group: string): Digits[] {
    return [...(this.groups.get(group)?.there ?? [])].sort();
  }

  /** Requests to remove people. */
  removals(): readonly Extract<Call, { kind: "removal" }>[] {
    return this.calls.flatMap((call) => (call.kind === "removal" ? [call] : []));
  }

  /** Calls for messages. */
  sends(): readonly Extract<Call, { kind: "message" }>[] {
    return this.calls.flatMap((call) => (call.kind === "message" ? [call] : []));
  }

  addGroup = (): Promise<never> => Promise.reject(new Error("not asked for"));
  updateGroup = this.addGroup;
  addInviteLink = this.addGroup;
  deleteInviteLink = this.addGroup;

  listGroups: CamsReader["listGroups"] = () => Promise.resolve().then(() => this.post.listGroups());
  listMessages: MessageReader["listMessages"] = (_, query) => Promise.resolve().then(() => this.post.list(query));
  template: MessageReader["template"] = (_, code) => Promise.resolve().then(() => this.post.templateOf(code));
  businessNumber: MessageReader["businessNumber"] = () => Promise.resolve().then(() => this.post.sender());
  sendMessage: MessageWriter["sendMessage"] = ({ group }, message) =>
    Promise.resolve().then(() => this.post.send(group, message));

  listParticipants = ({ group }: GroupRef): Promise<Listing> => Promise.resolve().then(() => this.list(group));

  removeParticipants = ({ group }: GroupRef, numbers: readonly Digits[]): Promise<{ requestId: string }> =>
    Promise.resolve().then(() => this.remove(group, numbers));

  private list(group: string): Listing {
    const step = this.stepOf(group);
    const found = this.groups.get(group);
    const people = found === undefined ? undefined : shown(this.there(group), step);
    if (this.phase === "look") this.looked.set(group, [...(this.looked.get(group) ?? []), people]);
    if (this.phase === "execute") this.calls.push({ kind: "listed", group, people });
    if (found === undefined) throw failure("unknown group", { httpStatus: 400 });
    if (step === "doubtful") return { kind: "doubtful", why: "rows short of Total" };
    if (people === undefined) {
      throw failure(step as Exclude<Look, "ok" | "doubtful" | "few" | "empty">, { httpStatus: 500 });
    }
    return { kind: "whole", participants: people, unidentified: found.unidentified };
  }

  private stepOf(group: string): Look {
    if (this.phase === "refresh") return this.refreshes;
    const listed = this.listed[this.phase];
    const index = listed.get(group) ?? 0;
    listed.set(group, index + 1);
    if (this.phase === "look") return this.weather.looks[group]?.[index] ?? "ok";
    this.move(group, index);
    return this.weather.lists[this.lists++] ?? "ok";
  }

  private move(group: string, index: number): void {
    const there = this.groups.get(group)?.there;
    for (const move of this.weather.moves.filter((one) => one.group === group && one.at === index)) {
      if (move.joins) there?.add(move.number);
      else there?.delete(move.number);
    }
    for (const late of this.leaving.filter((one) => one.group === group)) {
      if (late.after-- <= 0) there?.delete(late.number);
    }
  }

  private remove(group: string, numbers: readonly Digits[]): { requestId: string } {
    this.calls.push({ kind: "removal", group, numbers });
    const there = this.groups.get(group)?.there;
    const step = this.weather.removes[this.removes++] ?? "ok";
    if (step === "slow") this.leaving.push(...numbers.map((number) => ({ group, number, after: 2 })));
    if (step === "ok" || step === "lost but done") for (const number of numbers) there?.delete(number);
    if (step === "lost" || step === "lost but done") throw failure("unknown outcome");
    if (step === "refused" || step === "throttled" || step === "access") throw failure(step);
    return { requestId: `request-${this.removes}` };
  }
}

/** What a listing shows of those who are there; undefined when it is not whole. */
function shown(there: readonly Digits[], step: Look): readonly Digits[] | undefined {
  if (step === "ok") return there;
  if (step === "few") return there.filter((_, index) => index % 3 === 1);
  return step === "empty" ? [] : undefined;
}
