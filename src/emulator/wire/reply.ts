import { createHash } from "node:crypto";
import type { Refusal } from "../errors";

export type Json = Record<string, unknown>;

/** An answer before it is sent; `content` is JSON to be written out, or a text to be sent as it stands. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Json | string;
  /** What the call log shows: the `Code` that the client gets to see, or "" when it sees none. */
  readonly code: string;
}

/** What every answer knows of its call. */
export interface Envelope {
  readonly requestId: string;
  /** The Host that was asked, which gateway errors repeat as HostId. */
  readonly host: string;
  readonly action: string;
}

/** Operations whose answers are documented without Success. */
const withoutSuccess = ["SendChatappMessage"];

function successField({ action }: Envelope, value: boolean): Json {
  return withoutSuccess.includes(action) ? {} : { Success: value };
}

/** The answer to a call that went well. CAMS writes the text "None" where it has nothing to say. */
export function success(envelope: Envelope, fields: Json): Reply {
  return {
    status: 200,
    headers: jsonHeaders(envelope),
    content: {
      AccessDeniedDetail: "None",
      Code: "OK",
      Message: "None",
      RequestId: envelope.requestId,
      ...successField(envelope, true),
      ...fields,
    },
    code: "OK",
  };
}

/** The answer to a call that is refused: by the gateway in its own shape, by CAMS in the operation's. */
export function refused(envelope: Envelope, refusal: Refusal): Reply {
  const { code, http, message } = refusal;
  const common = { Code: code, Message: message, RequestId: envelope.requestId };
  const content =
    refusal.layer === "gateway"
      ? {
          ...common,
          HostId: envelope.host,
          Recommend: recommend(code, envelope.requestId),
          ...denied(envelope, refusal),
        }
      : { ...common, AccessDeniedDetail: "None", ...successField(envelope, false) };
  return { status: http, headers: jsonHeaders(envelope), content, code };
}

export function jsonHeaders(envelope: Envelope): Record<string, string> {
  return {
    "content-type": "application/json;charset=utf-8",
    "x-acs-request-id": envelope.requestId,
    "x-acs-trace-id": envelope.requestId.replaceAll("-", "").toLowerCase(),
  };
}

/** Request ids are not random: the n-th call of an emulator always has the same. */
export function requestId(serial: number): string {
  const hex = createHash("sha256").update(`request ${serial}`).digest("hex").toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

function recommend(code: string, id: string): string {
  return `https://api.alibabacloud.com/troubleshoot?q=${code}&product=cams&requestId=${id}`;
}

/** RAM's refusals tell who was denied what (https://www.alibabacloud.com/help/en/ram/user-guide/access-denied-error). */
function denied(envelope: Envelope, refusal: Refusal): Json {
  if (refusal.code !== "Forbidden.RAM") return {};
  return {
    AccessDeniedDetail: {
      PolicyType: "AccountLevelIdentityBasedPolicy",
      AuthPrincipalOwnerId: "1234567890123456",
      AuthPrincipalType: "SubUser",
      AuthPrincipalDisplayName: "201234567890123456",
      NoPermissionType: "ImplicitDeny",
      AuthAction: `cams:${envelope.action}`,
      EncodedDiagnosticMessage: Buffer.from(`${envelope.requestId} cams:${envelope.action}`).toString("base64"),
    },
  };
}
