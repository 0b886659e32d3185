import type { Digits } from "../../membership/types";
import { maskNumbers } from "../../text/mask";

type Show = (number: Digits) => string;

const SAMPLE = "6281234567801";

/** Whether numbers are shown masked. */
export const isMasking = (show: Show): boolean => show(SAMPLE) !== SAMPLE;

/** A group's subject as people may see it: no invite link, since it lets anybody in, and numbers masked where they are. */
export function shownSubject(subject: string, show: Show): string {
  const text = subject.replace(/(?:https?:\/\/)?chat\.whatsapp\.com[^\s"'<>]*/gi, "[invite link]");
  return isMasking(show) ? maskNumbers(text) : text;
}
