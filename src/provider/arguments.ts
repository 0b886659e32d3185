import { z } from "zod";
import { GROUP_SIZE } from "../cams";
import { readNumber } from "../membership/number";

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

const members = z
  .record(z.string(), z.string("every member has to have a name, be it empty"))
  .transform((written, context) => {
    const read = new Map<string, string>();
    for (const [key, name] of Object.entries(written)) {
      const found = digits(key);
      if (!NUMBER.test(found)) context.addIssue(`"${key}" is not a number in international form`);
      else if (read.has(found)) context.addIssue(`"${key}" is a second entry for one number`);
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
export const argumentsSchema = z.strictObject({
  group: z.string("it has to be a CAMS GroupId").regex(/^\S+$/, "it has to be a CAMS GroupId"),
  businessNumber: z
    .string("it has to be quoted digits")
    .regex(NUMBER, 'it has to be digits with country code, such as "8613800000000"'),
  custSpaceId: z
    .string("it has to be a CAMS CustSpaceId")
    .regex(/^\S+$/, "it has to be a CAMS CustSpaceId, such as cams-8c8e"),
  members,
  undeclared: z.enum(["remove", "report"], "it has to be remove or report").optional(),
  onAdopt: z.enum(["spare", "remove"], "it has to be spare or remove").optional(),
  allowEmpty: z.boolean("it has to be true or false").optional(),
  maxRemovals: z.int("it has to be a whole number").min(0, "it has to be at least 0").optional(),
  protect: z.array(number).optional(),
});

/** Checked arguments. */
export type Arguments = z.output<typeof argumentsSchema>;
