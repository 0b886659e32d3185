import type { GroupInfo } from "../../../src/cams";
import { sendInvitations } from "../../../src/execution/invitations/send";
import type { InviteTask } from "../../../src/execution/invitations/types";
import { ANA, BUDI, CITRA, DEWI, EKO, whole } from "../../membership/world";
import { row } from "../upkeep/world";
import { invitee, MARK, taskOf, world, type Script } from "./world";

/** What is looked at right before the messages, and holds all of the group. */

async function invite(over: Partial<InviteTask> = {}, script: Script = {}, participants = [ANA]) {
  const inviter = world(participants, script);
  const { results, failures } = await sendInvitations(taskOf(over), inviter);
  return { inviter, results, failures, log: inviter.log };
}

/** Nobody was written to, and nothing of it is in the audit log. */
function expectHeld({ results, failures, inviter }: Awaited<ReturnType<typeof invite>>, why: RegExp): void {
  expect(inviter.sent).toEqual([]);
  expect(inviter.audited).toEqual([]);
  expect(results).toEqual([{ outcome: "not sent" }, { outcome: "not sent" }]);
  expect(failures).toHaveLength(2);
  expect(failures[0]).toMatch(/^jakarta\/ops \(EA93UU0042\): Budi \(628110000002\) was not invited: /);
  expect(failures[1]).toMatch(/^jakarta\/ops \(EA93UU0042\): Citra \(628110000003\) was not invited: /);
  for (const failure of failures) expect(failure).toMatch(why);
}

test("the group is listed once for all of them, whatever holds them", async () => {
  const { log } = await invite({}, { lists: ["doubtful"] });
  expect(log).toEqual(["list: doubtful"]);
});

test("a listing that can't be shown to be complete", async () => {
  expectHeld(await invite({}, { lists: ["doubtful"] }), /rows short of Total/);
});

test.each(["access", "throttled", "unknown outcome", "unknown group", "stopped"] as const)(
  "a listing that fails: %s",
  async (kind) => expectHeld(await invite({}, { lists: [kind] }), new RegExp(`Op of EA93UU0042: ${kind}`)),
);

test("a listing that lacks most of the people who were there before", async () => {
  const all = [ANA, DEWI, EKO, "628110000006"];
  expectHeld(await invite({ observed: whole(...all) }, {}, [ANA]), /lacks 3 of 4 people/);
});

test("a listing that lacks people who were removed in this run is believed", async () => {
  const all = [ANA, DEWI, EKO, "628110000006"];
  const removing = new Set(all.slice(1));
  const { inviter, failures } = await invite({ observed: whole(...all), removing });
  expect([inviter.sent.length, failures]).toEqual([2, []]);
});

test("somebody who was to be removed and is listed again", async () => {
  const over = { observed: whole(ANA, DEWI), removing: new Set([DEWI]) };
  expectHeld(
    await invite(over, {}, [ANA, DEWI]),
    /somebody who was to be removed is still in the group\. Run pulumi up/,
  );
});

test.each<[string, readonly GroupInfo[], RegExp]>([
  ["a group that CAMS does not list", [row({ group: "EA1" })], /CAMS does not list the group/],
  ["a group that is not ACTIVE", [row({ status: "SUSPENDED" })], /the group is SUSPENDED/],
  ["a group without a link", [row({ inviteLink: "" })], /the group has no invite link\. Run pulumi up again/],
])("%s", async (_, rows, why) => expectHeld(await invite({}, { groups: [rows] }), why));

test("a listing of the account's groups that fails", async () => {
  expectHeld(await invite({}, { groups: ["access"] }), /access/);
});

test("a fault of this program is no listing that fails, and is thrown", async () => {
  const inviter = world([ANA]);
  const cams = { ...inviter.cams, listParticipants: () => Promise.reject(new TypeError("a fault of this program")) };
  await expect(sendInvitations(taskOf(), { ...inviter, cams })).rejects.toThrow(TypeError);
});

describe("a look that became too old while a message had to wait", () => {
  test("is taken anew, and then the message is sent by it", async () => {
    const { inviter, results, failures } = await invite({}, { sends: ["look too old"] });
    expect(inviter.log).toEqual([
      ...["list", "groups", `attempt ${BUDI}`, `send ${BUDI}: look too old`, `answer ${BUDI} not sent`],
      ...["list", `attempt ${BUDI}`, `send ${BUDI}`, `answer ${BUDI} accepted`],
      ...[`attempt ${CITRA}`, `send ${CITRA}`, `answer ${CITRA} accepted`],
    ]);
    expect(inviter.looks.map((look) => inviter.listings.findIndex((one) => one === look))).toEqual([0, 1, 1]);
    expect([results.map(({ outcome }) => outcome), failures]).toEqual([["accepted", "accepted"], []]);
    expect(inviter.audited[1]).toMatchObject({
      outcome: "not sent",
      detail: expect.stringMatching(/too old/) as string,
    });
  });

  test("is judged anew: nobody else is written to when the new one is not believed", async () => {
    const { inviter, results, failures } = await invite(
      {},
      { lists: ["ok", "doubtful"], sends: ["ok", "look too old"] },
    );
    expect(inviter.sent.map(({ to }) => to)).toEqual([BUDI, CITRA]);
    expect(results.map(({ outcome }) => outcome)).toEqual(["accepted", "not sent"]);
    expect(failures).toEqual([expect.stringMatching(/Citra .* was not invited: rows short of Total/)]);
  });

  test("shows somebody who came meanwhile: they are not written to", async () => {
    const { inviter, results, failures } = await invite({}, { sends: ["look too old"], joins: { 1: BUDI } });
    expect(inviter.sent.map(({ to }) => to)).toEqual([BUDI, CITRA]);
    expect([results[0], results[1]?.outcome, failures]).toEqual([{ outcome: "not sent" }, "accepted", []]);
  });

  test("is taken 6 times at most for one person, and then nobody else of the group waits as long", async () => {
    const { inviter, results, failures } = await invite({}, { sends: Array<"look too old">(6).fill("look too old") });
    expect(inviter.log.filter((line) => line === "list")).toHaveLength(6);
    expect(inviter.sent.map(({ to }) => to)).toEqual(Array(6).fill(BUDI));
    expect(results).toEqual([{ outcome: "not sent" }, { outcome: "not sent" }]);
    expect(failures).toEqual([
      expect.stringMatching(/Budi .* was not invited: .*look too old/),
      expect.stringMatching(/Citra .* was not invited: .*look too old/),
    ]);
  });

  test("5 times, and then a message that is sent: the next one is tried", async () => {
    const { results, failures } = await invite({}, { sends: Array<"look too old">(5).fill("look too old") });
    expect([results.map(({ outcome }) => outcome), failures]).toEqual([["accepted", "accepted"], []]);
  });
});

test("somebody else may be invited into another group with the same inviter", async () => {
  const inviter = world([ANA], { lists: ["doubtful"] });
  await sendInvitations(taskOf(), inviter);
  const { results } = await sendInvitations(taskOf({ invite: [invitee(CITRA, "Citra")] }), inviter);
  expect(results).toMatchObject([{ outcome: "accepted" }]);
});

test("a list that still shows the link that this run has ended", async () => {
  const inviter = world([ANA]);
  const ended = { ...inviter, endedLinks: new Set([MARK]) };
  const { results, failures } = await sendInvitations(taskOf(), ended);
  expectHeld({ inviter, results, failures, log: inviter.log }, /CAMS lists the invite link that this run has ended/);
});

test("somebody who is to get the new link, and has the group's link already, is not written to", async () => {
  const again = (mark: string): Partial<InviteTask> => ({
    invite: [invitee(BUDI, "Budi", { purpose: "new link" }), invitee(CITRA, "Citra")],
    ...{ open: new Set([BUDI]), links: new Map([[BUDI, mark]]) },
  });
  const same = await invite(again(MARK));
  expect(same.inviter.sent.map(({ to }) => to)).toEqual([CITRA]);
  expect(same.results).toMatchObject([{ outcome: "not sent" }, { outcome: "accepted" }]);
  expect(same.failures).toEqual([]);
  expect((await invite(again("an earlier one"))).inviter.sent.map(({ to }) => to)).toEqual([BUDI, CITRA]);
});
