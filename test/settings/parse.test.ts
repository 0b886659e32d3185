import type { Settings } from "../../src/settings";
import { ok, problems } from "./parsed";

const defaults = {
  rosters: undefined,
  endpoint: { host: "cams.ap-southeast-1.aliyuncs.com", protocol: "https" },
  businessNumber: undefined,
  custSpaceId: undefined,
  channelType: "WHATSAPP",
  callsPerSecond: 5,
  connectTimeoutMs: 5_000,
  readTimeoutMs: 10_000,
  confirmTimeoutMs: 30_000,
  undeclared: "remove",
  onAdopt: "spare",
  maxRemovalsPerGroup: 2,
  maxRemovalsPerRun: 10,
  maxGroupsPerPerson: 3,
  maxNewGroupsPerRun: 5,
  inviteLink: "keep",
  invitationTemplate: undefined,
  invitationLanguage: "en",
  invitationParameters: { name: "name", group: "subject", link: "link" },
  requireConsent: true,
  maxInvitationsPerRun: 20,
  remindAfterDays: 0,
  maxReminders: 1,
  invitationLapsesAfterDays: 30,
  protect: [],
  display: "full",
  maskKey: undefined,
  auditLog: undefined,
};

test("nothing set: the careful defaults", () => {
  expect(ok({})).toEqual(defaults);
});

test("empty texts, as Pulumi.yaml declares optional keys, count as not set", () => {
  expect(ok({ rosters: "", businessNumber: "", custSpaceId: " ", maskKey: "", auditLog: "" })).toEqual(defaults);
  expect(ok({ invitationTemplate: " " })).toEqual(defaults);
});

test.each<[keyof Settings, unknown, unknown]>([
  ["rosters", "teams/prod", "teams/prod"],
  ["endpoint", "http://127.0.0.1:8787", { host: "127.0.0.1:8787", protocol: "http" }],
  ["businessNumber", "+86 138-0000-0000", "8613800000000"],
  ["callsPerSecond", "1", 1],
  ["callsPerSecond", "1000", 1_000],
  ["readTimeoutMs", "1", 1],
  ["confirmTimeoutMs", "0", 0],
  ["undeclared", "report", "report"],
  ["onAdopt", "remove", "remove"],
  ["maxRemovalsPerGroup", "0", 0],
  ["maxRemovalsPerRun", 3, 3],
  ["maxNewGroupsPerRun", "0", 0],
  ["inviteLink", "open", "open"],
  ["inviteLink", "while-awaited", "while-awaited"],
  ["protect", '["+62 811 0000 001", "628110000002"]', ["628110000001", "628110000002"]],
  ["protect", ["(62) 811.0000.001"], ["628110000001"]],
  ["display", "masked", "masked"],
])("%s: %p is %p", (key, raw, value) => {
  expect(ok({ [key]: raw })[key]).toEqual(value);
});

test.each<[string, unknown, RegExp]>([
  ["endpoint", "http://cams.example.com", /loopback/],
  ["endpoint", "cams example", /host\[:port\]/],
  ["businessNumber", "ana", /country code/],
  ["channelType", "TELEGRAM", /WHATSAPP/],
  ["callsPerSecond", "0.5", /a whole number/],
  ["callsPerSecond", "0", /at least 1/],
  ["callsPerSecond", "-1", /at least 1/],
  ["callsPerSecond", "fast", /a whole number/],
  ["callsPerSecond", "1001", /at most 1000/],
  ["connectTimeoutMs", "0", /at least 1/],
  ["readTimeoutMs", "1.5", /whole number/],
  ["undeclared", "Remove", /remove or report/],
  ["onAdopt", "yes", /spare or remove/],
  ["maxRemovalsPerGroup", "-1", /at least 0/],
  ["maxRemovalsPerRun", "many", /whole number/],
  ["maxRemovalsPerRun", "", /whole number/],
  ["maxRemovalsPerRun", " ", /whole number/],
  ["maxRemovalsPerRun", null, /whole number/],
  ["maxRemovalsPerRun", "true", /whole number/],
  ["maxRemovalsPerRun", true, /whole number/],
  ["maxRemovalsPerRun", "Infinity", /whole number/],
  ["maxGroupsPerPerson", "2.5", /whole number/],
  ["maxNewGroupsPerRun", "-1", /at least 0/],
  ["inviteLink", "closed", /keep, open or while-awaited/],
  ["protect", "628110000001", /list of quoted numbers/],
  ["protect", "[628110000001]", /quoted/],
  ["protect", '["ana"]', /quoted number with its country code/],
  ["display", "hidden", /full or masked/],
])("%s: %p is refused, and the message says what it has to be", (key, raw, why) => {
  const [message, ...more] = problems({ [key]: raw });
  expect(message).toMatch(new RegExp(`^rollcall:${key}\\b.* is .*: .*${why.source}`));
  expect(more).toEqual([]);
});

test("a key that is unknown is refused, with those that are known", () => {
  expect(problems({ maxRemovals: "5" })).toEqual([
    expect.stringMatching(/^rollcall:maxRemovals is no setting. Known are: .*maxRemovalsPerGroup/),
  ]);
});

test("all problems are told at once, sorted", () => {
  const told = problems({ display: "no", callsPerSecond: "0", extra: "x", endpoint: "?" });
  expect(told.map((line) => line.split(" ")[0])).toEqual([
    "rollcall:callsPerSecond",
    "rollcall:display",
    "rollcall:endpoint",
    "rollcall:extra",
  ]);
});

test.each([
  ['["+62 811 0000 001", "+62 811/0000/002"]', "protect.1", '"+62 81•/••••/•02"'],
  [["+62 811 0000 001", 628110000002], "protect.1", "6281••••••02"],
  ["+62 811 0000 001", "protect", '"+62 81• •••• •01"'],
  ["[628110000001, 628110000002", "protect", '"[6281••••••••, ••••••••••02"'],
])("masked: of %j only the faulty entry is told, and never in full", (protect, key, told) => {
  for (const display of ["masked", "Masked"]) {
    const about = problems({ display, protect }).filter((line) => line.startsWith("rollcall:protect"));
    expect(about).toEqual([expect.stringContaining(`rollcall:${key} is ${told}: `)]);
  }
});

test("of a list, the entries that are wrong are told, each in full", () => {
  expect(problems({ protect: '["+62 811 0000 001", "ana", "0811"]' }).map((line) => line.split(":", 2)[1])).toEqual([
    'protect.1 is "ana"',
    'protect.2 is "0811"',
  ]);
});

test("a secret is never shown", () => {
  expect(problems({ maskKey: 12_345_678 }).join()).not.toContain("12345678");
});
