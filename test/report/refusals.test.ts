import { objectionsToNumber, objectionsToTemplate } from "../../src/invitations/guards/may-be-sent";
import { refusalText } from "../../src/report/refusals";

const held = { rule: "near-miss", name: "jakarta/ops", message: "jakarta/ops (EA1): one looks like another" };
const ambiguous = { rule: "ambiguous-group", name: "new", message: "new: 1 group is there already" };
const unlisted = { rule: "groups-not-listed", name: "sales", message: "sales: CAMS can't be reached" };

test("a group that can't be made or changed is told apart from groups that nobody goes from", () => {
  expect(refusalText([ambiguous, held, unlisted])).toBe(
    [
      "Nobody is removed from these groups. 1 refusal:",
      "  [near-miss] jakarta/ops (EA1): one looks like another",
      "Nothing is done for these groups themselves and for their links. 2 refusals:",
      "  [ambiguous-group] new: 1 group is there already",
      "  [groups-not-listed] sales: CAMS can't be reached",
    ].join("\n"),
  );
  expect(refusalText([unlisted])).not.toContain("Nobody is removed");
});

test("with a refusal of the whole run nobody goes anywhere", () => {
  const run = { rule: "max-new-groups-per-run", name: undefined, message: "6 groups would be made" };
  expect(refusalText([run, held])).toBe(
    [
      "The whole run is refused: nobody is removed from any group. 2 refusals:",
      "  [max-new-groups-per-run] 6 groups would be made",
      "  [near-miss] jakarta/ops (EA1): one looks like another",
    ].join("\n"),
  );
});

describe("what holds invitations holds nobody else", () => {
  const template = { code: "invite", language: "en", parameters: { link: "link" } } as const;
  const bad = { status: "fail", category: "MARKETING", categoryChangePaused: false, quality: "", variables: ["name"] };
  const objections = [
    ...objectionsToTemplate(template, { kind: "seen", value: bad }),
    ...objectionsToTemplate(template, { kind: "none" }),
    ...objectionsToNumber("8613800000000", { kind: "not seen", why: "CAMS can't be reached" }),
    { rule: "groups-not-listed", message: "the groups of the account could not be listed" },
  ];
  const refusals = objections.map((one) => ({ ...one, name: undefined }));

  test("whatever the rule, the run is not refused", () => {
    expect(new Set(objections.map(({ rule }) => rule))).toEqual(
      new Set([
        ...["template-not-passed", "template-is-marketing", "template-parameters", "number-not-official"],
        "groups-not-listed",
      ]),
    );
    for (const refusal of refusals) {
      expect(refusalText([refusal])).toBe(
        `Nobody is invited into some groups. 1 refusal:\n  [${refusal.rule}] ${refusal.message}`,
      );
    }
  });

  test("it is told apart from groups that are held, and after them", () => {
    const [marketing] = refusals.filter(({ rule }) => rule === "template-is-marketing");
    expect(refusalText([marketing!, held, unlisted]).split("\n")).toEqual([
      "Nobody is removed from these groups. 1 refusal:",
      "  [near-miss] jakarta/ops (EA1): one looks like another",
      "Nothing is done for these groups themselves and for their links. 1 refusal:",
      "  [groups-not-listed] sales: CAMS can't be reached",
      "Nobody is invited into some groups. 1 refusal:",
      `  [template-is-marketing] ${marketing?.message}`,
    ]);
  });

  test("too many invitations refuse the whole run", () => {
    const tooMany = { rule: "max-invitations-per-run", name: undefined, message: "21 invitations would be sent" };
    expect(refusalText([tooMany, ...refusals])).toMatch(
      /^The whole run is refused: nobody is removed from any group\./,
    );
  });
});
