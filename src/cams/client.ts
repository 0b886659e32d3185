/**
 * CAMS, as the rest of the house sees it. All calls share one pace. Reads are tried again on whatever may pass:
 * throttling, time-outs, resets, 5xx, answers that can't be read. A write is sent again only after a plain "too fast",
 * which says that nothing was done; whatever else goes wrong is the executor's to look into, by listing the group.
 * Each time before a write goes out, the first time too, the run's authority is asked: see authority.ts.
 */
import pRetry from "p-retry";
import { ageOf, LOOK_HOLDS_MS, type Authority, type Ruling } from "./authority";
import { CamsError, type CamsErrorKind } from "./errors";
import { field, fieldsOf } from "./fields";
import { messageCalls } from "./message-calls";
import { Pace, type Clock } from "./pace";
import { accountQuery, groupQuery, pageQuery, PLAIN_NUMBER, textQuery } from "./query";
import type { Answer, Send } from "./transport";
import type {
  Accepted,
  CamsReader,
  CamsWriter,
  GroupInfo,
  GroupList,
  GroupRef,
  GroupWriter,
  Listing,
  Look,
  MessageReader,
  MessageWriter,
} from "./types";
import { readWhole, type Page } from "./whole";
import { GROUP_SIZE } from "./limits";

export interface ClientOptions {
  readonly send: Send;
  readonly callsPerSecond: number;
  readonly clock: Clock;
  /** After this long a call is given up, whatever its failures were. */
  readonly deadlineMs?: number;
}

export interface WriterOptions extends ClientOptions {
  /** Says of each request that writes whether it may go out. */
  readonly authority: Authority;
}

type Reader = CamsReader & MessageReader;
type Client = Reader & CamsWriter & GroupWriter & MessageWriter;

/** Rows a page. Groups have at most 8 participants, so one page tells all. */
const PARTICIPANTS_PAGE = 20;
const GROUPS_PAGE = 100;

const RETRIES = 4;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;
/** A throttled call costs none of its retries, and waits beside the pace, so that it comes back alone. */
const LONGEST_THROTTLED_WAIT_MS = 2_000;
const DEADLINE_MS = 120_000;

const READ_AGAIN: readonly CamsErrorKind[] = ["throttled", "unreachable", "unknown outcome"];
const WRITE_AGAIN: readonly CamsErrorKind[] = ["throttled"];

/** How a call is sent. */
interface Way {
  /** Failures after which it is sent again. */
  readonly again: readonly CamsErrorKind[];
  /** Whether it goes before other calls that wait. */
  readonly first: boolean;
  /** Why the request may not go out now; asked each time right before it does. */
  readonly forbidden?: () => CamsError | undefined;
  /** Called when it is sent. */
  readonly onSend?: (at: number) => void;
}

export function createClient(options: WriterOptions): Client;
export function createClient(options: ClientOptions): Reader;
export function createClient(options: ClientOptions & Partial<WriterOptions>): Client {
  const { send, clock, authority } = options;
  const pace = new Pace(options.callsPerSecond, clock);
  /** For each listing of this client: what was listed, and when it was requested. Only such a listing allows a write. */
  const looks = new WeakMap<Look | GroupList, { readonly of: string; readonly at: number }>();

  const call = (operation: string, query: Record<string, string>, group: string | undefined, way: Way) =>
    pRetry(
      async (): Promise<Answer> => {
        await pace.turn(way.first);
        const why = way.forbidden?.();
        if (why !== undefined) throw why;
        way.onSend?.(clock.now());
        const answer = await send(operation, query, group, way.forbidden);
        pace.passed();
        return answer;
      },
      {
        retries: RETRIES,
        minTimeout: FIRST_WAIT_MS,
        maxTimeout: LONGEST_WAIT_MS,
        maxRetryTime: options.deadlineMs ?? DEADLINE_MS,
        randomize: true,
        shouldRetry: ({ error }) => way.again.some((kind) => kind === kindOf(error)),
        shouldConsumeRetry: ({ error }) => kindOf(error) !== "throttled",
        onFailedAttempt: async ({ error, attemptNumber }) => {
          if (kindOf(error) !== "throttled") return;
          pace.throttled();
          const most = Math.min(LONGEST_THROTTLED_WAIT_MS, FIRST_WAIT_MS * 2 ** (attemptNumber - 1));
          await clock.sleep((most * (1 + Math.random())) / 2);
        },
      },
    );

  /** Looks again after whatever may pass. */
  const read = (
    operation: string,
    query: Record<string, string>,
    group: string | undefined,
    onSend?: Way["onSend"],
  ): Promise<Answer> =>
    call(operation, query, group, { again: READ_AGAIN, first: false, ...(onSend !== undefined && { onSend }) });

  /** The one way by which anything is changed. Writes go first, so that they do not wait until their look is too old. */
  const write = (
    operation: string,
    query: Record<string, string>,
    group: string | undefined,
    look: { readonly by: Look | GroupList; readonly of: Record<string, string> },
  ): Promise<Answer> =>
    call(operation, query, group, {
      again: WRITE_AGAIN,
      first: true,
      forbidden: () => {
        const seen = looks.get(look.by);
        const age = ageOf(seen?.of === JSON.stringify(look.of) ? seen.at : undefined, clock);
        const ruling = authority?.rule(age) ?? "stopped";
        return ruling === "may" ? undefined : notSent(operation, group, ruling, age);
      },
    });

  /** Changes a group, by a listing of its account's groups. */
  const change = async (operation: string, ref: GroupRef, by: GroupList, more: Record<string, string> = {}) =>
    accepted(await write(operation, { ...groupQuery(ref), ...more }, ref.group, { by, of: accountQuery(ref) }));

  const readPage = async (
    operation: string,
    query: Record<string, string>,
    group: string | undefined,
    [index, size]: readonly [index: number, size: number],
    onSend?: Way["onSend"],
  ) => toPage(await read(operation, { ...query, ...pageQuery(index, size) }, group, onSend));

  return {
    ...messageCalls({ read, write }),

    async listGroups(account) {
      let at: number | undefined;
      const listing = await readWhole(
        (index) =>
          readPage("ListChatGroup", accountQuery(account), undefined, [index, GROUPS_PAGE], (now) => {
            if (index === 1) at = now;
          }),
        (row) => field(row, "GroupId"),
      );
      if (listing.kind === "doubtful") throw doubtfulGroups(listing.why);
      const groups = listing.rows.map(toGroupInfo);
      if (at !== undefined) looks.set(groups, { of: JSON.stringify(accountQuery(account)), at });
      return groups;
    },

    async listParticipants(ref) {
      // Of a page that was asked for again the last question counts; of several pages the first.
      let at: number | undefined;
      const listing = await readWhole(
        (index) =>
          readPage("ListChatGroupParticipants", groupQuery(ref), ref.group, [index, PARTICIPANTS_PAGE], (now) => {
            if (index === 1) at = now;
          }),
        (row) => field(row, "ParticipantNumber"),
      );
      if (listing.kind === "doubtful") return listing;
      const numbers = listing.rows.map((row) => field(row, "ParticipantNumber") ?? "");
      const plain = numbers.filter((number) => PLAIN_NUMBER.test(number));
      // The business owns the group. Listed or not, it is no participant: not removed, and nobody who stays.
      const participants = plain.filter((number) => number !== ref.businessNumber).sort();
      const look: Listing = { kind: "whole", participants, unidentified: numbers.length - plain.length };
      if (at !== undefined) looks.set(look, { of: JSON.stringify(groupQuery(ref)), at });
      return look;
    },

    async removeParticipants(ref, numbers, look) {
      const unique = new Set(numbers);
      if (unique.size === 0 || unique.size > GROUP_SIZE || unique.size !== numbers.length) {
        throw new RangeError(`a removal names 1 to ${GROUP_SIZE} different people, not ${numbers.length}`);
      }
      if (numbers.some((number) => !PLAIN_NUMBER.test(number) || number === ref.businessNumber)) {
        throw new RangeError("a removal names participants by plain digits, and never the business number");
      }
      const list = JSON.stringify(numbers.map((number) => ({ ParticipantNumber: number })));
      const query = { ...groupQuery(ref), List: list };
      return accepted(await write("DeleteChatGroupParticipants", query, ref.group, { by: look, of: groupQuery(ref) }));
    },

    async addGroup(account, texts, look) {
      const query = { ...accountQuery(account), ...textQuery(texts) };
      return accepted(await write("AddChatGroup", query, undefined, { by: look, of: accountQuery(account) }));
    },
    updateGroup: (ref, texts, look) => change("UpdateChatGroup", ref, look, textQuery(texts)),
    addInviteLink: (ref, look) => change("AddChatGroupInviteLink", ref, look),
    deleteInviteLink: (ref, look) => change("DeleteChatGroupInviteLink", ref, look),
  };
}

const accepted = ({ requestId }: Answer): Accepted => ({ requestId });

/** Anything but a `CamsError` is a fault of this program, and is never tried again. */
function kindOf(error: unknown): CamsErrorKind | undefined {
  return error instanceof CamsError ? error.kind : undefined;
}

/** The error when a write may not be sent. */
function notSent(
  operation: string,
  group: string | undefined,
  ruling: Exclude<Ruling, "may">,
  lookAgeMs: number,
): CamsError {
  const told = {
    stopped: { code: "Stopped", why: "the run was told to stop" },
    "engine gone": { code: "EngineGone", why: "the Pulumi engine that this process works for has ended" },
    "look too old": { code: "LookTooOld", why: `the group was listed ${oldness(lookAgeMs)}` },
  }[ruling];
  const none = { metaCode: undefined, httpStatus: undefined, requestId: undefined };
  return new CamsError({
    ...{ ...none, operation, group, kind: ruling, code: told.code },
    detail: `it was not sent, since ${told.why}`,
  });
}

const oldness = (ageMs: number): string =>
  Number.isFinite(ageMs)
    ? `${Math.ceil(ageMs / 1_000)} s ago, and a look holds for ${LOOK_HOLDS_MS / 1_000} s`
    : "by somebody else, or another one was listed";

function doubtfulGroups(why: string): CamsError {
  const none = { group: undefined, metaCode: undefined, httpStatus: undefined, requestId: undefined };
  return new CamsError({ ...none, operation: "ListChatGroup", kind: "refused", code: "DoubtfulListing", detail: why });
}

function toPage(answer: Answer): Page {
  const data = fieldsOf(answer.data);
  const total =
    typeof data.Total === "number" && Number.isInteger(data.Total) && data.Total >= 0 ? data.Total : undefined;
  return { total, rows: Array.isArray(data.List) ? data.List : [] };
}

/** Texts are in Unicode's form NFC, as those of rosters are, so that they can be compared. */
function toGroupInfo(row: unknown): GroupInfo {
  return {
    group: field(row, "GroupId") ?? "",
    subject: field(row, "Subject")?.normalize("NFC") ?? "",
    description: field(row, "Description")?.normalize("NFC") ?? "",
    status: field(row, "GroupStatus") ?? "",
    inviteLink: field(row, "InviteLink") ?? "",
  };
}
