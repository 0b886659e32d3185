import { maskNumber } from "../text/mask";
import { checkNumber } from "../numbers";
import { settingsSchema, type Settings } from "./schema";

/** Doubts about settings, one line each. They do not stop a run. */
export const settingsDoubts = (settings: Settings): readonly string[] => [
  ...doubtfulNumbers(settings),
  ...idleInvitations(settings),
];

/** A protected number that can't exist is doubtful: it is misspelt, or CAMS lists it so. */
function doubtfulNumbers({ protect, display }: Settings): readonly string[] {
  const shown = display === "masked" ? maskNumber : (number: string) => number;
  return protect.flatMap((digits) => {
    const checked = checkNumber(`+${digits}`, { quote: (number) => `"${shown(number)}"` });
    return checked.kind === "fault"
      ? [`rollcall:protect: ${checked.message} ${checked.hint} If CAMS itself lists it so, leave it.`]
      : [];
  });
}

const OF_INVITATIONS = [
  ...(["invitationLanguage", "invitationParameters", "requireConsent", "maxInvitationsPerRun"] as const),
  ...(["remindAfterDays", "maxReminders", "invitationLapsesAfterDays"] as const),
];

/** How invitations are sent, where none are. Pulumi gives the defaults too, so only other values count as set. */
function idleInvitations(settings: Settings): readonly string[] {
  if (settings.invitationTemplate !== undefined) return [];
  const standard = settingsSchema.parse({});
  return OF_INVITATIONS.filter((key) => textOf(settings[key]) !== textOf(standard[key])).map(
    (key) =>
      `rollcall:${key} does nothing: without rollcall:invitationTemplate nobody is invited. Set the template, or delete this setting.`,
  );
}

const textOf = (value: Settings[(typeof OF_INVITATIONS)[number]]): string =>
  JSON.stringify(typeof value === "object" ? Object.entries(value).sort() : value);
