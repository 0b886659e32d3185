import fc from "fast-check";
import { inspect } from "node:util";
import { CamsError, mask, type CamsErrorKind } from "../../src/cams";
import { seeded } from "../seeded";

const failure = {
  kind: "refused" as CamsErrorKind,
  operation: "DeleteChatGroupParticipants",
  group: "EA93UU0042",
  code: "InvalidParameter",
  metaCode: undefined,
  httpStatus: 400,
  requestId: "R-1",
  detail: "no",
};

test.each<[CamsErrorKind, "no" | "maybe", RegExp]>([
  ["access", "no", /RAM permission cams:DeleteChatGroupParticipants/],
  ["unreachable", "no", /rollcall:endpoint/],
  ["throttled", "no", /rollcall:callsPerSecond/],
  ["unknown group", "no", /GroupIds are case-sensitive/],
  ["refused", "no", /request id/],
  ["stopped", "no", /Run pulumi up again/],
  ["unknown outcome", "maybe", /Run again/],
])("%s: whether a write may have been applied is %s, and the message says what to do", (kind, applied, advice) => {
  const error = new CamsError({ ...failure, kind });
  expect(error).toMatchObject({ kind, applied, message: expect.stringMatching(advice) as string });
});

test("the message tells operation, group, kind, what was said, codes, status and request", () => {
  const { message } = new CamsError({ ...failure, metaCode: "131202" });
  expect(message).toMatch(
    /^DeleteChatGroupParticipants of EA93UU0042: refused: no \(InvalidParameter, Meta 131202, HTTP 400, request R-1\)\. /,
  );
});

test("the message leaves out what is not known", () => {
  const { message } = new CamsError({
    ...failure,
    group: undefined,
    httpStatus: undefined,
    requestId: undefined,
    detail: "",
  });
  expect(message).toMatch(/^DeleteChatGroupParticipants: refused \(InvalidParameter\)\. /);
});

/** What the network layer and CAMS were seen to say (cams.md 3.5, 4.2). */
const number = fc.stringMatching(/^[1-9]\d{6,14}$/);
const keyId = fc.stringMatching(/^LTAI5t[A-Za-z0-9]{14}$/);
const localKey = fc.stringMatching(/^[a-z]{8}-[a-z]{8}$/);
const token = fc.stringMatching(/^CAIS[A-Za-z0-9+/]{30}==$/);
const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
const invite = fc.stringMatching(/^[A-Za-z0-9]{22}$/);
const anyKey = fc.oneof(keyId, localKey);
const twice = (text: string): string => encodeURIComponent(encodeURIComponent(text));

const leaks: readonly (readonly [string, fc.Arbitrary<{ text: string; secret: string }>])[] = [
  ["number in a URL", number.map((secret) => at(secret, `POST http://127.0.0.1/?List=%5B%22${secret}%22%5D failed.`))],
  ["number in a list", number.map((secret) => at(secret, `bad [{"ParticipantNumber":"${secret}"}]`))],
  ["number behind a plus", number.map((secret) => at(secret, `+${secret} is no participant`))],
  ["number, encoded", number.map((secret) => at(secret, `List%3D%255B%2522${secret}%2522`))],
  [
    "key in a URL",
    anyKey.map((secret) => at(secret, `ReadTimeout(1). POST https://h/?AccessKeyId=${secret}&Format=json`)),
  ],
  ["key in a query", anyKey.map((secret) => at(secret, `AccessKeyId=${secret}&Format=json`))],
  ["key in a string to sign", anyKey.map((secret) => at(secret, `POST&%2F&AccessKeyId%3D${secret}%26Action%3DX`))],
  ["key in JSON", anyKey.map((secret) => at(secret, `{"AccessKeyId":"${secret}"}`))],
  ["key alone", keyId.map((secret) => at(secret, `the access key ${secret} is unknown`))],
  ["key in a header", anyKey.map((secret) => at(secret, `ACS3-HMAC-SHA256 Credential=${secret},SignedHeaders=host`))],
  ["signature in a header", hex.map((secret) => at(secret, `SignedHeaders=host;x-acs-date,Signature=${secret}`))],
  ["signature in a query", token.map((secret) => at(secret, `Signature=${secret}&SignatureMethod=HMAC-SHA1`))],
  ["token in a query", token.map((secret) => at(secret, `SecurityToken=${secret}&Timestamp=1`))],
  ["token, encoded", token.map((t) => at(twice(t), `SecurityToken%3D${twice(t)}%26Timestamp`))],
  ["token in a header", token.map((secret) => at(secret, `x-acs-security-token: ${secret}`))],
  ["invite link", invite.map((secret) => at(secret, `join https://chat.whatsapp.com/${secret} now`))],
  ["invite link without a scheme", invite.map((secret) => at(secret, `join chat.whatsapp.com/${secret}?mode=r now`))],
  ["invite link in JSON", invite.map((secret) => at(secret, `{"link":"https:\\/\\/chat.whatsapp.com\\/${secret}"}`))],
  [
    "invite link, encoded",
    invite.map((secret) => at(secret, encodeURIComponent(`{"link":"https://chat.whatsapp.com/${secret}"}`))),
  ],
  ["credential of a role", keyId.map((key) => at(key.slice(6), `STS.${key.slice(6)} has expired`))],
];

function at(secret: string, text: string): { text: string; secret: string } {
  return { text, secret };
}

describe.each(leaks)("%s", (_, leak) => {
  test("never survives the mask, nor an error that is printed whole", () => {
    fc.assert(
      fc.property(leak, ({ text, secret }) => {
        expect(mask(text)).not.toContain(secret);
        const error = new CamsError({ ...failure, detail: text });
        expect(`${inspect(error)}${JSON.stringify(error)}${error.stack ?? ""}`).not.toContain(secret);
      }),
      { ...seeded, numRuns: 100 },
    );
  });
});

test.each([
  "The signature does not match",
  "no credential: none was found",
  "(#131215) The business number is not eligible for groups.",
  "Specified parameter GroupId is not valid.",
  "read ECONNRESET",
])("%p stays as it is", (text) => {
  expect(mask(text)).toBe(text);
});

test("escapes, line ends and marks of a terminal reach no log, whatever CAMS says", () => {
  const nasty = "\u001b[31m\n::error::no<{%x%}>\u202e";
  const { message, failure: known } = new CamsError({ ...failure, code: nasty, requestId: nasty, detail: nasty });
  const shown = "\\u{1b}[31m\\u{a}::error::no<{ %x%}>\\u{202e}";
  expect(message).toContain(`refused: ${shown} (${shown}, HTTP 400, request ${shown}). `);
  expect(known).toMatchObject({ code: shown, requestId: shown, detail: shown });
});

test("a masked number stays recognisable", () => {
  expect(mask("628110000001 is no participant")).toBe("6281••••••01 is no participant");
});
