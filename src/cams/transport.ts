import OpenApi, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import { fromAnswer, fromThrown, notFromCams } from "./classify";
import { askAgain, watch, type Reach } from "./connection";
import type { Endpoint } from "./endpoint";
import type { CamsError } from "./errors";

/** One answer of CAMS whose `Code` was `OK`. */
export interface Answer {
  readonly requestId: string;
  readonly data: unknown;
  /** What stands beside `Data`, such as `MessageId` or `PhoneNumbers`. */
  readonly beside: Readonly<Record<string, unknown>>;
}

/**
 * One signed call, sent exactly once; throws `CamsError`.
 * @param forbidden why it may not go out now. It is asked when all that takes time is done: new credentials, a connection.
 */
export type Send = (
  operation: string,
  query: Readonly<Record<string, string>>,
  group: string | undefined,
  forbidden?: () => CamsError | undefined,
) => Promise<Answer>;

/** The credentials chain of `@alicloud/credentials`, as far as the OpenAPI client needs it. */
export interface Credential {
  getCredential(): Promise<unknown>;
}

export interface TransportOptions {
  readonly endpoint: Endpoint;
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  /** Opens the chain of credentials. */
  readonly credential: () => Credential;
}

/** CAMS's API version; every operation is an RPC-style POST with its parameters in the query. */
const VERSION = "2020-06-06";

/**
 * Calls over `@alicloud/openapi-client`'s generic client, signed with ACS3-HMAC-SHA256. The generic client is used
 * because it is the core that the typed SDKs stand on, and because it never retries on its own: what is sent again,
 * and when, is decided in this room.
 */
export function openTransport(options: TransportOptions): Send {
  const connect = kept(async () => {
    const credential = options.credential();
    await credential.getCredential();
    return new OpenApi(
      new Config({
        endpoint: options.endpoint.host,
        protocol: options.endpoint.protocol,
        connectTimeout: options.connectTimeoutMs,
        readTimeout: options.readTimeoutMs,
        credential: askedBefore(credential) as never,
      }),
    );
  });

  return async (operation, query, group, forbidden) => {
    const call = { operation, group };
    const reach: Reach = { state: "unseen" };
    try {
      const client = await connect();
      const params = new Params({
        action: operation,
        version: VERSION,
        protocol: "HTTPS",
        pathname: "/",
        method: "POST",
        authType: "AK",
        style: "RPC",
        reqBodyType: "formData",
        bodyType: "json",
      });
      const runtime = {
        autoretry: false,
        connectTimeout: options.connectTimeoutMs,
        readTimeout: options.readTimeoutMs,
      };
      const request = new OpenApiRequest({ query: { ...query } });
      const act = (): Promise<Record<string, unknown>> => client.callApi(params, request, runtime as never);
      const answer = await watch({ reach, readTimeoutMs: options.readTimeoutMs, forbidden }, act);
      return readAnswer(answer, call);
    } catch (thrown) {
      throw fromThrown(thrown, call, reach.state);
    }
  };
}

/** The same credentials; having them may have taken seconds, so the call that wants them is judged again. */
function askedBefore(credential: Credential): Credential {
  return {
    getCredential: async () => {
      const model = await credential.getCredential();
      askAgain();
      return model;
    },
  };
}

/**
 * Only a 2xx is an answer of CAMS: the SDK throws 4xx and 5xx, but hands on a redirection as if it had succeeded. Then
 * `Code` decides: documented examples show `Success: false` beside `Code: OK`, so `Success` says nothing.
 */
function readAnswer(
  answer: { readonly body?: unknown; readonly statusCode?: number },
  call: { readonly operation: string; readonly group: string | undefined },
): Answer {
  const status = answer.statusCode ?? 0;
  if (status < 200 || status > 299) {
    throw notFromCams(`CAMS does not answer with HTTP ${status}`, "UnreadableAnswer", status, call);
  }
  const body = (typeof answer.body === "object" && answer.body !== null ? answer.body : {}) as Record<string, unknown>;
  const [code, message, requestId] = [body.Code, body.Message, body.RequestId].map((v) =>
    typeof v === "string" ? v : "",
  );
  if (code === "OK") {
    const { Data: data, ...beside } = body;
    return { requestId: requestId ?? "", data, beside };
  }
  if (code === "" || code === undefined) throw notFromCams("it has no Code", "NoCode", status, call);
  throw fromAnswer({ code, message: message ?? "", requestId: requestId ?? "" }, status, call);
}

/**
 * The chain remembers the provider that it tries *before* that one has answered, so a second question in the meantime
 * goes to the wrong one. The first question is therefore asked alone, and a chain that failed is not asked again: it
 * would only ask the last of its providers. The next call opens a new one.
 */
function kept<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () =>
    (opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    }));
}
