"use strict";
/**
 * What is searched for, and what fits. These files are classic scripts of one page (page/tsconfig.json), and see each other's
 * functions.
 *
 * @typedef {import("../src/report/who/page-data").PageData} PageData
 * @typedef {{ text: string, marks: ReadonlySet<string>, names: readonly string[] }} Indexed a group; `marks` are what is said of it
 *   besides its people, `names` are in the order of these
 * @typedef {{ words: readonly string[], digits: string, masked: string }} Query `digits` and `masked` are empty when no number, or
 *   no masked one, is searched for
 * @typedef {{ at: number, people: readonly number[], isGuess: boolean }} Found a group, and who of it is shown, by their places;
 *   `isGuess`: a masked number fits, which may be somebody else's
 */

/** A number has to be at least so long to be searched for by its digits. */
const FEWEST_DIGITS = 3;
const MASK = "•";

/** Text as it is compared: small letters without accents, and without characters that have no width. @param {string} text */
function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]+/gu, "")
    .toLowerCase();
}

/** @param {PageData["groups"]} groups @returns {readonly Indexed[]} */
function indexOf(groups) {
  return groups.map(([name, id, subject, remarks, people]) => ({
    text: fold(`${name} ${id} ${subject}`),
    marks: new Set(remarks.map(([state]) => state)),
    names: people.map(([, , called]) => fold(called)),
  }));
}

/** A number as people copy it from chats, cards and links, in plain characters. @param {string} text */
function plainNumber(text) {
  return text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/[\u2010-\u2015\u2212/]/g, "-")
    .trim()
    .replace(/^tel:/i, "")
    .replace("(0)", "");
}

/** @param {string} text as somebody typed it @returns {Query} */
function queryOf(text) {
  const words = fold(text)
    .split(/\s+/)
    .filter((word) => word !== "");
  const plain = plainNumber(text);
  const digits = /^[\d\s+().-]+$/.test(plain) ? plain.replace(/\D/g, "").replace(/^00/, "") : "";
  return {
    words,
    digits: digits.length < FEWEST_DIGITS ? "" : digits,
    masked: plain.includes(MASK) && plain.length >= FEWEST_DIGITS ? plain : "",
  };
}

/**
 * Whether a number, perhaps masked, is the one that is searched for. Of a masked one only a whole number can be compared.
 * @param {string} number @param {Query} query
 */
function fitsNumber(number, { digits, masked }) {
  if (masked !== "") return number.includes(masked) ? "yes" : "no";
  if (digits === "") return "no";
  // What follows the mark tells masked numbers apart, and is no part of them.
  const [shown = ""] = number.split("~", 1);
  if (shown.includes(digits)) return "yes";
  if (!shown.includes(MASK) || shown.length !== digits.length) return "no";
  return [...shown].every((digit, at) => digit === MASK || digit === digits[at]) ? "perhaps" : "no";
}

/**
 * @param {PageData} data
 * @param {readonly Indexed[]} index of its groups
 * @param {Query} query
 * @param {ReadonlySet<string>} only states that are shown; none: all
 * @returns {readonly Found[]}
 */
function find({ states, groups }, index, query, only) {
  const { words } = query;
  // Nobody knows more of people in groups that are not known than that they are declared.
  const isChosen = states.map((state) => only.size === 0 || only.has(state === "declared" ? "not known" : state));
  /** @type {Found[]} */
  const found = [];
  for (const [at, [, , , , people]] of groups.entries()) {
    const { text = "", marks, names = [] } = index[at] ?? {};
    const isGroup = words.every((word) => text.includes(word));
    /** @type {number[]} */
    const shown = [];
    let isGuess = false;
    for (const [place, [state, number]] of people.entries()) {
      if (isChosen[state] !== true) continue;
      const name = names[place] ?? "";
      const isNamed = isGroup || words.every((word) => name.includes(word) || text.includes(word));
      const fits = isNamed ? "yes" : fitsNumber(number, query);
      if (fits !== "no") shown.push(place);
      isGuess ||= fits === "perhaps";
    }
    const isShown = isGroup && (only.size === 0 || [...(marks ?? [])].some((mark) => only.has(mark)));
    if (isShown || shown.length > 0) found.push({ at, people: shown, isGuess });
  }
  return found;
}

/** @param {number} count @param {string} one @param {string} more */
const counted = (count, one, more) => `${count.toLocaleString("en")} ${count === 1 ? one : more}`;

/**
 * The answer in a line: how much was found, and what keeps it from being whole.
 * @param {PageData} data
 * @param {readonly Indexed[]} index of its groups
 * @param {Query} query
 * @param {readonly Found[]} found
 */
function answerOf({ groups }, index, query, found) {
  const { words, digits } = query;
  const shown = new Set(found.map(({ at }) => at));
  const hidden =
    words.length === 0 ? 0 : index.filter(({ marks }, at) => marks.has("not known") && !shown.has(at)).length;
  const nameless = found.length > 0 ? 0 : index.filter(({ marks }) => marks.has("unidentified")).length;
  const people = found.reduce((sum, one) => sum + one.people.length, 0);
  const isMasked = () => groups.some(([, , , , all]) => all.some(([, number]) => number.includes(MASK)));
  const parts = [
    found.length === 0
      ? "Nothing fits"
      : `${counted(found.length, "group", "groups")} of ${groups.length.toLocaleString("en")}, ${counted(people, "person", "people")}`,
    ...(found.some(({ isGuess }) => isGuess) ? ["Perhaps: numbers are masked"] : []),
    ...(found.length === 0 && digits.startsWith("0")
      ? ["Write a number with its country code, such as +62 812 3456 7801"]
      : []),
    ...(found.length === 0 && digits !== "" && isMasked() ? ["Numbers are masked: write the whole number"] : []),
    ...(hidden === 0 ? [] : [`${counted(hidden, "group is", "groups are")} not known: they may be there`]),
    ...(nameless === 0
      ? []
      : [`${counted(nameless, "group has", "groups have")} rows without a number: each may be anybody`]),
  ];
  return parts.length === 1 && found.length > 0 ? parts.join("") : `${parts.join(". ")}.`;
}
