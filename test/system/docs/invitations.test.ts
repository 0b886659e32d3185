import { messageFailure } from "../../../src/cams/failures";
import type { Invitation, NotInvited } from "../../../src/invitations/types";
import { invitationText, standingText } from "../../../src/invitations/words";
import { parseSettings } from "../../../src/settings";
import { blocksIn, read } from "./markdown";

const page = read("docs/invitations.md");
const sectionOf = (title: string): string => page.split(`## ${title}\n`)[1]?.split(/^##+ /m)[0] ?? "";

const NOW = Date.parse("2026-11-29T12:00:00Z");
const invitation = (state: Invitation["state"], daysAgo: number): Invitation => {
  const at = new Date(NOW - daysAgo * 24 * 60 * 60 * 1_000).toISOString();
  return { state, since: at, at, messages: 1, reminders: 0, template: "t", why: "131026" };
};

/** Every reason, in the order of the page. */
const REASONS: Readonly<Record<NotInvited, true>> = {
  ...{ left: true, "removed before": true, "day came": true, held: true, "not listed": true, "group not active": true },
  ...{
    "no link": true,
    "no consent": true,
    adoption: true,
    failed: true,
    unknown: true,
    lapsed: true,
    "not in the plan": true,
  },
  ...{ "no room": true },
};

test("the page has every reason why somebody is not invited, in its words, and no other", () => {
  const told = [...sectionOf("Who is invited, and who is not").matchAll(/^\| `([^`]+)`/gm)].map(
    ([, text = ""]) => text,
  );
  const said = (Object.keys(REASONS) as NotInvited[]).map((because) =>
    standingText({ kind: "not invited", because, invitation: invitation("failed", 3) }, NOW),
  );
  expect(told).toEqual(
    said.map((text) =>
      text
        .replace(/ \(invited 3 days ago, failed, not joined\)$/, "")
        .replace(/ \((?:invited|tried) 3 days ago\)/, " (…)")
        .replace(/: not on WhatsApp.*/, ": …"),
    ),
  );
});

test.each([
  ["accepted", 0],
  ["delivered", 3],
  ["read", 3],
] as const)("the page shows an invitation that was %s as runs do", (state, daysAgo) => {
  expect(sectionOf("What the states mean")).toContain(`\`${invitationText(invitation(state, daysAgo), NOW)}\``);
});

test("what the page says of each code is what follows from it", () => {
  const rows = [...sectionOf("When a message fails").matchAll(/^\| (.+?) +\| .+? +\| (.+?) +\|$/gm)];
  const told = rows.flatMap(([, codes = "", then = ""]) =>
    (codes.match(/\b13\d{4}\b|\bInvalidParameter\.\w+/g) ?? []).map((code) => [code, then] as const),
  );
  const kinds = {
    final: /^never/,
    passing: /^the next `up` sends it again/,
    template: /^nobody else is written to by it/,
  };
  expect(told.length).toBeGreaterThanOrEqual(10);
  for (const [code, then] of told) expect(then).toMatch(kinds[messageFailure(code)?.kind ?? "final"]);
});

test("the templates have the variables that the settings give by default, and neither begin nor end with one", () => {
  const parsed = parseSettings({});
  const wanted = parsed.kind === "ok" ? Object.keys(parsed.settings.invitationParameters).sort() : [];
  const bodies = blocksIn(page).filter(({ language }) => language === "text");
  expect(bodies).toHaveLength(2);
  for (const { text } of bodies) {
    const variables = [...text.matchAll(/\$\((\w+)\)/g)].map(([, name]) => name);
    expect(variables.sort()).toEqual(wanted);
    expect(text.trim()).not.toMatch(/^\$\(|\)$/);
  }
});
