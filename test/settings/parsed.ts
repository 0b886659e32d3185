import { parseSettings, type Settings } from "../../src/settings";

/** Settings that are right. */
export function ok(raw: Record<string, unknown>): Settings {
  const parsed = parseSettings(raw);
  if (parsed.kind === "invalid") throw new Error(parsed.problems.join("\n"));
  return parsed.settings;
}

/** What is wrong with settings. */
export function problems(raw: Record<string, unknown>): readonly string[] {
  const parsed = parseSettings(raw);
  return parsed.kind === "invalid" ? parsed.problems : [];
}
