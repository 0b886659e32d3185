/** Names that are used, held against those that are given. */

import { quote } from "../../text/clean";
import { fault } from "../fault";
import type { Known } from "./known";
import { didYouMean } from "../../text/nearest";
import { numberHint } from "../words/number-hint";
import { digitsOf, numberFault } from "./numbers";
import type { Check } from "./once";
import { KEY_PATTERN, NUMBER_PATTERN } from "./shape";

export const personFault =
  ({ people }: Known): Check =>
  (person, place) => {
    if (people === undefined || people.has(person) || !KEY_PATTERN.test(person)) return [];
    const none =
      people.size === 0
        ? "Add the person to people.yaml at the top of the stack's folder."
        : `Add ${quote(person)} to people.yaml, or write a key that is there.`;
    return [
      fault(
        place,
        "unknown-person",
        `The person ${quote(person)} is not in people.yaml.`,
        didYouMean(person, people.keys(), none),
      ),
    ];
  };

export const setFault =
  ({ sets, people }: Known): Check =>
  (set, place) => {
    if (sets === undefined || sets.has(set) || !KEY_PATTERN.test(set)) return [];
    const isPerson = people?.has(set) === true;
    const none = isPerson
      ? `${quote(set)} is a person: people stand under members.`
      : `Add the set ${quote(set)} to sets.yaml.`;
    return [fault(place, "unknown-set", `The set ${quote(set)} is not in sets.yaml.`, didYouMean(set, sets, none))];
  };

export const groupFault =
  ({ rosters }: Known): Check =>
  (group, place) => {
    if (rosters.has(group)) return [];
    const hint = didYouMean(group, rosters, "Write the roster's path without .yaml, such as jakarta/ops.");
    return [fault(place, "unknown-group", `There is no roster ${quote(group)} in this stack.`, hint)];
  };

export const numberOrPersonFault =
  (known: Known): Check =>
  (text, place) => {
    if (NUMBER_PATTERN.test(text)) {
      const asListed = known.listed.has(digitsOf(text));
      const found = numberFault(place, text, { asListed, standing: "released" });
      return found === undefined ? [] : [found];
    }
    if (!/^\+|^[\d ().-]{6,}$/.test(text)) return personFault(known)(text, place);
    return known.people?.has(text) === true
      ? []
      : [fault(place, "bad-number", `${quote(text)} is not a number in international form.`, numberHint(text))];
  };
