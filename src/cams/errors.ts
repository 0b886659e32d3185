import { clean } from "../text/clean";
import { maskNumber } from "../text/mask";

/** What kind of failure it was; it decides what may be tried again, and by whom it can be mended. */
export type CamsErrorKind =
  /** Credentials, permission, signature or clock: every call of the run would fail. */
  | "access"
  /** No connection was made: nothing was sent. */
  | "unreachable"
  /** CAMS asks for a slower pace; nothing was done. */
  | "throttled"
  /** CAMS does not know the group. */
  | "unknown group"
  /** A plain answer that says no. */
  | "refused"
  /** The run is to stop, so nothing was sent. */
  | "stopped"
  /** The Pulumi engine has ended, so nothing was sent. */
  | "engine gone"
  /** The group was listed too long ago, so nothing was sent: it has to be listed and judged again. */
  | "look too old"
  /** Sent, but what became of it is not known: time-out, reset, 5xx, an answer that can't be read. */
  | "unknown outcome";

/** What a failed call knew of itself. */
export interface Failure {
  readonly kind: CamsErrorKind;
  readonly operation: string;
  readonly group: string | undefined;
  /** CAMS error code, or the network's, such as `ECONNRESET`. */
  readonly code: string;
  /** Six-digit code of Meta's Groups API, where CAMS passes one through. */
  readonly metaCode: string | undefined;
  readonly httpStatus: number | undefined;
  readonly requestId: string | undefined;
  readonly detail: string;
}

const ADVICE: Record<CamsErrorKind, string> = {
  access:
    "Check the credentials (ALIBABA_CLOUD_ACCESS_KEY_ID, …_SECRET, OIDC or profile), the RAM permission cams:<operation>, and this machine's clock",
  unreachable: "Check rollcall:endpoint and the network",
  throttled: "Lower rollcall:callsPerSecond, or run again later",
  "unknown group": "Check the roster's group, businessNumber and custSpaceId: GroupIds are case-sensitive",
  refused: "Look the code up in the CAMS error list; the request id is what Alibaba Cloud support asks for",
  stopped: "Run pulumi up again when the removals may go on",
  "engine gone": "Run pulumi cancel, then pulumi up: the group is listed first",
  "look too old":
    "CAMS is slow or throttles: run pulumi up again later, and lower rollcall:callsPerSecond if it stays so",
  "unknown outcome":
    "Run again: the group is listed before anything else is done. If it stays so, check that rollcall:endpoint is CAMS",
};

/** The one error of this room. All of it is safe to print: it is on one line, and numbers, URLs and keys are masked. */
export class CamsError extends Error {
  override readonly name = "CamsError";

  readonly failure: Failure;

  constructor(failure: Failure) {
    const { code, requestId } = failure;
    const safe = {
      ...failure,
      ...{ code: clean(code), requestId: requestId === undefined ? undefined : clean(requestId) },
      detail: mask(failure.detail),
    };
    super(describe(safe));
    this.failure = safe;
  }

  get kind(): CamsErrorKind {
    return this.failure.kind;
  }

  /** Whether a write may have taken effect although the call failed. */
  get applied(): "no" | "maybe" {
    return this.kind === "unknown outcome" ? "maybe" : "no";
  }
}

/** Returns an error of CAMS. Any other error is a fault of this program, and is thrown. */
export function unlessCams(error: unknown): CamsError {
  if (error instanceof CamsError) return error;
  throw error;
}

function describe(f: Failure): string {
  const facts = [
    f.code,
    f.metaCode === undefined ? "" : `Meta ${f.metaCode}`,
    f.httpStatus === undefined ? "" : `HTTP ${f.httpStatus}`,
    f.requestId === undefined ? "" : `request ${f.requestId}`,
  ].filter((fact) => fact !== "");
  const where = f.group === undefined ? f.operation : `${f.operation} of ${f.group}`;
  return `${where}: ${f.kind}${f.detail === "" ? "" : `: ${f.detail}`} (${facts.join(", ")}). ${ADVICE[f.kind].replace("<operation>", f.operation)}`;
}

/** `Signature=…`, as a query has it, also encoded once or twice; `"AccessKeyId":"…"`; `x-acs-security-token: …`. */
const NAMED_SECRET =
  /(Signature|Security-?Token|AccessKey-?Id|AccessKey-?Secret|Credential)(=|%3D|%253D|"\s*:\s*"|:\s*(?=\S{16}))(?:(?!%26|%2526)[^\s&,;"'])+/gi;

/** An invite link as the text of a message may hold it: without `https://`, with `\\/` as JSON has it, or encoded. */
const INVITE_LINK = /chat\.whatsapp\.com[^\s"'<>]*/gi;

/**
 * Takes out of a text of the network layer what nobody may read in a log: URLs, keys, signatures and numbers. It is cleaned,
 * too, for it may hold anything.
 */
export function mask(text: string): string {
  return clean(text)
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi, "[url]")
    .replace(INVITE_LINK, "[url]")
    .replace(NAMED_SECRET, "$1$2[masked]")
    .replace(/(LTAI|STS\.)[A-Za-z0-9]{6,}/g, "[key]")
    .replace(/\d{7,}/g, (digits) => maskNumber(digits));
}
