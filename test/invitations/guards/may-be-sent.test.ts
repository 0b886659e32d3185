import type { NumberInfo, TemplateInfo } from "../../../src/cams/types";
import { objectionsToNumber, objectionsToTemplate, type Seen } from "../../../src/invitations/guards/may-be-sent";
import { BOT } from "../../membership/world";
import { wish } from "../world";

const template = (over: Partial<TemplateInfo> = {}): Seen<TemplateInfo> => ({
  kind: "seen",
  value: {
    ...{ status: "pass", category: "UTILITY", categoryChangePaused: false, quality: "GREEN" },
    ...{ variables: ["name", "group", "link"] },
    ...over,
  },
});

const WHAT = 'the template "rollcall_invite" in "en"';
const rulesOf = (seen: Seen<TemplateInfo>): readonly string[] =>
  objectionsToTemplate(wish().template, seen).map(({ rule }) => rule);

describe("a template", () => {
  test.each(["pass", "PASS", "Passed", "APPROVED", "approved"])("with the status %s may be sent", (status) =>
    expect(objectionsToTemplate(wish().template, template({ status }))).toEqual([]),
  );

  test.each(["fail", "auditing", "unaudit", "", "no pass", "passing", "bypass", "disapproved", "approved?"])(
    'with the status "%s" is held',
    (status) => expect(rulesOf(template({ status }))).toEqual(["template-not-passed"]),
  );

  test.each(["UTILITY", "utility", "AUTHENTICATION"])("of the category %s may be sent", (category) =>
    expect(rulesOf(template({ category }))).toEqual([]),
  );

  test.each(["MARKETING", "marketing", "Marketing"])("of the category %s is held", (category) =>
    expect(rulesOf(template({ category }))).toEqual(["template-is-marketing"]),
  );

  test("whose category CAMS does not tell is held", () => {
    expect(objectionsToTemplate(wish().template, template({ category: "" }))).toEqual([
      {
        rule: "template-is-marketing",
        message:
          `${WHAT} has no category that CAMS tells, and may count as marketing. Such messages are capped and cost more. ` +
          "Have a template of the category UTILITY passed, and name it in rollcall:invitationTemplate",
      },
    ]);
  });

  test("that would be paused if Meta came to count it as marketing may be sent until then", () => {
    expect(rulesOf(template({ categoryChangePaused: true }))).toEqual([]);
    const marketing = template({ categoryChangePaused: true, category: "MARKETING" });
    expect(rulesOf(marketing)).toEqual(["template-is-marketing"]);
  });

  test.each<[string, readonly string[] | undefined, readonly string[]]>([
    ["all of which are given", ["link", "name", "group"], []],
    ["fewer than are given", ["link"], []],
    ["none of which takes the link", ["name", "group"], ["template-parameters"]],
    ["none", [], ["template-parameters"]],
    ["that can't be read", undefined, []],
    ["one of which is not given", ["link", "office"], ["template-parameters"]],
  ])("with variables, %s", (_, variables, rules) => expect(rulesOf(template({ variables }))).toEqual(rules));

  test("that could not be looked at is held", () => {
    expect(objectionsToTemplate(wish().template, { kind: "not seen", why: "Throttling.User." })).toEqual([
      { rule: "template-not-passed", message: `${WHAT} could not be looked at. Throttling.User.` },
    ]);
  });

  test("that CAMS does not know is held", () => {
    expect(objectionsToTemplate(wish().template, { kind: "none" })).toEqual([
      {
        rule: "template-not-passed",
        message: `CAMS does not know ${WHAT}. Check rollcall:invitationTemplate and rollcall:invitationLanguage`,
      },
    ]);
  });

  test("is held for all that is wrong with it at once, each with what to do", () => {
    const wrong = { status: "auditing", category: "MARKETING", variables: ["office", "link", "bad\u001b"] };
    expect(objectionsToTemplate(wish().template, template(wrong))).toEqual([
      {
        rule: "template-not-passed",
        message: `${WHAT} has the status "auditing" and can't be sent before it is "pass". Look at it in the console of CAMS`,
      },
      {
        rule: "template-is-marketing",
        message:
          `${WHAT} counts as marketing. Such messages are capped and cost more. ` +
          "Have a template of the category UTILITY passed, and name it in rollcall:invitationTemplate",
      },
      {
        rule: "template-parameters",
        message: `${WHAT} has variables that rollcall:invitationParameters does not give: office, bad\\u{1b}. Name them there, or take another template`,
      },
    ]);
  });

  test("is written safely, whatever it is called", () => {
    const named = { ...wish().template, code: "a\u001bb", language: "e\u202en" };
    expect(objectionsToTemplate(named, template({ status: "\u0007" })).map(({ message }) => message)).toEqual([
      'the template "a\\u{1b}b" in "e\\u{202e}n" has the status "\\u{7}" and can\'t be sent before it is "pass". Look at it in the console of CAMS',
    ]);
  });
});

describe("a business number", () => {
  const number = (official: boolean | undefined): Seen<NumberInfo> => ({
    kind: "seen",
    value: { number: BOT, official, tier: "TIER_1K", quality: "GREEN", status: "CONNECTED" },
  });
  const rule = "number-not-official";

  test("of an Official Business Account may send", () => expect(objectionsToNumber(BOT, number(true))).toEqual([]));

  test.each([[false], [undefined]])("is held when CAMS says %s", (official) => {
    expect(objectionsToNumber(BOT, number(official))).toEqual([
      {
        rule,
        message: `CAMS does not say that the business number ${BOT} is that of an Official Business Account, which groups need. Look at the number in the console of CAMS`,
      },
    ]);
  });

  test("that could not be looked at is held", () => {
    expect(objectionsToNumber(BOT, { kind: "not seen", why: "Forbidden." })).toEqual([
      { rule, message: `the business number ${BOT} could not be looked at. Forbidden.` },
    ]);
  });

  test("that CAMS does not list is held", () => {
    expect(objectionsToNumber(BOT, { kind: "none" })).toEqual([
      {
        rule,
        message: `CAMS does not list the business number ${BOT} among those of the account. Check rollcall:businessNumber and rollcall:custSpaceId`,
      },
    ]);
  });
});
