import { settingsDoubts, type Settings } from "../../src/settings";
import { ok, problems } from "./parsed";

test.each<[keyof Settings, unknown, unknown]>([
  ["invitationTemplate", "744c4b5c79c9432497a075bdfca36bf5", "744c4b5c79c9432497a075bdfca36bf5"],
  ["invitationTemplate", " invite_v2 ", "invite_v2"],
  ["invitationLanguage", "en_US", "en_US"],
  ["invitationLanguage", "zh_CN", "zh_CN"],
  ["invitationLanguage", "fil", "fil"],
  ["invitationParameters", '{"1":"name","url":"link"}', { "1": "name", url: "link" }],
  ["invitationParameters", { url: "link", address: "link" }, { url: "link", address: "link" }],
  ["requireConsent", "false", false],
  ["requireConsent", "true", true],
  ["requireConsent", false, false],
  ["maxInvitationsPerRun", "0", 0],
  ["remindAfterDays", "29", 29],
  ["maxReminders", "0", 0],
  ["maxReminders", 3, 3],
  ["invitationLapsesAfterDays", "1", 1],
  ["invitationLapsesAfterDays", 3650, 3650],
])("%s: %j is %j", (key, raw, value) => {
  expect(ok({ [key]: raw })[key]).toEqual(value);
});

test.each<[string, unknown, string]>([
  ["invitationTemplate", "invite v2", "without blanks"],
  ["invitationTemplate", "x".repeat(129), "at most 128 characters"],
  ["invitationLanguage", "", "such as en, en_US or zh_CN"],
  ["invitationLanguage", "EN", "such as en, en_US or zh_CN"],
  ["invitationLanguage", "en-US", "such as en, en_US or zh_CN"],
  ["invitationLanguage", "english", "such as en, en_US or zh_CN"],
  ["invitationLanguage", "en_USA", "such as en, en_US or zh_CN"],
  ["invitationParameters", "", "map each variable"],
  ["invitationParameters", "link", "map each variable"],
  ["invitationParameters", '["link"]', "map each variable"],
  ["invitationParameters", null, "map each variable"],
  ["requireConsent", "yes", "true or false"],
  ["requireConsent", "", "true or false"],
  ["requireConsent", 1, "true or false"],
  ["maxInvitationsPerRun", "-1", "at least 0"],
  ["maxInvitationsPerRun", "1.5", "a whole number"],
  ["remindAfterDays", "-1", "at least 0"],
  ["remindAfterDays", "weekly", "a whole number"],
  ["maxReminders", "-1", "at least 0"],
  ["maxReminders", "", "a whole number"],
  ["invitationLapsesAfterDays", "0", "at least 1"],
  ["invitationLapsesAfterDays", "3651", "at most 3650"],
  ["invitationLapsesAfterDays", "never", "a whole number"],
])("%s: %j is refused, and the message says what it has to be", (key, raw, why) => {
  const [message, ...more] = problems({ [key]: raw });
  expect(message).toContain(`rollcall:${key} is ${JSON.stringify(raw)}: `);
  expect(message).toContain(why);
  expect(more).toEqual([]);
});

test("a template without a variable for the link would let nobody in", () => {
  const why = "one variable has to take the link: an invitation without the link lets nobody in";
  expect(problems({ invitationParameters: {} })).toEqual([`rollcall:invitationParameters is {}: ${why}`]);
  expect(problems({ invitationParameters: { name: "name" } })).toEqual([
    `rollcall:invitationParameters is {"name":"name"}: ${why}`,
  ]);
});

test("of the parameters, those that are wrong are told, each with its variable", () => {
  expect(problems({ invitationParameters: '{"url":"link","to":"number","$(who)":"name","a b":"name","x":1}' })).toEqual(
    [
      'rollcall:invitationParameters.$(who) is "name": a variable has to be its bare name: link for $(link)',
      'rollcall:invitationParameters.a b is "name": a variable has to be its bare name: link for $(link)',
      'rollcall:invitationParameters.to is "number": it has to be name, subject or link',
      "rollcall:invitationParameters.x is 1: it has to be name, subject or link",
    ],
  );
});

describe("a reminder after the invitation has lapsed", () => {
  const told = (days: string, end: number) =>
    `rollcall:remindAfterDays is "${days}": it has to be less than rollcall:invitationLapsesAfterDays (${end}), since nobody is reminded of a lapsed invitation`;

  test.each<[string, Record<string, unknown>, string[]]>([
    ["on the day it lapses", { remindAfterDays: "30" }, [told("30", 30)]],
    ["after it", { remindAfterDays: "8", invitationLapsesAfterDays: "7" }, [told("8", 7)]],
    ["the day before", { remindAfterDays: "6", invitationLapsesAfterDays: "7" }, []],
    ["never", { remindAfterDays: "0", invitationLapsesAfterDays: "1" }, []],
    [
      "is told beside other faults",
      { remindAfterDays: "30", maxReminders: "-1" },
      ['rollcall:maxReminders is "-1": it has to be at least 0', told("30", 30)],
    ],
    [
      "not where one of the two is no number",
      { remindAfterDays: "30", invitationLapsesAfterDays: "" },
      ['rollcall:invitationLapsesAfterDays is "": it has to be a whole number'],
    ],
    [
      "not where there are no reminders",
      { invitationLapsesAfterDays: "0" },
      ['rollcall:invitationLapsesAfterDays is "0": it has to be at least 1'],
    ],
  ])("%s", (_, raw, expected) => expect(problems(raw)).toEqual(expected));
});

describe("settings of invitations without a template are doubtful: nobody is invited", () => {
  const told = (key: string) =>
    `rollcall:${key} does nothing: without rollcall:invitationTemplate nobody is invited. Set the template, or delete this setting.`;

  test.each<[string, unknown]>([
    ["invitationLanguage", "id"],
    ["invitationParameters", { url: "link" }],
    ["requireConsent", "false"],
    ["maxInvitationsPerRun", "5"],
    ["remindAfterDays", "7"],
    ["maxReminders", "2"],
    ["invitationLapsesAfterDays", "14"],
  ])("%s", (key, value) => {
    expect(settingsDoubts(ok({ [key]: value }))).toEqual([told(key)]);
    expect(settingsDoubts(ok({ [key]: value, invitationTemplate: "invite" }))).toEqual([]);
  });

  test("several, in the order in which they are documented; none at their defaults", () => {
    expect(settingsDoubts(ok({ maxReminders: "2", remindAfterDays: "7" }))).toEqual([
      told("remindAfterDays"),
      told("maxReminders"),
    ]);
    expect(settingsDoubts(ok({ invitationParameters: { link: "link", group: "subject", name: "name" } }))).toEqual([]);
  });
});
