import {
  authorityOf,
  createClient,
  type Engine,
  type GroupList,
  type GroupRef,
  type GroupWriter,
} from "../../../src/cams";
import { LOOK_HOLDS_MS } from "../../../src/cams/authority";
import type { Answer, Send } from "../../../src/cams/transport";
import { failure, ref } from "../../execution/world";
import { BOT } from "../../membership/world";
import { clock, ended } from "./world";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const accepted: Answer = { requestId: "R-2", data: undefined, beside: {} };
const listed: Answer = { requestId: "R-1", data: { Total: 1, List: [{ GroupId: "EA93UU0042" }] }, beside: {} };
const nobody: Answer = { requestId: "R-1", data: { Total: 0, List: [] }, beside: {} };

/** Answers listings at once, and writes by the replies in order. */
function clientOf(replies: readonly (Answer | Error)[] = [accepted], over: Partial<Engine> = {}) {
  const sent: { readonly operation: string; readonly query: object; readonly group: string | undefined }[] = [];
  const send: Send = (operation, query, group) => {
    if (operation === "ListChatGroup") return Promise.resolve(listed);
    if (operation === "ListChatGroupParticipants") return Promise.resolve(nobody);
    sent.push({ operation, query, group });
    const reply = replies[sent.length - 1] ?? accepted;
    return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply);
  };
  const authority = authorityOf({ stopped: () => false, gone: () => false, ...over });
  const cams = createClient({ send, callsPerSecond: 100, clock, authority });
  const look = (of = ref): Promise<GroupList> => ended(cams.listGroups(of));
  return { sent, cams, look };
}

type Write = (cams: GroupWriter, look: GroupList, to: GroupRef) => Promise<unknown>;

const account = { BusinessNumber: BOT, CustSpaceId: "cams-8c8e", ChannelType: "WHATSAPP" };
const group = { ...account, GroupId: "EA93UU0042" };

const writes: readonly (readonly [string, Write, { operation: string; query: object; group: string | undefined }])[] = [
  [
    "a group",
    (cams, look, to) => cams.addGroup(to, { subject: "Ops" }, look),
    { operation: "AddChatGroup", query: { ...account, Subject: "Ops" }, group: undefined },
  ],
  [
    "a group with a description",
    (cams, look, to) => cams.addGroup(to, { subject: "Ops", description: "Shifts, at 7\nand at 19" }, look),
    {
      operation: "AddChatGroup",
      query: { ...account, Subject: "Ops", Description: "Shifts, at 7\nand at 19" },
      group: undefined,
    },
  ],
  [
    "a subject",
    (cams, look, to) => cams.updateGroup(to, { subject: "Night" }, look),
    { operation: "UpdateChatGroup", query: { ...group, Subject: "Night" }, group: "EA93UU0042" },
  ],
  [
    "a description",
    (cams, look, to) => cams.updateGroup(to, { subject: undefined, description: "" }, look),
    { operation: "UpdateChatGroup", query: { ...group, Description: "" }, group: "EA93UU0042" },
  ],
  [
    "a link",
    (cams, look, to) => cams.addInviteLink(to, look),
    { operation: "AddChatGroupInviteLink", query: group, group: "EA93UU0042" },
  ],
  [
    "the end of a link",
    (cams, look, to) => cams.deleteInviteLink(to, look),
    { operation: "DeleteChatGroupInviteLink", query: group, group: "EA93UU0042" },
  ],
];

describe.each(writes)("%s", (_, write, request) => {
  test("is asked for in one call, by the names of the API, and nothing that was not given", async () => {
    const { cams, sent, look } = clientOf();
    expect(await ended(write(cams, await look(), ref))).toEqual({ requestId: "R-2" });
    expect(sent).toEqual([request]);
  });

  test.each<[string, (client: ReturnType<typeof clientOf>) => Promise<GroupList>]>([
    ["a copy of a listing", async ({ look }) => [...(await look())]],
    ["another client's listing", () => clientOf().look()],
    ["another number's listing", ({ look }) => look({ ...ref, businessNumber: "8613800000009" })],
    ["another space's listing", ({ look }) => look({ ...ref, custSpaceId: "cams-9d9f" })],
    ["a listing of participants", ({ cams }) => ended(cams.listParticipants(ref)) as unknown as Promise<GroupList>],
    ["nothing", () => Promise.resolve([])],
  ])("is not asked for by %s", async (_, lookOf) => {
    const client = clientOf();
    const look = await lookOf(client);
    await expect(ended(write(client.cams, look, ref))).rejects.toMatchObject({ kind: "look too old", applied: "no" });
    expect(client.sent).toEqual([]);
  });

  test("is not asked for by a listing that is too old", async () => {
    const { cams, sent, look } = clientOf();
    const old = await look();
    await jest.advanceTimersByTimeAsync(LOOK_HOLDS_MS);
    await expect(ended(write(cams, old, ref))).rejects.toMatchObject({ kind: "look too old" });
    expect(sent).toEqual([]);
  });

  test.each<[keyof Engine, string]>([
    ["stopped", "stopped"],
    ["gone", "engine gone"],
  ])("is not asked for once the run is over: %s", async (sign, kind) => {
    const { cams, sent, look } = clientOf([accepted], { [sign]: () => true });
    await expect(ended(write(cams, await look(), ref))).rejects.toMatchObject({ kind, applied: "no" });
    expect(sent).toEqual([]);
  });

  test.each(["unreachable", "unknown outcome", "access", "unknown group", "refused"] as const)(
    "is not asked for again when it fails by %s",
    async (kind) => {
      const error = failure(kind);
      const { cams, sent, look } = clientOf([error]);
      await expect(ended(write(cams, await look(), ref))).rejects.toBe(error);
      expect(sent).toHaveLength(1);
    },
  );

  test("is asked for again after throttling, which did nothing", async () => {
    const { cams, sent, look } = clientOf([failure("throttled"), failure("throttled"), accepted]);
    expect(await ended(write(cams, await look(), ref))).toEqual({ requestId: "R-2" });
    expect(sent).toEqual([request, request, request]);
  });
});

test("a listing of groups allows no removal of people", async () => {
  const { cams, sent, look } = clientOf();
  const groups = (await look()) as unknown as Parameters<typeof cams.removeParticipants>[2];
  await expect(ended(cams.removeParticipants(ref, ["628110000001"], groups))).rejects.toMatchObject({
    kind: "look too old",
  });
  expect(sent).toEqual([]);
});

test("one listing allows changes of all groups of its account", async () => {
  const { cams, sent, look } = clientOf();
  const groups = await look();
  await ended(cams.addInviteLink(ref, groups));
  await ended(cams.deleteInviteLink({ ...ref, group: "EA2" }, groups));
  expect(sent.map((one) => one.group)).toEqual(["EA93UU0042", "EA2"]);
});

test("there is no way to delete a group", () => {
  expect(Object.keys(clientOf().cams).sort()).toEqual([
    ...[
      "addGroup",
      "addInviteLink",
      "businessNumber",
      "deleteInviteLink",
      "listGroups",
      "listMessages",
      "listParticipants",
      "removeParticipants",
      "sendMessage",
      "template",
      "updateGroup",
    ],
  ]);
});
