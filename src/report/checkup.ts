import { clean } from "../roster/clean";
import { align } from "./summary";

/** One thing that was looked at. */
export interface Finding {
  readonly level: "ok" | "warn" | "fail";
  readonly what: string;
  readonly said: string;
  /** What to do about it; empty when there is nothing to do. */
  readonly todo: string;
}

const STYLES = { ok: "\u001b[32m", warn: "\u001b[33m", fail: "\u001b[1;31m" } as const;

/** One line a finding. */
export function checkupText(findings: readonly Finding[], { colour }: { readonly colour: boolean }): string {
  const rows = findings.map(({ level, what, said, todo }) => [
    level,
    what,
    todo === "" ? clean(said) : `${clean(said)}: ${clean(todo)}`,
  ]);
  const paint = (line: string, level: Finding["level"]) =>
    colour ? `${STYLES[level]}${line.slice(0, level.length)}\u001b[0m${line.slice(level.length)}` : line;
  return align(rows)
    .map((line, index) => `${paint(line, findings[index]?.level ?? "ok")}\n`)
    .join("");
}
