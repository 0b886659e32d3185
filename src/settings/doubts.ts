import { maskNumber } from "../text/mask";
import { checkNumber } from "../numbers";
import type { Settings } from "./schema";

/**
 * What is doubtful in settings though it stops nothing: protected numbers that cannot exist, which are misspelt, or listed
 * so by CAMS. One line each.
 */
export function settingsDoubts({ protect, display }: Pick<Settings, "protect" | "display">): readonly string[] {
  const shown = display === "masked" ? maskNumber : (number: string) => number;
  return protect.flatMap((digits) => {
    const checked = checkNumber(`+${digits}`, { quote: (number) => `"${shown(number)}"` });
    return checked.kind === "fault"
      ? [`rollcall:protect: ${checked.message} ${checked.hint} If CAMS itself lists it so, leave it.`]
      : [];
  });
}
