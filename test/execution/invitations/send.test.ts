import { sendInvitations } from "../../../src/execution/invitations/send";
import type { InviteTask } from "../../../src/execution/invitations/types";
import { ANA, BUDI, CITRA, DEWI, EKO, whole } from "../../membership/world";
import { row } from "../upkeep/world";
import { invitee, LINK, MARK, taskOf, world, type Script } from "./world";

async function invite(over: Partial<InviteTask> = {}, script: Script = {}, participants = [ANA]) {
  const inviter = world(participants, script);
  const { results, failures } = await sendInvitations(taskOf(over), inviter);
  return { inviter, results, failures, log: inviter.log, sent: inviter.sent.map(({ to }) => to) };
}

const NOT_SENT = { outcome: "not sent" };
const accepted = (id: string) => ({ outcome: "accepted", id, link: MARK });
const others = (count: number) => Array.from({ length: count }, (_, index) => `62812000000${index}`);

test("each person is sent one message: a line of the audit log, the call, and another line", async () => {
  const { inviter, results, failures, log } = await invite();
  expect(log).toEqual([
    ...["list", "groups"],
    ...[`attempt ${BUDI}`, `send ${BUDI}`, `answer ${BUDI} accepted`],
    ...[`attempt ${CITRA}`, `send ${CITRA}`, `answer ${CITRA} accepted`],
  ]);
  expect(results).toEqual([accepted("message-1"), accepted("message-2")]);
  expect(failures).toEqual([]);
  const line = {
    act: "invite",
    group: "EA93UU0042",
    roster: "jakarta/ops",
    number: BUDI,
    name: "Budi",
    reason: "first",
  };
  expect(inviter.audited.slice(0, 2)).toEqual([
    { ...line, template: "1234", event: "attempt" },
    { ...line, template: "1234", event: "answer", outcome: "accepted", detail: "message-1" },
  ]);
  expect(JSON.stringify([inviter.audited, results])).not.toContain("chat.whatsapp.com");
  expect([...inviter.known]).toEqual(["message-1", "message-2"]);
});

test("a message takes the template, its language, and what its variables take", async () => {
  const { inviter } = await invite();
  expect(inviter.sent[0]).toEqual({
    ...{ to: BUDI, template: "1234", language: "id" },
    parameters: { who: "Budi", what: "Jakarta operations", where: LINK },
  });
});

test("the subject that the run sets goes before the one that CAMS lists", async () => {
  const { inviter } = await invite({ subject: "Night shift" });
  expect(inviter.sent[0]?.parameters).toMatchObject({ what: "Night shift" });
});

test("each message names the listing of the group by which the person is invited", async () => {
  const { inviter } = await invite();
  expect(inviter.looks).toHaveLength(2);
  for (const look of inviter.looks) expect(look).toBe(inviter.listings[0]);
});

test("the link is the one that CAMS lists now, whatever it was before", async () => {
  const link = "https://chat.whatsapp.com/other";
  const { inviter, results } = await invite({}, { groups: [[row({ group: "EA1" }), row({ inviteLink: link })]] });
  expect(inviter.sent[0]?.parameters).toMatchObject({ where: link });
  expect(results[0]).toMatchObject({ outcome: "accepted", link: expect.not.stringMatching(MARK) as string });
});

test("a message of which CAMS gives no id is accepted without one", async () => {
  const { inviter, results } = await invite({ invite: [invitee(BUDI)] }, { sends: ["no id"] });
  expect(results).toEqual([{ outcome: "accepted", id: "", link: MARK }]);
  expect(inviter.known.size).toBe(0);
});

test("nobody to invite: nothing is looked at", async () => {
  expect((await invite({ invite: [] })).log).toEqual([]);
});

test("somebody who is in the group by now is not written to, and that is no failure", async () => {
  const { results, failures, sent, log } = await invite({ observed: whole(ANA, BUDI) }, {}, [ANA, BUDI]);
  expect([results, failures, sent]).toEqual([[NOT_SENT, accepted("message-1")], [], [CITRA]]);
  expect(log).not.toContain(`attempt ${BUDI}`);
});

test("the results are in the order of the people, whatever became of each", async () => {
  const people = [BUDI, CITRA, DEWI, EKO].map((number) => invitee(number));
  const { results } = await invite({ invite: people }, { sends: ["131026", "lost"] }, [ANA, DEWI]);
  expect(results.map(({ outcome }) => outcome)).toEqual(["failed", "unknown", "not sent", "accepted"]);
});

describe("room in the group", () => {
  const inside = (count: number) => [ANA, ...others(count - 1)];
  const NO_ROOM = (name: string, number: string) =>
    `jakarta/ops (EA93UU0042): ${name} (${number}) was not invited: there is no room in the group any more`;

  test.each([
    [6, [BUDI, CITRA]],
    [7, [BUDI]],
    [8, []],
  ])("with %i people there, %j are invited", async (count, invited) => {
    const { sent, failures } = await invite({ observed: whole(...inside(count)) }, {}, inside(count));
    expect(sent).toEqual(invited);
    expect(failures).toEqual([NO_ROOM("Budi", BUDI), NO_ROOM("Citra", CITRA)].slice(invited.length));
  });

  test("rows without a number take room", async () => {
    const inviter = world(inside(6));
    const { listParticipants } = inviter.cams;
    const cams = {
      ...inviter.cams,
      listParticipants: async (...of: Parameters<typeof listParticipants>) => ({
        ...(await listParticipants(...of)),
        unidentified: 1,
      }),
    };
    const observed = { ...whole(...inside(6)), unidentified: 1 };
    await sendInvitations(taskOf({ observed }), { ...inviter, cams });
    expect(inviter.sent.map(({ to }) => to)).toEqual([BUDI]);
  });

  test("a place is kept for each open invitation of somebody who is not there", async () => {
    const open = new Set([DEWI]);
    const { sent } = await invite({ open, observed: whole(...inside(6)) }, {}, inside(6));
    expect(sent).toEqual([BUDI]);
    const there = [...inside(5), DEWI];
    const came = await invite({ open, observed: whole(...there) }, {}, there);
    expect(came.sent).toEqual([BUDI, CITRA]);
  });

  test("somebody with an open invitation needs no other place, and a message to them takes none", async () => {
    const open = new Set([BUDI]);
    const last = await invite({ open, observed: whole(...inside(7)) }, {}, inside(7));
    expect(last.sent).toEqual([BUDI]);
    const roomy = await invite({ open, observed: whole(...inside(6)) }, {}, inside(6));
    expect(roomy.sent).toEqual([BUDI, CITRA]);
  });

  test("somebody whose place a stranger has taken meanwhile is not written to", async () => {
    const open = new Set([BUDI]);
    const { sent, failures } = await invite({ open, observed: whole(...inside(7)) }, {}, inside(8));
    expect(sent).toEqual([]);
    expect(failures).toEqual([NO_ROOM("Budi", BUDI), NO_ROOM("Citra", CITRA)]);
  });

  test("a message that was perhaps sent takes a place; one that was not sent takes none", async () => {
    const observed = whole(...inside(7));
    const perhaps = await invite({ observed }, { sends: ["lost"] }, inside(7));
    expect([perhaps.sent, perhaps.failures[1]]).toEqual([[BUDI], NO_ROOM("Citra", CITRA)]);
    const refused = await invite({ observed }, { sends: ["131026"] }, inside(7));
    expect(refused.sent).toEqual([BUDI, CITRA]);
  });

  test("it is counted again when the group is listed again", async () => {
    const { sent, failures } = await invite(
      { observed: whole(...inside(6)) },
      { sends: ["ok", "look too old"], joins: { 1: DEWI } },
      inside(6),
    );
    expect([sent, failures]).toEqual([[BUDI, CITRA], [NO_ROOM("Citra", CITRA)]]);
  });
});

describe("values", () => {
  test.each([
    ["name", { invite: [invitee(BUDI, ""), invitee(CITRA, "Citra")] }, {}, "who"],
    ["subject", { invite: [invitee(BUDI, "Budi")] }, { groups: [[row({ subject: "" })]] }, "what"],
  ] as const)("without a %s that a variable takes, nothing is sent", async (what, over, script, variable) => {
    const { results, failures, log } = await invite(over, script);
    const why = `the template's variable ${variable} takes the ${what}, and there is none`;
    expect(results[0]).toEqual({ outcome: "not sent", why });
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatch(new RegExp(`was not invited: ${why}$`));
    expect(log.slice(2, 4)).toEqual([`attempt ${BUDI}`, `answer ${BUDI} not sent`]);
  });

  test("the others are invited all the same", async () => {
    const { sent } = await invite({ invite: [invitee(BUDI, ""), invitee(CITRA, "Citra")] });
    expect(sent).toEqual([CITRA]);
  });

  test("a template that takes no name needs none", async () => {
    const template = { code: "1234", language: "id", parameters: { where: "link" as const } };
    const { inviter } = await invite({ template, invite: [invitee(BUDI, "")] });
    expect(inviter.sent[0]?.parameters).toEqual({ where: LINK });
  });
});

describe("the audit log", () => {
  test("a line that can't be written before the call: nobody of the group is written to", async () => {
    const { results, failures, log } = await invite({}, { unwritable: ({ event }) => event === "attempt" });
    const why = "the audit log could not be written: Error: no space left on device";
    expect(results).toEqual([{ outcome: "not sent", why }, NOT_SENT]);
    expect(failures).toEqual([
      `jakarta/ops (EA93UU0042): Budi (${BUDI}) was not invited: ${why}`,
      `jakarta/ops (EA93UU0042): Citra (${CITRA}) was not invited: ${why}`,
    ]);
    expect(log).toEqual(["list", "groups"]);
  });

  test("a line that can't be written after the call is warned of, and the outcome stands", async () => {
    const { inviter, results, failures } = await invite({}, { unwritable: ({ event }) => event === "answer" });
    expect([results, failures]).toEqual([[accepted("message-1"), accepted("message-2")], []]);
    expect(inviter.warnings).toEqual(Array<string>(2).fill("Error: no space left on device"));
  });
});

test("a fault of this program is no answer of CAMS, and is thrown", async () => {
  await expect(invite({}, { sends: ["broken"] })).rejects.toThrow(TypeError);
});
