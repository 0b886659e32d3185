import type { Member, Roster } from "../../../src/roster";
import { declare, type Declared } from "../../../src/run/desired";
import { parseSettings, type Settings } from "../../../src/settings";
import { ANA, BOT, BUDI, CITRA } from "../../membership/world";

const TEMPLATE = { invitationTemplate: "744c4b5c79c9432497a075bdfca36bf5" };

function settingsOf(over: Record<string, unknown> = {}): Settings {
  const parsed = parseSettings({ businessNumber: BOT, custSpaceId: "cams-8c8e", ...over });
  if (parsed.kind === "invalid") throw new Error(parsed.problems.join("\n"));
  return parsed.settings;
}

const member = (number: string, consent?: string): Member => ({
  ...{ number, name: number.slice(-2), person: undefined, via: [], until: undefined, consent },
});

const roster = (name: string, over: Partial<Roster> = {}): Roster => ({
  ...{ name, file: `stacks/main/${name}.yaml`, group: name.toUpperCase(), subject: undefined, description: undefined },
  ...{ inviteLink: undefined, linkRevision: undefined, invite: undefined, businessNumber: undefined },
  ...{ custSpaceId: undefined, undeclared: undefined, allowEmpty: false, maxRemovals: undefined, protect: [] },
  ...{ members: [], former: [] },
  ...over,
});

const declareAll = (all: readonly Roster[], settings: Settings) =>
  declare(
    {
      ...{ rosters: all, people: new Map(), keys: new Map(), offboarded: new Set(), formerly: new Map(), releases: [] },
    },
    settings,
  );

function declared(all: readonly Roster[], settings: Settings): readonly Declared[] {
  const found = declareAll(all, settings);
  if (found.kind === "invalid") throw new Error(found.problems.join("\n"));
  return found.declared;
}

describe("there is a wish for invitations exactly when the stack has a template and the roster does not refuse it", () => {
  test.each<[string, Record<string, unknown>, boolean | undefined, boolean]>([
    ["a template, and a roster that says nothing", TEMPLATE, undefined, true],
    ["a template, and a roster that asks for it", TEMPLATE, true, true],
    ["a template, and a roster that refuses it", TEMPLATE, false, false],
    ["no template, and a roster that says nothing", {}, undefined, false],
    ["no template, and a roster that refuses it", {}, false, false],
    ["no template, though other settings of invitations", { requireConsent: "false" }, undefined, false],
  ])("%s", (_, settings, invite, wanted) => {
    const [one] = declared([roster("ops", { invite })], settingsOf(settings));
    expect(one?.invite !== undefined).toBe(wanted);
  });

  test("no template, and a roster that asks for it: a problem, told for each", () => {
    const asks = { invite: true };
    const found = declareAll([roster("ops", asks), roster("hr"), roster("it", asks)], settingsOf());
    expect(found.kind === "invalid" && found.problems).toEqual(
      ["ops", "it"].map(
        (name) =>
          `stacks/main/${name}.yaml: invite is true, and there is no template to invite people with: set rollcall:invitationTemplate, or delete invite`,
      ),
    );
  });

  test("a roster may ask for it while its link is kept: there may be one", () => {
    const [one] = declared([roster("ops", { invite: true, inviteLink: "keep" })], settingsOf(TEMPLATE));
    expect([one?.invite !== undefined, one?.wish]).toEqual([true, undefined]);
  });

  test("also for a group that is to be made", () => {
    const [one] = declared([roster("ops", { group: undefined, subject: "Ops" })], settingsOf(TEMPLATE));
    expect([one?.invite !== undefined, one?.make]).toEqual([true, { intent: "none" }]);
  });
});

describe("what is wanted", () => {
  test("by default", () => {
    const [one] = declared([roster("ops")], settingsOf(TEMPLATE));
    expect(one?.invite).toEqual({
      consent: new Map(),
      template: {
        code: "744c4b5c79c9432497a075bdfca36bf5",
        language: "en",
        parameters: { name: "name", group: "subject", link: "link" },
      },
      ...{ requireConsent: true, remindAfterDays: 0, maxReminders: 1, lapsesAfterDays: 30 },
    });
  });

  test("as the settings say", () => {
    const [one] = declared(
      [roster("ops")],
      settingsOf({
        ...{ invitationTemplate: "invite", invitationLanguage: "zh_CN", invitationParameters: '{"url":"link"}' },
        ...{ requireConsent: "false", remindAfterDays: "7", maxReminders: "3", invitationLapsesAfterDays: "21" },
      }),
    );
    expect(one?.invite).toEqual({
      consent: new Map(),
      template: { code: "invite", language: "zh_CN", parameters: { url: "link" } },
      ...{ requireConsent: false, remindAfterDays: 7, maxReminders: 3, lapsesAfterDays: 21 },
    });
  });

  test("the consent of the group's own members, and of nobody else", () => {
    const former = { ...member(CITRA, "2026-05-03"), reason: "expired" } as const;
    const [ops, hr] = declared(
      [
        roster("ops", { members: [member(ANA, "2026-05-01"), member(BUDI)], former: [former] }),
        roster("hr", { members: [member(ANA, "2026-05-02")] }),
      ],
      settingsOf(TEMPLATE),
    );
    expect([...(ops?.invite?.consent ?? [])]).toEqual([[ANA, "2026-05-01"]]);
    expect([...(hr?.invite?.consent ?? [])]).toEqual([[ANA, "2026-05-02"]]);
  });

  test("is shared by groups, as far as it is the same", () => {
    const [a, b, c] = declared(
      [roster("a"), roster("b"), roster("c", { members: [member(ANA, "2026-05-01")] })],
      settingsOf(TEMPLATE),
    );
    expect(b?.invite).toBe(a?.invite);
    expect(c?.invite?.template).toBe(a?.invite?.template);
  });
});
