/** Who is to be sent a message in a run, and why each of the others is not, as the contract says it (section 10). */
import type { GroupInfo, MessageInfo } from "../../../src/cams";
import type { Digits } from "../../../src/membership/types";
import { closed, DAY_MS, followed, isOpen, listened, type Book, type Cause, type Ended } from "./book";
import type { Entries, Entry, Followed, Heard } from "./book";
import { recordOf, type Facts, type Opinion, type Verdict } from "./contract";
import type { Inviting } from "./story";

/** What is known besides who is in the groups. */
export interface PostFacts {
  readonly now: number;
  readonly wish: Inviting;
  /** By GroupId: how the last attempt ended, as far as the state told before the run. */
  readonly ends: ReadonlyMap<string, Ended | undefined>;
  /** The groups that the account lists; undefined: it could not be listed. */
  readonly account: readonly GroupInfo[] | undefined;
  /** Messages that were listed; none, when they were not, or could not be. */
  readonly rows: readonly MessageInfo[];
  /** Rules by which nothing may be sent, for the template or the number. */
  readonly objections: readonly string[];
  /** Whom a reviewed plan invites, by GroupId; undefined: none is applied. */
  readonly named: ReadonlyMap<string, ReadonlySet<Digits>> | undefined;
  /** Groups for which Pulumi lets nothing be written any more by the plan. */
  readonly spent: ReadonlySet<string>;
  readonly heardIn: (group: string) => Pick<Heard, "found" | "isTrue" | "passes">;
}

/** The invitations of one group. */
export interface Invited extends Followed {
  /** Of everybody who is declared and is not there: what is to happen, or why nothing does. */
  readonly standings: ReadonlyMap<Digits, string>;
  readonly invite: ReadonlyMap<Digits, Cause>;
}

export interface InviteVerdict {
  /** Groups that were looked at, and into which people are to be invited. */
  readonly groups: ReadonlyMap<string, Invited>;
  /** Why nobody is invited into some groups: rules, sorted. */
  readonly rules: readonly string[];
  /** More people than the run may write to. */
  readonly tooMany: boolean;
  /** Somebody's message has to be looked for. */
  readonly asks: boolean;
}

/** A group with room for everybody has so many places. */
const PLACES = 8;
/** Nobody gets more for one group, but by a release. */
const MOST_MESSAGES = 5;

const EMPTY: Book = { entries: new Map() };

export function judgeInvitations(facts: Facts, { groups }: Verdict, post: PostFacts): InviteVerdict {
  const inviting = [...groups].filter(
    ([group, { judged, skipped }]) =>
      judged !== undefined && !skipped && !facts.stateUnread && facts.files.rosters.get(group)?.invite !== false,
  );
  const open = inviting.map(([group, opinion]): [string, Opinion, Entries] => {
    return [group, opinion, closed(bookOf(facts, group), post.ends.get(group))];
  });
  const asks = open.some(([, { judged }, entries]) => judged!.awaiting.some((one) => isOpenIn(entries, one)));
  const onRecord = recorded(facts, post);
  const planned = new Map(
    open.map(([group, opinion, entries]) => [group, plan(facts, post, onRecord, { group, opinion, entries })]),
  );
  const wishing = [...planned].filter(([, { invite }]) => invite.size > 0).map(([group]) => group);
  const spent = wishing.filter((group) => post.spent.has(group));
  const objections = wishing.length > spent.length ? post.objections : [];
  const held = (group: string): boolean => spent.includes(group) || objections.length > 0;
  const all = new Map([...planned].map(([group, one]) => [group, held(group) ? withoutAny(one) : one]));
  const total = [...all.values()].reduce((sum, { invite }) => sum + invite.size, 0);
  const waiting = inviting.some(([, { holds, judged }]) => holds.length === 0 && judged!.awaiting.length > 0);
  return {
    groups: all,
    rules: [
      ...(waiting && post.account === undefined ? ["groups-not-listed"] : []),
      ...(spent.length > 0 ? ["plan-spent"] : []),
      ...objections,
    ].sort(),
    tooMany: total > post.wish.maxInvitationsPerRun,
    asks,
  };
}

const bookOf = (facts: Facts, group: string): Book => recordOf(facts, group)?.known?.book ?? EMPTY;

const isOpenIn = (entries: Entries, number: Digits): boolean => {
  const one = entries.get(number);
  return one !== undefined && isOpen(one);
};

/** MessageIds that are on record of any group. */
function recorded(facts: Facts, { ends }: PostFacts): ReadonlySet<string> {
  const books = facts.records.map(({ group }) => closed(bookOf(facts, group), ends.get(group)));
  return new Set(books.flatMap((entries) => [...entries.values()].flatMap(({ id }) => id ?? [])));
}

interface Case {
  readonly group: string;
  readonly opinion: Opinion;
  readonly entries: Entries;
}

function plan(
  facts: Facts,
  post: PostFacts,
  onRecord: ReadonlySet<string>,
  { group, opinion, entries }: Case,
): Invited {
  const { wish, now } = post;
  const { wanted } = opinion;
  const judged = opinion.judged!;
  const listed = facts.listed.get(group) ?? [];
  const row = post.account?.find((one) => one.group === group);
  const heard = { ...post.heardIn(group), rows: post.rows, live: row?.inviteLink ?? "", onRecord };
  const there = new Set(listed.filter((number) => !judged.nobody.includes(number)));
  const place = { there, declared: wanted.declared, lapsesAfterDays: wish.invitationLapsesAfterDays, now };
  const told = followed(listened(entries, heard), place);

  const awaited = judged.awaiting.filter((number) => !judged.removedBefore.includes(number));
  let room = PLACES - (listed.length - opinion.planned.length) - wanted.rows;
  room -= awaited.filter((number) => isOpenIn(told.entries, number)).length;
  const standings = new Map<Digits, string>();
  const invite = new Map<Digits, Cause>();
  for (const number of [...judged.left, ...judged.awaiting].sort()) {
    const entry = told.entries.get(number);
    const found = standingOf(number, entry);
    const fits = typeof found === "string" ? found : withRoom(found, entry);
    standings.set(number, standing(fits, entry));
    if (typeof fits === "string") continue;
    invite.set(number, fits);
    if (entry === undefined || !isOpen(entry)) room -= 1;
  }
  return { ...told, standings, invite };

  function withRoom(cause: Cause, entry: Entry | undefined): Cause | string {
    if (entry === undefined || !isOpen(entry)) return room > 0 ? cause : "no room";
    if (room >= 0) return cause;
    return cause.purpose === "reminder" ? "invited" : "no room";
  }

  function standingOf(number: Digits, entry: Entry | undefined): Cause | string {
    if (judged.left.includes(number)) return "left";
    if (judged.removedBefore.includes(number)) return "removed before";
    if (facts.dayCame.has(number)) return "day came";
    if (opinion.holds.length > 0) return "held";
    if (row === undefined) return "not listed";
    if (row.status !== "ACTIVE") return "group not active";
    if (row.inviteLink === "") return "no link";
    if (wish.requireConsent && !facts.files.consent.has(number)) return "no consent";
    if (recordOf(facts, group)?.known === undefined) return "adoption";
    const cause = entry === undefined ? { purpose: "first" as const } : causeOf(number, entry, row.inviteLink);
    if (typeof cause === "string" || post.named === undefined) return cause;
    if (post.named.get(group)?.has(number) === true) return cause;
    return entry !== undefined && isOpen(entry) ? "invited" : "not in the plan";
  }

  function causeOf(number: Digits, entry: Entry, live: string): Cause | string {
    const { state, messages, reminders, at, link, passes } = entry;
    const releases = facts.files.releasesOf(group, number);
    const until = releases.find((one) => !entry.releases.includes(one));
    const unlessReleased = (why: string): Cause | string =>
      until === undefined ? why : { purpose: "released", until };
    const isSpent = messages >= MOST_MESSAGES;
    if (state === "lapsed" || state === "unknown") return unlessReleased(state);
    if (state === "failed")
      return passes === true && !isSpent && until === undefined ? { purpose: "again" } : unlessReleased("failed");
    if (link !== undefined && link !== live) return isSpent ? unlessReleased("lapsed") : { purpose: "new link" };
    const isDue = wish.remindAfterDays > 0 && now - at >= wish.remindAfterDays * DAY_MS;
    return isDue && reminders < wish.maxReminders && !isSpent ? { purpose: "reminder" } : "invited";
  }
}

/** As both sides of the comparison write it. */
export const standing = (what: Cause | string, entry: { readonly state: string } | undefined): string =>
  `${typeof what === "string" ? what : `to invite: ${what.purpose} ${what.until ?? ""}`}/${entry?.state ?? ""}`;

/** Nobody is written to, since something is wrong with the plan, the template or the number. */
const withoutAny = ({ standings, ...one }: Invited): Invited => ({
  ...one,
  invite: new Map(),
  standings: new Map([...standings].map(([number, is]) => [number, is.replace(/^to invite: [^/]*/, "held")])),
});
