import type { GroupInfo } from "../../../src/cams";
import { ambiguousGroup, type Intent } from "../../../src/groups/guards/ambiguous-group";

const wish = { name: "jakarta/ops", file: "stacks/prod/jakarta/ops.yaml", subject: "Ops" };
const row = (group: string, subject: string, status = "ACTIVE"): GroupInfo => ({
  ...{ group, subject, status, description: "", inviteLink: "" },
});

const DO =
  "Another one is not made, since the two could not be told apart. " +
  "Write `group:` with the id that is meant into stacks/prod/jakarta/ops.yaml, or give it another subject";
const UNREAD =
  "jakarta/ops: the stack's state could not be read, so it is not known whether this group was made before, and it is not made. " +
  "Make `pulumi stack export` work (log in, give the passphrase), and run again";

test("a group without a subject is as good as any other without one", () => {
  const none = { ...wish, subject: undefined };
  expect(ambiguousGroup(none, [row("A", "Ops")], "none")).toBeUndefined();
  expect(ambiguousGroup(none, [row("A", "")], "none")).toMatch(
    /^jakarta\/ops: 1 group with the subject "" is there already/,
  );
});

test.each<[string, Intent, readonly GroupInfo[], string | undefined]>([
  ["none has the subject", "none", [row("A", "Sales")], undefined],
  [
    "one has it, and nobody asked for one: it was made by hand",
    "none",
    [row("A", "Ops")],
    `jakarta/ops: 1 group with the subject "Ops" is there already: A (ACTIVE). ${DO}`,
  ],
  [
    "several have it",
    "none",
    [row("A", "Ops"), row("B", "Sales"), row("C", "Ops", "CREATING")],
    `jakarta/ops: 2 groups with the subject "Ops" are there already: A (ACTIVE), C (CREATING). ${DO}`,
  ],
  ["the one that has it is being deleted", "none", [row("A", "Ops", "DELETING")], undefined],
  ["none has it, and one was asked for", "asked", [], undefined],
  ["one has it, and one was asked for: it is found", "asked", [row("A", "Ops")], undefined],
  [
    "several have it, and one was asked for",
    "asked",
    [row("A", "Ops"), row("B", "Ops")],
    `jakarta/ops: this group was asked for, and 2 groups with the subject "Ops" are there: A (ACTIVE), B (ACTIVE). ${DO}`,
  ],
  ["none has it, and the state can't be read", "unknown", [], UNREAD],
  ["one has it, and the state can't be read", "unknown", [row("A", "Ops")], UNREAD],
  [
    "what CAMS says can't move text",
    "none",
    [row("A\u001b[31m", "Ops", "\u202e")],
    `jakarta/ops: 1 group with the subject "Ops" is there already: A\\u{1b}[31m (\\u{202e}). ${DO}`,
  ],
])("%s", (_, intent, groups, message) => expect(ambiguousGroup(wish, groups, intent)).toBe(message));
