import { z } from "zod";
import { GROUP_SIZE } from "../cams";
import { maskNumber } from "../membership/mask";
import { readNumber } from "../membership/number";
import type { Settings } from "../settings";

/** Digits of a number in international form, as people write it. */
function digits(written: string): string {
  return written.replace(/[\s().+-]/g, "");
}

/** Digits as CAMS lists people. A member without country code removes nobody wrongly: the guards hold near misses. */
const NUMBER = /^\d{5,15}$/;
/** Whoever is protected has to be spelt as CAMS lists them, so with country code. */
const number = z.string("it has to be a quoted number with its country code").transform((text, context) => {
  const found = readNumber(text);
  if (found === undefined) context.addIssue("it has to be a number with its country code, such as +62 811 0000 001");
  return found ?? "";
});

/** How a number is quoted as somebody wrote it, by the setting `display`. */
export const QUOTED: Readonly<Record<Settings["display"], (written: string) => string>> = {
  full: (written) => written,
  masked: maskNumber,
};

const members = (quoted: (written: string) => string) =>
  z.record(z.string(), z.string("every member has to have a name, be it empty")).transform((written, context) => {
    const read = new Map<string, string>();
    for (const [key, name] of Object.entries(written)) {
      const found = digits(key);
      if (!NUMBER.test(found)) context.addIssue(`"${quoted(key)}" is not a number in international form`);
      else if (read.has(found)) context.addIssue(`"${quoted(key)}" is a second entry for one number`);
      read.set(found, name);
    }
    if (read.size > GROUP_SIZE)
      context.addIssue(`${read.size} people are declared, but a group holds at most ${GROUP_SIZE}`);
    return Object.fromEntries(read);
  });

/**
 * The arguments of the resource as `check` takes them in: everything that can be told in a program, checked here for
 * good, since a policy that is misread may remove somebody. Unknown arguments are refused for the same reason.
 */
const schema = (quoted: (written: string) => string) =>
  z.strictObject({
    group: z.string("it has to be a CAMS GroupId").regex(/^\S+$/, "it has to be a CAMS GroupId"),
    businessNumber: z
      .string("it has to be quoted digits")
      .regex(NUMBER, 'it has to be digits with country code, such as "8613800000000"'),
    custSpaceId: z
      .string("it has to be a CAMS CustSpaceId")
      .regex(/^\S+$/, "it has to be a CAMS CustSpaceId, such as cams-8c8e"),
    members: members(quoted),
    undeclared: z.enum(["remove", "report"], "it has to be remove or report").optional(),
    onAdopt: z.enum(["spare", "remove"], "it has to be spare or remove").optional(),
    allowEmpty: z.boolean("it has to be true or false").optional(),
    maxRemovals: z.int("it has to be a whole number").min(0, "it has to be at least 0").optional(),
    protect: z.array(number).optional(),
  });

/** By the setting `display`, which says how faults quote numbers. */
export const argumentsSchema = { full: schema(QUOTED.full), masked: schema(QUOTED.masked) };
