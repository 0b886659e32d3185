import { z } from "zod";
import { categories, numberStatuses, qualities, templateStatuses, tiers } from "./types";

/** How the seed holds senders, templates and messages: read strictly, with defaults. */
const quoted = ({ input }: { readonly input?: unknown }): string =>
  input === undefined ? "is missing" : "must be a quoted string";
const text = z.string({ error: quoted }).min(1);
const time = z.int().min(0).nullable();

/** The facts of a business number; they stand beside its `custSpaceId`. */
export const senderShape = {
  official: z.boolean().default(true),
  tier: z.enum(tiers).default("TIER_1K"),
  quality: z.enum(qualities).default("GREEN"),
  status: z.enum(numberStatuses).default("CONNECTED"),
};

export const templateSchema = z.strictObject({
  code: text,
  name: text,
  language: text.default("en"),
  category: z.enum(categories).default("UTILITY"),
  status: z.enum(templateStatuses).default("pass"),
  body: text.refine((body) => !/\{\{.*?\}\}/.test(body), {
    error: "has a variable of Meta's form; CAMS writes it as $(name)",
  }),
  quality: z.enum(qualities).default("UNKNOWN"),
  categoryChangePaused: z.boolean().default(false),
});

export const messageSchema = z.strictObject({
  messageId: text,
  uniqueMessageId: text,
  to: text.regex(/^[0-9]+$/, "must be digits with the country code, without plus"),
  template: text,
  language: text,
  parameters: z.record(z.string(), z.string()),
  text: z.string(),
  at: z.int().min(0),
  listed: time,
  delivered: time,
  read: time,
  failure: z.strictObject({ at: z.int().min(0), code: text }).optional(),
});
