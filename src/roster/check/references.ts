/**
 * What entries say together, within a file and across files. Looked for in the values as they were written, also in
 * files that have other faults, so that one run tells all.
 */

import { quote } from "../../text/clean";
import { type Fault, fault, keyAt, valueAt } from "../fault";
import { isAsListed, type Known, numberOf, type Source } from "./known";
import { groupFault, numberOrPersonFault, personFault, setFault } from "./names";
import { nearest } from "../../text/nearest";
import { digitsOf, numberFault } from "./numbers";
import { listFaults, Once } from "./once";
import { entries, isMapping, items, textField } from "../yaml/raw";
import { NUMBER_PATTERN } from "./shape";

export function peopleFaults({ file, value }: Source): Fault[] {
  const twice = new Once("duplicate-number");
  return entries(value, "people").flatMap(([key, person]) => {
    const number = textField(person, "number");
    if (number === undefined) return [];
    const place = valueAt(file, "people", key, "number");
    const same = NUMBER_PATTERN.test(number)
      ? twice.see(
          digitsOf(number),
          place,
          `The number ${quote(number)} of ${quote(key)} is another person's too.`,
          "Delete one of the two, or mend its number.",
        )
      : [];
    return [...some(numberFault(place, number, { asListed: isAsListed(person), standing: "declared" })), ...same];
  });
}

export function setsFaults({ file, value }: Source, known: Known): Fault[] {
  return entries(value, "sets").flatMap(([key, set]) => [
    ...listFaults(file, set, ["sets", key, "members"], personFault(known)),
    ...listFaults(file, set, ["sets", key, "include"], setFault(known)),
  ]);
}

export function releasesFaults({ file, value }: Source, known: Known, today: string): Fault[] {
  return items(value, "releases").flatMap(([index, release]) => {
    const until = textField(release, "until");
    const passed =
      until !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(until) && until < today
        ? [
            fault(
              valueAt(file, "releases", index, "until"),
              "release-passed",
              `The release ended on ${until}, and today is ${today}.`,
              "Delete the release: what it permitted is done, or must be asked for again.",
            ),
          ]
        : [];
    return [
      ...listFaults(file, release, ["releases", index, "people"], numberOrPersonFault(known)),
      ...listFaults(file, release, ["releases", index, "groups"], groupFault(known)),
      ...passed,
    ];
  });
}

export function rosterFaults({ file, value }: Source, known: Known): Fault[] {
  const twice = new Once("duplicate-number");
  const members = items(value, "members").flatMap(([index, entry]) => {
    const number = textField(entry, "number");
    const person = textField(entry, "person");
    const place = valueAt(file, "members", index, person === undefined ? "number" : "person");
    const digits = person === undefined ? numberOf(entry) : known.people?.get(person);
    const who = quote(person ?? number ?? "");
    const same = twice.see(
      digits ?? (person === undefined ? undefined : `person ${person}`),
      place,
      `${who} is a member twice.`,
      "Delete one of the two.",
    );
    const unknown = person === undefined ? [] : personFault(known)(person, place);
    return [
      ...unknown,
      ...(number === undefined || person !== undefined
        ? []
        : some(numberFault(place, number, { asListed: isAsListed(entry), standing: "declared" }))),
      ...same,
    ];
  });
  return [
    ...members,
    ...listFaults(file, value, ["include"], setFault(known)),
    ...listFaults(file, value, ["exclude"], personFault(known)),
    ...listFaults(file, value, ["protect"], (number, place) => some(numberFault(place, number, { standing: "noted" }))),
    ...missingMembers(file, value),
  ];
}

/** A roster that says nothing about people is more likely unfinished than meant to be empty. */
function missingMembers(file: string, value: unknown): Fault[] {
  if (!isMapping(value) || "members" in value || "include" in value) return [];
  const keys = Object.keys(value);
  if (keys.length === 0 || nearest("members", keys) !== undefined || nearest("include", keys) !== undefined) return [];
  const hint = "Add `members:` with a list of people; write `members: []` if the group is to be empty.";
  return [
    fault(keyAt(file), "missing-key", "The roster says nothing about people: members and include are missing.", hint),
  ];
}

/** One CAMS group in two rosters would be swept by each of the other's people. */
export function groupFaults(rosters: readonly Source[]): Fault[] {
  const twice = new Once("duplicate-group");
  return rosters.flatMap(({ file, value }) => {
    const group = textField(value, "group");
    const hint = "Keep one roster for each group: delete one of the two, or mend its group.";
    return group === undefined
      ? []
      : twice.see(group, valueAt(file, "group"), `The group ${quote(group)} has a roster already.`, hint);
  });
}

const some = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);
