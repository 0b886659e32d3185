import { parseDocument } from "yaml";
import { z } from "zod";
import { digits, limits, statuses, userId, type Business, type Group, type Member } from "./groups/types";
import { inviteLink, World } from "./groups/world";
import { templateKey } from "./messages/rules";
import { messageSchema, senderShape, templateSchema } from "./messages/stored";

/**
 * The seed file: what the world is when the emulator starts. What `GET /_emulator/state` shows and what `--data` stores
 * is of the same form, so either can be a seed.
 */
const quoted = ({ input }: { readonly input?: unknown }): string =>
  input === undefined ? "is missing" : "must be a quoted string";
const number = z.string({ error: quoted }).regex(digits, "must be digits with the country code, without plus");
const row = z.string({ error: quoted }).refine((text) => text === "" || digits.test(text) || userId.test(text), {
  error: 'must be digits with the country code (no plus), a user id such as US.1349, or "" for a row without a number',
});
const reads = z.int().min(1).nullable();

const textSchema = z.strictObject({
  subject: z.string().max(limits.subject),
  description: z.string().max(limits.description),
  inviteLink: z.string().startsWith("https://").nullable(),
  profilePictureFile: z.string().nullable(),
  modified: z.int().min(0),
});

const groupSchema = z.strictObject({
  groupId: z.string({ error: quoted }).min(1),
  subject: z.string().max(limits.subject).default(""),
  description: z.string().max(limits.description).default(""),
  status: z.enum(statuses).default("ACTIVE"),
  inviteLink: z.string().startsWith("https://").nullable().optional(),
  profilePictureFile: z.string().nullable().default(null),
  participants: z
    .array(row)
    .max(limits.participants, `has more than the ${limits.participants} that WhatsApp allows`)
    .refine((rows) => new Set(rows.filter((text) => text !== "")).size === rows.filter((text) => text !== "").length, {
      error: "names somebody twice",
    })
    .default([]),
  removed: z.array(row).default([]),
  leaving: z.array(z.strictObject({ number: row, reads })).default([]),
  modified: z.int().min(0).default(0),
  settling: z.strictObject({ to: z.enum(["ACTIVE", "GONE"]), reads }).optional(),
  listedAs: z.strictObject({ row: textSchema.nullable(), reads }).optional(),
});

const shape = z.strictObject({
  businessNumbers: z.record(
    number,
    z.strictObject({
      custSpaceId: z.string({ error: quoted }).min(1),
      ...senderShape,
      groups: z.array(groupSchema).default([]),
      templates: z.array(templateSchema).default([]),
      messages: z.array(messageSchema).default([]),
    }),
  ),
  serial: z.int().min(0).default(0),
});

export const seedSchema = shape.superRefine((seed, context) => {
  for (const { path, message } of conflicts(seed)) context.addIssue({ code: "custom", path: [...path], message });
});

interface Conflict {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What is right in itself, and wrong beside something else of the seed. */
function* conflicts({ businessNumbers }: z.output<typeof shape>): Generator<Conflict> {
  const [seenGroups, seenTemplates, seenMessages] = [new Set(), new Set(), new Set()];
  const twice = (seen: Set<unknown>, key: string): boolean => seen.size === seen.add(key).size;
  for (const [business, { custSpaceId, groups, templates, messages }] of Object.entries(businessNumbers)) {
    const at = ["businessNumbers", business];
    for (const [index, { groupId, participants, removed }] of groups.entries()) {
      const path = [...at, "groups", index];
      if (twice(seenGroups, groupId))
        yield { path: [...path, "groupId"], message: "is the groupId of another group too" };
      if (participants.some((participant) => removed.includes(participant))) {
        yield { path: [...path, "removed"], message: "names a participant of the group" };
      }
    }
    for (const [index, template] of templates.entries()) {
      if (!twice(seenTemplates, `${custSpaceId} ${templateKey(template)}`)) continue;
      const message = `is there twice for ${custSpaceId}: ${template.code} in ${template.language}`;
      yield { path: [...at, "templates", index], message };
    }
    for (const [index, { messageId }] of messages.entries()) {
      if (!twice(seenMessages, messageId)) continue;
      yield { path: [...at, "messages", index, "messageId"], message: "is the messageId of another message too" };
    }
  }
}

export type Seed = z.input<typeof seedSchema>;
/** A seed with all defaults filled in: also the form of `GET /_emulator/state`. */
export type State = z.output<typeof seedSchema>;

/** All that is wrong with a seed, one line a problem. */
export class SeedError extends Error {
  override readonly name = "SeedError";
}

/** Reads the text of a seed file, YAML or JSON. Throws a SeedError that lists every problem. */
export function parseSeed(text: string, file: string): World {
  const document = parseDocument(text);
  const problems = document.errors.map((error) => error.message.split("\n")[0] ?? error.message);
  if (problems.length > 0) throw new SeedError(report(file, problems));
  return worldOf(document.toJS(), file);
}

/** Makes the world of a seed. Throws a SeedError that lists every problem. */
export function worldOf(seed: unknown, name = "seed"): World {
  const result = seedSchema.safeParse(seed);
  if (!result.success) {
    throw new SeedError(
      report(
        name,
        result.error.issues.map((issue) => `${place(issue.path)}: ${messageOf(issue)}`),
      ),
    );
  }
  const businesses = Object.entries(result.data.businessNumbers).map(
    ([key, business]) => [key, businessOf(key, business)] as const,
  );
  return new World(new Map(businesses), result.data.serial);
}

/** The state of the world, in the form of a seed. */
export function stateOf(world: World): State {
  const businessNumbers = [...world.businesses.values()].map(
    (business) => [business.number, stateOfBusiness(business)] as const,
  );
  return { businessNumbers: Object.fromEntries(businessNumbers), serial: world.lastSerial };
}

type BusinessState = State["businessNumbers"][string];

function businessOf(key: string, state: BusinessState): Business {
  const { custSpaceId, groups, templates, messages, ...sender } = state;
  return {
    number: key,
    custSpaceId,
    sender,
    groups: new Map(groups.map((group) => [group.groupId, groupOf(group)])),
    templates: new Map(templates.map((template) => [templateKey(template), template])),
    messages: new Map(
      messages.map(({ failure, ...message }) => [
        message.messageId,
        { ...message, ...(failure === undefined ? {} : { failure }) },
      ]),
    ),
  };
}

function stateOfBusiness({ custSpaceId, sender, groups, templates, messages }: Business): BusinessState {
  return {
    custSpaceId,
    ...sender,
    groups: [...groups.values()].map(stateOfGroup),
    templates: [...templates.values()],
    messages: [...messages.values()].map((message) => ({ ...message, parameters: { ...message.parameters } })),
  };
}

type GroupState = z.output<typeof groupSchema>;

export function stateOfGroup({ members, ...group }: Group): GroupState {
  return {
    ...group,
    participants: members.flatMap((member) => (member.leaving === undefined ? [member.row] : [])),
    removed: [...group.removed],
    leaving: members.flatMap(({ row: text, leaving }) =>
      leaving === undefined ? [] : [{ number: text, reads: leaving }],
    ),
  };
}

function groupOf({ participants, leaving, inviteLink: link, settling, listedAs, ...group }: GroupState): Group {
  const members: Member[] = [
    ...participants.map((text) => ({ row: text })),
    ...leaving.map(({ number: text, reads: left }) => ({ row: text, leaving: left })),
  ];
  return {
    ...group,
    members,
    inviteLink: link === undefined ? inviteLink(group.groupId) : link,
    ...(settling === undefined ? {} : { settling }),
    ...(listedAs === undefined ? {} : { listedAs }),
  };
}

function messageOf(issue: z.core.$ZodIssue): string {
  return issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
}

function place(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : `${index > 0 ? "." : ""}${String(step)}`))
    .join("");
}

function report(name: string, problems: readonly string[]): string {
  return [
    `${name}: ${problems.length} problem${problems.length === 1 ? "" : "s"}`,
    ...problems.map((text) => `  ${text}`),
  ].join("\n");
}
