import type { InviteWish } from "../invitations/types";
import type { Digits } from "../membership/types";
import type { Roster } from "../roster";
import type { Settings } from "../settings";

/** The wish of groups in which nobody has consent; undefined when the stack has no template. */
export function inviteWishOf(settings: Settings): InviteWish | undefined {
  const { invitationTemplate: code, invitationLanguage: language, invitationParameters: parameters } = settings;
  if (code === undefined) return undefined;
  return {
    consent: new Map(),
    template: { code, language, parameters },
    requireConsent: settings.requireConsent,
    remindAfterDays: settings.remindAfterDays,
    maxReminders: settings.maxReminders,
    lapsesAfterDays: settings.invitationLapsesAfterDays,
  };
}

/** Thousands of groups share the template; those without anybody's consent share the whole wish. */
export function withConsent(standard: InviteWish, { members }: Roster): InviteWish {
  const consent = new Map<Digits, string>();
  for (const { number, consent: day } of members) if (day !== undefined) consent.set(number, day);
  return consent.size === 0 ? standard : { ...standard, consent };
}
