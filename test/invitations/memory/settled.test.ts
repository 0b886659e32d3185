import fc from "fast-check";
import { settled } from "../../../src/invitations/memory";
import { planInvitations } from "../../../src/invitations/plan";
import type { Attempt, AttemptEnd, Invitation, Purpose, SendResult } from "../../../src/invitations/types";
import { ANA, BUDI } from "../../membership/world";
import { seeded } from "../../seeded";
import {
  anyInvited,
  daysAgo,
  EARLIER_LINK,
  invitation,
  inviteCase,
  LINK,
  NOT_ON_WHATSAPP,
  TODAY,
  TOO_MANY,
} from "../world";

/** The attempt of today, with another version of the template than before. */
const attempt = (people: Attempt["people"]): Attempt => ({ at: TODAY, template: "rollcall_invite_2", people });
const ended = (...results: readonly SendResult[]): AttemptEnd => ({ at: TODAY, results });
const accepted: SendResult = { outcome: "accepted", id: "m-2", link: LINK.mark };

/** What is on record of Ana, once the attempt is settled in which she was written to for that purpose. */
function after(purpose: Purpose, end: AttemptEnd | undefined, before?: Invitation): Invitation | undefined {
  const invited = new Map(before === undefined ? [] : [[ANA, before]]);
  const release = purpose === "released" ? { release: "2026-12-31" } : {};
  return settled({ invited, attempt: attempt([{ number: ANA, purpose, ...release }]) }, end).get(ANA);
}

const first: Invitation = {
  ...{ state: "accepted", since: TODAY, at: TODAY, messages: 1, reminders: 0, template: "rollcall_invite_2" },
  ...{ id: "m-2", link: LINK.mark },
};

describe("an attempt that ended", () => {
  test("begins an invitation for somebody who had none", () => {
    expect(after("first", ended(accepted))).toStrictEqual(first);
  });

  test("a reminder is one more message of the same invitation", () => {
    const before = invitation({ messages: 2, reminders: 1, state: "read" });
    expect(after("reminder", ended(accepted), before)).toStrictEqual({
      ...{ ...first, since: daysAgo(3), messages: 3, reminders: 2 },
    });
  });

  test("a message for a new link begins its time anew, and counts with the earlier ones", () => {
    const before = invitation({ messages: 2, reminders: 1, link: EARLIER_LINK.mark });
    expect(after("new link", ended(accepted), before)).toStrictEqual({ ...first, messages: 3, reminders: 1 });
  });

  test("a message that is sent again after a failure is one more of the same invitation", () => {
    const before = invitation({ state: "failed", why: "131056: Pair rate limit hit", messages: 2, reminders: 1 });
    expect(after("again", ended(accepted), before)).toStrictEqual({
      ...{ ...first, since: daysAgo(3), messages: 3, reminders: 1 },
    });
  });

  test("a message by a release begins its time anew, and notes the release", () => {
    const before = invitation({ state: "lapsed", messages: 4, reminders: 1, since: daysAgo(31) });
    expect(after("released", ended(accepted), before)).toStrictEqual({
      ...{ ...first, messages: 5, reminders: 0, release: "2026-12-31" },
    });
  });

  test.each<Purpose>(["reminder", "new link", "again"])("a message after it keeps the release: %s", (purpose) => {
    const before = invitation({ release: "2026-11-30" });
    expect(after(purpose, ended(accepted), before)?.release).toBe("2026-11-30");
    expect(after("released", ended(accepted), before)?.release).toBe("2026-11-30 2026-12-31");
  });

  test("the ids of the messages of the day before it are kept, so that none of them is taken for it", () => {
    const before = invitation({ state: "failed", why: TOO_MANY, at: daysAgo(0.5), earlier: ["m-0"] });
    const unknown = after("again", undefined, before);
    expect(unknown).toMatchObject({ state: "unknown", earlier: ["m-0", "m-1"] });
    expect(unknown).not.toHaveProperty("id");
    expect(after("again", undefined, { ...before, at: daysAgo(1) })).not.toHaveProperty("earlier");
    const many = { ...before, earlier: ["m-6", "m-7", "m-8", "m-9"] };
    expect(after("again", undefined, many)?.earlier).toEqual(["m-7", "m-8", "m-9", "m-1"]);
  });

  test("a message without anything before it begins now, whatever it was for", () => {
    for (const purpose of ["reminder", "again", "new link"] as const)
      expect(after(purpose, ended(accepted))).toMatchObject({ since: TODAY, at: TODAY, messages: 1 });
  });

  test("an accepted message of which CAMS told no id has none", () => {
    expect(after("first", ended({ ...accepted, id: "" }))).toStrictEqual({
      ...{ state: "accepted", since: TODAY, at: TODAY, messages: 1, reminders: 0, template: "rollcall_invite_2" },
      link: LINK.mark,
    });
  });

  test("a failure says why, and forgets the message before it", () => {
    const why = NOT_ON_WHATSAPP;
    expect(after("reminder", ended({ outcome: "failed", why }), invitation())).toStrictEqual({
      ...{
        state: "failed",
        since: daysAgo(3),
        at: TODAY,
        messages: 2,
        reminders: 1,
        template: "rollcall_invite_2",
        why,
      },
    });
  });

  test("an outcome that is not known counts as a message", () => {
    expect(after("first", ended({ outcome: "unknown", link: LINK.mark, why: "timed out" }))).toStrictEqual({
      ...{ state: "unknown", since: TODAY, at: TODAY, messages: 1, reminders: 0, template: "rollcall_invite_2" },
      ...{ link: LINK.mark, why: "timed out" },
    });
  });

  test.each<[string, AttemptEnd]>([
    ["nothing was sent", ended({ outcome: "not sent", why: "there is no room in the group any more" })],
    ["it ended before it came to them", ended()],
  ])("leaves all as it was when %s", (_, end) => {
    const people = [{ number: ANA, purpose: "first" }] as const;
    expect(settled({ invited: new Map(), attempt: attempt(people) }, end)).toEqual(new Map());
    expect(after("released", end, invitation({ state: "lapsed" }))).toStrictEqual(invitation({ state: "lapsed" }));
  });
});

describe("an attempt whose end is not on record is unknown", () => {
  test.each<[string, AttemptEnd | undefined]>([
    ["there is no end", undefined],
    ["the end is that of an earlier attempt", { at: daysAgo(1), results: [accepted] }],
    ["the end is that of a later attempt", { at: "2026-12-01T08:00:00.001Z", results: [accepted] }],
  ])("%s", (_, end) => {
    const unknown: Invitation = {
      ...{ state: "unknown", since: TODAY, at: TODAY, messages: 1, reminders: 0, template: "rollcall_invite_2" },
    };
    expect(after("first", end)).toStrictEqual(unknown);
    expect(after("reminder", end, invitation())).toStrictEqual({
      ...{ ...unknown, since: daysAgo(3), messages: 2, reminders: 1 },
    });
    expect(after("new link", end, invitation())).toStrictEqual({ ...unknown, messages: 2 });
    expect(after("again", end, invitation({ state: "failed" }))).toStrictEqual({
      ...{ ...unknown, since: daysAgo(3), messages: 2 },
    });
    expect(after("released", end, invitation({ state: "unknown", messages: 3 }))).toStrictEqual({
      ...{ ...unknown, messages: 4, release: "2026-12-31" },
    });
  });
});

test("each person has the result at their place, and everybody else stays as they were", () => {
  const invited = new Map([["628110000009", invitation()]]);
  const people = [
    { number: ANA, purpose: "first" },
    { number: BUDI, purpose: "first" },
  ] as const;
  const end = ended(accepted, { outcome: "failed", why: NOT_ON_WHATSAPP });
  const now = settled({ invited, attempt: attempt(people) }, end);
  expect([...now].map(([number, { state }]) => [number, state])).toEqual([
    ["628110000009", "delivered"],
    [ANA, "accepted"],
    [BUDI, "failed"],
  ]);
  expect([...invited.keys()]).toEqual(["628110000009"]);
});

test("what is settled and settled again is the same, whatever end is left over", () => {
  const leftOver = fc.constantFrom(undefined, ended(accepted), ended());
  fc.assert(
    fc.property(anyInvited, leftOver, (invited, end) => expect(settled({ invited }, end)).toEqual(invited)),
    seeded,
  );
});

/** A message fails for a reason that passes, run after run, while one release names the person. */
test("one release lets one message be sent, however often messages fail", () => {
  let invited: ReadonlyMap<string, Invitation> = new Map([[ANA, invitation({ state: "lapsed" })]]);
  const purposes: string[] = [];
  for (let run = 0; run < 8; run++) {
    const { invite } = planInvitations(inviteCase({ invited, released: new Map([[ANA, "2026-12-31"]]) }));
    purposes.push(...invite.map(({ purpose }) => purpose));
    const end = ended(...invite.map((): SendResult => ({ outcome: "failed", why: TOO_MANY })));
    invited = settled({ invited, attempt: attempt(invite) }, end);
  }
  expect(purposes).toEqual(["released", "again", "again", "again"]);
});
