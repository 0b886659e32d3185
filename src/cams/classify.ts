import { AnswerTooLarge, LARGEST_ANSWER_BYTES, type Reach } from "./connection";
import { CamsError, type CamsErrorKind, type Failure } from "./errors";

/** Errors of Node.js and OpenSSL after which nothing can have reached the server, unless the connection stood before. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|UNABLE_TO|SELF_SIGNED)/;

/** Codes of the API gateway that would meet every call of the run (cams.md 4.2). */
const ACCESS =
  /^(InvalidAccessKeyId|InvalidSecurityToken|SignatureDoesNotMatch|IncompleteSignature|MissingSecurityToken|MissingAccessKeyId|InvalidTimeStamp|Forbidden|NoPermission|Authentication\.NoAuth|InvalidCredentials)/;

/** Codes after which the same call may well succeed, whatever their HTTP status. */
const TRANSIENT = /^(InternalError|ServiceBusy|SystemBusy|ServiceUnavailable|LastTokenProcessing|OperationConflict)/;

/**
 * Each call has a nonce of its own. So an answer that it was used before says that the same request came twice, as from a proxy that
 * sends again what it has sent: what became of the first one is not known.
 */
const CAME_TWICE = "SignatureNonceUsed";
/** Request Timeout: the server, or a proxy, gave up while the request was under way. */
const REQUEST_TIMEOUT = 408;

/** Meta's Groups API: group unknown or not a member. */
const META_UNKNOWN_GROUP = "131041";
/**
 * Too many group operations (131208), too many messages to one person (131056), too many messages in all (130429). Nothing was
 * done; a little later it may be.
 */
const META_THROTTLED = ["131208", "131056", "130429"];
/** Meta's answers after which something may have been done: some failed (131201), something went wrong (131000). */
const META_UNKNOWN_OUTCOME = ["131000", "131201"];

interface Call {
  readonly operation: string;
  readonly group: string | undefined;
}

/**
 * Turns what the SDK threw into a `CamsError`. The SDK's own messages carry whole URLs, so they are read, not shown.
 * @param reach how far the call came: only one that did not come through is `unreachable`
 */
export function fromThrown(thrown: unknown, call: Call, reach: Reach["state"]): CamsError {
  if (thrown instanceof CamsError) return thrown;
  const error = (typeof thrown === "object" && thrown !== null ? thrown : { message: String(thrown) }) as Record<
    string,
    unknown
  >;
  const data = (typeof error.data === "object" && error.data !== null ? error.data : {}) as Record<string, unknown>;
  const httpStatus = number(data.statusCode) ?? number(error.statusCode);
  if (httpStatus !== undefined) {
    return fromAnswer(
      { code: text(data.Code) || text(error.code), message: text(data.Message), requestId: text(data.RequestId) },
      httpStatus,
      call,
    );
  }
  const message = text(error.message);
  const failure = (kind: CamsErrorKind, code: string, detail: string): CamsError =>
    new CamsError({ ...call, kind, code, detail, metaCode: undefined, httpStatus: undefined, requestId: undefined });
  if (error.name === "RequestTimeoutError") {
    return reach === "connecting"
      ? failure("unreachable", "ConnectTimeout", "no connection within rollcall:connectTimeoutMs")
      : failure("unknown outcome", "ReadTimeout", "no answer within rollcall:readTimeoutMs");
  }
  if (thrown instanceof AnswerTooLarge) {
    const most = `${LARGEST_ANSWER_BYTES / 1024 / 1024} MiB`;
    return failure("unknown outcome", "AnswerTooLarge", `the answer is not CAMS's: it is longer than ${most}`);
  }
  const code = text(error.code);
  if (NEVER_SENT.test(code) && reach !== "connected") return failure("unreachable", code, "no connection");
  if (thrown instanceof SyntaxError || message === "The value is not a object") {
    return failure("unknown outcome", "UnreadableAnswer", "the answer is not CAMS's JSON");
  }
  if (code === "InvalidCredentials" || message.startsWith("unable to get credentials")) {
    return failure("access", "InvalidCredentials", "no credentials were found");
  }
  return failure("unknown outcome", code || "NetworkError", code === "" ? message : "the connection broke");
}

/**
 * Turns an answer that can't be CAMS's into a `CamsError`: whether CAMS was asked is not known.
 * @param why what is wrong with it
 */
export function notFromCams(why: string, code: string, httpStatus: number | undefined, call: Call): CamsError {
  const detail = `the answer is not CAMS's: ${why}`;
  return new CamsError({
    ...call,
    kind: "unknown outcome",
    code,
    metaCode: undefined,
    httpStatus,
    requestId: undefined,
    detail,
  });
}

/** Turns an answer of CAMS that is not an `OK` with a status of success into a `CamsError`. */
export function fromAnswer(
  answer: { readonly code: string; readonly message: string; readonly requestId: string },
  httpStatus: number,
  call: Call,
): CamsError {
  const code = answer.code === "undefined" ? "" : answer.code;
  const metaCode = /\b(13\d{4})\b/.exec(`${code} ${answer.message}`)?.[1];
  const failure: Failure = {
    ...call,
    kind: kindOf(code, metaCode, httpStatus),
    code: code || "NoCode",
    metaCode,
    httpStatus,
    requestId: answer.requestId || undefined,
    detail: answer.message === "None" ? "" : answer.message,
  };
  return new CamsError(failure);
}

function kindOf(code: string, metaCode: string | undefined, httpStatus: number): CamsErrorKind {
  if (code.startsWith("Throttling") || httpStatus === 429 || isOneOf(META_THROTTLED, metaCode)) return "throttled";
  if (ACCESS.test(code)) return "access";
  if (metaCode === META_UNKNOWN_GROUP) return "unknown group";
  if (isOneOf(META_UNKNOWN_OUTCOME, metaCode)) return "unknown outcome";
  // "OK" beside a status of failure contradicts itself.
  if (code.startsWith(CAME_TWICE) || httpStatus === REQUEST_TIMEOUT) return "unknown outcome";
  if (code === "" || code === "OK" || httpStatus >= 500 || TRANSIENT.test(code)) return "unknown outcome";
  return "refused";
}

const isOneOf = (codes: readonly string[], code: string | undefined): boolean =>
  code !== undefined && codes.includes(code);

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
