/**
 * Every code that a problem may have. Codes are stable: they are never renamed or given another meaning. Each is
 * described with an example in docs/roster-reference.md.
 */
export const CODES = [
  // The folder and its files
  "no-folder",
  "no-rosters",
  "yml-file",
  "bad-file-name",
  "link-outside",
  "link-broken",
  "not-a-file",
  "too-large",
  "not-utf8",
  "control-character",
  "too-deep",
  "empty-file",
  "too-many-problems",
  // YAML
  "yaml-syntax",
  "tab",
  "many-documents",
  "duplicate-key",
  "alias",
  "anchor",
  "merge-key",
  "tag",
  "directive",
  "complex-key",
  // Keys and values
  "unknown-key",
  "missing-key",
  "conflicting-keys",
  "wrong-type",
  "wrong-value",
  "unquoted-number",
  "bad-text",
  "bad-key",
  "bad-group",
  "bad-number",
  "trunk-prefix",
  "impossible-number",
  "unlikely-number",
  "bad-date",
  "empty-list",
  // What entries say together
  "duplicate-entry",
  "duplicate-number",
  "duplicate-id",
  "duplicate-group",
  "duplicate-subject",
  "unknown-person",
  "unknown-set",
  "unknown-group",
  "set-cycle",
  "sets-too-deep",
  "sets-too-large",
  "too-many-people",
  "exclude-nobody",
  "expires-soon",
  "release-passed",
  "future-consent",
  // What the stack's settings say
  "missing-template",
] as const;

export type Code = (typeof CODES)[number];
