import * as pulumi from "@pulumi/pulumi";
import { parseConfig } from "../settings";

let settingsAreChecked = false;

/**
 * Checks the settings. A misspelt key or namespace would otherwise leave a limit at its default without any message.
 */
export function checkSettings(): void {
  if (settingsAreChecked) return;
  const parsed = parseConfig(pulumi.runtime.allConfig(), pulumi.getProject());
  if (parsed.kind === "invalid") throw new pulumi.RunError(`wrong settings:\n${parsed.problems.join("\n")}`);
  settingsAreChecked = true;
}

/** Whether numbers must not be shown in full. */
export const isMasked = (): boolean => new pulumi.Config("rollcall").get("display") === "masked";
