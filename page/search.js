"use strict";
/**
 * What is searched for, and what fits. These files are classic scripts of one page (page/tsconfig.json), and see each other's
 * functions.
 *
 * @typedef {import("../src/report/who/page-data").PageData} PageData
 * @typedef {{ text: string, isUnclear: boolean, names: readonly string[] }} Indexed a group; `names` in the order of its people
 * @typedef {{ words: readonly string[], digits: string }} Query `digits` is empty when no number is searched for
 * @typedef {{ at: number, people: readonly number[] }} Found a group, and who of it is shown, by their places
 */

/** A number has to be at least so long to be searched for by its digits. */
const FEWEST_DIGITS = 3;
const MASK = "•";

/** Text as it is compared: small letters without accents. @param {string} text */
function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}

/** @param {PageData["groups"]} groups @returns {readonly Indexed[]} */
function indexOf(groups) {
  return groups.map(([name, id, subject, remarks, people]) => ({
    text: fold(`${name} ${id} ${subject}`),
    isUnclear: remarks.some(([state]) => state === "not known" || state === "unidentified"),
    names: people.map(([, , called]) => fold(called)),
  }));
}

/** @param {string} text as somebody typed it @returns {Query} */
function queryOf(text) {
  const words = fold(text)
    .split(/\s+/)
    .filter((word) => word !== "");
  const digits = /^[\d\s+().-]+$/.test(text) ? text.replace(/\D/g, "").replace(/^00/, "") : "";
  return { words, digits: digits.length < FEWEST_DIGITS ? "" : digits };
}

/** Whether a number, perhaps masked, has these digits. @param {string} number @param {string} digits */
function hasDigits(number, digits) {
  if (number.includes(digits)) return true;
  const [masked = ""] = number.split("~");
  if (!masked.includes(MASK) || masked.length !== digits.length) return false;
  return [...masked].every((digit, at) => digit === MASK || digit === digits[at]);
}

/**
 * @param {PageData} data
 * @param {readonly Indexed[]} index of its groups
 * @param {Query} query
 * @param {ReadonlySet<string>} only states that are shown; none: all
 * @returns {readonly Found[]}
 */
function find({ states, groups }, index, { words, digits }, only) {
  /** @type {Found[]} */
  const found = [];
  for (const [at, [, , , , people]] of groups.entries()) {
    const { text = "", isUnclear = false, names = [] } = index[at] ?? {};
    const isGroup = words.every((word) => text.includes(word));
    /** @type {number[]} */
    const shown = [];
    for (const [place, [state, number]] of people.entries()) {
      if (only.size > 0 && !only.has(states[state] ?? "")) continue;
      const name = names[place] ?? "";
      const isNamed = words.every((word) => name.includes(word) || text.includes(word));
      if (isGroup || isNamed || (digits !== "" && hasDigits(number, digits))) shown.push(place);
    }
    const isShown = only.size === 0 ? isGroup : isGroup && isUnclear && only.has("not known");
    if (isShown || shown.length > 0) found.push({ at, people: shown });
  }
  return found;
}
