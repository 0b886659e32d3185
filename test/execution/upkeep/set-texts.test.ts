import type { GroupInfo } from "../../../src/cams";
import { setTexts } from "../../../src/execution/upkeep/set-texts";
import { row, where, world, type Script } from "./world";

const GROUP = "EA93UU0042";
const NIGHT = { subject: "Night operations", description: undefined };

async function set(wished: Parameters<typeof setTexts>[1], script: Script = {}, rows: readonly GroupInfo[] = [row()]) {
  const keeper = world(rows, script);
  return { failed: await setTexts(GROUP, wished, where, keeper), keeper, log: keeper.log };
}

test("what differs is set, and looked for, with a line before and after", async () => {
  const { failed, keeper, log } = await set({ subject: "Night operations", description: "Shift handover" });
  expect(failed).toBeUndefined();
  expect(log).toEqual([
    "list",
    "attempt update",
    `UpdateChatGroup ${GROUP} {"subject":"Night operations","description":"Shift handover"}`,
    "answer update accepted",
    "list",
    "outcome update done",
  ]);
  const line = { act: "update", group: GROUP, roster: "jakarta/ops", subject: "Night operations" };
  expect(keeper.audited).toEqual([
    { ...line, event: "attempt" },
    { ...line, event: "answer", outcome: "accepted", detail: "request-1" },
    { ...line, event: "outcome", outcome: "done", detail: "request-1" },
  ]);
  expect(keeper.looks[0]).toBe(keeper.listings[0]);
});

test.each<[string, Parameters<typeof setTexts>[1], string]>([
  ["the subject alone", { subject: "Night operations", description: "" }, '{"subject":"Night operations"}'],
  ["the description alone", { subject: "Jakarta operations", description: "Nights" }, '{"description":"Nights"}'],
  ["a description, whatever the subject is", { subject: undefined, description: "Nights" }, '{"description":"Nights"}'],
])("only what differs is sent: %s", async (_, wished, sent) => {
  const { log } = await set(wished);
  expect(log[2]).toBe(`UpdateChatGroup ${GROUP} ${sent}`);
});

test.each<[string, Parameters<typeof setTexts>[1]]>([
  ["the group has them", { subject: "Jakarta operations", description: "" }],
  ["nothing is wished for", { subject: undefined, description: undefined }],
])("where %s, nothing is asked for", async (_, wished) => {
  const { failed, log } = await set(wished);
  expect([failed, log]).toEqual([undefined, ["list"]]);
});

test("what became of a lost answer is looked for", async () => {
  const { failed, keeper } = await set(NIGHT, { writes: ["lost but done"] });
  expect(failed).toBeUndefined();
  expect(keeper.audited.map(({ event, outcome }) => [event, outcome])).toEqual([
    ["attempt", undefined],
    ["answer", "unknown"],
    ["outcome", "done"],
  ]);
});

test("a change that is listed late is waited for", async () => {
  const { failed, log } = await set(NIGHT, { writes: ["slow"] });
  expect(failed).toBeUndefined();
  expect(log.filter((line) => line === "list")).toHaveLength(4);
});

test.each(["ignored", "lost"] as const)("%s, and not listed: it is told, and asked for once", async (step) => {
  const { failed, keeper, log } = await set(NIGHT, { writes: [step] });
  expect(failed).toBe(
    "jakarta/ops (EA93UU0042): its subject and description were asked for, and CAMS does not list them so far. Run pulumi up again",
  );
  expect(log.filter((line) => line.startsWith("Update"))).toHaveLength(1);
  expect(keeper.audited.at(-1)).toMatchObject({ event: "outcome", outcome: "not done" });
});

test("half of it is listed: it is not done", async () => {
  const half = (groups: Map<string, GroupInfo>) => groups.set(GROUP, row({ subject: "Night operations" }));
  const { failed } = await set(
    { subject: "Night operations", description: "Nights" },
    { writes: ["ignored"], meanwhile: { 1: half } },
  );
  expect(failed).toMatch(/^jakarta\/ops \(EA93UU0042\): its subject and description were asked for/);
});

test("CAMS says no: it is not looked for", async () => {
  const { failed, keeper, log } = await set(NIGHT, { writes: ["refused"] });
  expect(failed).toBe(
    "jakarta/ops (EA93UU0042): its subject and description were not set: UpdateChatGroup: refused: no (Code). " +
      "Look the code up in the CAMS error list; the request id is what Alibaba Cloud support asks for",
  );
  expect(log.filter((line) => line === "list")).toHaveLength(1);
  expect(keeper.audited.at(-1)).toMatchObject({ event: "outcome", outcome: "not done" });
});

test("the line before the call can't be written: nothing is asked for", async () => {
  const { failed, log } = await set(NIGHT, { unwritable: ({ event }) => event === "attempt" });
  expect(failed).toBe(
    "jakarta/ops (EA93UU0042): its subject and description were not set: nothing was asked for: Error: no space left on device",
  );
  expect(log).toEqual(["list", "outcome update not done"]);
});

test.each<[string, readonly GroupInfo[], string]>([
  ["is not listed", [row({ group: "OTHER" })], "CAMS does not list the group"],
  ["is suspended", [row({ status: "SUSPENDED" })], "the group is SUSPENDED. Run pulumi up again when it is ACTIVE"],
  [
    "is still being made",
    [row({ status: "CREATING" })],
    "the group is CREATING. Run pulumi up again when it is ACTIVE",
  ],
])("nothing is asked for of a group that %s", async (_, rows, why) => {
  const { failed, log } = await set(NIGHT, {}, rows);
  expect([failed, log]).toEqual([
    `jakarta/ops (EA93UU0042): its subject and description were not set: ${why}`,
    ["list"],
  ]);
});

test("a group that is gone when the listing has become too old is not asked for", async () => {
  const keeper = world([row()], { writes: ["look too old"], meanwhile: { 1: (groups) => groups.delete(GROUP) } });
  const updateGroup: typeof keeper.cams.updateGroup = async (...args) => {
    await keeper.clock.sleep(11_000);
    return keeper.cams.updateGroup(...args);
  };
  const failed = await setTexts(GROUP, NIGHT, where, { ...keeper, cams: { ...keeper.cams, updateGroup } });
  expect(failed).toBe(
    "jakarta/ops (EA93UU0042): its subject and description were not set: CAMS does not list the group",
  );
});

test("groups that can't be listed before the call are a failure of the call", async () => {
  const keeper = world([row()], { lists: ["access"] });
  await expect(setTexts(GROUP, NIGHT, where, keeper)).rejects.toMatchObject({ kind: "access" });
});
