import { failure, groupId, local, sender, stopAll } from "../client";
import { now, post, signed } from "../signed";

afterEach(stopAll);

describe("a request is answered only if it", () => {
  it("is signed with the right key pair", async () => {
    const cams = await local();
    const call = (aim: object) => failure(cams.send("ListChatGroupParticipants", { GroupId: groupId }, aim));
    expect(await call({ accessKeySecret: "wrong" })).toMatchObject({ code: "SignatureDoesNotMatch", statusCode: 400 });
    expect(await call({ accessKeyId: "other" })).toMatchObject({
      code: "InvalidAccessKeyId.NotFound",
      statusCode: 404,
    });
    expect(await call({ signatureAlgorithm: "v2", accessKeySecret: "wrong" })).toMatchObject({
      code: "SignatureDoesNotMatch",
    });
    expect(await cams.calls()).toHaveLength(3);
  });

  it("is signed with the key pair that was given at the start", async () => {
    const cams = await local({ accessKeyId: "me", accessKeySecret: "mine" });
    expect(await cams.list()).toHaveLength(3);
    expect(await failure(sender(cams.port)("ListChatGroup"))).toMatchObject({ code: "InvalidAccessKeyId.NotFound" });
  });

  it.each(["!'()*~ +/äöü", "a=b&c=d", "日本"])("is signed over what it says, such as %s", async (Subject) => {
    const cams = await local();
    const query = { Subject, Page: '{"Index":1,"Size":20}' };
    expect(await cams.send("ListChatGroup", query)).toMatchObject({ Code: "OK" });
    expect(await cams.send("ListChatGroup", query, { signatureAlgorithm: "v2" })).toMatchObject({ Code: "OK" });
    expect(await cams.send("ListChatGroup", query, { method: "GET" })).toMatchObject({ Code: "OK" });
    expect(await cams.send("ListChatGroup", query, { method: "GET", signatureAlgorithm: "v2" })).toMatchObject({
      Code: "OK",
    });
    expect(await cams.send("ListChatGroup", query, { securityToken: "token" })).toMatchObject({ Code: "OK" });
  });

  it("asks for an operation and the version that there are", async () => {
    const cams = await local();
    expect(await failure(cams.send("AddChatGroupParticipants"))).toMatchObject({
      code: "InvalidAction.NotFound",
      statusCode: 404,
    });
    expect(await failure(cams.send("ListChatGroup", {}, { version: "2020-01-01" }))).toMatchObject({
      code: "InvalidVersion",
      statusCode: 400,
    });
  });

  it("is within 15 minutes of the server's time", async () => {
    const cams = await local({ clock: () => now });
    const at = (date: string) => post(cams.url, signed(cams.url, { "x-acs-date": date }));
    // Signed rightly and in time, so it gets as far as the missing parameter.
    expect(await at("2026-11-22T09:45:00Z")).toEqual({ status: 400, code: "MissingBusinessNumber" });
    expect(await at("2026-11-22T10:15:00Z")).toEqual({ status: 400, code: "MissingBusinessNumber" });
    expect(await at("2026-11-22T09:44:59Z")).toEqual({ status: 400, code: "InvalidTimeStamp.Expired" });
    expect(await at("2026-11-22T10:15:01Z")).toEqual({ status: 400, code: "InvalidTimeStamp.Expired" });
    expect(await at("Sun, 22 Nov 2026 10:00:00 GMT")).toEqual({ status: 400, code: "InvalidTimeStamp.Format" });
  });

  it("was not sent before", async () => {
    const cams = await local({ clock: () => now });
    const headers = signed(cams.url);
    expect(await post(cams.url, headers)).toMatchObject({ code: "MissingBusinessNumber" });
    expect(await post(cams.url, headers)).toEqual({ status: 400, code: "SignatureNonceUsed" });
  });

  it("has the body that was signed", async () => {
    const cams = await local({ clock: () => now });
    expect(await post(cams.url, signed(cams.url), "x=1")).toMatchObject({ code: "SignatureDoesNotMatch" });
  });

  it.each(["host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"])(
    "signs %s",
    async (name) => {
      const cams = await local({ clock: () => now });
      expect(await post(cams.url, signed(cams.url, {}, [name]))).toEqual({ status: 400, code: "IncompleteSignature" });
    },
  );

  it.each(["", " "])("has a nonce, which %p is not", async (nonce) => {
    const cams = await local({ clock: () => now });
    const headers = signed(cams.url, { "x-acs-signature-nonce": nonce.trim() });
    expect(await post(cams.url, { ...headers, "x-acs-signature-nonce": nonce })).toEqual({
      status: 400,
      code: "IncompleteSignature",
    });
  });

  it.each(["x-acs-security-token", "x-acs-accesskey-id"])("signs %s where it is sent", async (name) => {
    const cams = await local({ clock: () => now });
    const change = { [name]: "temporary" };
    expect(await post(cams.url, signed(cams.url, change, [name]))).toEqual({
      status: 400,
      code: "IncompleteSignature",
    });
    expect(await post(cams.url, signed(cams.url, change))).toMatchObject({ code: "MissingBusinessNumber" });
  });

  it("is signed at all, and readably", async () => {
    const cams = await local({ clock: () => now });
    const { authorization: _, ...unsigned } = signed(cams.url);
    expect(await post(cams.url, unsigned)).toEqual({ status: 400, code: "IncompleteSignature" });
    const garbled = { ...unsigned, authorization: "ACS3-HMAC-SHA256 Credential=rollcall-local" };
    expect(await post(cams.url, garbled)).toEqual({ status: 400, code: "IncompleteSignature" });
  });
});
