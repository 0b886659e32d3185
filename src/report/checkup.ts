import { clean } from "../text/clean";
import { paint, type Style } from "../text/paint";
import { align } from "./summary";

/** One thing that was looked at. */
export interface Finding {
  readonly level: "ok" | "warn" | "fail";
  readonly what: string;
  readonly said: string;
  /** What to do about it; empty when there is nothing to do. */
  readonly todo: string;
}

export const ok = (what: string, said: string): Finding => ({ level: "ok", what, said, todo: "" });
export const warn = (what: string, said: string, todo: string): Finding => ({ level: "warn", what, said, todo });
export const fail = (what: string, said: string, todo: string): Finding => ({ level: "fail", what, said, todo });

/** Most names that one line gives; of thousands of groups these tell where to begin. */
const MOST_NAMES = 5;

/**
 * What a finding is about, for the beginning of its sentence: one name, or how many there are and the first names.
 * @param noun of several
 */
export function subjectOf(names: readonly string[], noun: string): string {
  const first = [...names].sort().slice(0, MOST_NAMES).join(", ");
  if (names.length === 1) return first;
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  return `${names.length} ${noun}, ${first}${more},`;
}

const STYLES: Readonly<Record<Finding["level"], Style>> = { ok: "green", warn: "yellow", fail: ["bold", "red"] };

/** One line a finding. */
export function checkupText(findings: readonly Finding[], { colour }: { readonly colour: boolean }): string {
  const rows = findings.map(({ level, what, said, todo }) => [
    level,
    what,
    todo === "" ? clean(said) : `${clean(said)}: ${clean(todo)}`,
  ]);
  const painted = (line: string, level: Finding["level"]) =>
    paint(line.slice(0, level.length), STYLES[level], colour) + line.slice(level.length);
  return align(rows)
    .map((line, index) => `${painted(line, findings[index]?.level ?? "ok")}\n`)
    .join("");
}
