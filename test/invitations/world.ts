import fc from "fast-check";
import type { MessageInfo } from "../../src/cams/types";
import type { InviteCase, LinkSeen } from "../../src/invitations/plan";
import type { Invitation, InviteWish } from "../../src/invitations/types";
import type { Digits, GroupPlan, Person, Spared } from "../../src/membership/types";
import { ANA, BUDI, CITRA, DEWI, EKO } from "../membership/world";

/** What the tests of invitations share: a day, two links, a group with its people, an invitation, a message. */

export const DAY = 86_400_000;
export const NOW = Date.parse("2026-12-01T08:00:00.000Z");
export const TODAY = "2026-12-01T08:00:00.000Z";
export const daysAgo = (days: number): string => new Date(NOW - days * DAY).toISOString();

/** The link that the group has, one that it had, and one of another group; each with its mark. */
export const LINK = { link: "https://chat.whatsapp.com/JakartaOps1", mark: "YmST9XQRwD" };
export const EARLIER_LINK = { link: "https://chat.whatsapp.com/JakartaOps2", mark: "XZMm0Xh1HO" };
export const OTHER_LINK = { link: "https://chat.whatsapp.com/Night_Shift-3", mark: "Ij44DVhzXu" };

/** Reasons of failures, as receipts carry them. */
export const NOT_ON_WHATSAPP = "131026: Message undeliverable";
export const TOO_MANY = "131056: Pair rate limit hit";
export const PAUSED = "132015: Template is paused";

/** Strangers, who fill a group. */
export const strangers = (count: number): Spared[] =>
  Array.from({ length: count }, (_, i) => ({ number: `62899000000${i}`, name: "", because: "protect" }));

/** Ana was invited three days ago, and has the message. */
export const invitation = (over: Partial<Invitation> = {}): Invitation => ({
  ...{ state: "delivered", since: daysAgo(3), at: daysAgo(3), messages: 1, reminders: 0, template: "rollcall_invite" },
  ...{ id: "m-1", link: LINK.mark },
  ...over,
});

export const wish = (over: Partial<InviteWish> = {}): InviteWish => ({
  consent: new Map([ANA, BUDI, CITRA, DEWI, EKO].map((number) => [number, "2026-11-01"])),
  template: { code: "rollcall_invite", language: "en", parameters: { name: "name", group: "subject", link: "link" } },
  ...{ requireConsent: true, remindAfterDays: 0, maxReminders: 1, lapsesAfterDays: 30 },
  ...over,
});

/** A group in which nobody is, and in which Ana is awaited. */
export const group = (over: Partial<GroupPlan> = {}): GroupPlan => ({
  ...{ name: "jakarta/ops", group: "EA93UU0042", present: [], awaiting: [person(ANA)], left: [], remove: [] },
  ...{ spared: [], unidentified: 0 },
  ...over,
});

const NAMES: ReadonlyMap<Digits, string> = new Map([
  [ANA, "Ana"],
  [BUDI, "Budi"],
  [CITRA, "Citra"],
  [DEWI, "Dewi"],
  [EKO, "Eko"],
]);

export const person = (number: Digits): Person => ({ number, name: NAMES.get(number) ?? "" });

export const live: LinkSeen = { kind: "live", mark: LINK.mark };
export const renewed: LinkSeen = { kind: "new" };

/** A group under management with a link, in which Ana is awaited and nobody was invited so far. */
export const inviteCase = (over: Partial<InviteCase> = {}): InviteCase => ({
  ...{ wish: wish(), plan: group(), isAdoption: false, invited: new Map(), link: live, released: new Map() },
  ...{ named: undefined, now: NOW },
  ...over,
});

/** The message that was sent to Ana three days ago. */
export const message = (over: Partial<MessageInfo> = {}): MessageInfo => ({
  ...{ id: "m-1", to: ANA, state: "delivered", why: "", at: NOW - 3 * DAY, template: "rollcall_invite" },
  text: `Ana, join here: ${LINK.link}.`,
  ...over,
});

/** Few enough people that declared, invited, released and named ones meet often. */
export const PEOPLE: readonly Digits[] = Array.from({ length: 12 }, (_, i) => `62811000000${(i + 1).toString(16)}`);

const anyInvitation: fc.Arbitrary<Invitation> = fc
  .record({
    state: fc.constantFrom("accepted", "delivered", "read", "failed", "unknown", "lapsed"),
    since: fc.integer({ min: 0, max: 60 }),
    sooner: fc.nat(10),
    messages: fc.integer({ min: 1, max: 6 }),
    reminders: fc.nat(3),
    link: fc.constantFrom(LINK.mark, LINK.mark, EARLIER_LINK.mark, undefined),
    why: fc.constantFrom(NOT_ON_WHATSAPP, TOO_MANY, PAUSED, "something else", undefined),
    release: fc.constantFrom(undefined, "2026-12-01", "2026-12-31"),
    withdrawn: fc.constantFrom(undefined, undefined, true),
  })
  .map(({ since, sooner, ...over }) =>
    invitation({ ...over, since: daysAgo(since), at: daysAgo(Math.max(0, since - sooner)) }),
  );

const some = fc.subarray([...PEOPLE]);

export const anyInvited: fc.Arbitrary<ReadonlyMap<Digits, Invitation>> = fc
  .tuple(some, fc.array(anyInvitation, { minLength: PEOPLE.length, maxLength: PEOPLE.length }))
  .map(([numbers, all]) => new Map(numbers.map((number, i) => [number, all[i] ?? invitation()])));

const anyLink: fc.Arbitrary<LinkSeen> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(live) },
  { weight: 2, arbitrary: fc.constant(renewed) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("held", "not listed", "group not active", "no link").map((because) => ({
      ...{ kind: "none" as const, because: because },
    })),
  },
);

/** Up to 12 people, each in one place or in none, in a group of any link. */
export const anyCase: fc.Arbitrary<InviteCase> = fc
  .record({
    places: fc.array(fc.constantFrom("present", "spared", "left", "awaiting", "awaiting", "removed before", "none"), {
      minLength: PEOPLE.length,
      maxLength: PEOPLE.length,
    }),
    unidentified: fc.nat(2),
    invited: anyInvited,
    link: anyLink,
    isAdoption: fc.constantFrom(false, false, false, true),
    consent: fc.option(some, { nil: [...PEOPLE] }),
    requireConsent: fc.boolean(),
    remindAfterDays: fc.nat(5),
    maxReminders: fc.nat(3),
    released: fc.dictionary(fc.constantFrom(...PEOPLE), fc.constantFrom("2026-12-01", "2026-12-31")),
    named: fc.option(
      some.map((numbers) => new Set(numbers)),
      { nil: undefined },
    ),
  })
  .map(({ places, unidentified, consent, requireConsent, remindAfterDays, maxReminders, released, ...over }) => {
    const at = (...wanted: readonly string[]): Person[] =>
      PEOPLE.filter((_, i) => wanted.includes(places[i] ?? "none")).map((number) => ({ number, name: "" }));
    const plan = group({
      ...{ present: at("present"), left: at("left"), unidentified },
      spared: at("spared").map((one) => ({ ...one, because: "protect" })),
      awaiting: PEOPLE.flatMap((number, i) => {
        if (places[i] === "awaiting") return [{ number, name: "" }];
        return places[i] === "removed before" ? [{ number, name: "", removedBefore: true }] : [];
      }),
    });
    const agreed = new Map(consent.map((number) => [number, "2026-11-01"]));
    return inviteCase({
      ...over,
      ...{ plan, released: new Map(Object.entries(released)) },
      wish: wish({ consent: agreed, requireConsent, remindAfterDays, maxReminders }),
    });
  });
