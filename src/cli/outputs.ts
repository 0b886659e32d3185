/**
 * The JSON of the commands, as shapes: what programs may rely on. Fields may be added in later versions, so the schemas
 * allow more than they name; none is renamed or taken away within a major version.
 */
import { z } from "zod";

const person = { number: z.string().describe("Digits, or masked where `display` says so"), name: z.string() };
const reason = z.enum(["dropped from roster", "never declared", "expired", "offboarded", "changed number"]);
const count = z.int().min(0);
const groupId = z.string().describe("CAMS GroupId");
const resource = z.string().describe("The resource's name: the roster's path without extension");

const refusals = z
  .array(z.object({ rule: z.string(), message: z.string() }))
  .describe("Guards that refuse, each with who, how many, the limit, and what would permit it");
const removals = z.array(z.object({ ...person, reason }));
const awaiting = z
  .array(
    z.object({
      ...person,
      inviteLink: z.string().optional(),
      removedBefore: z
        .literal(true)
        .optional()
        .describe("Removed from this group before: its link does not let them in"),
    }),
  )
  .describe("Declared and not there; the link only where numbers are in full");
const unidentified = count.describe("Rows that are not a plain number");

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
      group: groupId,
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
  refusals: refusals.describe("Of the whole run: with any, nobody is removed"),
  summary: z.object({
    groups: count,
    removals: count,
    awaiting: count,
    left: count,
    spared: count,
    refusals: count,
  }),
});

const drift = z.object({
  letGo,
  groups: z.array(
    z.object({
      name: resource,
      group: groupId,
      joined: z.array(z.object({ ...person, declared: z.boolean() })),
      left: z.array(z.object(person)),
      awaiting,
      removals,
      unidentified,
      refusals,
    }),
  ),
  refusals,
  summary: z.object({
    groups: count,
    joined: count,
    left: count,
    awaiting: count,
    removals: count,
    refusals: count,
  }),
});

const diff = z.object({
  base: z.string().describe("Commit"),
  head: z.string().describe("Commit"),
  groups: z.array(
    z.object({
      stack: z.string(),
      name: resource,
      group: groupId,
      change: z.enum(["changed", "added", "deleted", "unknown"]),
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

const report = z.object({
  kind: z.enum(["preview", "update"]),
  letGo,
  groups: z.array(
    z.object({
      name: resource,
      group: groupId,
      removals: z.array(z.object({ ...person, reason: z.string() })),
      outcome: z.enum(["planned", "done", "failed"]),
    }),
  ),
  refusals,
  notes: z.array(z.string()).describe("Warnings of the run, and which groups were not looked at"),
  errors: z.array(z.string()),
  summary: z.object({ groups: count, removals: count, refusals: count, errors: count, failed: count }),
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
export const OUTPUTS = { plan, drift, diff, report, validate } as const;

export type Output = keyof typeof OUTPUTS;

/** As `rollcall schema` prints it and schema/output/<command>.schema.json holds it: a JSON Schema of draft 7. */
export const outputSchemaText = (command: Output): string =>
  `${JSON.stringify(z.toJSONSchema(OUTPUTS[command], { target: "draft-7", io: "input" }), undefined, 2)}\n`;
