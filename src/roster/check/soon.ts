/** Memberships that end within a week: a warning, so that nobody is removed by surprise. */

import { addDays, type Day } from "../resolve/dates";
import { quote } from "../../text/clean";
import { type Fault, type Path, valueAt, warning } from "../fault";
import { WARN_DAYS } from "../limits";
import { entries, items, textField } from "../yaml/raw";
import type { Source } from "./known";

export const rosterEndings = ({ file, value }: Source, today: Day): Fault[] =>
  items(value, "members").flatMap(([index, entry]) => {
    const who = textField(entry, "person") ?? textField(entry, "name") ?? "member";
    return ending(
      file,
      ["members", index, "until"],
      textField(entry, "until"),
      `The membership of ${quote(who)}`,
      "they are removed",
      today,
    );
  });

export const setEndings = ({ file, value }: Source, today: Day): Fault[] =>
  entries(value, "sets").flatMap(([key, set]) =>
    ending(
      file,
      ["sets", key, "until"],
      textField(set, "until"),
      `The set ${quote(key)}`,
      "its people are removed",
      today,
    ),
  );

function ending(file: string, path: Path, until: string | undefined, what: string, then: string, today: Day): Fault[] {
  if (until === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(until) || until < today || addDays(today, WARN_DAYS) < until)
    return [];
  const message = `${what} ends after ${until === today ? "today" : until}: from the next day on ${then}.`;
  return [
    warning(valueAt(file, ...path), "expires-soon", message, "Write a later day if that is too early; else leave it."),
  ];
}
