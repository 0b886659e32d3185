/**
 * The JSON of the commands, as shapes: what programs may rely on. Fields may be added in later versions, so the schemas
 * allow more than they name; none is renamed or taken away within a major version.
 */
import { z } from "zod";
import { REASONS, type Reason } from "../membership/reasons";

const person = { number: z.string().describe("Digits, or masked where `display` says so"), name: z.string() };
const reason = z.enum(Object.keys(REASONS) as Reason[]);
const count = z.int().min(0);
const groupId = z.string().describe("CAMS GroupId");
const groupOrNone = groupId.nullable().describe("CAMS GroupId; null for a group that is still to be made");
const resource = z.string().describe("The resource's name: the roster's path without extension");

const refusals = z
  .array(z.object({ rule: z.string(), message: z.string() }))
  .describe("Guards that refuse, each with who, how many, the limit, and what would permit it");
const runRefusals = z
  .array(
    z.object({
      rule: z.string(),
      message: z.string(),
      holds: z.literal("invitations").optional().describe("Nobody is invited; all else goes on"),
    }),
  )
  .describe("Of the whole run: with one that has no `holds`, nobody is removed");
const removals = z.array(z.object({ ...person, reason }));
/** Of somebody awaited, where people are to be invited. */
const standing = {
  standing: z
    .enum([
      ...(["to-invite", "invited", "removed-before", "adoption", "held", "not-listed", "group-not-active"] as const),
      ...(["no-link", "no-consent", "failed", "unknown", "lapsed", "no-room", "not-in-the-plan"] as const),
    ])
    .optional()
    .describe(
      "How it stands with the invitation: `to-invite` in this run, `invited`, or why not; absent where nobody is to be invited",
    ),
  purpose: z
    .enum(["first", "reminder", "new-link", "again", "released"])
    .optional()
    .describe("Of somebody with `to-invite`: why a message is sent"),
  invitation: z
    .object({
      state: z.enum(["accepted", "delivered", "read", "failed", "unknown", "lapsed"]),
      since: z.iso.datetime().describe("When the invitation began"),
      at: z.iso.datetime().describe("When its last message was sent, or tried"),
      messages: count.describe("Messages that were sent, or may have been"),
      reminders: count,
      why: z.string().optional().describe("Why the last message failed, as CAMS says it"),
    })
    .optional()
    .describe("What is on record; absent when there is nothing"),
};

const awaited = {
  removedBefore: z.literal(true).optional().describe("Removed from this group before: its link does not let them in"),
  ...standing,
};
const awaiting = z
  .array(z.object({ ...person, inviteLink: z.string().optional(), ...awaited }))
  .describe("Declared and not there; the link only where numbers are in full");
const unidentified = count.describe("Rows that are not a plain number");

const invitations = {
  invitations: z.array(z.object(person)).optional().describe("Who is to be invited in this run; absent when nobody is"),
  endedInvitations: z
    .array(z.object({ ...person, how: z.enum(["joined", "withdrawn"]) }))
    .optional()
    .describe("Invitations that ended since the last run: the person is there, or not declared any more"),
};
const invitationCount = { invitations: count.describe("People to invite") };

const fromTo = z.object({ from: z.string(), to: z.string() });
/** Of one group: only what there is to do. */
const upkeep = {
  create: z.literal(true).optional().describe("The group is made; absent when it is there"),
  subject: z.string().optional().describe("Of a group that is made"),
  set: z
    .object({ subject: fromTo.optional(), description: fromTo.optional() })
    .optional()
    .describe("Texts that are set; absent when they are as declared"),
  link: z
    .enum(["make", "renew", "close"])
    .optional()
    .describe("What happens to the invite link: a renewal ends the old one; absent when nothing does"),
  linkReason: z.string().optional(),
};
const upkeepCounts = {
  newGroups: count.describe("Groups that are made"),
  links: count.describe("Links that are made, renewed or closed"),
};

const letGo = z
  .array(z.object({ name: resource, group: groupId }))
  .optional()
  .describe(
    "Groups that the state knows and no roster declares: up forgets them and removes nobody; absent when there are none",
  );

const plan = z.object({
  letGo,
  groups: z.array(
    z.object({
      name: resource,
      group: groupOrNone,
      ...upkeep,
      ...invitations,
      removals: removals.describe("Empty in a group that a guard holds"),
      held: removals.optional().describe("Who would go, were the group not held; absent when nobody"),
      awaiting,
      left: z.array(z.object(person)).describe("There at an earlier run, left on their own"),
      spared: z.array(z.object({ ...person, because: z.enum(["adoption", "report", "protect", "plan"]) })),
      unidentified,
      refusals,
    }),
  ),
  notLookedAt: count
    .optional()
    .describe("Groups that `--changed-since` left out, which are not in `groups`; absent when none"),
  refusals: runRefusals,
  summary: z.object({
    groups: count,
    removals: count,
    awaiting: count,
    left: count,
    spared: count,
    refusals: count,
    ...upkeepCounts,
    ...invitationCount,
  }),
});

const drift = z.object({
  letGo,
  groups: z.array(
    z.object({
      name: resource,
      group: groupOrNone,
      ...upkeep,
      ...invitations,
      joined: z.array(z.object({ ...person, declared: z.boolean() })),
      left: z.array(z.object(person)),
      awaiting,
      removals,
      unidentified,
      refusals,
    }),
  ),
  refusals: runRefusals,
  summary: z.object({
    groups: count,
    joined: count,
    left: count,
    awaiting: count,
    removals: count,
    changes: count.describe("Groups whose subject or description is not as declared"),
    refusals: count,
    ...upkeepCounts,
    ...invitationCount,
  }),
});

const state = {
  reason: reason.optional().describe("Why the next `up` may remove them"),
  because: z.enum(["adoption", "report", "protect", "plan"]).optional().describe("Why they stay all the same"),
};

const who = z.object({
  notes: z
    .array(z.string())
    .optional()
    .describe("What a reader has to know to trust the rest, such as that the state was not read; absent when nothing"),
  groups: z.array(
    z.object({
      name: resource,
      group: groupOrNone,
      subject: z
        .string()
        .nullable()
        .describe(
          "As CAMS lists it, or, of a group that is still to be made, as its roster says; null when it is not known",
        ),
      create: z.literal(true).optional().describe("The group is still to be made; absent when it is there"),
      notKnown: z
        .string()
        .optional()
        .describe(
          "Why nobody knows who is in the group: then the lists are empty and `declared` is there; absent when it is known",
        ),
      declared: z.array(z.object(person)).optional().describe("Of a group that is not known: who is declared"),
      doubt: z.string().optional().describe("Why a guard does not believe the listing; absent when none doubts it"),
      present: z.array(z.object(person)).describe("Declared, and in the group"),
      awaiting: z.array(z.object({ ...person, ...awaited })).describe("Declared, and not there"),
      left: z.array(z.object(person)).describe("There at an earlier run, left on their own"),
      undeclared: z.array(z.object({ ...person, ...state })).describe("In the group, and not declared"),
      unidentified,
    }),
  ),
});

const diff = z.object({
  base: z.string().describe("Commit"),
  head: z.string().describe("Commit"),
  groups: z.array(
    z.object({
      stack: z.string(),
      name: resource,
      group: groupId.optional().describe("CAMS GroupId; absent where the roster names none"),
      change: z.enum(["changed", "added", "deleted", "unknown"]),
      settings: z
        .array(z.string())
        .optional()
        .describe("What changes of the group itself, a line each; absent when nothing does"),
      removals,
      joins: z.array(
        z.object({
          ...person,
          via: z.array(z.string()).describe("The sets through which they are declared, outermost first"),
          until: z.iso.date().optional(),
        }),
      ),
      spared: z.array(z.object({ ...person, because: z.enum(["report", "protect"]) })),
    }),
  ),
  people: z.array(
    z.object({
      stack: z.string(),
      ...person,
      removals: z.array(resource),
      joins: z.array(resource),
      spared: z.array(resource),
    }),
  ),
  summary: z.object({ groups: count, removals: count, joins: count, spared: count }),
});

const outcome = z.enum(["planned", "done", "failed"]);

const report = z.object({
  kind: z.enum(["preview", "update"]),
  letGo,
  groups: z.array(
    z.object({
      name: resource,
      group: groupOrNone,
      removals: z.array(z.object({ ...person, reason: z.string() })),
      outcome,
    }),
  ),
  newGroups: z
    .array(z.object({ name: resource, subject: z.string(), outcome }))
    .optional()
    .describe("Groups that are made; absent when there are none"),
  changes: z
    .array(z.object({ name: resource, what: z.enum(["subject", "description"]), change: z.string(), outcome }))
    .optional()
    .describe("Texts that are set, each as `from → to`; absent when there are none"),
  links: z
    .array(z.object({ name: resource, link: z.enum(["make", "renew", "close"]), linkReason: z.string(), outcome }))
    .optional()
    .describe("Links that are made, renewed or closed; absent when there are none"),
  invitations: z
    .array(z.object({ name: resource, people: z.array(z.object(person)), outcome }))
    .optional()
    .describe("Who is invited, by group; absent when nobody is"),
  refusals,
  notes: z.array(z.string()).describe("Warnings of the run, and which groups were not looked at"),
  errors: z.array(z.string()),
  summary: z.object({
    groups: count,
    removals: count,
    refusals: count,
    errors: count,
    failed: count.describe("Groups whose update, or that of their link or their invitations, failed"),
    ...upkeepCounts,
    invitations: count.describe("People who are invited"),
    changes: count.describe("Groups of which a text is set"),
  }),
});

const validate = z.object({
  problems: z.array(
    z.object({
      file: z.string().describe("From the project's folder"),
      line: z.int().min(1),
      column: z.int().min(1),
      code: z.string().describe("Stable; docs/roster-reference.md lists all"),
      severity: z.enum(["error", "warning"]),
      message: z.string(),
      hint: z.string(),
    }),
  ),
});

/** By the command that prints them with `--format json`. */
export const OUTPUTS = { plan, drift, who, diff, report, validate } as const;

export type Output = keyof typeof OUTPUTS;

/** As `rollcall schema` prints it and schema/output/<command>.schema.json holds it: a JSON Schema of draft 7. */
export const outputSchemaText = (command: Output): string =>
  `${JSON.stringify(z.toJSONSchema(OUTPUTS[command], { target: "draft-7", io: "input" }), undefined, 2)}\n`;
