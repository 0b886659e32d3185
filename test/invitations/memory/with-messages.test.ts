import { messageOf, withMessages, type Messages } from "../../../src/invitations/memory";
import type { Invitation } from "../../../src/invitations/types";
import type { MessageInfo } from "../../../src/cams/types";
import { ANA, BUDI } from "../../membership/world";
import { EARLIER_LINK, invitation, LINK, message, NOT_ON_WHATSAPP, NOW, DAY, OTHER_LINK } from "../world";

const listed = (...rows: readonly MessageInfo[]): Messages => ({
  ...{ rows, onRecord: new Set(["m-1"]) },
});

/** Ana's invitation, after a look at the messages. */
const seen = (one: Invitation, messages: Messages, link = LINK.link): Invitation | undefined =>
  withMessages(new Map([[ANA, one]]), messages, link).get(ANA);

describe("a message whose id is on record", () => {
  test.each<[Invitation["state"], MessageInfo["state"], Invitation["state"]]>([
    ["accepted", "accepted", "accepted"],
    ["accepted", "delivered", "delivered"],
    ["accepted", "read", "read"],
    ["delivered", "read", "read"],
    ["delivered", "accepted", "delivered"],
    ["read", "delivered", "read"],
    ["read", "accepted", "read"],
    ["unknown", "accepted", "accepted"],
    ["delivered", "failed", "delivered"],
    ["read", "failed", "read"],
  ])("%s, and listed as %s, is %s", (state, now, then) => {
    expect(seen(invitation({ state }), listed(message({ state: now })))).toStrictEqual(invitation({ state: then }));
  });

  test("says why it failed", () => {
    const row = message({ state: "failed", why: NOT_ON_WHATSAPP });
    const accepted = invitation({ state: "accepted" });
    expect(seen(accepted, listed(row))).toStrictEqual(invitation({ state: "failed", why: NOT_ON_WHATSAPP }));
  });

  test.each<Invitation["state"]>(["failed", "lapsed"])("changes nothing of an invitation that %s", (state) => {
    const one = invitation({ state, why: "no route" });
    expect(seen(one, listed(message({ state: "read" })))).toStrictEqual(one);
    expect(seen({ ...one, id: undefined }, listed(message({ id: "m-2" })))).toStrictEqual({ ...one, id: undefined });
  });

  test("stays as it was while it is not listed, whatever else is", () => {
    expect(seen(invitation(), listed())).toStrictEqual(invitation());
    expect(seen(invitation(), listed(message({ id: "m-2", state: "read" })))).toStrictEqual(invitation());
  });

  test("is found whatever it holds, whenever it was sent", () => {
    const row = message({ state: "read", text: OTHER_LINK.link, at: 0 });
    expect(seen(invitation(), listed(row))).toStrictEqual(invitation({ state: "read" }));
  });
});

/** A message without id: whether it was sent is not known. */
const unknown = (over: Partial<Invitation> = {}): Invitation => {
  const { id: _, ...one } = invitation({ state: "unknown", ...over });
  return one;
};

describe("an outcome that is not known", () => {
  const row = message({ id: "m-2" });

  test("is known once the message with the group's link is listed", () => {
    expect(seen(unknown({ why: "timed out" }), listed(row))).toStrictEqual(invitation({ id: "m-2" }));
    const failed = message({ id: "m-2", state: "failed", why: NOT_ON_WHATSAPP });
    expect(seen(unknown(), listed(failed))).toStrictEqual(
      invitation({ id: "m-2", state: "failed", why: NOT_ON_WHATSAPP }),
    );
  });

  test("is looked for by the group's link now, when nobody knows which one it was sent with", () => {
    const lost = unknown({ link: undefined });
    expect(seen(lost, listed(row))).toStrictEqual(invitation({ id: "m-2", link: LINK.mark }));
    expect(seen(lost, listed(row), OTHER_LINK.link)).toStrictEqual(lost);
  });

  test("is looked for by the link that it was sent with, also when the group has another one now", () => {
    expect(seen(unknown(), listed(row), EARLIER_LINK.link)).toMatchObject({ id: "m-2", state: "delivered" });
    const other = message({ id: "m-2", text: EARLIER_LINK.link });
    expect(seen(unknown(), listed(other), EARLIER_LINK.link)).toStrictEqual(unknown());
  });

  test("is told apart from that of another group by the link", () => {
    const all = listed(message({ id: "m-3", text: `${OTHER_LINK.link} is the link` }), row);
    expect(seen(unknown(), all)).toMatchObject({ id: "m-2" });
    expect(seen(unknown({ link: OTHER_LINK.mark }), all, OTHER_LINK.link)).toMatchObject({ id: "m-3" });
  });

  test.each<[string, Messages]>([
    ["nothing is listed", listed()],
    ["the message is somebody else's", listed(message({ id: "m-2", to: BUDI }))],
    ["the message is on record already", listed(message({ id: "m-1" }))],
    ["the message has no id", listed(message({ id: "" }))],
    ["two may be meant", listed(row, message({ id: "m-3" }))],
    ["the message holds another group's link alone", listed(message({ id: "m-2", text: OTHER_LINK.link }))],
    ["it is not listed when the message was sent", listed(message({ id: "m-2", at: 0 }))],
    ["the message was sent before", listed(message({ id: "m-2", at: NOW - 3 * DAY - 5 * 60_000 - 1 }))],
    ["the message is listed without a link", listed(message({ id: "m-2", text: "" }))],
  ])("stays so when %s", (_, messages) => expect(seen(unknown(), messages)).toStrictEqual(unknown()));

  test("clocks may differ by five minutes", () => {
    const early = message({ id: "m-2", at: NOW - 3 * DAY - 5 * 60_000 });
    expect(seen(unknown(), listed(early))).toMatchObject({ id: "m-2", state: "delivered" });
  });

  test("a message without a link may be another group's, and does not keep the group's own from being found", () => {
    const silent = message({ id: "m-2", text: "" });
    expect(seen(unknown(), listed(silent, message({ id: "m-3" })))).toMatchObject({ id: "m-3" });
  });

  test("a group whose link nobody knows finds none", () => {
    const lost = unknown({ link: undefined });
    for (const one of [row, message({ id: "m-2", text: "" })]) expect(seen(lost, listed(one), "")).toStrictEqual(lost);
  });

  test("one of several links in a message is enough", () => {
    const text = `{"link":"${OTHER_LINK.link}","more":"${LINK.link}"}`;
    expect(seen(unknown(), listed(message({ id: "m-2", text })))).toMatchObject({ id: "m-2" });
  });
});

test("everybody is looked at, each by their own messages", () => {
  const invited = new Map([
    [ANA, invitation()],
    [BUDI, invitation({ id: "m-2", state: "accepted" })],
  ]);
  const rows = [message({ id: "m-2", to: BUDI, state: "read" })];
  expect([...withMessages(invited, listed(...rows), LINK.link)]).toStrictEqual([
    [ANA, invitation()],
    [BUDI, invitation({ id: "m-2", state: "read" })],
  ]);
});

test("a message is looked for by any of several links", () => {
  const rows = [message({ id: "m-2", text: EARLIER_LINK.link })];
  const wanted = { number: ANA, since: NOW - 4 * DAY, marks: [LINK.mark, EARLIER_LINK.mark] };
  expect(messageOf(wanted, { rows, onRecord: new Set() })).toBe(rows[0]);
  expect(messageOf({ ...wanted, marks: [LINK.mark] }, { rows, onRecord: new Set() })).toBeUndefined();
});
