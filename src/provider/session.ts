/**
 * What one provider process knows. Pulumi runs one process for all resources of a phase. `configure` gives it the
 * stack's settings. `check` prepares every group in it. `create` and `update` execute only what was prepared there.
 */
import { resolve } from "node:path";
import * as ambient from "../ambient";
import {
  authorityOf,
  createClient,
  GroupLists,
  openTransport,
  type CamsReader,
  type CamsWriter,
  type GroupRef,
  type GroupWriter,
  type MessageReader,
  type MessageWriter,
} from "../cams";
import { watchEngine } from "../engine";
import type { Approved, Show } from "../membership/guards";
import type { Desired, History, Refusal } from "../membership/types";
import type { Inviter } from "../execution/invitations/types";
import type { Executor, Whole } from "../execution/types";
import type { Keeper } from "../execution/upkeep/types";
import type { LinkPeople } from "../groups/types";
import { parseSettings, settingsSchema, type Settings } from "../settings";
import { display } from "./display";
import type { Bag, Invitations, Removals } from "./shapes";

/** One group, ready to be written: what `check` found and the guards allow. */
export interface Prepared {
  readonly ref: GroupRef;
  readonly desired: Desired;
  readonly history: History;
  readonly observed: Whole | undefined;
  readonly approved: Approved | undefined;
  readonly refusals: readonly Refusal[];
  /** The removals that the inputs name: the approved ones, or those of the reviewed plan that binds the run. */
  readonly named: Removals;
  /** The invitations that the inputs name. They are sent by the resource that comes after this one. */
  readonly invited: Invitations;
  /** Whether a reviewed plan says that the resource stays the same. Then it may not be written. */
  readonly stays: boolean;
  /**
   * The run of Rollcall's own program, which waits for the outputs and then fails itself; undefined in other programs.
   */
  readonly run: string | undefined;
  /** Whether a program waits for the output `failed`, and then ends the run in failure itself. */
  readonly awaited: boolean;
  /**
   * Who holds the link or may not have it, for a link in somebody's own program. Rollcall's program needs no such copy.
   */
  readonly linkPeople?: LinkPeople | undefined;
}

export interface Session {
  readonly settings: Settings;
  readonly cams: CamsReader & CamsWriter & GroupWriter & MessageReader & MessageWriter;
  readonly show: Show;
  readonly executor: Executor;
  readonly keeper: Keeper;
  readonly inviter: Inviter;
  /** The folder from which relative paths in settings start. */
  root: string;
  /** Every group that was checked in this process, by GroupId. */
  readonly groups: Map<string, Prepared | typeof HELD>;
  /** Every `ChatGroup` and every link that was checked in this process, by its key (`keyOf`). */
  readonly upkeep: Map<string, PreparedUpkeep | typeof HELD>;
  /** Groups that this process has asked CAMS to make, by their keys (`keyOf`). */
  readonly asked: Set<string>;
  /** Groups for which a preview can't tell yet who would be removed. */
  readonly unsure: Set<string>;
  /** GroupId → resources of the program that may declare the same group: nobody is removed from it. */
  readonly undecided: Map<string, readonly string[]>;
}

/** A group itself, or its link, ready to be written. */
export interface PreparedUpkeep {
  /** What the inputs name as to be done, as text. Nothing else is done. */
  readonly change: string;
  /**
   * Does what is to be done, and returns the outputs.
   * @param olds outputs of the last run, undefined for a new resource
   */
  readonly carryOut: (olds: Bag | undefined) => Promise<UpkeepEnd>;
  /** Whether the outputs differ from what is known now, even if nothing is to be done. */
  readonly isStale: (outputs: Bag) => boolean;
  /** Whether a reviewed plan says that the resource stays the same. Then it may not be written. */
  readonly stays: boolean;
  readonly run: string | undefined;
  /** Whether a program waits for the output `failed`, and then ends the run in failure itself. */
  readonly awaited: boolean;
}

export interface UpkeepEnd {
  readonly outputs: Bag;
  /** Why something was not done; undefined when everything was. */
  readonly failed: string | undefined;
}

/** Marks a group that stays as it is, because a guard of the program holds it, or because it was not looked at. */
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
  const warn = saidOnce((message) => process.stderr.write(`warning: ${message}\n`));
  const audit = (line: object): void => {
    if (settings.auditLog === undefined) return;
    ambient.appendLine(resolve(session.root, settings.auditLog), JSON.stringify({ at: ambient.now(), ...line }));
  };
  const common = { clock: ambient.clock, confirmTimeoutMs: settings.confirmTimeoutMs, warn };
  const lists = new GroupLists(cams, ambient.clock);
  const endedLinks = new Set<string>();
  const session: Session = {
    settings,
    cams,
    show,
    root,
    groups: new Map(),
    upkeep: new Map(),
    asked: new Set(),
    unsure: new Set(),
    undecided: new Map(),
    executor: { ...common, cams, show, audit: (entry) => audit({ ...entry, number: show(entry.number) }) },
    keeper: { ...common, cams, lists, endedLinks, auditUpkeep: audit },
    inviter: {
      ...{ ...common, cams, lists, show, endedLinks, known: new Set(), refusedTemplates: new Map() },
      auditInvitation: (entry) => audit({ ...entry, number: show(entry.number) }),
    },
  };
  return session;
}

/** Says each message once: Pulumi may check one resource twice in a process. */
function saidOnce(say: (message: string) => void): (message: string) => void {
  const said = new Set<string>();
  return (message) => {
    if (said.has(message)) return;
    said.add(message);
    say(message);
  };
}
