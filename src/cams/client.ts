/**
 * CAMS, as the rest of the house sees it. All calls share one pace. Reads are tried again on whatever may pass:
 * throttling, time-outs, resets, 5xx, answers that can't be read. A write is sent again only after a plain "too fast",
 * which says that nothing was done; whatever else goes wrong is the executor's to look into, by listing the group.
 */
import pRetry from "p-retry";
import { CamsError, type CamsErrorKind } from "./errors";
import { Pace, type Clock } from "./pace";
import type { Answer, Send } from "./transport";
import type { Account, CamsReader, CamsWriter, GroupInfo, GroupRef } from "./types";
import { readWhole, type Page } from "./whole";

export interface ClientOptions {
  readonly send: Send;
  readonly callsPerSecond: number;
  readonly clock: Clock;
  /** Whether the run is to stop: then nothing is written any more, not even what waits for its turn. */
  readonly stopped?: () => boolean;
  /** After this long a call is given up, whatever its failures were. */
  readonly deadlineMs?: number;
}

/** WhatsApp's limit of participants, and the most that one delete may name (Meta, "Remove group participants"). */
export const GROUP_SIZE = 8;
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

/** A number as CAMS lists people who can be removed: digits only. Anything else is a row without a number. */
const PLAIN_NUMBER = /^\d{5,15}$/;

export function createClient(options: ClientOptions): CamsReader & CamsWriter {
  const pace = new Pace(options.callsPerSecond, options.clock);

  const call = (
    operation: string,
    query: Record<string, string>,
    group: string | undefined,
    again: readonly CamsErrorKind[],
  ) =>
    pRetry(
      async (): Promise<Answer> => {
        await pace.turn();
        if (again === WRITE_AGAIN && options.stopped?.() === true) throw stopped(operation, group);
        const answer = await options.send(operation, query, group);
        pace.passed();
        return answer;
      },
      {
        retries: RETRIES,
        minTimeout: FIRST_WAIT_MS,
        maxTimeout: LONGEST_WAIT_MS,
        maxRetryTime: options.deadlineMs ?? DEADLINE_MS,
        randomize: true,
        shouldRetry: ({ error }) => again.some((kind) => kind === kindOf(error)),
        shouldConsumeRetry: ({ error }) => kindOf(error) !== "throttled",
        onFailedAttempt: async ({ error, attemptNumber }) => {
          if (kindOf(error) !== "throttled") return;
          pace.throttled();
          const most = Math.min(LONGEST_THROTTLED_WAIT_MS, FIRST_WAIT_MS * 2 ** (attemptNumber - 1));
          await options.clock.sleep((most * (1 + Math.random())) / 2);
        },
      },
    );

  const readPage = async (
    operation: string,
    query: Record<string, string>,
    group: string | undefined,
    index: number,
    size: number,
  ) =>
    toPage(await call(operation, { ...query, Page: JSON.stringify({ Index: index, Size: size }) }, group, READ_AGAIN));

  return {
    async listGroups(account) {
      const listing = await readWhole(
        (index) => readPage("ListChatGroup", accountQuery(account), undefined, index, GROUPS_PAGE),
        (row) => field(row, "GroupId"),
      );
      if (listing.kind === "doubtful") throw doubtfulGroups(listing.why);
      return listing.rows.map(toGroupInfo);
    },

    async listParticipants(ref) {
      const listing = await readWhole(
        (index) => readPage("ListChatGroupParticipants", groupQuery(ref), ref.group, index, PARTICIPANTS_PAGE),
        (row) => field(row, "ParticipantNumber"),
      );
      if (listing.kind === "doubtful") return listing;
      const numbers = listing.rows.map((row) => field(row, "ParticipantNumber") ?? "");
      const plain = numbers.filter((number) => PLAIN_NUMBER.test(number));
      // The business owns the group. Listed or not, it is no participant: not removed, and nobody who stays.
      const participants = plain.filter((number) => number !== ref.businessNumber).sort();
      return { kind: "whole", participants, unidentified: numbers.length - plain.length };
    },

    async removeParticipants(ref, numbers) {
      const unique = new Set(numbers);
      if (unique.size === 0 || unique.size > GROUP_SIZE || unique.size !== numbers.length) {
        throw new RangeError(`a removal names 1 to ${GROUP_SIZE} different people, not ${numbers.length}`);
      }
      if (numbers.some((number) => !PLAIN_NUMBER.test(number) || number === ref.businessNumber)) {
        throw new RangeError("a removal names participants by plain digits, and never the business number");
      }
      const list = JSON.stringify(numbers.map((number) => ({ ParticipantNumber: number })));
      const { requestId } = await call(
        "DeleteChatGroupParticipants",
        { ...groupQuery(ref), List: list },
        ref.group,
        WRITE_AGAIN,
      );
      return { requestId };
    },
  };
}

/** Anything but a `CamsError` is a fault of this program, and is never tried again. */
function kindOf(error: unknown): CamsErrorKind | undefined {
  return error instanceof CamsError ? error.kind : undefined;
}

function stopped(operation: string, group: string | undefined): CamsError {
  const none = { metaCode: undefined, httpStatus: undefined, requestId: undefined };
  const detail = "nothing was sent, since the run was told to stop";
  return new CamsError({ ...none, operation, group, kind: "stopped", code: "Stopped", detail });
}

function doubtfulGroups(why: string): CamsError {
  const none = { group: undefined, metaCode: undefined, httpStatus: undefined, requestId: undefined };
  return new CamsError({ ...none, operation: "ListChatGroup", kind: "refused", code: "DoubtfulListing", detail: why });
}

function accountQuery(account: Account): Record<string, string> {
  return { BusinessNumber: account.businessNumber, CustSpaceId: account.custSpaceId, ChannelType: account.channelType };
}

function groupQuery(ref: GroupRef): Record<string, string> {
  return { ...accountQuery(ref), GroupId: ref.group };
}

function toPage(answer: Answer): Page {
  const data = (typeof answer.data === "object" && answer.data !== null ? answer.data : {}) as Record<string, unknown>;
  const total =
    typeof data.Total === "number" && Number.isInteger(data.Total) && data.Total >= 0 ? data.Total : undefined;
  return { total, rows: Array.isArray(data.List) ? data.List : [] };
}

function toGroupInfo(row: unknown): GroupInfo {
  return {
    group: field(row, "GroupId") ?? "",
    subject: field(row, "Subject") ?? "",
    status: field(row, "GroupStatus") ?? "",
    inviteLink: field(row, "InviteLink") ?? "",
  };
}

/** A text field of a row; undefined when it is missing or empty. */
function field(row: unknown, name: string): string | undefined {
  const value = typeof row === "object" && row !== null ? (row as Record<string, unknown>)[name] : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}
