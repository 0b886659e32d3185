/** Keys of rosters that do nothing with the settings of their stack. A run refuses them too. */

import { quote } from "../../text/clean";
import { type Fault, fault, keyAt } from "../fault";
import type { Roster } from "../types";

/** What the settings of a stack say for its rosters; undefined where it is not known. */
export interface StackSettings {
  readonly stack: string;
  readonly inviteLink: "keep" | "open" | "while-awaited" | undefined;
  /** Whether there is a template for invitations. */
  readonly hasTemplate: boolean | undefined;
}

export const settingsFaults = (rosters: readonly Roster[], settings: StackSettings): Fault[] =>
  rosters.flatMap((roster) => [...idleRevision(roster, settings), ...missingTemplate(roster, settings)]);

function idleRevision({ file, inviteLink, linkRevision }: Roster, settings: StackSettings): Fault[] {
  if (linkRevision === undefined || (inviteLink ?? settings.inviteLink) !== "keep") return [];
  const message = `linkRevision does nothing: rollcall:inviteLink of stack ${quote(settings.stack)} is keep, which never touches the link.`;
  const hint = "Add `inviteLink: open` or `while-awaited`, here or as the setting, or delete linkRevision.";
  return [fault(keyAt(file, "linkRevision"), "conflicting-keys", message, hint)];
}

function missingTemplate({ file, invite }: Roster, { stack, hasTemplate }: StackSettings): Fault[] {
  if (invite !== true || hasTemplate !== false) return [];
  const message = `Nobody can be invited: stack ${quote(stack)} has no template for that.`;
  const hint = "Set rollcall:invitationTemplate, or delete invite.";
  return [fault(keyAt(file, "invite"), "missing-template", message, hint)];
}
