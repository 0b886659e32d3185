import { z } from "zod";
import { parseEndpoint } from "../cams/endpoint";
import { readNumber } from "../numbers";

/** A number, or the text of one; what is empty, null or a truth value is none. */
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

/** An optional text: Pulumi.yaml can declare an optional key only with an empty default. */
const optional = z.string().transform((text) => (text.trim() === "" ? undefined : text.trim()));

const number = optional.transform((text, context) => {
  if (text === undefined) return undefined;
  const found = readNumber(text);
  if (found === undefined) context.addIssue('it has to be a number with its country code, such as "8613800000000"');
  return found;
});

const numbers = z
  .preprocess(toList, z.array(z.string("every entry has to be quoted"), "it has to be a list of quoted numbers"))
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

const endpoint = z.string().transform((text, context) => {
  const parsed = parseEndpoint(text);
  if ("error" in parsed) {
    context.addIssue(parsed.error);
    return z.NEVER;
  }
  return parsed;
});

/**
 * The settings of a stack (`stacks/Pulumi.<stack>.yaml`, namespace `rollcall`). The one source of their names, types,
 * defaults and bounds; `Pulumi.yaml` declares the same, and a test holds the two together. Times are milliseconds.
 */
export const settingsSchema = z.strictObject({
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
  auditLog: optional.prefault("").describe("File to which each attempted removal is appended as a JSON line"),
});

/** Checked settings of one stack. */
export type Settings = z.output<typeof settingsSchema>;

/** A list, or the JSON text of one, as Pulumi hands lists over. */
export function toList(value: unknown): unknown {
  try {
    return typeof value === "string" ? (JSON.parse(value) as unknown) : value;
  } catch {
    return value;
  }
}
