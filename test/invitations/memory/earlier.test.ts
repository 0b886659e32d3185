import { idsOf, settled, withMessages } from "../../../src/invitations/memory";
import type { AttemptEnd, Invitation } from "../../../src/invitations/types";
import type { MessageInfo } from "../../../src/cams/types";
import { linkMark } from "../../../src/groups/link";

/** A message that was sent before is never taken for the message of a later attempt whose outcome is unknown. */
const [ANA, LINK] = ["628110000001", "https://chat.whatsapp.com/one"];
const at = (minute: number): string => `2026-11-22T06:0${minute}:00.000Z`;

const failed: Invitation = {
  ...{ state: "failed", since: at(0), at: at(0), messages: 1, reminders: 0, template: "invite_1" },
  ...{ id: "m1", link: linkMark(LINK), why: "131056:Too many messages to this person." },
};
const attempt = { at: at(1), template: "invite_1", people: [{ number: ANA, purpose: "again" }] } as const;
const after = (before: Invitation, ...results: AttemptEnd["results"]): Invitation | undefined =>
  settled({ invited: new Map([[ANA, before]]), attempt }, { at: at(1), results }).get(ANA);

test("an attempt keeps the MessageIds of the messages before it, the first one first", () => {
  const second = after(failed, { outcome: "accepted", id: "m2" });
  expect(second).toMatchObject({ id: "m2", earlier: ["m1"] });
  expect(after(failed, { outcome: "unknown" })).toMatchObject({ state: "unknown", earlier: ["m1"] });
  expect(after(failed, { outcome: "unknown" })?.id).toBeUndefined();
  expect(second && after(second, { outcome: "unknown" })?.earlier).toEqual(["m1", "m2"]);
  expect(second && idsOf(second)).toEqual(["m1", "m2"]);
});

test("where nothing was sent, or nothing before, there is nothing to keep", () => {
  expect(after(failed, { outcome: "not sent" })).toEqual(failed);
  const { id: _, ...unknown } = failed;
  expect(after(unknown, { outcome: "accepted", id: "m2" })).not.toHaveProperty("earlier");
  expect(idsOf(unknown)).toEqual([]);
});

test("with them on record the later attempt stays unknown, until its own message is listed", () => {
  const unknown = after(failed, { outcome: "unknown", link: linkMark(LINK) });
  if (unknown === undefined) throw new Error("the attempt is not on record");
  const row = (id: string, state: MessageInfo["state"]): MessageInfo => ({
    ...{ id, to: ANA, state, why: "", at: Date.parse(at(1)), template: "invite_1", text: `Join ${LINK}` },
  });
  const seen = (...rows: readonly MessageInfo[]) =>
    withMessages(new Map([[ANA, unknown]]), { rows, onRecord: new Set(idsOf(unknown)) }, LINK).get(ANA);
  expect(seen(row("m1", "failed"))).toEqual(unknown);
  expect(seen(row("m1", "failed"), row("m2", "delivered"))).toMatchObject({ state: "delivered", id: "m2" });
});
