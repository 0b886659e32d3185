import { fromAnswer, fromThrown } from "../../src/cams/classify";
import type { CamsErrorKind } from "../../src/cams";
import { failure } from "../execution/world";

const call = { operation: "DeleteChatGroupParticipants", group: "EA93UU0042" };
const URL = "POST http://127.0.0.1:8787/?List=%5B%22628110000001%22%5D failed.";

/** What `@alicloud/openapi-client` 0.4.15 throws for an answer of 4xx or 5xx. */
function sdkError(httpStatus: number, body: Readonly<Record<string, unknown>>): Error {
  const code = String(body.Code);
  return Object.assign(
    new Error(`${code}: code: ${httpStatus}, ${String(body.Message)} request id: ${String(body.RequestId)}`),
    {
      code,
      statusCode: httpStatus,
      data: { ...body, statusCode: httpStatus },
      description: "undefined",
    },
  );
}

/** What its transport throws: the whole URL stands in the message. */
function netError(fields: { readonly code?: string; readonly name?: string }, message: string): Error {
  return Object.assign(new Error(`${message}${URL}`), fields);
}

describe("what the SDK throws", () => {
  test.each<[string, Error, CamsErrorKind, string]>([
    [
      "throttled, 400",
      sdkError(400, { Code: "Throttling.User", Message: "flow control" }),
      "throttled",
      "Throttling.User",
    ],
    ["throttled, 503", sdkError(503, { Code: "Throttling" }), "throttled", "Throttling"],
    ["throttled by a status alone", sdkError(429, { Code: "TooFast" }), "throttled", "TooFast"],
    ["no permission", sdkError(403, { Code: "Forbidden.RAM" }), "access", "Forbidden.RAM"],
    ["unknown key", sdkError(404, { Code: "InvalidAccessKeyId.NotFound" }), "access", "InvalidAccessKeyId.NotFound"],
    ["a refusal", sdkError(400, { Code: "InvalidParameter.PageInvalid" }), "refused", "InvalidParameter.PageInvalid"],
    ["a server's error", sdkError(500, { Code: "InternalError" }), "unknown outcome", "InternalError"],
    ["a 5xx with any code", sdkError(502, { Code: "Strange" }), "unknown outcome", "Strange"],
    ["an answer without a code", sdkError(400, { RequestId: "R-1" }), "unknown outcome", "NoCode"],
    ["a code that is a number", sdkError(503, { Code: 503 }), "unknown outcome", "503"],
    [
      "a status on the error alone",
      Object.assign(new Error("x"), { code: "Forbidden", statusCode: 403 }),
      "access",
      "Forbidden",
    ],
    [
      "no answer in time",
      netError({ name: "RequestTimeoutError" }, "ReadTimeout(300). "),
      "unknown outcome",
      "ReadTimeout",
    ],
    [
      "no answer in time, as the SDK tells it of a connection that is used again",
      netError({ name: "RequestTimeoutError" }, "ConnectTimeout: "),
      "unknown outcome",
      "ReadTimeout",
    ],
    ["a reset", netError({ code: "ECONNRESET" }, "socket hang up"), "unknown outcome", "ECONNRESET"],
    ["a broken pipe", netError({ code: "EPIPE" }, "write EPIPE"), "unknown outcome", "EPIPE"],
    [
      "nobody listens",
      netError({ code: "ECONNREFUSED" }, "connect ECONNREFUSED 127.0.0.1:1"),
      "unreachable",
      "ECONNREFUSED",
    ],
    ["no such host", netError({ code: "ENOTFOUND" }, "getaddrinfo ENOTFOUND nohost"), "unreachable", "ENOTFOUND"],
    ["TLS to a plain port", netError({ code: "EPROTO" }, "write EPROTO wrong version number"), "unreachable", "EPROTO"],
    [
      "another's certificate",
      netError({ code: "ERR_TLS_CERT_ALTNAME_INVALID" }, "Hostname"),
      "unreachable",
      "ERR_TLS_CERT_ALTNAME_INVALID",
    ],
    [
      "HTML",
      new SyntaxError("Unexpected token '<', \"<html>bad</html>\" is not valid JSON"),
      "unknown outcome",
      "UnreadableAnswer",
    ],
    ["an empty body", new SyntaxError("Unexpected end of JSON input"), "unknown outcome", "UnreadableAnswer"],
    ["JSON that is no object", new Error("The value is not a object"), "unknown outcome", "UnreadableAnswer"],
    [
      "no credentials",
      new Error("unable to get credentials from any of the providers in the chain"),
      "access",
      "InvalidCredentials",
    ],
    ["anything else", netError({}, "surprise "), "unknown outcome", "NetworkError"],
  ])("%s", (_, thrown, kind, code) => {
    const error = fromThrown(thrown, call, "unseen");
    expect({ kind: error.kind, code: error.failure.code }).toEqual({ kind, code });
    expect(error.message).toMatch(/^DeleteChatGroupParticipants of EA93UU0042: /);
    expect(error.message).not.toMatch(/628110000001|http:\/\//);
  });

  test("no connection in time is unreachable only where the connection never stood", () => {
    const timeout = netError({ name: "RequestTimeoutError" }, "ConnectTimeout: ");
    expect(fromThrown(timeout, call, "connecting")).toMatchObject({ kind: "unreachable", applied: "no" });
    expect(fromThrown(timeout, call, "connected")).toMatchObject({ kind: "unknown outcome", applied: "maybe" });
  });

  test.each(["EHOSTUNREACH", "ENETUNREACH", "EPROTO"])(
    "%s of a connection that stood may have come through",
    (code) => {
      expect(fromThrown(netError({ code }, ""), call, "connecting")).toMatchObject({ kind: "unreachable" });
      expect(fromThrown(netError({ code }, ""), call, "connected")).toMatchObject({ kind: "unknown outcome" });
    },
  );

  test.each(["text", undefined, null, 7])("%p that is thrown is an unknown outcome", (thrown) => {
    expect(fromThrown(thrown, call, "unseen")).toMatchObject({ kind: "unknown outcome", applied: "maybe" });
  });

  test("an error of this room stays what it is", () => {
    const error = failure("throttled");
    expect(fromThrown(error, call, "unseen")).toBe(error);
  });

  test("what CAMS said is kept for support", () => {
    const thrown = sdkError(403, { Code: "Forbidden.RAM", Message: "not authorised", RequestId: "R-2" });
    expect(fromThrown(thrown, call, "unseen").failure).toMatchObject({
      httpStatus: 403,
      requestId: "R-2",
      detail: "not authorised",
    });
  });
});

describe("an answer whose Code is not OK", () => {
  test.each<[string, string, number, CamsErrorKind, string | undefined]>([
    ["Throttling.User", "", 200, "throttled", undefined],
    ["Forbidden.RAM", "", 200, "access", undefined],
    ["Authentication.NoAuth", "", 200, "access", undefined],
    ["SignatureDoesNotMatch", "", 400, "access", undefined],
    ["InvalidTimeStamp.Expired", "", 400, "access", undefined],
    ["OK", "", 404, "unknown outcome", undefined],
    ["SystemBusy", "", 200, "unknown outcome", undefined],
    ["SignatureNonceUsed", "Specified signature nonce was used already.", 400, "unknown outcome", undefined],
    ["RequestTimeout", "", 408, "unknown outcome", undefined],
    ["ServiceUnavailable", "", 200, "unknown outcome", undefined],
    ["InvalidParameter.FromOnlyNumeric", "", 200, "refused", undefined],
    ["Unheard.Of", "None", 200, "refused", undefined],
    ["131041", "Group unknown", 200, "unknown group", "131041"],
    ["#131041", "", 200, "unknown group", "131041"],
    ["SomeError", "(#131041) Group unknown", 200, "unknown group", "131041"],
    ["131208", "", 200, "throttled", "131208"],
    ["131201", "Some participants could not be removed", 200, "unknown outcome", "131201"],
    ["131000", "Something went wrong", 200, "unknown outcome", "131000"],
    ["131207", "suspended", 403, "refused", "131207"],
    ["131056", "too many to the same person", 400, "throttled", "131056"],
    ["SendError", "130429: throughput", 200, "throttled", "130429"],
    ["InvalidParameter.ToOnlyNumeric", "", 400, "refused", undefined],
    ["InvalidParameter.PhoneNumberError", "", 400, "refused", undefined],
    ["DetailError.TemplateNotExist", "", 400, "refused", undefined],
    ["131026", "", 400, "refused", "131026"],
    ["131050", "", 200, "refused", "131050"],
    ["132001", "", 400, "refused", "132001"],
    ["132015", "", 400, "refused", "132015"],
    ["132016", "", 200, "refused", "132016"],
    ["SomeError", "131212: not a member", 200, "refused", "131212"],
    ["SomeError", "number 628131041000 is odd", 200, "refused", undefined],
  ])("%s, %p, HTTP %d is %s", (code, message, httpStatus, kind, metaCode) => {
    const error = fromAnswer({ code, message, requestId: "" }, httpStatus, call);
    expect({ kind: error.kind, metaCode: error.failure.metaCode }).toEqual({ kind, metaCode });
  });

  test('the documented "None" is no message', () => {
    expect(fromAnswer({ code: "X", message: "None", requestId: "" }, 200, call).failure.detail).toBe("");
  });
});
