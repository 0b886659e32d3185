/**
 * What one provider process knows. Pulumi runs one process for all resources of a phase: `configure` gives it the
 * stack's settings, `check` prepares every group in it, and `create` and `update` execute nothing that was not
 * prepared there.
 */
import { resolve } from "node:path";
import * as ambient from "../ambient";
import { authorityOf, createClient, openTransport, type CamsReader, type CamsWriter, type GroupRef } from "../cams";
import { watchEngine } from "../engine";
import type { Approved, Show } from "../membership/guards";
import type { Desired, History, Refusal } from "../membership/types";
import type { Executor, Whole } from "../execution/types";
import { parseSettings, settingsSchema, type Settings } from "../settings";
import { display } from "./display";
import type { Removals } from "./shapes";

/** One group, ready to be written: what `check` found and the guards allow. */
export interface Prepared {
  readonly ref: GroupRef;
  readonly desired: Desired;
  readonly history: History;
  readonly observed: Whole | undefined;
  readonly approved: Approved | undefined;
  readonly refusals: readonly Refusal[];
  /** The removals that the inputs name: those that are approved, or those of the reviewed plan that binds the run. */
  readonly named: Removals;
  /** Whether a reviewed plan says that the resource stays the same, so that it may not be written. */
  readonly stays: boolean;
  /** The run of a program that waits for the outputs, and ends in failure itself; undefined in one's own program. */
  readonly run: string | undefined;
  /** Whether a program waits for the output `failed`, and ends the run in failure itself. */
  readonly awaited: boolean;
}

export interface Session {
  readonly settings: Settings;
  readonly cams: CamsReader & CamsWriter;
  readonly show: Show;
  readonly executor: Executor;
  /** What relative paths in settings are relative to. */
  root: string;
  /** Every group that was checked in this process, by GroupId. */
  readonly groups: Map<string, Prepared | typeof HELD>;
  /** Groups of which a preview can't tell yet who would be removed. */
  readonly unsure: Set<string>;
  /** GroupId → resources of the program that perhaps declare the same group: nobody is removed from it. */
  readonly undecided: Map<string, readonly string[]>;
}

/** Stands for a group that stays as it is, since a guard of the program holds it, or since it was not looked at. */
export const HELD = "held";

/** Reads the stack's settings as Pulumi hands them to the provider. */
export function openSession(get: (key: string) => string | undefined): Session {
  const raw: Record<string, string> = {};
  for (const key of Object.keys(settingsSchema.shape)) {
    const value = get(`rollcall:${key}`);
    if (value !== undefined) raw[key] = value;
  }
  const parsed = parseSettings(raw);
  if (parsed.kind === "invalid") throw new Error(`wrong settings:\n  ${parsed.problems.join("\n  ")}`);
  const { settings } = parsed;
  const cams = createClient({
    send: openTransport({ ...settings, credential: ambient.defaultCredential }),
    callsPerSecond: settings.callsPerSecond,
    clock: ambient.clock,
    authority: authorityOf(watchEngine()),
  });
  const root = ambient.projectRoot(process.cwd());
  const show = display(settings, () => ambient.sharedSecret(root));
  const session: Session = {
    settings,
    cams,
    show,
    root,
    groups: new Map(),
    unsure: new Set(),
    undecided: new Map(),
    executor: {
      cams,
      show,
      clock: ambient.clock,
      confirmTimeoutMs: settings.confirmTimeoutMs,
      warn: saidOnce((message) => process.stderr.write(`warning: ${message}\n`)),
      audit: (entry) => {
        if (settings.auditLog === undefined) return;
        const line = { at: ambient.now(), ...entry, number: show(entry.number) };
        ambient.appendLine(resolve(session.root, settings.auditLog), JSON.stringify(line));
      },
    },
  };
  return session;
}

/** Pulumi may check one resource twice in a process. */
function saidOnce(say: (message: string) => void): (message: string) => void {
  const said = new Set<string>();
  return (message) => {
    if (said.has(message)) return;
    said.add(message);
    say(message);
  };
}
