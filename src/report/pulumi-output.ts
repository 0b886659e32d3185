/**
 * What Pulumi told of a run: the output of `pulumi preview --json`, or an event log (one JSON object a line). Only the
 * *new* inputs of a resource say who goes: the old ones are the last run's. Refusals and the summary are diagnostics.
 */
import { LET_GO, type LetGo } from "./summary";

export interface Told {
  /** `preview`: nothing was done yet. */
  readonly kind: "preview" | "update";
  /** Every group that a step is about, sorted by name. */
  readonly groups: readonly ToldGroup[];
  /** Groups that are forgotten, sorted by name. */
  readonly letGo: readonly LetGo[];
  /** The whole run was refused. */
  readonly wholeRun: boolean;
  readonly refusals: readonly { readonly rule: string; readonly message: string }[];
  /** What a reader has to know to trust the rest: warnings, and which groups were not looked at. */
  readonly notes: readonly string[];
  /** Errors that are no refusals. */
  readonly errors: readonly string[];
  /** Sections of the run's own summary, besides removals. */
  readonly summary: readonly { readonly title: string; readonly rows: readonly string[] }[];
}

export interface ToldGroup {
  readonly name: string;
  readonly group: string;
  /** Numbers as `display` wrote them. */
  readonly removals: readonly { readonly number: string; readonly name: string; readonly reason: string }[];
  readonly outcome: "planned" | "done" | "failed";
}

type Bag = Readonly<Record<string, unknown>>;

interface Step {
  readonly urn: string;
  /** What Pulumi does: `delete`, `update`, … */
  readonly op: string;
  readonly before: Bag;
  readonly after: Bag | undefined;
  readonly outcome: ToldGroup["outcome"];
}

interface Diagnostic {
  readonly severity: string;
  readonly message: string;
}

interface Raw {
  readonly kind: Told["kind"];
  readonly steps: readonly Step[];
  readonly diagnostics: readonly Diagnostic[];
}

const TYPE = "::pulumi-nodejs:dynamic/cams:ChatGroupParticipants::";

/** @returns undefined when the text is neither of the two */
export function readPulumiOutput(text: string): Told | undefined {
  const raw = previewIn(text) ?? eventsIn(text);
  return raw === undefined ? undefined : toldOf(raw);
}

const bag = (value: unknown): Bag => (typeof value === "object" && value !== null ? (value as Bag) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

function previewIn(json: string): Raw | undefined {
  const { steps, diagnostics, changeSummary } = bag(parse(json));
  if (!Array.isArray(steps) && !Array.isArray(diagnostics) && changeSummary === undefined) return undefined;
  return {
    kind: "preview",
    steps: list(steps)
      .map(bag)
      .map((step) => ({
        urn: text(step.urn),
        op: text(step.op),
        before: bag(bag(step.oldState).inputs),
        after: step.newState === undefined ? undefined : bag(bag(step.newState).inputs),
        outcome: "planned",
      })),
    diagnostics: list(diagnostics).map(diagnosticOf),
  };
}

const diagnosticOf = (value: unknown): Diagnostic => {
  const { severity, message } = bag(value);
  return { severity: text(severity), message: plain(text(message)) };
};

const EVENTS = ["resourcePreEvent", "resOutputsEvent", "resOpFailedEvent"] as const;

function eventsIn(lines: string): Raw | undefined {
  const events = lines
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => bag(parse(line)));
  if (events.length === 0 || events.some(({ sequence }) => typeof sequence !== "number")) return undefined;
  const steps = events.flatMap((event) =>
    EVENTS.flatMap((kind): Step[] => {
      if (event[kind] === undefined) return [];
      const { metadata, planning } = bag(event[kind]);
      const { urn, op, old, new: now } = bag(metadata);
      const done = kind === "resOutputsEvent" && planning !== true;
      return [
        {
          urn: text(urn),
          op: text(op),
          before: bag(bag(old).inputs),
          after: typeof now === "object" && now !== null ? bag(bag(now).inputs) : undefined,
          outcome: kind === "resOpFailedEvent" ? "failed" : done ? "done" : "planned",
        },
      ];
    }),
  );
  const summary = events.map(({ summaryEvent }) => summaryEvent).findLast((found) => found !== undefined);
  return {
    kind: bag(summary).isPreview === false || steps.some(({ outcome }) => outcome !== "planned") ? "update" : "preview",
    steps,
    diagnostics: events.flatMap(({ diagnosticEvent }) =>
      diagnosticEvent === undefined ? [] : [diagnosticOf(diagnosticEvent)],
    ),
  };
}

/** Without Pulumi's marks of colour and the prefix of its severity. */
const plain = (message: string): string =>
  message
    .replace(/<\{%[^%]*%\}>/g, "")
    .replace(/^(?:warning|error|info): /, "")
    .trimEnd();

function toldOf({ kind, steps, diagnostics }: Raw): Told {
  const told = diagnostics.map((one) => ({ ...one, refusals: refusalsIn(one.message) }));
  const summary = summaryIn(diagnostics.map(({ message }) => message));
  const refusals = new Map(told.flatMap((one) => one.refusals).map((one) => [`${one.rule} ${one.message}`, one]));
  return {
    kind,
    groups: groupsOf(steps, summary),
    letGo: letGoIn(steps, summary),
    wholeRun: diagnostics.some(({ message }) => message.startsWith("The whole run is refused")),
    refusals: [...refusals.values()],
    notes: [...new Set(told.filter(isNote).map(({ message }) => message))],
    errors: [
      ...new Set(
        told.filter((one) => one.severity === "error" && one.refusals.length === 0).map(({ message }) => message),
      ),
    ],
    summary: summary.filter(({ title }) => title !== "remove" && title !== LET_GO),
  };
}

/** Warnings of the run, but for refusals and for what the CLI says of itself. */
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
    .filter(({ urn, op, after }) => urn.includes(TYPE) && op === "delete" && after === undefined)
    .map(({ urn, before }): [string, string] => [nameIn(urn), text(before.group)]);
  return [...new Map([...named, ...deleted])]
    .map(([name, group]) => ({ name, group }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const nameIn = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

function groupsOf(steps: readonly Step[], summary: Told["summary"]): ToldGroup[] {
  const groups = new Map<string, Step>();
  for (const step of steps) {
    if (!step.urn.includes(TYPE) || step.after === undefined) continue;
    const known = groups.get(step.urn);
    groups.set(step.urn, { ...step, outcome: known?.outcome === "failed" ? "failed" : step.outcome });
  }
  const names = new Map(
    [...groups.values()].flatMap(({ before, after }) => [...membersOf(after), ...membersOf(before)]),
  );
  const rows = summary.find(({ title }) => title === "remove")?.rows ?? [];
  return [...groups.values()]
    .map(({ urn, before, after, outcome }): ToldGroup => {
      const name = nameIn(urn);
      const own = new Map(membersOf(before));
      const removals = Object.entries(bag(after?.removals)).map(([number, reason]) => ({
        number,
        name: own.get(number) ?? names.get(number) ?? calledIn(rows, name, number, text(reason)),
        reason: text(reason),
      }));
      return {
        name,
        group: text(after?.group),
        removals: removals.sort((a, b) => (a.number < b.number ? -1 : 1)),
        outcome,
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
