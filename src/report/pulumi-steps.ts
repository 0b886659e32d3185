/**
 * What Pulumi printed about a run, as steps and diagnostics: the output of `pulumi preview --json`, or an event log (one JSON
 * object a line).
 */

/** Where a step stands: not begun, done, or failed. */
export type StepOutcome = "planned" | "done" | "failed";

export type Bag = Readonly<Record<string, unknown>>;

/** What happens to one resource. */
export interface Step {
  readonly urn: string;
  /** The type of the resource, without those of its parents. */
  readonly type: string;
  /** The resource's name. */
  readonly name: string;
  /** What Pulumi does: `delete`, `update`, … */
  readonly op: string;
  /** Inputs of the last run. */
  readonly before: Bag;
  /** Inputs of this run; undefined when the resource goes. */
  readonly after: Bag | undefined;
  /** What an update has written; empty before that. */
  readonly outputs: Bag;
  readonly outcome: StepOutcome;
}

export interface Diagnostic {
  readonly severity: string;
  readonly message: string;
}

export interface Raw {
  /** `preview`: nothing was done yet. */
  readonly kind: "preview" | "update";
  readonly steps: readonly Step[];
  readonly diagnostics: readonly Diagnostic[];
}

/** @returns undefined when the text is neither of the two */
export const readSteps = (printed: string): Raw | undefined => previewIn(printed) ?? eventsIn(printed);

export const bag = (value: unknown): Bag => (typeof value === "object" && value !== null ? (value as Bag) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** `urn:pulumi:<stack>::<project>::<types of parents>$<type>::<name>` */
function resourceOf(urn: string): Pick<Step, "urn" | "type" | "name"> {
  const qualified = urn.split("::")[2] ?? "";
  return { urn, type: qualified.slice(qualified.lastIndexOf("$") + 1), name: urn.slice(urn.lastIndexOf("::") + 2) };
}

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
        ...resourceOf(text(step.urn)),
        op: text(step.op),
        before: bag(bag(step.oldState).inputs),
        after: step.newState === undefined ? undefined : bag(bag(step.newState).inputs),
        outputs: {},
        outcome: "planned",
      })),
    diagnostics: list(diagnostics).map(diagnosticOf),
  };
}

const diagnosticOf = (value: unknown): Diagnostic => {
  const { severity, message } = bag(value);
  return { severity: text(severity), message: plain(text(message)) };
};

/**
 * A step that Pulumi takes for done may have failed: a program of Rollcall waits for the output `failed`, so that one bad group
 * does not stop the rest. What an unchanged resource says there is of an earlier run.
 */
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
      const ended = kind === "resOutputsEvent" && planning !== true;
      const outputs = ended ? bag(bag(now).outputs) : {};
      const failed = kind === "resOpFailedEvent" || (ended && op !== "same" && outputs.failed !== undefined);
      return [
        {
          ...resourceOf(text(urn)),
          op: text(op),
          before: bag(bag(old).inputs),
          after: typeof now === "object" && now !== null ? bag(bag(now).inputs) : undefined,
          outputs,
          outcome: failed ? "failed" : ended ? "done" : "planned",
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
