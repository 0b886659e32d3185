import OpenApiClient, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import { startEmulator, type Emulator, type EmulatorOptions, type Seed } from "../../src/emulator";

/** What the tests of the local CAMS share: a world, and Alibaba Cloud's own TypeScript client aimed at it. */
export const businessNumber = "8613800000000";
export const custSpaceId = "cams-8c8e";
export const groupId = "EA93UU0042";
export const people = ["628110000001", "628110000002", "628110000003"];

export const seed: Seed = {
  businessNumbers: {
    [businessNumber]: { custSpaceId, groups: [{ groupId, subject: "Ops", participants: people }] },
  },
};

export interface Aim {
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  readonly securityToken?: string;
  /** "v2" is the SDK's name of the old RPC signature. */
  readonly signatureAlgorithm?: string;
  readonly version?: string;
  readonly method?: string;
  readonly readTimeout?: number;
}

export type Body = Record<string, unknown>;
export type Send = (action: string, query?: Record<string, string>, aim?: Aim) => Promise<Body>;

/** Sends a call as the official client does; throws what it throws. */
export function sender(port: number, base: Aim = {}): Send {
  return async (action, query = {}, aim = {}) => {
    const { version = "2020-06-06", method = "POST", readTimeout = 5000, ...config } = { ...base, ...aim };
    const client = new OpenApiClient(
      new Config({
        accessKeyId: "rollcall-local",
        accessKeySecret: "rollcall-local-secret",
        endpoint: `127.0.0.1:${port}`,
        protocol: "http",
        ...config,
      }),
    );
    const params = new Params({
      action,
      version,
      protocol: "HTTPS",
      pathname: "/",
      method,
      authType: "AK",
      style: "RPC",
      reqBodyType: "formData",
      bodyType: "json",
    });
    const whole = { BusinessNumber: businessNumber, CustSpaceId: custSpaceId, ...query };
    const runtime = { readTimeout, connectTimeout: 5000 } as unknown as Parameters<OpenApiClient["callApi"]>[2];
    const answer = await client.callApi(params, new OpenApiRequest({ query: whole }), runtime);
    return answer.body as Body;
  };
}

/** The code of a failed call, and what else the official client tells of it. */
export async function failure(call: Promise<unknown>): Promise<{ code: string; statusCode: number; data: Body }> {
  return call.then(
    () => {
      throw new Error("The call went well, though it should not have.");
    },
    (error: unknown) => error as { code: string; statusCode: number; data: Body },
  );
}

export interface Local extends Emulator {
  readonly send: Send;
  /** Calls a control endpoint; the JSON that comes back, and the status. */
  readonly control: (method: string, path: string, body?: unknown) => Promise<{ status: number; json: Body }>;
  readonly calls: () => Promise<Body[]>;
  readonly group: (id?: string) => Promise<Body>;
  readonly arm: (fault: Body) => Promise<void>;
  readonly list: (page?: { Index: number; Size: number }, id?: string) => Promise<string[]>;
  readonly remove: (numbers: readonly string[], id?: string) => Promise<Body>;
}

const running: Local[] = [];

/** Starts a local CAMS for one test; `stopAll` in `afterEach` ends it. */
export async function local(options: EmulatorOptions = {}): Promise<Local> {
  const emulator = await startEmulator({ seed, ...options });
  const send = sender(emulator.port, {
    ...(options.accessKeyId === undefined ? {} : { accessKeyId: options.accessKeyId }),
    ...(options.accessKeySecret === undefined ? {} : { accessKeySecret: options.accessKeySecret }),
  });
  const control: Local["control"] = async (method, path, body) => {
    const answer = await fetch(`${emulator.url}/_emulator/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, json: (await answer.json()) as Body };
  };
  const it: Local = {
    ...emulator,
    send,
    control,
    calls: async () => (await control("GET", "calls")).json as unknown as Body[],
    group: async (id = groupId) => {
      const { json } = await control("GET", "state");
      const businesses = json.businessNumbers as Record<string, { groups: Body[] }>;
      const found = Object.values(businesses).flatMap(({ groups }) => groups);
      return found.find((group) => group.groupId === id) ?? {};
    },
    arm: async (fault) => {
      const { status, json } = await control("POST", "faults", fault);
      if (status !== 200) throw new Error(JSON.stringify(json));
    },
    list: async (page, id = groupId) => {
      const query = { GroupId: id, ...(page === undefined ? {} : { Page: JSON.stringify(page) }) };
      return rowsOf(await send("ListChatGroupParticipants", query));
    },
    remove: (numbers, id = groupId) => send("DeleteChatGroupParticipants", { GroupId: id, List: listOf(numbers) }),
  };
  running.push(it);
  return it;
}

export async function stopAll(): Promise<void> {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
}

export function listOf(numbers: readonly string[]): string {
  return JSON.stringify(numbers.map((number) => ({ ParticipantNumber: number })));
}

export function rowsOf(body: Body): string[] {
  const { List } = body.Data as { List: { ParticipantNumber: string }[] };
  return List.map((row) => row.ParticipantNumber);
}

export function totalOf(body: Body): unknown {
  return (body.Data as Body).Total;
}
