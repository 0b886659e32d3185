/**
 * What Pulumi printed about a run. Only the *new* inputs of a resource say who goes and what is done: the old ones are the last
 * run's. Refusals and the summary are diagnostics.
 */
import { TO_INVITE } from "./invitations";
import { invitationsIn, type ToldInvitations } from "./pulumi-invitations";
import { bag, readSteps, text, type Bag, type Diagnostic, type Raw, type Step, type StepOutcome } from "./pulumi-steps";
import { upkeepIn, type ToldUpkeep } from "./pulumi-upkeep";
import { LET_GO, type LetGo } from "./summary";
import { LINKS, TO_CHANGE, TO_MAKE } from "./upkeep";

export interface Told extends ToldUpkeep {
  /** `preview`: nothing was done yet. */
  readonly kind: "preview" | "update";
  /** Every group that a step is about, sorted by name. */
  readonly groups: readonly ToldGroup[];
  /** Who is invited, by group, sorted by name. */
  readonly invitations: readonly ToldInvitations[];
  /** Groups that are forgotten, sorted by name. */
  readonly letGo: readonly LetGo[];
  /** The whole run was refused. */
  readonly wholeRun: boolean;
  readonly refusals: readonly { readonly rule: string; readonly message: string }[];
  /** What a reader has to know to trust the rest: warnings, and which groups were not looked at. */
  readonly notes: readonly string[];
  /** Errors that are no refusals. */
  readonly errors: readonly string[];
  /** Sections of the run's own summary, besides what steps tell. */
  readonly summary: readonly { readonly title: string; readonly rows: readonly string[] }[];
}

export interface ToldGroup {
  readonly name: string;
  /** CAMS GroupId; empty where it is not known yet. */
  readonly group: string;
  /** Numbers as `display` wrote them. */
  readonly removals: readonly { readonly number: string; readonly name: string; readonly reason: string }[];
  readonly outcome: StepOutcome;
}

const PARTICIPANTS = "pulumi-nodejs:dynamic/cams:ChatGroupParticipants";

/** What Pulumi writes for a value that a preview does not know yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** @returns undefined when the text is neither of the two */
export function readPulumiOutput(printed: string): Told | undefined {
  const raw = readSteps(printed);
  return raw === undefined ? undefined : toldOf(raw);
}

/** Titles of what is read from steps, or told apart. */
const TOLD_APART: ReadonlySet<string> = new Set(["remove", LET_GO, TO_MAKE, TO_CHANGE, LINKS, TO_INVITE]);

function toldOf({ kind, steps, diagnostics }: Raw): Told {
  const told = diagnostics.map((one) => ({ ...one, refusals: refusalsIn(one.message) }));
  const summary = summaryIn(diagnostics.map(({ message }) => message));
  const refusals = new Map(told.flatMap((one) => one.refusals).map((one) => [`${one.rule} ${one.message}`, one]));
  return {
    kind,
    groups: groupsOf(steps, summary),
    ...upkeepIn(steps, summary),
    invitations: invitationsIn(steps, summary, PARTICIPANTS),
    letGo: letGoIn(steps, summary),
    wholeRun: diagnostics.some(({ message }) => message.startsWith("The whole run is refused")),
    refusals: [...refusals.values()],
    notes: [...new Set(told.filter(isNote).map(({ message }) => message))],
    errors: [
      ...new Set(
        told.filter((one) => one.severity === "error" && one.refusals.length === 0).map(({ message }) => message),
      ),
    ],
    summary: summary.filter(({ title }) => !TOLD_APART.has(title)),
  };
}

/** Warnings of the run, except refusals and the CLI's own. */
function isNote({ severity, message, refusals }: Diagnostic & { readonly refusals: readonly unknown[] }): boolean {
  if (/^\d+ of \d+ groups were not looked at/.test(message)) return true;
  return severity === "warning" && refusals.length === 0 && !message.startsWith("A new version of Pulumi");
}

/** As `refusalText` writes them, or the provider's own word of a group that it holds. */
function refusalsIn(message: string): { rule: string; message: string }[] {
  const lines = message.split("\n");
  return lines.flatMap((line) => {
    const listed = /^ {2}\[([a-z-]+)\] (.*)$/.exec(line);
    if (listed !== null) return [{ rule: listed[1] ?? "", message: listed[2] ?? "" }];
    const held = /^(?:warning: )?held: (.*)$/.exec(line);
    return held === null ? [] : [{ rule: "held", message: held[1] ?? "" }];
  });
}

/** Titles are indented by two spaces, rows by four. */
function summaryIn(messages: readonly string[]): { title: string; rows: string[] }[] {
  const message = messages.findLast((one) => one.startsWith("Roll call of ")) ?? "";
  const sections: { title: string; rows: string[] }[] = [];
  for (const line of message.split("\n").slice(1)) {
    if (line.startsWith("    ")) sections.at(-1)?.rows.push(line.trim());
    else sections.push({ title: line.trim(), rows: [] });
  }
  return sections;
}

/** Those that the run names, and those whose resources Pulumi deletes, as `pulumi destroy` does. */
function letGoIn(steps: readonly Step[], summary: Told["summary"]): LetGo[] {
  const named = summary
    .filter(({ title }) => title === LET_GO)
    .flatMap(({ rows }) => rows.map((row) => /^(.*\S)\s+(\S+)$/.exec(row)))
    .flatMap((found): [string, string][] => (found === null ? [] : [[found[1] ?? "", found[2] ?? ""]]));
  const deleted = steps
    .filter(({ type, op, after }) => type === PARTICIPANTS && op === "delete" && after === undefined)
    .map(({ name, before }): [string, string] => [name, text(before.group)]);
  return [...new Map([...named, ...deleted])]
    .map(([name, group]) => ({ name, group }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function groupsOf(steps: readonly Step[], summary: Told["summary"]): ToldGroup[] {
  const groups = new Map<string, Step>();
  for (const step of steps) {
    if (step.type !== PARTICIPANTS || step.after === undefined) continue;
    const known = groups.get(step.urn);
    groups.set(step.urn, { ...step, outcome: known?.outcome === "failed" ? "failed" : step.outcome });
  }
  const names = new Map(
    [...groups.values()].flatMap(({ before, after }) => [...membersOf(after), ...membersOf(before)]),
  );
  const rows = summary.find(({ title }) => title === "remove")?.rows ?? [];
  return [...groups.values()]
    .map(({ name, op, before, after, outcome }): ToldGroup => {
      const own = new Map(membersOf(before));
      const removals = Object.entries(bag(after?.removals)).map(([number, reason]) => ({
        number,
        name: own.get(number) ?? names.get(number) ?? calledIn(rows, name, number, text(reason)),
        reason: text(reason),
      }));
      return {
        name,
        group: after?.group === UNKNOWN ? "" : text(after?.group),
        removals: removals.sort((a, b) => (a.number < b.number ? -1 : 1)),
        // A resource that stayed as it was was left as it is by a guard.
        outcome: op === "same" && removals.length > 0 && outcome === "done" ? "planned" : outcome,
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const membersOf = (inputs: Bag | undefined): [string, string][] =>
  Object.entries(bag(inputs?.members)).filter((entry): entry is [string, string] => typeof entry[1] === "string");

/** The name that the run's own summary calls somebody by: what stands between the number and the reason. */
function calledIn(rows: readonly string[], group: string, number: string, reason: string): string {
  const row = rows.find(
    (one) => one.startsWith(`${group} `) && one.slice(group.length).trimStart().startsWith(`${number} `),
  );
  if (row === undefined) return "";
  const rest = row.slice(row.indexOf(number, group.length) + number.length).replace(/, released$/, "");
  return rest.trimEnd().endsWith(reason) ? rest.trimEnd().slice(0, -reason.length).trim() : "";
}
