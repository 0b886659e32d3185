import type { ErrorCode } from "../errors";
import type { Fault } from "./strike";

/** Refused for coming too often, in all forms that Alibaba Cloud's products use; nothing is carried out. */
function throttled(status: number, code: ErrorCode, retryAfter: boolean): Fault {
  const header = retryAfter ? ", with the header x-acs-retry-after" : "";
  return {
    family: "throttling",
    summary: `${status} ${code}${header}`,
    ...(retryAfter ? { value: { meaning: "milliseconds of x-acs-retry-after", byDefault: 1000 } } : {}),
    strike: ({ refuse, value }) => {
      const reply = refuse(code);
      const headers = retryAfter ? { ...reply.headers, "x-acs-retry-after": String(value) } : reply.headers;
      return { kind: "reply", reply: { ...reply, status, headers } };
    },
  };
}

export const throttling = {
  "throttled-400": throttled(400, "Throttling.User", false),
  "throttled-400-retry-after": throttled(400, "Throttling", true),
  "throttled-429": throttled(429, "Throttling.User", false),
  "throttled-429-retry-after": throttled(429, "Throttling.User", true),
  "throttled-503": throttled(503, "Throttling.User", false),
  "throttled-503-retry-after": throttled(503, "Throttling.Api", true),
  "throttled-200": {
    family: "throttling",
    summary: "200 with Code Throttling.User in the body",
    strike: ({ refuse }) => ({ kind: "reply", reply: { ...refuse("Throttling.User"), status: 200 } }),
  },
} as const satisfies Record<string, Fault>;
