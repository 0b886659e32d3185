import type { CamsReader, CamsWriter, GroupRef, Listing } from "../../src/cams";
import type { Digits } from "../../src/membership/types";
import { failure, type ListStep, type RemoveStep } from "../rollcall/world";

/** Somebody comes or goes by themselves, just before the listing of that number in the run's second half. */
export interface Move {
  readonly group: string;
  readonly number: Digits;
  readonly joins: boolean;
  /** 0: between the roll call and the first look of the executor. */
  readonly at: number;
}

/** What goes wrong in one run. */
export interface Weather {
  /** What the listings of the roll call come to, by group. */
  readonly looks: Readonly<Record<string, readonly (ListStep | undefined)[]>>;
  /** One step a listing after the roll call, whichever group it is of. */
  readonly lists: readonly ListStep[];
  /** One step a removal. */
  readonly removes: readonly RemoveStep[];
  readonly moves: readonly Move[];
}

export const CALM: Weather = { looks: {}, lists: [], removes: [], moves: [] };

/** One request to remove people, and what was true when it came. */
export interface Request {
  readonly group: string;
  readonly numbers: readonly Digits[];
  /** The last whole listing of the group before it. */
  readonly seen: readonly Digits[] | undefined;
}

interface Group {
  readonly there: Set<Digits>;
  readonly unidentified: number;
}

/** CAMS in memory: several groups, with the weather of one run at a time. */
export class Cams implements Pick<CamsReader, "listParticipants" | "listGroups">, CamsWriter {
  readonly groups = new Map<string, Group>();
  readonly requests: Request[] = [];
  /** Listings of the roll call of this run, by group: who was there, or undefined for none that is whole. */
  readonly looked = new Map<string, (readonly Digits[] | undefined)[]>();
  private weather = CALM;
  private executing = false;
  private lists = 0;
  private removes = 0;
  private readonly listed = new Map<string, number>();
  private readonly seen = new Map<string, readonly Digits[]>();
  private readonly leaving: { group: string; number: Digits; after: number }[] = [];

  /** A new run begins. */
  begin(weather: Weather): void {
    this.weather = weather;
    this.executing = false;
    this.lists = this.removes = 0;
    for (const memory of [this.listed, this.looked, this.seen]) memory.clear();
    this.requests.length = 0;
    this.settle();
  }

  /** The roll call is over. */
  execute(): void {
    this.executing = true;
    this.listed.clear();
  }

  /** What was accepted is done in the end. */
  settle(): void {
    for (const { group, number } of this.leaving.splice(0)) this.groups.get(group)?.there.delete(number);
  }

  there(group: string): Digits[] {
    return [...(this.groups.get(group)?.there ?? [])].sort();
  }

  listGroups = (): Promise<never> => Promise.reject(new Error("not asked for"));

  listParticipants = ({ group }: GroupRef): Promise<Listing> => Promise.resolve().then(() => this.list(group));

  removeParticipants = ({ group }: GroupRef, numbers: readonly Digits[]): Promise<{ requestId: string }> =>
    Promise.resolve().then(() => this.remove(group, numbers));

  private list(group: string): Listing {
    const index = this.listed.get(group) ?? 0;
    this.listed.set(group, index + 1);
    if (this.executing) this.move(group, index);
    const step = (this.executing ? this.weather.lists[this.lists++] : this.weather.looks[group]?.[index]) ?? "ok";
    const found = this.groups.get(group);
    const whole = step === "ok" && found !== undefined;
    const participants = whole ? this.there(group) : undefined;
    if (!this.executing) this.looked.set(group, [...(this.looked.get(group) ?? []), participants]);
    if (found === undefined) throw failure("unknown group", { httpStatus: 400 });
    if (step === "doubtful") return { kind: "doubtful", why: "rows short of Total" };
    if (participants === undefined) throw failure(step as Exclude<ListStep, "ok" | "doubtful">, { httpStatus: 500 });
    this.seen.set(group, participants);
    return { kind: "whole", participants, unidentified: found.unidentified };
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
    this.requests.push({ group, numbers, seen: this.seen.get(group) });
    const there = this.groups.get(group)?.there;
    const step = this.weather.removes[this.removes++] ?? "ok";
    if (step === "slow") this.leaving.push(...numbers.map((number) => ({ group, number, after: 2 })));
    if (step === "ok" || step === "lost but done") for (const number of numbers) there?.delete(number);
    if (step === "lost" || step === "lost but done") throw failure("unknown outcome");
    if (step === "refused" || step === "throttled" || step === "access") throw failure(step);
    return { requestId: `request-${this.removes}` };
  }
}
