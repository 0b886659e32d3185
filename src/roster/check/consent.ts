/** The days on which people agreed to be written to: nobody has agreed on a day that is still to come. */

import type { Day } from "../resolve/dates";
import { quote } from "../../text/clean";
import { type Fault, fault, type Path, valueAt } from "../fault";
import { entries, items, textField } from "../yaml/raw";
import type { Source } from "./known";

export const personConsents = ({ file, value }: Source, today: Day): Fault[] =>
  entries(value, "people").flatMap(([key, person]) => ahead(file, ["people", key], person, key, today));

export const memberConsents = ({ file, value }: Source, today: Day): Fault[] =>
  items(value, "members").flatMap(([index, entry]) => {
    const who = textField(entry, "person") ?? textField(entry, "name") ?? "member";
    return ahead(file, ["members", index], entry, who, today);
  });

function ahead(file: string, path: Path, entry: unknown, who: string, today: Day): Fault[] {
  const consent = textField(entry, "consent");
  if (consent === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(consent) || consent <= today) return [];
  const message = `The consent of ${quote(who)} is of ${consent}, and today is ${today} (UTC).`;
  const hint = "Write the day on which they agreed, or delete the key if they did not yet.";
  return [fault(valueAt(file, ...path, "consent"), "future-consent", message, hint)];
}
