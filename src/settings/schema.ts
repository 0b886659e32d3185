import { z } from "zod";
import { parseEndpoint } from "../cams/endpoint";
import { readNumber } from "../numbers";

/** Some ten years. */
const MOST_DAYS = 3_650;

/** Turns text into a number. Blank text, null, true and false stay as they are, and are refused as no numbers. */
function toNumber(value: unknown): unknown {
  return typeof value === "string" && value.trim() !== "" ? Number(value) : value;
}

const whole = (least: number, most: number) =>
  z.preprocess(
    toNumber,
    z
      .number("it has to be a whole number")
      .int("it has to be a whole number")
      .min(least, `it has to be at least ${least}`)
      .max(most, `it may be at most ${most}`),
  );

/** Turns the text of a truth value, as Pulumi gives it, into the value. Everything else stays as it is, and is refused. */
function toTruth(value: unknown): unknown {
  return value === "true" ? true : value === "false" ? false : value;
}

/** An optional text: Pulumi.yaml can declare an optional key only with an empty default. */
const optional = z.string().transform((text) => (text.trim() === "" ? undefined : text.trim()));

const number = optional.transform((text, context) => {
  if (text === undefined) return undefined;
  const found = readNumber(text);
  if (found === undefined) context.addIssue('it has to be a number with its country code, such as "8613800000000"');
  return found;
});

const numbers = z
  .preprocess(fromJson, z.array(z.string("every entry has to be quoted"), "it has to be a list of quoted numbers"))
  .transform((list, context) =>
    list.map((text, index) => {
      const found = readNumber(text);
      if (found === undefined)
        context.addIssue({
          code: "custom",
          message: 'every entry has to be a quoted number with its country code, such as "+62 811 0000 001"',
          path: [index],
        });
      return found ?? "";
    }),
  );

const template = optional.transform((text, context) => {
  if (text !== undefined && !/^[\x21-\x7e]{1,128}$/.test(text))
    context.addIssue("it has to be a template code as CAMS shows it: without blanks, at most 128 characters");
  return text;
});

/** What a template variable may take. */
const TAKEN = ["name", "subject", "link"] as const;
type Taken = (typeof TAKEN)[number];

const parameters = z
  .preprocess(
    fromJson,
    z.record(z.string(), z.unknown(), "it has to map each variable of the template to name, subject or link"),
  )
  .transform((given, context): Readonly<Record<string, Taken>> => {
    const refuse = (variable: string | undefined, message: string): void =>
      context.addIssue({ code: "custom", message, path: variable === undefined ? [] : [variable] });
    const read = Object.entries(given).flatMap(([variable, value]): [string, Taken][] => {
      const taken = TAKEN.find((one) => one === value);
      if (!/^[^\s$()]+$/.test(variable)) refuse(variable, "a variable has to be its bare name: link for $(link)");
      if (taken === undefined) refuse(variable, "it has to be name, subject or link");
      return taken === undefined ? [] : [[variable, taken]];
    });
    if (!Object.values(given).includes("link"))
      refuse(undefined, "one variable has to take the link: an invitation without the link lets nobody in");
    return Object.fromEntries(read);
  });

const endpoint = z.string().transform((text, context) => {
  const parsed = parseEndpoint(text);
  if (parsed.kind === "ok") return parsed.endpoint;
  context.addIssue(parsed.message);
  return z.NEVER;
});

/**
 * The settings of a stack (`stacks/Pulumi.<stack>.yaml`, namespace `rollcall`). This is the one source of their names,
 * types, defaults and bounds. `Pulumi.yaml` declares the same, and a test checks that the two agree. Times are in
 * milliseconds.
 */
export const settingsSchema = z
  .strictObject({
    rosters: optional
      .prefault("")
      .describe("Folder of the stack's rosters, relative to the project root (default: stacks/<stack>)"),
    endpoint: endpoint
      .prefault("cams.ap-southeast-1.aliyuncs.com")
      .describe("CAMS endpoint, host[:port]; http:// for loopback addresses only"),
    businessNumber: number
      .prefault("")
      .describe("WhatsApp business number, digits with country code, for rosters that do not say"),
    custSpaceId: optional.prefault("").describe("CAMS instance or sub-customer space id, for rosters that do not say"),
    channelType: z.enum(["WHATSAPP"], "it has to be WHATSAPP").default("WHATSAPP").describe("CAMS channel type"),
    callsPerSecond: whole(1, 1_000).default(5).describe("The pace for all calls of one process"),
    connectTimeoutMs: whole(1, 600_000).default(5_000).describe("Longest wait for a connection, in milliseconds"),
    readTimeoutMs: whole(1, 600_000).default(10_000).describe("Longest wait for an answer, in milliseconds"),
    confirmTimeoutMs: whole(0, 600_000)
      .default(30_000)
      .describe("Longest wait for removed people to be gone from the listing, in milliseconds"),
    undeclared: z
      .enum(["remove", "report"], "it has to be remove or report")
      .default("remove")
      .describe("What happens to people who are not declared, for rosters that do not say: remove or report"),
    onAdopt: z
      .enum(["spare", "remove"], "it has to be spare or remove")
      .default("spare")
      .describe("What the first up of a group does to people who are not declared: spare or remove"),
    maxRemovalsPerGroup: whole(0, 1_000_000).default(2).describe("Most people removed from one group in one run"),
    maxRemovalsPerRun: whole(0, 1_000_000).default(10).describe("Most people removed in one run"),
    maxGroupsPerPerson: whole(0, 1_000_000)
      .default(3)
      .describe("Most groups that one person may be removed from in one run"),
    maxNewGroupsPerRun: whole(0, 1_000_000).default(5).describe("Most groups that one run makes"),
    inviteLink: z
      .enum(["keep", "open", "while-awaited"], "it has to be keep, open or while-awaited")
      .default("keep")
      .describe("What happens to invite links, for rosters that do not say: keep, open or while-awaited"),
    invitationTemplate: template
      .prefault("")
      .describe("CAMS template (code) with which awaited people are sent the link; none: nobody is invited"),
    invitationLanguage: z
      .string("it has to be a language as CAMS writes it, such as en, en_US or zh_CN")
      .regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, "it has to be a language as CAMS writes it, such as en, en_US or zh_CN")
      .default("en")
      .describe("Language of the template, such as en, en_US or zh_CN"),
    invitationParameters: parameters
      .default({ name: "name", group: "subject", link: "link" })
      .describe("Variables of the template, and what each takes: name, subject or link"),
    requireConsent: z
      .preprocess(toTruth, z.boolean("it has to be true or false"))
      .default(true)
      .describe("Whether only people with consent in people.yaml, or of their own entry, are invited"),
    maxInvitationsPerRun: whole(0, 1_000_000).default(20).describe("Most people invited in one run"),
    remindAfterDays: whole(0, MOST_DAYS - 1)
      .default(0)
      .describe("Days after which an invited person who has not joined is reminded; 0: never"),
    maxReminders: whole(0, 1_000_000).default(1).describe("Most reminders of one invitation"),
    invitationLapsesAfterDays: whole(1, MOST_DAYS)
      .default(30)
      .describe("Days after which an invitation lapses: the person is reported, and not invited again"),
    protect: numbers.default([]).describe("Numbers never removed from any group"),
    display: z
      .enum(["full", "masked"], "it has to be full or masked")
      .default("full")
      .describe("How numbers are shown in messages, reports and previews: full or masked"),
    maskKey: optional
      .prefault("")
      .describe(
        "Secret that keys the digests of masked numbers (default: the stack's passphrase, else the access key's secret)",
      ),
    auditLog: optional
      .prefault("")
      .describe(
        "File to which each attempted removal, change of a group or its link, and invitation is appended as JSON lines",
      ),
  })
  .refine(
    ({ remindAfterDays: days, invitationLapsesAfterDays: end }) => !(days > 0 && Number.isFinite(end) && days >= end),
    {
      error: ({ input }) =>
        `it has to be less than rollcall:invitationLapsesAfterDays (${String((input as Lapse).invitationLapsesAfterDays)}), since nobody is reminded of a lapsed invitation`,
      path: ["remindAfterDays"],
      // Also beside other faults: what is no finite number is compared with nothing.
      when: () => true,
    },
  );

interface Lapse {
  readonly invitationLapsesAfterDays: number;
}

/** Checked settings of one stack. */
export type Settings = z.output<typeof settingsSchema>;

/** Turns the JSON text of a list or an object, as Pulumi gives them, into the value. Everything else stays as it is. */
export function fromJson(value: unknown): unknown {
  try {
    return typeof value === "string" ? (JSON.parse(value) as unknown) : value;
  } catch {
    return value;
  }
}
