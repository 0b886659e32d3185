import { CamsError, type MessageReader } from "../../../src/cams";
import type { NumberInfo, TemplateInfo } from "../../../src/cams/types";
import { examineInvitations } from "../../../src/cli/doctor/invitations";
import { unproved } from "../../../src/cli/doctor/permissions";
import type { InviteWish } from "../../../src/invitations/types";
import { checkupText } from "../../../src/report/checkup";
import type { Declared } from "../../../src/run/desired";
import { parseSettings, type Settings } from "../../../src/settings";
import { maskNumber } from "../../../src/text/mask";
import { ref } from "../../execution/world";
import { ANA, BUDI, CITRA, desire, full } from "../../membership/world";

const NOW = Date.parse("2026-12-01T08:00:00.000Z");

function settings(over: Readonly<Record<string, unknown>> = {}): Settings {
  const parsed = parseSettings({ endpoint: "http://127.0.0.1:1", invitationTemplate: "invite", ...over });
  if (parsed.kind !== "ok") throw new Error(parsed.problems.join("\n"));
  return parsed.settings;
}

const template: TemplateInfo = {
  ...{ status: "pass", category: "UTILITY", categoryChangePaused: false, quality: "GREEN" },
  variables: ["name", "group", "link"],
};
const number: NumberInfo = {
  ...{ number: ref.businessNumber, official: true, tier: "TIER_1K", quality: "GREEN", status: "CONNECTED" },
};

/** Three people, of whom Ana agreed. */
const wish: InviteWish = {
  consent: new Map([[ANA, "2026-05-01"]]),
  template: { code: "invite", language: "en", parameters: { name: "name", group: "subject", link: "link" } },
  ...{ requireConsent: true, remindAfterDays: 0, maxReminders: 1, lapsesAfterDays: 30 },
};
const members = new Map([
  [ANA, "Ana"],
  [BUDI, "Budi"],
  [CITRA, "Citra"],
]);
const team: Declared = { ref, desired: desire({ members }), invite: wish };
const withConsent = (...numbers: readonly string[]): Declared => ({
  ...team,
  invite: { ...wish, consent: new Map(numbers.map((one) => [one, "2026-05-01"])) },
});
const agreed = withConsent(ANA, BUDI, CITRA);

const refused = (operation: string) =>
  new CamsError({
    ...{ operation, group: undefined, kind: "access", code: "Forbidden.RAM", metaCode: undefined },
    ...{ httpStatus: 403, requestId: undefined, detail: "not allowed" },
  });

interface World {
  readonly template?: TemplateInfo | undefined | Error;
  readonly number?: NumberInfo | undefined | Error;
  readonly messages?: Error;
  readonly declared?: readonly Declared[];
  readonly settings?: Settings;
  readonly show?: (number: string) => string;
}

/** The lines, and what was called. */
async function examine(world: World = {}) {
  const calls: string[] = [];
  const answer = <T>(call: string, found: T | Error): Promise<T> => {
    calls.push(call);
    return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
  };
  const reader: MessageReader = {
    template: (account, code, language) =>
      answer(`template ${account.custSpaceId} ${code} ${language}`, "template" in world ? world.template : template),
    businessNumber: (account) => answer(`number ${account.custSpaceId}`, "number" in world ? world.number : number),
    listMessages: (_, query) => answer(`messages ${query.template} ${query.since}`, world.messages ?? []),
  };
  const findings = await examineInvitations(reader, world.declared ?? [agreed], world.settings ?? settings(), {
    ...{ own: [ref], now: NOW, show: world.show ?? full },
  });
  const text = checkupText(findings, { colour: false }).trimEnd();
  return { calls, lines: text.split("\n").map((line) => line.replace(/ {2,}/g, "  ")) };
}

test("without a template nothing is looked at or said", async () => {
  const without = settings({ invitationTemplate: undefined });
  expect(await examine({ settings: without, declared: [{ ref, desired: desire() }] })).toEqual({
    ...{ calls: [], lines: [""] },
  });
});

test("all is well: template, number, messages, consent; each is looked at once", async () => {
  expect(await examine({ declared: [agreed, agreed] })).toEqual({
    calls: ["template cams-8c8e invite en", "number cams-8c8e", `messages invite ${NOW}`],
    lines: [
      'ok  template  "invite" in "en" of cams-8c8e: status pass, category UTILITY, quality GREEN',
      `ok  number  ${ref.businessNumber}: an Official Business Account, limit TIER_1K people in 24 hours, quality GREEN, status CONNECTED`,
      "ok  permission  messages may be listed",
      "ok  consent  all 3 people declared have it",
    ],
  });
});

test("each account is looked at, and the account of the settings where no roster can be read", async () => {
  const other: Declared = { ...agreed, ref: { ...ref, custSpaceId: "cams-2" } };
  expect((await examine({ declared: [agreed, other] })).calls.filter((call) => call.startsWith("template"))).toEqual([
    ...["template cams-8c8e invite en", "template cams-2 invite en"],
  ]);
  const { calls, lines } = await examine({ declared: [] });
  expect([calls.length, lines.length]).toEqual([3, 3]);
});

test("where every roster says so, nobody is invited, and nothing is looked at", async () => {
  expect(await examine({ declared: [{ ref, desired: desire() }] })).toEqual({
    ...{ calls: [], lines: ["ok  invitations  every roster says `invite: false`, so nobody is invited"] },
  });
});

test.each<[string, World, RegExp]>([
  [
    "no such template",
    { template: undefined },
    /^fail {2}template {2}CAMS does not know the template "invite" in "en"/,
  ],
  ["in review", { template: { ...template, status: "auditing" } }, /^fail {2}template {2}.*has the status "auditing"/],
  ["marketing", { template: { ...template, category: "MARKETING" } }, /^fail {2}template {2}.*counts as marketing/],
  ["RED", { template: { ...template, quality: "RED" } }, /^warn {2}template {2}.*quality RED: Meta may pause it/],
  [
    "a variable that the settings don't give",
    { template: { ...template, variables: ["name", "group", "link", "city"] } },
    /^fail {2}template {2}.*invitationParameters does not give: city\. Name them there, or take another template$/,
  ],
  [
    "a parameter that it does not have",
    { template: { ...template, variables: ["name", "link"] } },
    /^warn {2}template {2}.*has no variable "group": correct rollcall:invitationParameters$/,
  ],
  [
    "no place for the link",
    { template: { ...template, variables: ["name", "group"] } },
    /^fail {2}template {2}.* has no variable that rollcall:invitationParameters gives the link, so nobody could join by the message\. Name one there, or have a template with one passed$/,
  ],
  [
    "variables that can't be read",
    { template: { ...template, variables: undefined } },
    /^warn {2}template {2}the variables of .* can't be read: compare them/,
  ],
  [
    "a template that may not be looked at",
    { template: refused("GetChatappTemplateDetail") },
    /^fail {2}template {2}the template "invite" in "en" could not be looked at\. .*GetChatappTemplateDetail/,
  ],
  ["no such number", { number: undefined }, /^fail {2}number {2}CAMS does not list the business number/],
  ["not official", { number: { ...number, official: false } }, /^fail {2}number {2}.*Official Business Account/],
  ["not said to be official", { number: { ...number, official: undefined } }, /^fail {2}number {2}CAMS does not say/],
  ["RED", { number: { ...number, quality: "RED" } }, /^warn {2}number {2}.*quality RED.*: Meta may lower its limit/],
  [
    "a number that may not be looked at",
    { number: refused("QueryChatappPhoneNumbers") },
    /^fail {2}number {2}.* could not be looked at\. .*QueryChatappPhoneNumbers/,
  ],
  [
    "messages that may not be listed",
    { messages: refused("ListChatappMessage") },
    /^fail {2}permission {2}.*ListChatappMessage/,
  ],
])("%s", async (_, world, said) => {
  const { lines } = await examine(world);
  expect(lines.filter((line) => !line.startsWith("ok"))).toEqual([expect.stringMatching(said)]);
});

test("what CAMS does not say of a number is left out", async () => {
  const silent = { ...number, tier: "", quality: "", status: "" };
  expect((await examine({ number: silent })).lines[1]).toBe(
    `ok  number  ${ref.businessNumber}: an Official Business Account`,
  );
});

describe("consent", () => {
  const consent = async (world: World) => (await examine(world)).lines.filter((line) => line.includes("  consent  "));
  const TODO = "they are not invited until people.yaml, or their entry in the roster, has the day on which they agreed";

  test("whoever has none is counted and named, once over all groups that invite", async () => {
    const silent: Declared = { ref, desired: desire({ members: new Map([["628119999999", "Zed"]]) }) };
    expect(await consent({ declared: [team, team, silent] })).toEqual([
      `warn  consent  2 people, Budi (${BUDI}), Citra (${CITRA}), have no consent on record, of 3 people: ${TODO}`,
    ]);
    expect(await consent({ declared: [withConsent(ANA, BUDI)] })).toEqual([
      `warn  consent  Citra (${CITRA}) has no consent on record, of 3 people: ${TODO}`,
    ]);
  });

  test("numbers are written as display says", async () => {
    const [line] = await consent({ declared: [team], show: maskNumber });
    expect(line).toContain("Budi (6281••••••02)");
    expect(line).not.toMatch(/\d{7}/);
  });

  test("where it is not asked for, that is said", async () => {
    expect(await consent({ declared: [team], settings: settings({ requireConsent: "false" }) })).toEqual([
      "ok  consent  not asked for, since rollcall:requireConsent is false",
    ]);
  });
});

test("an error that is none of CAMS's is a fault of this program", async () => {
  await expect(examine({ template: new TypeError("a bug") })).rejects.toThrow("a bug");
});

describe("the permission to send, which nothing tries", () => {
  test.each<[string, readonly Declared[], RegExp]>([
    [
      "nobody is invited",
      [{ ref, desired: desire() }],
      /^whether people may be removed can't be tried without removing/,
    ],
    [
      "people are invited",
      [team],
      /^whether people may be removed and invited can't be tried without doing so, so look for cams:DeleteChatGroupParticipants, cams:SendChatappMessage in the policy$/,
    ],
    [
      "links are kept, too",
      [{ ...team, wish: { link: "open" } } as unknown as Declared],
      /^whether people may be removed and invited, and groups and links changed, can't be tried .*cams:AddChatGroupInviteLink, cams:SendChatappMessage in the policy$/,
    ],
  ])("%s", (_, declared, said) => expect(unproved(declared)).toMatch(said));
});
