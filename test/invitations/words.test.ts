import { invitationText, standingText } from "../../src/invitations/words";
import type { Invitation, NotInvited, Purpose } from "../../src/invitations/types";
import { daysAgo, invitation, NOT_ON_WHATSAPP, NOW } from "./world";

describe("an invitation", () => {
  test.each<[Partial<Invitation>, string]>([
    [{ state: "accepted" }, "invited 3 days ago, not delivered yet, not joined"],
    [{ state: "delivered" }, "invited 3 days ago, delivered, not joined"],
    [{ state: "read" }, "invited 3 days ago, read, not joined"],
    [{ state: "failed" }, "invited 3 days ago, failed, not joined"],
    [{ state: "unknown" }, "invited 3 days ago, not known whether it was sent, not joined"],
    [{ state: "lapsed" }, "invited 3 days ago, lapsed, not joined"],
    [{ since: daysAgo(0) }, "invited today, delivered, not joined"],
    [{ since: daysAgo(0.99) }, "invited today, delivered, not joined"],
    [{ since: daysAgo(1) }, "invited 1 day ago, delivered, not joined"],
    [{ since: daysAgo(1.99) }, "invited 1 day ago, delivered, not joined"],
    [{ since: daysAgo(-1) }, "invited today, delivered, not joined"],
    [{ since: daysAgo(9), reminders: 1 }, "invited 9 days ago, reminded 3 days ago, delivered, not joined"],
    [{ since: daysAgo(9), reminders: 2, at: daysAgo(0) }, "invited 9 days ago, reminded today, delivered, not joined"],
    [{ reminders: 1 }, "invited 3 days ago, delivered, not joined"],
  ])("%j", (over, text) => expect(invitationText(invitation(over), NOW)).toBe(text));
});

const HELD = "not invited: a guard holds the group or its invitations";
const FAILED = "the invitation failed (invited 3 days ago)";
const invited = { kind: "invited", invitation: invitation() } as const;

describe("how it stands with somebody", () => {
  test("who was invited", () => {
    expect(standingText(invited, NOW)).toBe("invited 3 days ago, delivered, not joined");
  });

  test.each<[Purpose, string]>([
    ["first", "to be invited"],
    ["reminder", "to be reminded"],
    ["new link", "to be invited again, with the new link"],
    ["again", "to be invited again, since the last message failed for a reason that passes"],
    ["released", "to be invited again, by a release"],
  ])("who is to be invited: %s", (purpose, text) =>
    expect(standingText({ kind: "to invite", purpose, invitation: undefined }, NOW)).toBe(text),
  );

  test.each<[NotInvited, string]>([
    ["left", "not invited: left on their own"],
    ["removed before", "not invited: removed from this group before"],
    ["adoption", "would be invited by the next up"],
    ["held", "not invited: a guard holds the group or its invitations"],
    ["not listed", "not invited: CAMS did not list the group among those of its account"],
    ["group not active", "not invited: the group is not ACTIVE"],
    ["no link", "not invited: the group has no invite link"],
    ["no consent", "not invited: no consent on record"],
    ["failed", "the invitation failed: CAMS does not say why"],
    ["unknown", "not known whether the invitation was sent"],
    ["lapsed", "the invitation lapsed"],
    ["no room", "not invited: no room in the group"],
    ["not in the plan", "not invited: the reviewed plan does not name them"],
  ])("who is not invited: %s", (because, text) =>
    expect(standingText({ kind: "not invited", because, invitation: undefined }, NOW)).toBe(text),
  );

  test.each<[Purpose, Partial<Invitation>, string]>([
    ["reminder", {}, "to be reminded (invited 3 days ago, delivered, not joined)"],
    ["new link", {}, "to be invited again, with the new link (invited 3 days ago, delivered, not joined)"],
    [
      "released",
      { state: "lapsed", since: daysAgo(31) },
      "to be invited again, by a release (invited 31 days ago, lapsed, not joined)",
    ],
  ])("who is to be invited and was before: %s", (purpose, over, text) =>
    expect(standingText({ kind: "to invite", purpose, invitation: invitation(over) }, NOW)).toBe(text),
  );

  test.each<[NotInvited, Partial<Invitation>, string]>([
    ["held", {}, `${HELD} (invited 3 days ago, delivered, not joined)`],
    ["no consent", { state: "read" }, "not invited: no consent on record (invited 3 days ago, read, not joined)"],
    ["lapsed", { state: "lapsed", since: daysAgo(31) }, "the invitation lapsed (invited 31 days ago)"],
    ["lapsed", { messages: 5 }, "the invitation lapsed (invited 3 days ago)"],
    [
      "unknown",
      { state: "unknown", since: daysAgo(9), at: daysAgo(1) },
      "not known whether the invitation was sent (tried 1 day ago)",
    ],
    [
      "failed",
      { state: "failed", why: NOT_ON_WHATSAPP },
      `${FAILED}: not on WhatsApp, or has not accepted its terms (131026)`,
    ],
    ["failed", { state: "failed", why: "no route" }, `${FAILED}: no route`],
    ["failed", { state: "failed", why: "" }, `${FAILED}: CAMS does not say why`],
    ["failed", { state: "failed" }, `${FAILED}: CAMS does not say why`],
  ])("who is not invited and was before: %s %j", (because, over, text) =>
    expect(standingText({ kind: "not invited", because, invitation: invitation(over) }, NOW)).toBe(text),
  );
});
