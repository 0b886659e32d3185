import { clean, isBlank, safeLines, safeTitle, SAFE_TEXT, unsafeCharacter } from "../../src/text/clean";

test.each([
  ["Ana", true],
  ["\u674e\u660e", true],
  ["\u{1f468}\u200d\u{1f469}", true],
  ["A\u3164", true],
  ["a < b {c} 5%", true],
  ["\u3164", false],
  ["\uffa0\u115f\u1160", false],
  ["\u2800 \u2800", false],
  ["\u200d", false],
  ["\ufe0f", false],
  ["Ana<{%fg 1%}>", false],
  ["<{%", false],
])("%j as a name: %s", (text, isSafe) => expect(SAFE_TEXT.test(text)).toBe(isSafe));

test.each([
  ["Ops", true],
  ["\u3164", false],
  ["\u2800\u2800", false],
  ["Ops <{%x%}>", false],
])("%j as a subject: %s", (text, isSafe) => expect(safeTitle(128).test(text)).toBe(isSafe));

test.each([
  ["", true],
  ["one\ntwo", true],
  ["one\n<{%two", false],
])("%j as a description: %s", (text, isSafe) => expect(safeLines(2_048).test(text)).toBe(isSafe));

test("whatever comes from outside is shown on one line, without escapes and without marks of Pulumi's terminal", () => {
  expect(clean("a\u001b[2J\nb<{%reset%}>\u202e")).toBe("a\\u{1b}[2J\\u{a}b<{ %reset%}>\\u{202e}");
});

test("an unsafe character is told by its number, and by its name where a person may have met it", () => {
  expect(unsafeCharacter("a\u200eb")).toBe("U+200E LEFT-TO-RIGHT MARK");
  expect(unsafeCharacter("a\u0007b")).toBe("U+0007");
  expect(unsafeCharacter("ab")).toBeUndefined();
});

test.each([
  ["", true],
  [" \u3164\t", true],
  ["\u200c.", false],
])("%j looks blank: %s", (text, blank) => expect(isBlank(text)).toBe(blank));
