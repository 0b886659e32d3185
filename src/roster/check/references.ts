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

/** A record of the source is one person's: else an import would not know whose it is. */
export function idFaults({ file, value }: Source): Fault[] {
  const twice = new Once("duplicate-id");
  return entries(value, "people").flatMap(([key, person]) => {
    const id = textField(person, "id");
    const place = valueAt(file, "people", key, "id");
    return twice.see(
      id,
      place,
      `The id ${quote(id ?? "")} of ${quote(key)} is another person's too.`,
      "Delete one of the two entries, or one of the two ids.",
    );
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
    ...missingGroup(file, value),
    ...missingSubject(file, value),
    ...idleRevision(file, value),
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

/** Without either nobody can tell which group is meant. */
function missingGroup(file: string, value: unknown): Fault[] {
  if (!isMapping(value) || "group" in value || "subject" in value) return [];
  const keys = Object.keys(value);
  if (keys.length === 0 || nearest("group", keys) !== undefined || nearest("subject", keys) !== undefined) return [];
  const message = "The roster names no group: group and subject are missing.";
  const hint =
    "Add `group:` with the id that CAMS shows, such as `group: EA93UU0042`, or `subject:` with a name, and the group is made.";
  return [fault(keyAt(file), "missing-key", message, hint)];
}

/** A description is kept by the same resource as the subject. */
function missingSubject(file: string, value: unknown): Fault[] {
  if (!isMapping(value) || !("description" in value) || "subject" in value) return [];
  if (nearest("subject", Object.keys(value)) !== undefined) return [];
  const message = "The roster has a description, and no subject.";
  return [
    fault(keyAt(file, "description"), "missing-key", message, "Add `subject:` with the name that the group has."),
  ];
}

/** A link that is never touched has no revision. Where the stack says so, the run refuses it. */
function idleRevision(file: string, value: unknown): Fault[] {
  if (!isMapping(value) || !("linkRevision" in value) || value.inviteLink !== "keep") return [];
  const message = "linkRevision does nothing beside `inviteLink: keep`, which never touches the link.";
  return [
    fault(
      keyAt(file, "linkRevision"),
      "conflicting-keys",
      message,
      "Write `inviteLink: open` or `while-awaited`, or delete linkRevision.",
    ),
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

/** CAMS tells nothing of a group that it makes but its subject, so two of one subject could not be told apart. */
export function subjectFaults(rosters: readonly Source[]): Fault[] {
  const twice = new Once("duplicate-subject");
  return rosters.flatMap(({ file, value }) => {
    const subject = textField(value, "subject");
    if (subject === undefined || textField(value, "group") !== undefined) return [];
    const account = (textField(value, "businessNumber") ?? "").replace(/\D/g, "");
    const message = `Another roster makes a group with the subject ${quote(subject)}, too, and CAMS could not tell the two apart.`;
    const hint = "Give one of the two another subject, or write the `group:` that it has.";
    return twice.see(`${account} ${subject}`, valueAt(file, "subject"), message, hint);
  });
}

const some = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);
