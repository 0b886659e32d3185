import { createHash, createHmac, randomUUID } from "node:crypto";

/** The time at which `signed` signs. */
export const now = Date.parse("2026-11-22T10:00:00Z");

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The headers of a request signed by the book, by hand, so that single parts of it can be spoilt. */
export function signed(url: string, change: Record<string, string> = {}, leaveUnsigned: readonly string[] = []) {
  const headers: Record<string, string> = {
    host: new URL(url).host,
    "x-acs-action": "ListChatGroup",
    "x-acs-content-sha256": sha256(""),
    "x-acs-date": "2026-11-22T10:00:00Z",
    "x-acs-signature-nonce": randomUUID(),
    "x-acs-version": "2020-06-06",
    ...change,
  };
  const names = Object.keys(headers).filter((name) => !leaveUnsigned.includes(name));
  const lines = names.map((name) => `${name}:${headers[name] ?? ""}\n`).join("");
  const canonical = ["POST", "/", "", lines, names.join(";"), sha256("")].join("\n");
  const text = `ACS3-HMAC-SHA256\n${sha256(canonical)}`;
  const signature = createHmac("sha256", "rollcall-local-secret").update(text).digest("hex");
  const authorization = `ACS3-HMAC-SHA256 Credential=rollcall-local,SignedHeaders=${names.join(";")},Signature=${signature}`;
  const { host: _host, ...rest } = headers;
  return { ...rest, authorization };
}

export interface Posted {
  readonly status: number;
  readonly code: unknown;
}

export async function post(url: string, headers: Record<string, string>, body = ""): Promise<Posted> {
  const answer = await fetch(`${url}/`, { method: "POST", headers, body });
  return { status: answer.status, code: ((await answer.json()) as { Code: unknown }).Code };
}
