import { Refusal } from "../errors";
import { limits } from "../groups/types";
import type { Call } from "./call";

/** The Subject parameter, trimmed as WhatsApp does; undefined when there is none. */
export function subjectOf(call: Call): string | undefined {
  const subject = call.params.get("Subject")?.trim();
  if (subject === undefined) return undefined;
  if (subject === "") throw new Refusal("InvalidParameter.SubjectInvalid", "The Subject is blank.");
  return within("Subject", subject, limits.subject);
}

/** The Description parameter; undefined when there is none. */
export function descriptionOf(call: Call): string | undefined {
  const description = call.params.get("Description");
  return description === undefined ? undefined : within("Description", description, limits.description);
}

function within(name: string, text: string, limit: number): string {
  const length = [...text].length;
  if (length <= limit) return text;
  throw new Refusal("InvalidParameter.SubjectInvalid", `The ${name} has ${length} characters, ${limit} are allowed.`);
}
