import OpenApiClient, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import type { OfficialClient, Outcome } from "./client";
import { conformance } from "./suite";

/** Alibaba Cloud's TypeScript core, `@alicloud/openapi-client`, by generic calls in this process. */
function typescriptClient(method: "GET" | "POST"): OfficialClient {
  return {
    send: async ({ action, params, readTimeoutMs = 10_000, ...config }) => {
      const client = new OpenApiClient(new Config({ ...config, protocol: "http" }));
      const query = Object.entries(params).map(
        ([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as const,
      );
      const runtime = { readTimeout: readTimeoutMs, connectTimeout: 5000 };
      try {
        return await client.callApi(
          new Params({
            action,
            version: "2020-06-06",
            protocol: "HTTPS",
            pathname: "/",
            method,
            authType: "AK",
            style: "RPC",
            reqBodyType: "formData",
            bodyType: "json",
          }),
          new OpenApiRequest({ query: Object.fromEntries(query) }),
          runtime as unknown as Parameters<OpenApiClient["callApi"]>[2],
        );
      } catch (error) {
        const { name, code, statusCode, data, accessDeniedDetail, message } = error as Required<Outcome>["error"] & {
          name: string;
          data?: { RequestId?: string };
        };
        return {
          error: { kind: name, ...{ code, statusCode, accessDeniedDetail, message }, requestId: data?.RequestId },
        } as Outcome;
      }
    },
    stop: () => Promise.resolve(),
  };
}

describe("TypeScript core", () => {
  describe("by ACS3-HMAC-SHA256", () => conformance(() => typescriptClient("POST"), {}, { untyped: true }));
  describe("by the old RPC signature", () =>
    conformance(() => typescriptClient("POST"), { signatureAlgorithm: "v2" }, { untyped: true }));
  describe("by the old RPC signature and GET", () =>
    conformance(() => typescriptClient("GET"), { signatureAlgorithm: "v2" }, { untyped: true }));
});
