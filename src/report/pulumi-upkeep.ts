/**
 * What Pulumi printed about groups themselves and their links. The input `change` of their resources says what is to be done; what
 * no step says, because the run was refused or did not come so far, its own summary does.
 */
import type { LinkAct } from "../groups/types";
import { bag, text, type Step, type StepOutcome } from "./pulumi-steps";
import { LINK_WORDS, LINKS, TO_CHANGE, TO_MAKE } from "./upkeep";

export interface ToldUpkeep {
  readonly newGroups: readonly ToldNewGroup[];
  readonly changes: readonly ToldChange[];
  readonly links: readonly ToldLink[];
}

interface ToldAct {
  /** The resource's name. */
  readonly name: string;
  readonly outcome: StepOutcome;
}

export interface ToldNewGroup extends ToldAct {
  readonly subject: string;
}

export interface ToldChange extends ToldAct {
  readonly what: "subject" | "description";
  /** `from → to` */
  readonly change: string;
}

export interface ToldLink extends ToldAct {
  readonly link: LinkAct["kind"];
  readonly linkReason: string;
}

/** A section of the run's own summary. */
export interface Rows {
  readonly title: string;
  readonly rows: readonly string[];
}

const CHAT_GROUP = "pulumi-nodejs:dynamic/cams:ChatGroup";
const INVITE_LINK = "pulumi-nodejs:dynamic/cams:ChatGroupInviteLink";
const TEXTS = ["subject", "description"] as const;
const ACTS = ["make", "renew", "close"] as const;

/** @returns sorted by name */
export function upkeepIn(steps: readonly Step[], summary: readonly Rows[]): ToldUpkeep {
  const [groups, links] = [stepsOf(CHAT_GROUP, steps), stepsOf(INVITE_LINK, steps)];
  const rowsOf = (wanted: string) => summary.filter(({ title }) => title === wanted).flatMap(({ rows }) => rows);
  return {
    newGroups: withRows(
      groups.flatMap((step): ToldNewGroup[] => {
        const { create } = changeOf(step);
        return create === undefined ? [] : [{ ...actOf(step), subject: text(create) }];
      }),
      rowsOf(TO_MAKE).flatMap((row): ToldNewGroup[] => cells(row, 2, ([subject = ""]) => ({ subject }))),
    ),
    changes: withRows(
      groups.flatMap((step): ToldChange[] =>
        TEXTS.filter((what) => what in changeOf(step)).map((what) => ({
          ...actOf(step),
          what,
          change: text(changeOf(step)[what]),
        })),
      ),
      rowsOf(TO_CHANGE).flatMap((row): ToldChange[] =>
        cells(row, 3, ([text = "", change = ""]) => {
          const what = TEXTS.find((one) => one === text);
          return what === undefined ? undefined : { what, change };
        }),
      ),
    ),
    links: withRows(
      links.flatMap((step): ToldLink[] =>
        ACTS.filter((act) => act in changeOf(step)).map((link) => ({
          ...actOf(step),
          link,
          linkReason: text(changeOf(step)[link]),
        })),
      ),
      rowsOf(LINKS).flatMap((row): ToldLink[] =>
        cells(row, 3, ([words = "", linkReason = ""]) => {
          const link = ACTS.find((act) => LINK_WORDS[act] === words);
          return link === undefined ? undefined : { link, linkReason };
        }),
      ),
    ),
  };
}

/** The last step of each resource that says what is to be done. Where one failed, the resource did. */
export function stepsOf(type: string, steps: readonly Step[]): readonly Step[] {
  const found = new Map<string, Step>();
  for (const step of steps) {
    if (step.type !== type || Object.keys(changeOf(step)).length === 0) continue;
    const failed = found.get(step.urn)?.outcome === "failed";
    found.set(step.urn, { ...step, outcome: failed ? "failed" : step.outcome });
  }
  return [...found.values()];
}

const changeOf = ({ after }: Step) => bag(after?.change);

/** A resource that stayed as it was, or that is on record without a group or a link, was left as it is by a guard. */
function actOf({ name, type, op, outcome, outputs }: Step): ToldAct {
  const isLeft = op === "same" || outputs[type === CHAT_GROUP ? "group" : "link"] === undefined || outputs.group === "";
  return { name, outcome: outcome === "done" && isLeft ? "planned" : outcome };
}

/** What is in a row of the summary, whose columns are apart by two spaces or more. */
function cells<T>(row: string, count: number, read: (rest: readonly string[]) => T | undefined): (T & ToldAct)[] {
  const pattern = new RegExp(`^${"(.*?\\S) {2,}".repeat(count - 1)}(\\S.*)$`);
  const [, name = "", ...rest] = pattern.exec(row) ?? [];
  const found = name === "" ? undefined : read(rest);
  return found === undefined ? [] : [{ name, outcome: "planned" as const, ...found }];
}

/** What steps tell, and of other resources what the summary does. */
export function withRows<T extends { readonly name: string }>(told: readonly T[], rows: readonly T[]): readonly T[] {
  const names = new Set(told.map(({ name }) => name));
  return [...told, ...rows.filter(({ name }) => !names.has(name))].sort((a, b) => (a.name < b.name ? -1 : 1));
}
