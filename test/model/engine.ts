import { CamsError } from "../../src/cams";
import type { Digits } from "../../src/membership/types";
import { apply } from "../../src/provider/apply";
import { check } from "../../src/provider/check";
import { diff } from "../../src/provider/diff";
import { display } from "../../src/provider/display";
import { PartialFailure } from "../../src/provider/failure";
import type { Session } from "../../src/provider/session";
import type { Rosters } from "../../src/roster";
import type { AuditEntry } from "../../src/rollcall/types";
import { declare } from "../../src/run/desired";
import { readLastRun } from "../../src/run/last-run";
import { outputsOf } from "../../src/run/outputs";
import { registerGroups } from "../../src/run/register";
import { survey, type Survey } from "../../src/run/survey";
import { parseSettings, type Settings } from "../../src/settings";
import { fakeClock } from "../rollcall/world";
import type { Cams } from "./cams";
import { registrations, type Registration } from "./registrations";

interface Resource {
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
  /** The last write failed half-way: Pulumi writes again by itself. */
  readonly failed: boolean;
}

/** How Pulumi goes about one run. */
export interface Way {
  /** `pulumi stack export` did not work. */
  readonly stateUnread: boolean;
  /** All checks before the first write, or each group in turn. */
  readonly checksFirst: boolean;
  readonly continueOnError: boolean;
  /** Whether the outputs of a run that failed came into state. */
  readonly keepsOutputs: boolean;
  /** Only groups are looked at whose rosters changed since the last run. */
  readonly partial: boolean;
}

export const USUAL: Way = {
  stateUnread: false,
  checksFirst: true,
  continueOnError: false,
  keepsOutputs: true,
  partial: false,
};

export interface Ran {
  readonly ok: boolean;
  /** Undefined when CAMS could not be asked at all. */
  readonly seen: Survey | undefined;
  /** Resources that were written. */
  readonly written: number;
  readonly audited: readonly AuditEntry[];
}

const TYPE = "pulumi-nodejs:dynamic/cams:ChatGroupParticipants";

/** As settings with `display: masked` write numbers, by a key that takes its time to derive and so is derived once. */
let write: ((number: Digits) => string) | undefined;
const masked = () => (write ??= display({ display: "masked", maskKey: "key" }, () => undefined));

/** A stack in memory: the real survey, registration, check, diff and apply, with Pulumi's part played as it was measured. */
export class Stack {
  readonly resources = new Map<string, Resource>();
  private outputs: Record<string, unknown> | undefined;
  private readonly settings: Settings;
  private readonly show: (number: Digits) => string;

  constructor(
    private readonly cams: Cams,
    raw: Record<string, unknown>,
  ) {
    const parsed = parseSettings(raw);
    if (parsed.kind === "invalid") throw new Error(parsed.problems.join());
    this.settings = parsed.settings;
    this.show = parsed.settings.display === "masked" ? masked() : (number) => number;
  }

  /** GroupId → the name of the resource that has it. */
  managed(): ReadonlyMap<string, string> {
    return new Map([...this.resources].map(([name, { inputs }]) => [String(inputs.group), name]));
  }

  /** Groups whose last removal did not come to its end. */
  unfinished(): ReadonlySet<string> {
    const failed = [...this.resources.values()].filter(({ outputs }) => outputs.failed !== undefined);
    return new Set(failed.map(({ inputs }) => String(inputs.group)));
  }

  /** @param only GroupIds that a change concerns; undefined: all */
  async up(rosters: Rosters, way: Way, only?: ReadonlySet<string>): Promise<Ran> {
    const account = declare(rosters, this.settings);
    if ("problems" in account) throw new Error(account.problems.join());
    const last = way.stateUnread ? undefined : readLastRun(this.exported());
    const { cams: reader, show, settings: limits } = this;
    const audited: AuditEntry[] = [];
    const nothing = { written: 0, audited };
    const seen = await survey(account.declared, { reader, show, last, limits, only, concurrency: 1 }).catch(
      (error: unknown) => {
        if (error instanceof CamsError) return undefined;
        throw error;
      },
    );
    if (seen === undefined || seen.refusals.length > 0) return { ok: false, seen, ...nothing };

    registrations.length = 0;
    await registerGroups(seen, last, "/project");
    this.cams.execute();
    const held = seen.groups.some(({ verdict, unasked }) => verdict.kind === "held" && unasked !== true);
    const { failed, written } = await this.deploy([...registrations], way, audited);
    const ok = !held && !failed;
    if (ok) this.forget(new Set(registrations.map(({ name }) => name)));
    if (ok || way.keepsOutputs) this.outputs = outputsOf(seen, {} as never, show, last);
    return { ok, seen, written, audited };
  }

  private async deploy(
    all: readonly Registration[],
    way: Way,
    audited: AuditEntry[],
  ): Promise<{ failed: boolean; written: number }> {
    const session = this.session(audited);
    const ends = new Set<string>();
    let written = 0;
    const writes: (() => Promise<void>)[] = [];
    for (const { name, args, options } of all) {
      const known = this.takeOver(name, options.aliases?.[0]?.name);
      const checked = await check(session, known?.inputs ?? {}, args);
      if (checked.inputs === undefined) return { failed: true, written };
      let inputs = checked.inputs as Record<string, unknown>;
      const { changes, replaces } = diff(session, known?.outputs ?? {}, inputs);
      const anew = known !== undefined && replaces.length > 0;
      if (anew) inputs = (await check(session, {}, args)).inputs as Record<string, unknown>;
      if (known !== undefined && !changes && !known.failed) {
        this.resources.set(name, { ...known, inputs });
        continue;
      }
      const write = async (): Promise<void> => {
        if (ends.has("stops the rest") && !way.continueOnError) return;
        written += 1;
        ends.add(await this.write(session, name, anew ? undefined : known, inputs));
      };
      if (way.checksFirst) writes.push(write);
      else await write();
    }
    for (const write of writes) await write();
    return { failed: ends.has("stops the rest") || ends.has("unfinished"), written };
  }

  /** The resource of a registration, be it under its former name. */
  private takeOver(name: string, alias: string | undefined): Resource | undefined {
    const known = this.resources.get(name) ?? (alias === undefined ? undefined : this.resources.get(alias));
    if (known !== undefined && alias !== undefined && !this.resources.has(name)) {
      this.resources.delete(alias);
      this.resources.set(name, known);
    }
    return known;
  }

  private async write(
    session: Session,
    name: string,
    known: Resource | undefined,
    inputs: Record<string, unknown>,
  ): Promise<"done" | "unfinished" | "stops the rest"> {
    try {
      const outputs = await apply(session, known?.outputs, inputs);
      this.resources.set(name, { inputs, outputs: { ...outputs }, failed: false });
      return outputs.failed === undefined ? "done" : "unfinished";
    } catch (error) {
      if (error instanceof PartialFailure)
        this.resources.set(name, { inputs, outputs: error.properties, failed: true });
      return "stops the rest";
    }
  }

  /** Resources without a roster are deleted, which calls nothing. */
  private forget(registered: ReadonlySet<string>): void {
    for (const name of [...this.resources.keys()]) if (!registered.has(name)) this.resources.delete(name);
  }

  private session(audited: AuditEntry[]): Session {
    const { cams, show, settings } = this;
    return {
      settings,
      cams,
      show,
      root: "/project",
      groups: new Map(),
      unsure: new Set(),
      undecided: new Map(),
      executor: {
        cams,
        show,
        clock: fakeClock(),
        confirmTimeoutMs: 2_000,
        warn: () => undefined,
        audit: (entry) => audited.push(entry),
      },
    };
  }

  /** As `pulumi stack export` writes it. */
  private exported(): unknown {
    const urn = (type: string, name: string): string => `urn:pulumi:test::rollcall::${type}::${name}`;
    const resources = [...this.resources].map(([name, { outputs }]) => ({ urn: urn(TYPE, name), type: TYPE, outputs }));
    const stack = {
      urn: urn("pulumi:pulumi:Stack", "rollcall-test"),
      type: "pulumi:pulumi:Stack",
      ...(this.outputs === undefined ? {} : { outputs: this.outputs }),
    };
    return JSON.parse(JSON.stringify({ deployment: { resources: [stack, ...resources] } }));
  }
}
