import type { FaultName } from "../../../src/emulator";
import type { messageListings } from "../../../src/emulator/faults/message-listings";
import type { messageFaults } from "../../../src/emulator/faults/messages";
import { people, type Body } from "../client";

/** What every fault does, but those of messages, which `messages.test.ts` tells. */
export const list = "ListChatGroupParticipants";
export const remove = "DeleteChatGroupParticipants";
const [first = "", second = "", third = ""] = people;
/** Page 2 of 2, so that the faults of later pages strike. */
const page2 = { Page: '{"Index":2,"Size":2}' };

export type MessageFault = keyof typeof messageFaults | keyof typeof messageListings;

export type Expected = readonly [action: string, seen: Body, traces: Body, query?: Record<string, string> | undefined];

const refusal = (Code: string): Expected => [
  remove,
  { Code, Success: false },
  { httpStatus: 200, code: Code, applied: false },
];
const thrown = (code: string, statusCode: number): Expected => [
  remove,
  { thrown: code, statusCode },
  { httpStatus: statusCode, code, applied: false },
];
const unreadable = (httpStatus: number, applied: boolean): Expected => [
  remove,
  { thrown: "SyntaxError" },
  { httpStatus, code: "", applied },
];
/** As JSON has it: what is undefined is not there. */
const listing = (rows: unknown[], Total: number | null): Body => ({
  ...(Total === null ? {} : { Total }),
  List: rows.map((number) => (number === undefined ? {} : { ParticipantNumber: number })),
});
const odd = (rows: unknown[], Total: number | null = rows.length, query?: Record<string, string>): Expected => [
  list,
  { Code: "OK", Data: listing(rows, Total) },
  { httpStatus: 200, code: "OK", applied: false },
  query,
];
const silence = (code: string, applied: boolean): Expected => [
  remove,
  { thrown: code },
  { httpStatus: 0, code: "", applied },
];
const made: Expected = [
  "AddChatGroup",
  { Code: "OK", UniqueCode: expect.stringMatching(/^\d+$/) as string },
  { httpStatus: 200, code: "OK" },
  { Subject: "New" },
];
const notTold: Expected = ["AddChatGroup", { thrown: "ECONNRESET" }, { httpStatus: 0, code: "" }, { Subject: "New" }];
const acknowledged = (action: string, seen: Body): Expected => [action, { Code: "OK", ...seen }, { code: "OK" }];
const changed = (code: string, seen: Body): Expected => [remove, seen, { httpStatus: 200, code, applied: false }];

/** Every fault, struck once: what the client sees, and what became of the call. */
export const table: Readonly<Record<Exclude<FaultName, MessageFault>, Expected>> = {
  "business-error": refusal("ServiceBusy"),
  "gateway-error": thrown("InternalError", 500),
  "forbidden-ram": thrown("Forbidden.RAM", 403),
  "internal-error": thrown("InternalError", 500),
  "service-unavailable": thrown("ServiceUnavailable", 503),
  "meta-131041": refusal("131041"),
  "meta-131202": refusal("131202"),
  "meta-131204": refusal("131204"),
  "meta-131207": refusal("131207"),
  "meta-131208": refusal("131208"),
  "meta-131209": refusal("131209"),
  "meta-131210": refusal("131210"),
  "meta-131211": refusal("131211"),
  "meta-131212": refusal("131212"),
  "meta-131214": refusal("131214"),
  "meta-131215": refusal("131215"),
  "throttled-400": thrown("Throttling.User", 400),
  "throttled-400-retry-after": thrown("Throttling", 400),
  "throttled-429": thrown("Throttling.User", 429),
  "throttled-429-retry-after": thrown("Throttling.User", 429),
  "throttled-503": thrown("Throttling.User", 503),
  "throttled-503-retry-after": thrown("Throttling.Api", 503),
  "throttled-200": [remove, { Code: "Throttling.User" }, { httpStatus: 200, code: "Throttling.User", applied: false }],
  "bad-gateway": unreadable(502, false),
  "bad-gateway-applied": unreadable(502, true),
  "empty-500": unreadable(500, false),
  "empty-500-applied": unreadable(500, true),
  hang: silence("RequestTimeoutError", false),
  "hang-applied": silence("RequestTimeoutError", true),
  reset: silence("ECONNRESET", false),
  "reset-applied": silence("ECONNRESET", true),
  "body-cut-off": [remove, { thrown: "ECONNRESET" }, { httpStatus: 200, code: "", applied: true }],
  "body-truncated": unreadable(200, true),
  "not-an-object": [remove, { thrown: "Error" }, { httpStatus: 200, code: "", applied: true }],
  "not-json": unreadable(200, true),
  "empty-200": unreadable(200, true),
  redirect: [remove, { RequestId: expect.any(String) as string }, { httpStatus: 302, code: "", applied: true }],
  "code-missing": [remove, { RequestId: expect.any(String) as string }, { httpStatus: 200, code: "", applied: true }],
  slow: [remove, { Code: "OK", Result: 2 }, { httpStatus: 200, code: "OK", applied: true }],
  "success-false": [remove, { Code: "OK", Result: 2, Success: false }, { httpStatus: 200, code: "OK", applied: true }],
  "removal-lags": [remove, { Code: "OK", Result: 2 }, { code: "OK", applied: true }],
  "removal-never-shows": [remove, { Code: "OK", Result: 2 }, { code: "OK", applied: true }],
  "removal-ignored": [remove, { Code: "OK", Result: 2 }, { code: "OK", applied: false }],
  "removal-partial": [remove, { Code: "OK", Result: 2 }, { code: "OK", applied: true }],
  "removal-partial-refused": [remove, { Code: "131201" }, { code: "131201", applied: true }],
  "creation-lags": made,
  "creation-stuck": made,
  "creation-ignored": made,
  "creation-without-link": made,
  "twin-before": made,
  "twin-after": made,
  "twin-reset": notTold,
  "twin-reset-applied": notTold,
  "change-lags": acknowledged("DeleteChatGroupInviteLink", { Result: 1 }),
  "change-ignored": acknowledged("UpdateChatGroup", { Result: 1 }),
  "link-unchanged": acknowledged("AddChatGroupInviteLink", { InviteLink: expect.any(String) as string }),
  "row-empty": odd(["", second, third]),
  "row-bsuid": odd(["US.13491208655302741918", second, third]),
  "row-missing-number": odd([undefined, second, third]),
  "row-plus": odd(people.map((number) => `+${number}`)),
  "rows-duplicate": odd([first, first, second]),
  "row-withheld": odd([first, second]),
  "list-empty": odd([]),
  "list-missing": [list, { Code: "OK", Data: { Total: 3 } }, { code: "OK", applied: false }],
  "total-more": odd(people, 4),
  "total-less": odd(people, 2),
  "total-missing": odd(people, null),
  "total-changes": odd([third], 4, page2),
  "page-clamped": odd([first, second], 3),
  "page-empty": odd([], 3, page2),
  "page-repeated": odd([first, second], 3, page2),
  "page-unstable": odd([second, third], 3, page2),
  "join-race": odd(people),
  "leave-race": odd(people),
  "group-suspended": changed("131207", { Code: "131207" }),
  "group-deleting": changed("131041", { Code: "131041" }),
  "group-inactive": changed("131041", { Code: "131041" }),
  "group-gone": [remove, { Code: "131041" }, { code: "131041" }],
};
