import { startEmulator, type Emulator } from "../../../src/emulator";
import type { OfficialClient, Outcome, Request } from "./client";

export const BusinessNumber = "8613800000000";
export const GroupId = "EA93UU0042";
export const InviteLink = "https://chat.whatsapp.com/AAAAAAAAAAAAAAAAAAAAAA";
export const people = ["628110000001", "628110000002", "628110000003"];
export const Template = {
  code: "1119000000000000001",
  name: "group_invitation",
  language: "en",
  body: "Hello $(name), join $(group): $(link)",
};
const CustSpaceId = "cams-8c8e";

export type Aim = Partial<Request>;

/** An official client, aimed at a local CAMS with one group and one template. */
export interface World {
  /** Sends a call for the business number of the group. */
  readonly send: (action: string, params?: Record<string, unknown>, more?: Aim) => Promise<Outcome>;
  readonly control: (method: string, path: string, body?: object) => Promise<{ status: number; json: unknown }>;
  readonly arm: (fault: string, value?: string | number) => Promise<unknown>;
}

/** One client for all tests of the block in which this is called, and a local CAMS for each of them. */
export function localWorld(start: () => OfficialClient, aim: Aim): World {
  let client: OfficialClient;
  let cams: Emulator;

  beforeAll(() => {
    client = start();
  });
  afterAll(() => client.stop());
  beforeEach(async () => {
    const groups = [{ groupId: GroupId, subject: "Ops", inviteLink: InviteLink, participants: people }];
    cams = await startEmulator({
      seed: { businessNumbers: { [BusinessNumber]: { custSpaceId: CustSpaceId, groups, templates: [Template] } } },
    });
  });
  afterEach(() => cams.close());

  const control: World["control"] = async (method, path, body) => {
    const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await fetch(`${cams.url}/_emulator/${path}`, init);
    return { status: answer.status, json: await answer.json() };
  };
  return {
    control,
    send: (action, params = {}, more = {}) =>
      client.send({
        endpoint: `127.0.0.1:${cams.port}`,
        accessKeyId: "rollcall-local",
        accessKeySecret: "rollcall-local-secret",
        ...aim,
        ...more,
        action,
        params: { BusinessNumber, CustSpaceId, ...params },
      }),
    arm: (fault, value) => control("POST", "faults", { fault, ...(value === undefined ? {} : { value }) }),
  };
}
