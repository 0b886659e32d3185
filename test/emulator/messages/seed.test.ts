import { parseSeed, SeedError, stateOf, worldOf } from "../../../src/emulator/seed";

const seedOf = (business: string): string => `businessNumbers: {"8613800000000": {custSpaceId: a, ${business}}}`;
const problemsOf = (text: string): string[] => {
  try {
    parseSeed(text, "seed.yaml");
  } catch (error) {
    if (error instanceof SeedError) return error.message.split("\n").slice(1);
    throw error;
  }
  return [];
};

describe("templates in a seed", () => {
  it("need a code, a name and a body", () => {
    const world = parseSeed(seedOf('templates: [{code: "1119", name: invitation, body: "Join $(link)"}]'), "");
    expect(stateOf(world).businessNumbers["8613800000000"]!.templates).toEqual([
      {
        code: "1119",
        name: "invitation",
        language: "en",
        category: "UTILITY",
        status: "pass",
        body: "Join $(link)",
        quality: "UNKNOWN",
        categoryChangePaused: false,
      },
    ]);
  });

  it.each([
    ["{code: 1119, name: n, body: b}", ".code: must be a quoted string"],
    ["{name: n, body: b}", ".code: is missing"],
    ['{code: "1", body: b}', ".name: is missing"],
    ['{code: "1", name: n}', ".body: is missing"],
    ['{code: "1", name: n, body: "Hello {{1}}"}', ".body: has a variable of Meta's form; CAMS writes it as $(name)"],
    ['{code: "1", name: n, body: b, text: c}', ': Unrecognized key: "text"'],
    ['{code: "1", name: n, body: b, status: APPROVED}', ".status: Invalid option: expected one of "],
    ['{code: "1", name: n, body: b, category: utility}', ".category: Invalid option: expected one of "],
    ['{code: "1", name: n, body: b, quality: HIGH}', ".quality: Invalid option: expected one of "],
  ])("are refused as %s", (template, problem) => {
    const [found, ...more] = problemsOf(seedOf(`templates: [${template}]`));
    expect(found).toContain(`businessNumbers.8613800000000.templates[0]${problem}`);
    expect(more).toEqual([]);
  });

  it("are told apart by code and language within a CustSpaceId", () => {
    const template = '{code: "1", name: n, body: b';
    expect(problemsOf(seedOf(`templates: [${template}}, ${template}, language: id}, ${template}}]`))).toEqual([
      "  businessNumbers.8613800000000.templates[2]: is there twice for a: 1 in en",
    ]);
    const two = (space: string): string =>
      `businessNumbers: {"861": {custSpaceId: a, templates: [${template}}]}, "862": {custSpaceId: ${space}, templates: [${template}}]}}`;
    expect(problemsOf(two("b").replaceAll('"86', '"8613800000'))).toEqual([]);
    expect(problemsOf(two("a").replaceAll('"86', '"8613800000'))).toHaveLength(1);
  });
});

describe("the facts of a business number in a seed", () => {
  it.each(["official: 'yes'", "tier: TIER_2K", "quality: HIGH", "status: OPEN"])("are checked: %s", (fact) => {
    const [name = ""] = fact.split(":");
    expect(problemsOf(seedOf(fact))).toEqual([expect.stringContaining(`.${name}: Invalid `)]);
  });
});

describe("messages in a seed", () => {
  const message = {
    messageId: "m1",
    uniqueMessageId: "u1",
    to: "628110000001",
    template: "1",
    language: "en",
    parameters: { name: "Ana" },
    text: "Hello Ana",
    at: 1,
    listed: null,
    delivered: null,
    read: null,
    failure: { at: 2, code: "131026" },
  };
  const world = (...messages: object[]) =>
    worldOf({ businessNumbers: { "8613800000000": { custSpaceId: "a", messages } } });

  it("are what a state has of them", () => {
    const { failure: _failure, ...fine } = { ...message, messageId: "m2", listed: 1, delivered: 1, read: 2 };
    const state = stateOf(world(message, fine));
    expect(state.businessNumbers["8613800000000"]!.messages).toEqual([message, fine]);
    expect(stateOf(worldOf(JSON.parse(JSON.stringify(state))))).toEqual(state);
  });

  it("are refused when one is there twice, or goes to no number", () => {
    expect(() => world(message, message)).toThrow("messages[1].messageId: is the messageId of another message too");
    expect(() => world({ ...message, to: "+62" })).toThrow("messages[0].to: must be digits");
  });
});
