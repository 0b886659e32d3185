import { createHmac } from "node:crypto";
import { businessNumber, custSpaceId, groupId, local, people, rowsOf, stopAll, type Body } from "../client";
import { now } from "../signed";

afterEach(stopAll);

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);

/** The parameters of a call as old SDKs send it, signed by hand. */
function signed(
  method: "GET" | "POST",
  change: Record<string, string> = {},
  leaveOut: readonly string[] = [],
): URLSearchParams {
  const all: Record<string, string> = {
    AccessKeyId: "rollcall-local",
    Action: "ListChatGroupParticipants",
    BusinessNumber: businessNumber,
    CustSpaceId: custSpaceId,
    Format: "JSON",
    GroupId: groupId,
    Page: '{"Index": 1, "Size": 8}',
    SignatureMethod: "HMAC-SHA1",
    SignatureNonce: "nonce",
    SignatureVersion: "1.0",
    Timestamp: "2026-11-22T10:00:00Z",
    Version: "2020-06-06",
    ...change,
  };
  const pairs = Object.entries(all).filter(([name]) => !leaveOut.includes(name));
  const text = pairs
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");
  const signature = createHmac("sha1", "rollcall-local-secret&")
    .update(`${method}&%2F&${encode(text)}`)
    .digest("base64");
  return new URLSearchParams([...pairs, ["Signature", signature]]);
}

async function get(url: string, params: URLSearchParams): Promise<Body> {
  return (await (await fetch(`${url}/?${params.toString()}`)).json()) as Body;
}

describe("the old RPC signature", () => {
  it("is taken in the query of a GET, and in the form of a POST", async () => {
    const cams = await local({ clock: () => now });
    expect(rowsOf(await get(cams.url, signed("GET")))).toEqual(people);
    const body = signed("POST", { SignatureNonce: "another" });
    const answer = await fetch(`${cams.url}/`, { method: "POST", body });
    expect(rowsOf((await answer.json()) as Body)).toEqual(people);
  });

  it("is not taken twice", async () => {
    const cams = await local({ clock: () => now });
    await get(cams.url, signed("GET"));
    expect(await get(cams.url, signed("GET"))).toMatchObject({ Code: "SignatureNonceUsed" });
  });

  it("covers every parameter", async () => {
    const cams = await local({ clock: () => now });
    const params = signed("GET");
    params.set("GroupId", "other");
    expect(await get(cams.url, params)).toMatchObject({ Code: "SignatureDoesNotMatch" });
    expect(await get(cams.url, signed("POST"))).toMatchObject({ Code: "SignatureDoesNotMatch" });
  });

  it("decides what is called, not an unsigned header", async () => {
    const cams = await local({ clock: () => now });
    const headers = { "x-acs-action": "DeleteChatGroup", "x-acs-version": "2019-01-01" };
    const answer = await fetch(`${cams.url}/?${signed("POST").toString()}`, { method: "POST", headers });
    expect(rowsOf((await answer.json()) as Body)).toEqual(people);
    expect(await cams.calls()).toMatchObject([{ action: "ListChatGroupParticipants", code: "OK" }]);
  });

  it.each([
    ["SignatureVersion 2.0", { SignatureVersion: "2.0" }, [], "IncompleteSignature"],
    ["SignatureMethod HMAC-MD5", { SignatureMethod: "HMAC-MD5" }, [], "IncompleteSignature"],
    ["another key", { AccessKeyId: "other" }, [], "InvalidAccessKeyId.NotFound"],
    ["an old date", { Timestamp: "2026-11-22T09:00:00Z" }, [], "InvalidTimeStamp.Expired"],
    ["a date of another form", { Timestamp: "1795341600" }, [], "InvalidTimeStamp.Format"],
    ["no nonce", {}, ["SignatureNonce"], "MissingSignatureNonce"],
    ["an empty nonce", { SignatureNonce: "" }, [], "MissingSignatureNonce"],
    ["a blank nonce", { SignatureNonce: " " }, [], "MissingSignatureNonce"],
    ["no key", {}, ["AccessKeyId"], "MissingAccessKeyId"],
    ["no version", {}, ["Version"], "InvalidVersion"],
    ["no action", {}, ["Action"], "InvalidAction.NotFound"],
  ])("is refused with %s", async (_, change, leaveOut, code) => {
    const cams = await local({ clock: () => now });
    expect(await get(cams.url, signed("GET", change as Record<string, string>, leaveOut))).toMatchObject({
      Code: code,
    });
  });
});
