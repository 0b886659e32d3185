import type { Invitation, NotInvited, Purpose, Standing } from "../../../src/invitations/types";
import {
  datedInvitationText,
  datedStandingText,
  endedText,
  standingText,
  whyInvited,
} from "../../../src/invitations/words";
import { invitation, NOW } from "../../report/inviting";

test.each<[Purpose, string]>([
  ["first", "first invitation"],
  ["reminder", "reminder"],
  ["new link", "again, with the new link"],
  ["again", "again, since the last message failed for a reason that passes"],
  ["released", "again, by a release"],
])("why somebody is invited: %s", (purpose, text) => expect(whyInvited(purpose)).toBe(text));

describe("words that are read later name days, and no distance to today", () => {
  test.each<[Partial<Invitation>, string]>([
    [{}, "invited on 2026-11-28, delivered, not joined"],
    [{ state: "accepted" }, "invited on 2026-11-28, not delivered yet, not joined"],
    [
      { reminders: 1, at: "2026-11-30T23:59:59.000Z" },
      "invited on 2026-11-28, reminded on 2026-11-30, delivered, not joined",
    ],
  ])("%j", (over, text) => {
    expect(datedInvitationText(invitation(over))).toBe(text);
    expect(datedStandingText({ kind: "invited", invitation: invitation(over) })).toBe(text);
  });

  test.each<[NotInvited, Partial<Invitation> | undefined, string]>([
    ["lapsed", { state: "lapsed" }, "the invitation lapsed (invited on 2026-11-28)"],
    ["unknown", { state: "unknown" }, "not known whether the invitation was sent (tried on 2026-11-28)"],
    [
      "failed",
      { state: "failed", why: "131050: User opted out" },
      "the invitation failed (invited on 2026-11-28): has opted out of messages (131050)",
    ],
    ["no consent", undefined, "not invited: no consent on record"],
  ])("not invited: %s", (because, over, text) => {
    const standing: Standing = {
      ...{ kind: "not invited", because },
      invitation: over === undefined ? undefined : invitation(over),
    };
    expect(datedStandingText(standing)).toBe(text);
  });
});

test("of today, the same is told by how long ago it was", () => {
  const standing = { kind: "not invited", because: "lapsed", invitation: invitation({ state: "lapsed" }) } as const;
  expect(standingText(standing, NOW)).toBe("the invitation lapsed (invited 3 days ago)");
});

test("how an invitation ended", () => {
  const budi = { number: "628110000002", name: "Budi", invitation: invitation() };
  expect(endedText({ ...budi, how: "joined" }, NOW)).toBe("joined, invited 3 days ago");
  expect(endedText({ ...budi, how: "withdrawn" }, NOW)).toBe("not declared any more, invited 3 days ago");
});
