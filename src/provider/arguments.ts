import { z } from "zod";
import { GROUP_SIZE } from "../cams";
import { maskNumber } from "../text/mask";
import { checkNumber, readNumber } from "../numbers";
import type { Settings } from "../settings";
import { account, groupId, NUMBER } from "./account-arguments";
import type { Bag } from "./shapes";

/** A written number without the characters that people put between its digits. */
const plain = (written: string): string => written.replace(/[\s().-]/g, "");
const digits = (written: string): string => plain(written).replace(/^\+/, "");

/** A protected number has to be spelt as CAMS lists it, with country code; whether it can exist is not checked. */
const number = z.string("it has to be a quoted number with its country code").transform((text, context) => {
  const found = readNumber(text);
  if (found === undefined) context.addIssue("it has to be a number with its country code, such as +62 811 0000 001");
  return found ?? "";
});
/** What CAMS lists is taken as it is, as long as it is digits. */
const listed = z.string("it has to be a quoted number as CAMS lists it").transform((text, context) => {
  const found = digits(text);
  if (!NUMBER.test(found)) context.addIssue("it has to be a number as CAMS lists it, such as 22997123456");
  return found;
});

type Quote = (written: string) => string;

/** How a number that somebody wrote is quoted, by the setting `display`. */
export const QUOTED: Readonly<Record<Settings["display"], Quote>> = {
  full: (written) => written,
  masked: maskNumber,
};

const AS_LISTED = "If CAMS itself lists it so, name it in asListed.";

/**
 * What is wrong with a member's number, as somebody wrote it. A plus says that the country code follows. A number
 * without a plus has to be one that its country's plan knows. Any other number may be in the form that is dialled at
 * home, such as `0811…` or Russia's `8 912…`. It would then match nobody, and its owner would be removed.
 */
function memberFault(written: string, isListed: (digits: string) => boolean, quoted: Quote): string | undefined {
  const found = digits(written);
  if (!NUMBER.test(found)) return `"${quoted(written)}" is not a number in international form`;
  if (isListed(found)) return undefined;
  const checked = checkNumber(written, { quote: (text) => `"${quoted(text)}"` });
  if (checked.kind === "ok") return undefined;
  const hasPlus = plain(written).startsWith("+");
  if (hasPlus && checked.kind === "unlikely") return undefined;
  if (hasPlus && checked.code === "trunk-prefix") return `${checked.message} ${checked.hint}`;
  if (hasPlus) return `${checked.message} ${checked.hint} ${AS_LISTED}`;
  return (
    `"${quoted(written)}" is no number that its country's plan knows, and may be one as it is dialled at home. ` +
    `Write it with plus and country code, such as +62 811 0000 001. ${AS_LISTED}`
  );
}

const members = (quoted: Quote, isListed: (digits: string) => boolean) =>
  z.record(z.string(), z.string("every member has to have a name, be it empty")).transform((written, context) => {
    const read = new Map<string, string>();
    for (const [key, name] of Object.entries(written)) {
      const found = digits(key);
      const wrong = memberFault(key, isListed, quoted);
      if (wrong !== undefined) context.addIssue(wrong);
      else if (read.has(found)) context.addIssue(`"${quoted(key)}" is a second entry for one number`);
      read.set(found, name);
    }
    if (read.size > GROUP_SIZE)
      context.addIssue(`${read.size} people are declared, but a group holds at most ${GROUP_SIZE}`);
    return Object.fromEntries(read);
  });

/**
 * The arguments of the resource, as `check` gets them. Everything that a program can pass is checked here, because a
 * policy that is misread may remove somebody. Unknown arguments are refused for the same reason.
 */
const schema = (quoted: Quote, isListed: (digits: string) => boolean) =>
  z.strictObject({
    group: groupId,
    ...account,
    members: members(quoted, isListed),
    undeclared: z.enum(["remove", "report"], "it has to be remove or report").optional(),
    onAdopt: z.enum(["spare", "remove"], "it has to be spare or remove").optional(),
    allowEmpty: z.boolean("it has to be true or false").optional(),
    maxRemovals: z.int("it has to be a whole number").min(0, "it has to be at least 0").optional(),
    protect: z.array(number).optional(),
    asListed: z.array(listed).optional(),
  });

const schemas = (isListed: (digits: string) => boolean) => ({
  full: schema(QUOTED.full, isListed),
  masked: schema(QUOTED.masked, isListed),
});

/** Made once: there may be ten thousand groups, and few of them have numbers in `asListed`. */
const STRICT = schemas(() => false);
/** With a roll call: the program has already checked the numbers of its rosters. */
const CHECKED = schemas(() => true);

/**
 * The schema of what a resource was given.
 * @param display says how faults quote numbers
 * @param isRolled whether the arguments come with a roll call
 */
export function argumentsSchema(display: Settings["display"], given: Bag, isRolled: boolean) {
  if (isRolled) return CHECKED[display];
  const texts = Array.isArray(given.asListed) ? given.asListed.filter((one) => typeof one === "string") : [];
  if (texts.length === 0) return STRICT[display];
  const known = new Set(texts.map(digits));
  return schema(QUOTED[display], (found) => known.has(found));
}
