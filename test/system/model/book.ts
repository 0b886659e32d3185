/**
 * What is on record of the invitations into one group, as the contract has it (section 10), and what becomes of it from run
 * to run. It owes nothing to the code under test.
 */
import type { MessageInfo } from "../../../src/cams";
import type { Digits } from "../../../src/membership/types";

export const DAY_MS = 24 * 60 * 60 * 1_000;
/** Clocks may differ by so much. */
const SKEW_MS = 5 * 60 * 1_000;

/** What is known of one person's invitation. Times are in milliseconds since 1970. */
export interface Entry {
  readonly state: "accepted" | "delivered" | "read" | "failed" | "unknown" | "lapsed";
  readonly since: number;
  readonly at: number;
  readonly messages: number;
  readonly reminders: number;
  /** Of the last message, as far as they are known. */
  readonly id?: string | undefined;
  readonly link?: string | undefined;
  /** The failure passes. */
  readonly passes?: boolean | undefined;
  /** Last days of releases that were used. */
  readonly releases: readonly string[];
  readonly withdrawn?: true | undefined;
}

export type Entries = ReadonlyMap<Digits, Entry>;

/** Why somebody is written to. */
export interface Cause {
  readonly purpose: "first" | "reminder" | "new link" | "again" | "released";
  readonly until?: string | undefined;
}

/** What became of one message that was sent, or perhaps was. */
export interface Result {
  readonly state: "accepted" | "failed" | "unknown";
  readonly id?: string | undefined;
  readonly link?: string | undefined;
}

/** How an attempt ended. To whoever is not among the results nothing was sent. */
export interface Ended {
  readonly at: number;
  readonly results: ReadonlyMap<Digits, Result>;
}

export interface Book {
  readonly entries: Entries;
  /** The last attempt. */
  readonly attempt?: { readonly at: number; readonly people: ReadonlyMap<Digits, Cause> } | undefined;
}

/** The record with the last attempt as it ended. If it is not known how it ended, all of it is unknown. */
export function closed({ entries, attempt }: Book, end: Ended | undefined): Entries {
  const now = new Map(entries);
  for (const [number, { purpose, until }] of attempt?.people ?? []) {
    const { at } = attempt!;
    const result: Result | undefined = end?.at === at ? end.results.get(number) : { state: "unknown" };
    if (result === undefined) continue;
    const was = entries.get(number);
    const begins = was === undefined || purpose === "released" || purpose === "new link";
    const reminders = purpose === "released" ? 0 : (was?.reminders ?? 0) + (purpose === "reminder" ? 1 : 0);
    now.set(number, {
      ...{ ...result, at, since: begins ? at : was.since, messages: (was?.messages ?? 0) + 1, reminders },
      ...(result.state === "failed" ? { passes: false } : {}),
      releases: [...(was?.releases ?? []), ...(until === undefined ? [] : [until])],
    });
  }
  return now;
}

/** Whether somebody may still come by an invitation. */
export const isOpen = ({ state }: Entry): boolean => state !== "failed" && state !== "lapsed";

/** What CAMS lists of messages, and what is needed to tell whose they are. */
export interface Heard {
  readonly rows: readonly MessageInfo[];
  /** The group's link as it is listed now; empty: none, or not listed. */
  readonly live: string;
  /** MessageIds that are on record anywhere. */
  readonly onRecord: ReadonlySet<string>;
  /** MessageIds that the code under test has found for people whose message was not known. */
  readonly found: ReadonlyMap<Digits, string>;
  /** Whether a message is one that was sent to somebody into this very group, at a time or later. */
  readonly isTrue: (id: string, number: Digits, since: number) => boolean;
  /** Whether a failure passes. */
  readonly passes: (why: string) => boolean;
}

const ORDER: readonly Entry["state"][] = ["unknown", "accepted", "delivered", "read"];

/** The record with what is heard of messages. */
export const listened = (entries: Entries, heard: Heard): Entries =>
  new Map([...entries].map(([number, one]) => [number, isOpen(one) ? withRow(number, one, heard) : one]));

function withRow(number: Digits, one: Entry, heard: Heard): Entry {
  const row = one.id === undefined ? rowOf(number, one, heard) : heard.rows.find(({ id }) => id === one.id);
  if (row === undefined) return one;
  const mark = one.link ?? heard.live;
  const known = { ...one, id: row.id, ...(one.id === undefined && holds(row, mark) ? { link: mark } : {}) };
  if (row.state !== "failed")
    return ORDER.indexOf(row.state) < ORDER.indexOf(one.state) ? known : { ...known, state: row.state };
  // What has arrived can't fail.
  if (one.state === "delivered" || one.state === "read") return known;
  return { ...known, state: "failed", passes: heard.passes(row.why) };
}

const holds = ({ text }: MessageInfo, link: string): boolean => link !== "" && text.includes(`${link} `);

/**
 * The message of somebody of whom none is known. One that is listed with the group's link, and is the only one, has to be found. It
 * may stay unknown where there are others, or no text; but what is found has to be the truth.
 */
function rowOf(number: Digits, { at, link }: Entry, heard: Heard): MessageInfo | undefined {
  const { rows, live, onRecord, found, isTrue } = heard;
  const all = rows.filter((row) => row.to === number && row.at >= at - SKEW_MS && !onRecord.has(row.id));
  const own = all.filter((row) => holds(row, link ?? live));
  const id = found.get(number);
  if (id === undefined) return own.length === 1 ? own[0] : undefined;
  expect({ id, to: number, isTrue: isTrue(id, number, at) }).toEqual({ id, to: number, isTrue: true });
  return all.find((row) => row.id === id);
}

/** Who is in a group and who is declared, for the record of its invitations. */
export interface Place {
  readonly there: ReadonlySet<Digits>;
  readonly declared: ReadonlySet<Digits>;
  readonly lapsesAfterDays: number;
  readonly now: number;
}

export interface Followed {
  readonly entries: Entries;
  /** As `number how`: who joined, and who is declared no more. Each is told once. */
  readonly ended: readonly string[];
}

/** Ends the invitations of people who are there, or are not declared, and lets others lapse. What failed for good stays so. */
export function followed(entries: Entries, { there, declared, lapsesAfterDays, now }: Place): Followed {
  const kept = new Map<Digits, Entry>();
  const ended: string[] = [];
  for (const [number, { withdrawn, ...one }] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const isOver = now - one.since >= lapsesAfterDays * DAY_MS;
    const forGood = one.state === "failed" && one.passes !== true;
    if (there.has(number)) ended.push(`${number} joined`);
    else if (declared.has(number)) kept.set(number, isOver && !forGood ? { ...one, state: "lapsed" } : one);
    else {
      if (withdrawn !== true) ended.push(`${number} withdrawn`);
      if (!isOver || forGood) kept.set(number, { ...one, withdrawn: true });
    }
  }
  return { entries: kept, ended };
}
