import type { MessageInfo } from "../../../src/cams";
import { sendInvitations } from "../../../src/execution/invitations/send";
import type { InviteTask } from "../../../src/execution/invitations/types";
import { ANA, BUDI, CITRA } from "../../membership/world";
import { failure } from "../world";
import { AT, invitee, LINK, MARK, taskOf, world, type Script, type SendStep } from "./world";

/** What follows from the answer to a message. */

async function invite(script: Script = {}, over: Partial<InviteTask> = {}) {
  const inviter = world([ANA], script);
  const { results, failures } = await sendInvitations(taskOf(over), inviter);
  const calls = (number: string) => inviter.sent.filter(({ to }) => to === number).length;
  return { inviter, results, failures, calls, outcomes: results.map(({ outcome }) => outcome) };
}

describe("a plain refusal", () => {
  test.each<[SendStep, string]>([
    ["131026", "failed"],
    ["131050", "failed"],
    ["131056", "not sent"],
    ["130429", "not sent"],
    ["131999", "not sent"],
    ["refused", "not sent"],
    ["throttled", "not sent"],
    ["unreachable", "not sent"],
  ])("%s: %s, after one call, and the others are written to", async (step, outcome) => {
    const { inviter, results, outcomes, calls } = await invite({ sends: [step] });
    expect(outcomes).toEqual([outcome, "accepted"]);
    expect([calls(BUDI), calls(CITRA), inviter.queries]).toEqual([1, 1, []]);
    expect(results[0]).toEqual({ outcome, why: expect.stringMatching(/^Op of EA93UU0042: /) as string });
    expect(inviter.audited[1]).toMatchObject({ event: "answer", outcome, detail: results[0]?.why });
  });

  test("is told of with the person: a final one says that they can't be invited", async () => {
    const { failures } = await invite({ sends: ["131026", "131056"] });
    expect(failures).toEqual([
      expect.stringMatching(
        /^jakarta\/ops \(EA93UU0042\): Budi \(628110000002\) can't be invited: Op of .*Meta 131026/,
      ),
      expect.stringMatching(
        /^jakarta\/ops \(EA93UU0042\): Citra \(628110000003\) was not invited: Op of .*Meta 131056/,
      ),
    ]);
  });

  test("without a code of Meta, the code of CAMS counts", async () => {
    const inviter = world([ANA]);
    const cams = {
      ...inviter.cams,
      sendMessage: () => Promise.reject(failure("refused", { code: "InvalidParameter.PhoneNumberError" })),
    };
    const { results } = await sendInvitations(taskOf({ invite: [invitee(BUDI, "Budi")] }), { ...inviter, cams });
    expect(results).toMatchObject([{ outcome: "failed" }]);
  });
});

test.each<SendStep>(["132001", "132015", "132016", "access", "stopped", "engine gone"])(
  "%s would meet everybody else, so nobody else of the group is written to",
  async (step) => {
    const { outcomes, calls, failures, inviter } = await invite({ sends: [step] });
    expect(outcomes).toEqual(["not sent", "not sent"]);
    expect([calls(BUDI), calls(CITRA)]).toEqual([1, 0]);
    expect(inviter.audited.map(({ number }) => number)).toEqual([BUDI, BUDI]);
    expect(failures[0]).toMatch(/Budi .* was not invited: Op of EA93UU0042/);
    expect(failures[1]).toMatch(/Citra .* was not invited: Op of EA93UU0042/);
  },
);

test.each<[SendStep, string]>([
  ["132015", "not sent"],
  ["131056", "accepted"],
])("after %s by the template of another group, in this one: %s", async (step, outcome) => {
  const inviter = world([ANA], { sends: [step] });
  const one = { invite: [invitee(BUDI, "Budi")] };
  await sendInvitations(taskOf(one), inviter);
  const { results } = await sendInvitations(taskOf(one), inviter);
  expect(results).toMatchObject([{ outcome }]);
  const template = { ...taskOf().template, code: "5678" };
  const other = await sendInvitations(taskOf({ ...one, template }), inviter);
  expect(other.results).toMatchObject([{ outcome: "accepted" }]);
});

describe("an unknown outcome", () => {
  const one = { invite: [invitee(BUDI, "Budi")] };

  test("is looked for among the messages to that person, and found by the link", async () => {
    const { inviter, results, failures, calls } = await invite({ sends: ["lost but done"] }, one);
    expect(results).toEqual([{ outcome: "accepted", id: "message-1", link: MARK }]);
    expect([failures, calls(BUDI)]).toEqual([[], 1]);
    expect(inviter.queries).toEqual([{ template: "1234", to: BUDI, since: Date.parse(AT) - 5 * 60_000 }]);
    expect(inviter.audited[1]).toMatchObject({ event: "answer", outcome: "accepted", detail: "message-1" });
    expect([...inviter.known]).toEqual(["message-1"]);
  });

  test("is looked for again while the list lags", async () => {
    const { inviter, results } = await invite({ sends: ["lost but late"] }, one);
    expect(results).toMatchObject([{ outcome: "accepted", id: "message-1" }]);
    expect(inviter.queries).toHaveLength(3);
    expect(inviter.clock.now()).toBe(250 + 500);
  });

  test("stays unknown when it is not found in time, and is not sent again", async () => {
    const { inviter, results, failures, calls } = await invite({ sends: ["lost"] }, one);
    const why = expect.stringMatching(/^Op of EA93UU0042: unknown outcome/) as string;
    expect(results).toEqual([{ outcome: "unknown", link: MARK, why }]);
    expect(calls(BUDI)).toBe(1);
    expect(failures).toEqual([
      expect.stringMatching(
        /Budi .* was perhaps invited: it is not known whether the message was sent: Op of .*not sent again/,
      ),
    ]);
    expect(inviter.clock.now()).toBe(250 + 500 + 1_000 + 2_000);
    expect(inviter.queries).toHaveLength(5);
    expect(inviter.audited[1]).toMatchObject({ event: "answer", outcome: "unknown" });
  });

  test("the wait between two looks grows to 5 seconds", async () => {
    const inviter = world([ANA], { sends: ["lost"] });
    await sendInvitations(taskOf(one), { ...inviter, confirmTimeoutMs: 20_000 });
    expect(inviter.clock.now()).toBe(250 + 500 + 1_000 + 2_000 + 4_000 + 5_000 + 5_000);
  });

  test("it is looked for at the very end of the time, too", async () => {
    const inviter = world([ANA], { sends: ["lost"] });
    await sendInvitations(taskOf(one), { ...inviter, confirmTimeoutMs: 250 + 500 });
    expect([inviter.clock.now(), inviter.queries.length]).toEqual([250 + 500, 3]);
  });

  test("stays unknown when messages can't be listed", async () => {
    const lists = Array<"access">(9).fill("access");
    const { outcomes, calls } = await invite({ sends: ["lost but done"], messageLists: lists }, one);
    expect([outcomes, calls(BUDI)]).toEqual([["unknown"], 1]);
  });

  test("a listing of messages that fails once is made again", async () => {
    const { outcomes } = await invite({ sends: ["lost but done"], messageLists: ["unreachable"] }, one);
    expect(outcomes).toEqual(["accepted"]);
  });

  test("a fault of this program while it is looked for is thrown", async () => {
    const inviter = world([ANA], { sends: ["lost"] });
    const cams = { ...inviter.cams, listMessages: () => Promise.reject(new TypeError("a fault of this program")) };
    await expect(sendInvitations(taskOf(one), { ...inviter, cams })).rejects.toThrow(TypeError);
  });

  const message = (over: Partial<MessageInfo> = {}): MessageInfo => ({
    ...{ id: "other", to: BUDI, state: "accepted", why: "", at: Date.parse(AT), template: "1234", text: LINK },
    ...over,
  });

  test.each<[string, MessageInfo]>([
    ["with the link of another group", message({ text: "https://chat.whatsapp.com/another" })],
    ["without a link", message({ text: "" })],
    ["to somebody else", message({ to: CITRA })],
    ["from before the run", message({ at: Date.parse(AT) - 5 * 60_000 - 1 })],
  ])("a message %s is not it", async (_, other) => {
    expect((await invite({ sends: ["lost"], messages: [other] }, one)).outcomes).toEqual(["unknown"]);
  });

  test("a message that the process knows is not it", async () => {
    const inviter = world([ANA], { sends: ["lost"], messages: [message()] });
    inviter.known.add("other");
    const { results } = await sendInvitations(taskOf(one), inviter);
    expect(results).toMatchObject([{ outcome: "unknown" }]);
  });

  test("a message that is on record of the group is not it", async () => {
    const { outcomes } = await invite(
      { sends: ["lost"], messages: [message()] },
      { ...one, earlier: new Set(["other"]) },
    );
    expect(outcomes).toEqual(["unknown"]);
  });

  test("the others are written to", async () => {
    const { outcomes, calls } = await invite({ sends: ["lost"] });
    expect([outcomes, calls(BUDI), calls(CITRA)]).toEqual([["unknown", "accepted"], 1, 1]);
  });
});
