import { maxInvitationsPerRun, type GroupInvitees } from "../../../src/invitations/guards/max-invitations-per-run";
import type { Invitee } from "../../../src/invitations/types";
import { maskNumber } from "../../../src/text/mask";
import { ANA, BUDI, CITRA, full } from "../../membership/world";
import { person } from "../world";

const invitee = (number: string, purpose: Invitee["purpose"] = "first"): Invitee => ({ ...person(number), purpose });
const into = (name: string, ...invite: readonly Invitee[]): GroupInvitees => ({ name, invite });

test.each<[string, readonly GroupInvitees[], number, string | undefined]>([
  ["nobody", [], 0, undefined],
  ["groups in which nobody is invited", [into("a"), into("b")], 0, undefined],
  ["as many as the limit", [into("a", invitee(ANA)), into("b", invitee(ANA), invitee(BUDI))], 3, undefined],
  [
    "one more than the limit",
    [into("a", invitee(ANA)), into("jakarta/ops"), into("c", invitee(BUDI, "reminder"), invitee("628990000001"))],
    2,
    `3 invitations would be sent, more than the run's limit of 2: a: Ana (${ANA}); c: Budi (${BUDI}), 628990000001. ` +
      "To permit it, set rollcall:maxInvitationsPerRun to 3",
  ],
  [
    "any, where none may be sent",
    [into("a", invitee(CITRA))],
    0,
    `1 invitation would be sent, more than the run's limit of 0: a: Citra (${CITRA}). ` +
      "To permit it, set rollcall:maxInvitationsPerRun to 1",
  ],
])("%s", (_, all, limit, message) => expect(maxInvitationsPerRun(all, limit, full)).toBe(message));

test("the refusal writes numbers as the settings want them", () => {
  const message = maxInvitationsPerRun([into("a", invitee(ANA))], 0, maskNumber);
  expect(message).toContain("Ana (6281••••••01)");
  expect(message).not.toMatch(/\d{7}/);
});
