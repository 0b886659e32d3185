/** The file of a reviewed plan (`ROLLCALL_PLAN`), and its comparison with the rosters to which it is to be applied. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { InviteTemplate } from "../invitations/types";
import type { Digits } from "../membership/types";
import { ownSettings, parseSettings } from "../settings";
import type { Declared } from "./desired";
import { inviteWishOf } from "./invite-wish";
import { InputError } from "./input-error";
import type { LastRun, StackName } from "./last-run";
import { differences, readPlan, readPlanText, type PlanText, type ReviewedPlan } from "./reviewed-plan";

/** What a plan's file says. */
export interface PlanFile extends PlanText {
  /** The path of the file, as people gave it. */
  readonly file: string;
}

/**
 * Reads a plan's file.
 * @param file relative to the project root
 * @throws InputError when it is no plan of this stack
 */
export function readPlanFile(file: string, { root, ...own }: StackName & { readonly root: string }): PlanFile {
  const read = readPlanText(contentsOf(resolve(root, file), file), own);
  if (read.kind === "fault") throw refused(file, read.why);
  return { ...read, file };
}

function contentsOf(path: string, file: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw refused(file, `it can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * The reviewed plan, once it is checked that it was made of these rosters.
 * @throws InputError when it was made of others, with all that differs
 */
export function planFor(
  plan: PlanFile,
  declared: readonly Declared[],
  last: LastRun | undefined,
  show: (number: Digits) => string,
): ReviewedPlan {
  const { file } = plan;
  if (last === undefined) throw refused(file, "the stack's state could not be read (`pulumi stack export`)");
  const reviewed = readPlan(plan, declared, last);
  const differ = differences(reviewed, declared, last, show);
  if (differ.length > 0) throw refused(file, ["it was made of other rosters:", ...differ].join("\n  "));
  const other = otherMessages(plan, reviewed, declared);
  if (other !== undefined) throw refused(file, other);
  return reviewed;
}

/** Why the messages of the plan's invitations would be others than those that were reviewed; undefined when they are the same. */
function otherMessages(
  { config }: PlanFile,
  { groups }: ReviewedPlan,
  declared: readonly Declared[],
): string | undefined {
  const isInviting = [...groups.values()].some(({ invitations }) => Object.keys(invitations).length > 0);
  const now = declared.find(({ invite }) => invite !== undefined)?.invite?.template;
  if (config === undefined || now === undefined || !isInviting) return undefined;
  const then = templateIn(config);
  const differ = MESSAGE_KEYS.filter(([key]) => !isDeepStrictEqual(then?.[key], now[key])).map(
    ([, key]) => `rollcall:${key}`,
  );
  return differ.length === 0
    ? undefined
    : `it was made with other settings, so people would be sent another message: ${differ.join(", ")}`;
}

/** What decides what a message says, and the setting for it. */
const MESSAGE_KEYS = [
  ["code", "invitationTemplate"],
  ["language", "invitationLanguage"],
  ["parameters", "invitationParameters"],
] as const;

/** The template of a configuration; undefined when it has none, or one that can't be read. */
function templateIn(config: Readonly<Record<string, unknown>>): InviteTemplate | undefined {
  const own = ownSettings(config);
  const parsed = parseSettings(
    Object.fromEntries(MESSAGE_KEYS.flatMap(([, key]) => (key in own ? [[key, own[key]]] : []))),
  );
  return parsed.kind === "ok" ? inviteWishOf(parsed.settings)?.template : undefined;
}

const refused = (file: string, why: string): InputError =>
  new InputError(
    "plan",
    `the plan ${file} is not applied, and nothing is done: ${why}\n` +
      "Make a new plan (`pulumi preview --save-plan`) and have it reviewed",
  );
