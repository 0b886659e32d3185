import { errors, isErrorCode, Refusal, type ErrorCode } from "../errors";
import type { Delivery } from "./delivery";
import type { Fault, Strike } from "./strike";

/** Clear refusals: the call is answered with a code, and nothing of it is carried out. */
export const metaShapes = "`code`: in Code, HTTP 200; `message`: in Message only, HTTP 200; `http`: in Code, HTTP 400";

/** One fault for each code that Meta's Groups API is documented with; what it looks like through CAMS is not known. */
function meta(code: ErrorCode): Fault {
  return {
    family: "refusals",
    summary: `${code}: ${errors[code].message} Nothing is carried out`,
    value: { meaning: metaShapes, byDefault: "code" },
    strike: (strike) => replied(metaReply(strike, code)),
  };
}

/** Meta's code as an answer, in the shape that `value` names. */
export function metaReply(strike: Strike, code: ErrorCode): ReturnType<Strike["refuse"]> {
  const reply = strike.refuse(code);
  if (typeof reply.content === "string") return reply;
  switch (strike.value) {
    case "message":
      return { ...reply, content: { ...reply.content, Code: "InternalError" }, code: "InternalError" };
    case "http":
      return { ...reply, status: 400 };
    default:
      return reply;
  }
}

function replied(reply: ReturnType<Strike["refuse"]>): Delivery {
  return { kind: "reply", reply };
}

export const refusals = {
  "business-error": {
    family: "refusals",
    summary: "HTTP 200 with the given Code and Success false",
    value: { meaning: "the Code, any text", byDefault: "ServiceBusy" },
    strike: ({ refuse, value }) => {
      const code = String(value);
      const reply = refuse("131000");
      const content = { ...(reply.content as object), Code: code, Message: `Refused with ${code}.` };
      return { kind: "reply", reply: { ...reply, content, code } };
    },
  },
  "gateway-error": {
    family: "refusals",
    summary: "a refusal of the gateway, with its own HTTP status, HostId and Recommend",
    value: { meaning: "a code of the table of codes; any other text is answered with 400", byDefault: "InternalError" },
    strike: ({ refuse, value }) => {
      const code = String(value);
      const known = isErrorCode(code) && errors[code].layer === "gateway";
      return replied(refuse(known ? code : new Refusal("MissingParameter", undefined, code)));
    },
  },
  "forbidden-ram": {
    family: "refusals",
    summary: "403 Forbidden.RAM with an AccessDeniedDetail object",
    strike: ({ refuse }) => replied(refuse("Forbidden.RAM")),
  },
  "internal-error": {
    family: "refusals",
    summary: "500 InternalError in JSON",
    strike: ({ refuse }) => replied(refuse("InternalError")),
  },
  "service-unavailable": {
    family: "refusals",
    summary: "503 ServiceUnavailable in JSON",
    strike: ({ refuse }) => replied(refuse("ServiceUnavailable")),
  },
  "meta-131041": meta("131041"),
  "meta-131202": meta("131202"),
  "meta-131204": meta("131204"),
  "meta-131207": meta("131207"),
  "meta-131208": meta("131208"),
  "meta-131209": meta("131209"),
  "meta-131210": meta("131210"),
  "meta-131211": meta("131211"),
  "meta-131212": meta("131212"),
  "meta-131214": meta("131214"),
  "meta-131215": meta("131215"),
} as const satisfies Record<string, Fault>;
