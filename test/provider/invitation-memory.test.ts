import fc from "fast-check";
import type { Attempt, AttemptEnd, Invitation, InvitationMemory, Invitee } from "../../src/invitations/types";
import { readEnd, readInvitations, writeEnd, writeInvitations, writtenIn } from "../../src/provider/invitation-memory";
import { ANA, BUDI, CITRA } from "../membership/world";
import { seeded } from "../seeded";

const AT = "2026-11-29T08:00:00.000Z";
const LATER = "2026-12-03T08:00:00.000Z";

const BUDIS: Invitation = {
  ...{ state: "delivered", since: AT, at: LATER, messages: 2, reminders: 1 },
  ...{ template: "1234", id: "message-2", link: "_AHP2EaeV2" },
};
const CITRAS: Invitation = {
  ...{ state: "failed", since: AT, at: AT, messages: 1, reminders: 0 },
  ...{ template: "1234", why: "131026: undeliverable", release: "2026-12-31", withdrawn: true },
};
const ATTEMPT: Attempt = {
  ...{ at: LATER, template: "1234" },
  people: [
    { number: ANA, purpose: "first" },
    { number: BUDI, purpose: "released", release: "2026-12-31" },
  ],
};
const memoryOf = (invited: InvitationMemory["invited"], attempt?: Attempt): InvitationMemory => ({ invited, attempt });

/** As state holds it. */
const stored = (memory: InvitationMemory) =>
  JSON.parse(JSON.stringify({ awaiting: BUDI, ...writeInvitations(memory) })) as Record<string, unknown>;

describe("what is remembered of invitations", () => {
  test("has the ids of earlier messages", () => {
    const one = memoryOf(new Map([[BUDI, { ...BUDIS, earlier: ["message-0", "message-1"] }]]));
    expect(readInvitations({ lastLook: stored(one) })?.invited).toEqual(one.invited);
  });

  test("is written beside what the look saw, as it stays in state for good", () => {
    const memory = memoryOf(
      new Map([
        [BUDI, BUDIS],
        [CITRA, CITRAS],
      ]),
      ATTEMPT,
    );
    expect(stored(memory)).toEqual({
      awaiting: BUDI,
      invitations: {
        invited: {
          [BUDI]: {
            ...{ state: "delivered", since: AT, at: LATER, messages: 2, reminders: 1 },
            ...{ template: "1234", id: "message-2", link: "_AHP2EaeV2" },
          },
          [CITRA]: {
            ...{ state: "failed", since: AT, at: AT, messages: 1, reminders: 0 },
            ...{ template: "1234", why: "131026: undeliverable", release: "2026-12-31", withdrawn: true },
          },
        },
        attempt: {
          ...{ at: LATER, template: "1234" },
          people: [
            { number: ANA, purpose: "first" },
            { number: BUDI, purpose: "released", release: "2026-12-31" },
          ],
        },
      },
    });
  });

  test.each<[string, InvitationMemory, object]>([
    ["nothing", memoryOf(new Map()), {}],
    ["invitations alone", memoryOf(new Map([[BUDI, BUDIS]])), { invitations: { invited: { [BUDI]: BUDIS } } }],
    ["an attempt alone", memoryOf(new Map(), ATTEMPT), { invitations: { attempt: ATTEMPT } }],
  ])("%s: no more is written than there is", (_, memory, written) => {
    expect(writeInvitations(memory)).toEqual(written);
  });

  const text = fc.option(fc.string(), { nil: undefined });
  const anyNumber = fc.constantFrom(ANA, BUDI, CITRA);
  const anyInvitation: fc.Arbitrary<Invitation> = fc.record({
    state: fc.constantFrom<Invitation["state"]>("accepted", "delivered", "read", "failed", "unknown", "lapsed"),
    ...{ since: fc.string(), at: fc.string(), messages: fc.nat(9), reminders: fc.nat(9), template: fc.string() },
    ...{ id: text, link: text, why: text, release: text },
    withdrawn: fc.constantFrom(undefined, true as const),
  });
  const anyAttempt: fc.Arbitrary<Attempt> = fc.record({
    at: fc.string(),
    template: fc.string(),
    people: fc.array(
      fc.record({
        number: anyNumber,
        purpose: fc.constantFrom<Invitee["purpose"]>("first", "reminder", "new link", "again", "released"),
        release: text,
      }),
    ),
  });

  test("is read as it was written", () => {
    fc.assert(
      fc.property(
        fc.dictionary(anyNumber, anyInvitation),
        fc.option(anyAttempt, { nil: undefined }),
        (invited, attempt) => {
          const memory = memoryOf(new Map(Object.entries(invited)), attempt);
          expect(readInvitations({ lastLook: stored(memory) })).toEqual(memory);
        },
      ),
      seeded,
    );
  });

  test.each<[string, Record<string, unknown>]>([
    ["inputs without a look", {}],
    ["a look that tells nothing of them", { lastLook: { awaiting: BUDI } }],
    ["a group that is still to be adopted", { lastLook: { adopted: false } }],
  ])("%s: nobody was invited so far", (_, inputs) => {
    expect(readInvitations(inputs)).toEqual({ invited: new Map(), attempt: undefined });
  });

  const odd = (over: object) => ({ lastLook: { invitations: { invited: { [BUDI]: { ...BUDIS, ...over } } } } });
  test.each<[string, Record<string, unknown>]>([
    ["a look that is a secret which was not shown", { lastLook: Symbol("hidden") }],
    ["a look that is no object", { lastLook: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }],
    ["no look at all", { lastLook: null }],
    ["a text", { lastLook: { invitations: "none" } }],
    ["a list", { lastLook: { invitations: [] } }],
    ["null", { lastLook: { invitations: null } }],
    ["a state that no release knows", odd({ state: "joined" })],
    ["a count that is none", odd({ messages: "2" })],
    ["an invitation without a day", odd({ since: undefined })],
    ["an attempt without a time", { lastLook: { invitations: { attempt: { template: "1234", people: [] } } } }],
    [
      "an attempt for a purpose that no release knows",
      { lastLook: { invitations: { attempt: { ...ATTEMPT, people: [{ number: BUDI, purpose: "fun" }] } } } },
    ],
  ])("%s can't be read, which is not the same as nobody", (_, inputs) => {
    expect(readInvitations(inputs)).toBeUndefined();
  });
});

describe("what inputs hold of invitations, as it is written there", () => {
  test("is passed on, whether it can be read or not", () => {
    expect(writtenIn({ lastLook: { left: ANA, invitations: { invited: { odd: 1 } } } })).toEqual({
      invitations: { invited: { odd: 1 } },
    });
  });

  test.each<[string, Record<string, unknown>]>([
    ["no look", {}],
    ["a look without them", { lastLook: { left: ANA } }],
    ["a look that is a text", { lastLook: "invitations" }],
    ["a look that is null", { lastLook: null }],
  ])("%s: nothing", (_, inputs) => expect(writtenIn(inputs)).toEqual({}));
});

describe("how an attempt ended", () => {
  const END: AttemptEnd = {
    at: AT,
    results: [
      { outcome: "accepted", id: "message-1", link: "_AHP2EaeV2" },
      { outcome: "not sent", why: "throttled" },
      { outcome: "failed", why: "131026" },
      { outcome: "unknown" },
    ],
  };

  test("is in the outputs by these names, and is read as it was written", () => {
    expect(writeEnd(END)).toEqual({ ended: AT, results: END.results });
    const outputs = JSON.parse(JSON.stringify({ group: "EA1", form: 1, ...writeEnd(END) })) as Record<string, unknown>;
    expect(readEnd(outputs)).toEqual(END);
  });

  test.each<[string, Record<string, unknown>]>([
    ["nothing", {}],
    ["no results", { ended: AT }],
    ["no attempt", { results: [] }],
    ["an outcome that no release knows", { ended: AT, results: [{ outcome: "sent" }] }],
    ["secrets that were not shown", { ended: AT, results: Symbol("hidden") }],
  ])("%s: it is not known", (_, outputs) => expect(readEnd(outputs)).toBeUndefined());
});
