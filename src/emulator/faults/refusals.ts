import type { Fault } from "./strike";

/** Clear refusals: nothing of the call is carried out. */
export const refusals = {
  "internal-error": {
    family: "refusals",
    summary: "500 InternalError in JSON",
    strike: ({ refuse }) => ({ kind: "reply", reply: refuse("InternalError") }),
  },
  "forbidden-ram": {
    family: "refusals",
    summary: "403 Forbidden.RAM with an AccessDeniedDetail object",
    strike: ({ refuse }) => ({ kind: "reply", reply: refuse("Forbidden.RAM") }),
  },
} as const satisfies Record<string, Fault>;
