import { CamsError } from "../../../src/cams";
import type { Digits } from "../../../src/membership/types";
import { apply } from "../../../src/provider/apply";
import { check } from "../../../src/provider/check";
import { diff } from "../../../src/provider/diff";
import { display } from "../../../src/provider/display";
import { PartialFailure } from "../../../src/provider/failure";
import { read } from "../../../src/provider/read";
import type { Session } from "../../../src/provider/session";
import type { Rosters } from "../../../src/roster";
import type { AuditEntry } from "../../../src/execution/types";
import { GroupLists } from "../../../src/cams";
import { declare, type Declared } from "../../../src/run/desired";
import { InputError } from "../../../src/run/input-error";
import { readLastRun, type LastRun } from "../../../src/run/last-run";
import { noRostersText } from "../../../src/run/no-rosters";
import { endOf, registerGroups } from "../../../src/run/register";
import { differences, readPlan, readPlanText, type ReviewedPlan } from "../../../src/run/reviewed-plan";
import { planRun, type RunPlan } from "../../../src/run/plan-run";
import { parseSettings, type Settings } from "../../../src/settings";
import { fakeClock } from "../../execution/world";
import type { Cams, Look } from "./cams";
import type { Known } from "./known";
import { engine, registrations, type Registration } from "./registrations";
import {
  exported,
  OWN,
  planFile,
  planned,
  violations,
  type Bag,
  type Op,
  type PlannedResource,
  type Resource,
} from "./state";

/** How Pulumi goes about one run. */
export interface Way {
  /** `pulumi stack export` did not work. */
  readonly stateUnread: boolean;
  /** All checks before the first write, or each group in turn. */
  readonly checksFirst: boolean;
  readonly continueOnError: boolean;
  /** Only groups are looked at whose rosters changed since the last run. */
  readonly partial: boolean;
  /** `pulumi refresh` before the run, or `up --refresh`, and how its listings go. */
  readonly refresh: "none" | "before" | "with";
  readonly refreshes: Look;
  /** How numbers are written in this run; undefined: as the story has it. */
  readonly display: "full" | "masked" | "masked by another key" | undefined;
  /** GroupIds that Pulumi was told to leave out (`--target`, `--exclude`). */
  readonly leftOut: readonly string[];
  /** The engine is killed when so many steps are done: `in write`, when CAMS did its part, and the state is not written. */
  readonly killed: { readonly after: number; readonly when: "between" | "in write" } | undefined;
}

export const USUAL: Way = {
  stateUnread: false,
  checksFirst: true,
  continueOnError: false,
  partial: false,
  refresh: "none",
  refreshes: "ok",
  display: undefined,
  leftOut: [],
  killed: undefined,
};

export interface Ran {
  readonly ok: boolean;
  /** Undefined when CAMS could not be asked at all. */
  readonly seen: RunPlan | undefined;
  /** Why nothing was looked at: other rosters than the plan's, or no rosters at all. */
  readonly refused: "plan" | "no rosters" | undefined;
  /** Resources that were written. */
  readonly written: number;
  /** GroupIds of the resources that were stored with new inputs. */
  readonly stored: ReadonlySet<string>;
  /** Names of groups whose removals were left out, as the program tells of them. */
  readonly leftOut: readonly string[];
  readonly killed: boolean;
  readonly audited: readonly AuditEntry[];
  /** What the provider knows of each group at the end of the run. */
  readonly prepared: Session["groups"];
}

/** One resource of the state. */
export interface Record {
  readonly name: string;
  readonly group: string;
  readonly known: Known | undefined;
  readonly members: readonly Digits[];
  /** The last removal did not come to its end. */
  readonly unfinished: boolean;
}

/** A saved plan. */
export interface Plan {
  readonly text: string;
  readonly resources: ReadonlyMap<string, PlannedResource>;
  /** What the preview saw. */
  readonly seen: RunPlan;
}

/** What all runs of the model register by. Nobody is invited in it. */
const REGISTER = { root: "/project", at: "2026-11-29T08:00:00.000Z" };

/** Somebody killed the engine. */
class Killed extends Error {}

/** Keys take their time to derive, and so are derived once. */
const shows = new Map<string, (number: Digits) => string>();

/** What a deployment leaves behind, as it goes. */
interface Deployed {
  readonly session: Session;
  readonly stored: Set<string>;
  failed: boolean;
  written: number;
  steps: number;
}

/** A stack in memory: the real plan, registration, check, diff, apply and read, with Pulumi's part played as it was measured. */
export class Stack {
  readonly resources = new Map<string, Resource>();
  /** What the test knows of each record, by resource name: it goes with the record. */
  readonly known = new Map<string, Known>();
  private runs = 0;

  constructor(
    private readonly cams: Cams,
    private readonly raw: Bag,
  ) {}

  /** The records of the state, in its order. */
  records(): readonly Record[] {
    return [...this.resources].map(([name, { inputs, outputs, failed }]) => ({
      ...{ name, group: String(inputs.group), known: this.known.get(name) },
      members: Object.keys(inputs.members as object),
      unfinished: failed || outputs.failed !== undefined,
    }));
  }

  /** @param only GroupIds that a change concerns; undefined: all */
  async up(rosters: Rosters, way: Way, only?: ReadonlySet<string>, plan?: Plan): Promise<Ran> {
    const settings = this.settingsOf(way);
    const show = showOf(settings);
    if (way.refresh === "before") await this.refresh(way);
    const last = way.stateUnread ? undefined : this.lastRun(settings);
    if (way.refresh === "with") await this.refresh(way);
    const audited: AuditEntry[] = [];
    const deployed = this.begin(settings, audited);
    const { stored, session } = deployed;
    const nothing = { ok: false, seen: undefined, written: 0, stored, leftOut: [], killed: false, audited };
    const stopped = { ...nothing, prepared: session.groups };

    const declared = declaredIn(rosters, settings);
    if (declared.length === 0 && noRostersText("stacks/test", last) !== undefined)
      return { ...stopped, refused: "no rosters" };
    const reviewed = plan === undefined ? undefined : reviewedPlan(plan, declared, last, show);
    if (reviewed === "refused") return { ...stopped, refused: "plan" };
    const options = { reader: this.cams, show, last, limits: settings, only, reviewed, concurrency: 1 };
    const seen = await planRun(declared, options).catch(unlessAsked);
    if (seen === undefined || seen.refusals.length > 0) return { ...stopped, seen, refused: undefined };

    registrations.length = 0;
    const run = `run-${++this.runs}`;
    const registered = await registerGroups(seen.groups, { plan: seen, last, groupOf }, { ...REGISTER, show, run });
    this.cams.phase = "execute";
    const held = seen.groups.some(({ verdict, skipped }) => verdict.kind === "held" && skipped !== true);
    const all = [...registrations];
    const killed = await this.deploy(deployed, all, way, plan);
    const result = { ...stopped, seen, refused: undefined, written: deployed.written, killed };
    if (killed || deployed.failed) return result;
    for (const { name, answer } of all) answer(this.resources.get(name)?.outputs);
    const { failures, leftOut } = await endOf(registered, run);
    const ok = !held && failures.length === 0;
    if (ok && way.leftOut.length === 0) this.forget(new Set(all.map(({ name }) => name)));
    return { ...result, ok, leftOut: leftOut.map(({ desired }) => desired.group) };
  }

  /** A program of one's own, which declares resources without an order. */
  async upAlone(all: readonly Pick<Registration, "name" | "args">[], way: Way): Promise<Ran> {
    if (way.refresh !== "none") await this.refresh(way);
    const audited: AuditEntry[] = [];
    const deployed = this.begin(this.settingsOf(way), audited);
    const own = all.map((one) => ({ ...one, options: {}, answer: () => undefined }));
    const killed = await this.deploy(deployed, own, way);
    const ok = !killed && !deployed.failed;
    if (ok) this.forget(new Set(all.map(({ name }) => name)));
    const { stored, written, session } = deployed;
    const told = { seen: undefined, refused: undefined, leftOut: [], prepared: session.groups };
    return { ok, written, stored, killed, audited, ...told };
  }

  /** `pulumi preview --save-plan`; undefined when it fails, which saves nothing. */
  async preview(rosters: Rosters, way: Way): Promise<Plan | undefined> {
    const settings = this.settingsOf(way);
    const last = this.lastRun(settings);
    const declared = declaredIn(rosters, settings);
    const options = { reader: this.cams, show: showOf(settings), last, limits: settings, concurrency: 1 };
    const seen = await planRun(declared, options).catch(unlessAsked);
    if (seen === undefined || seen.refusals.length > 0 || declared.length === 0) return undefined;
    registrations.length = 0;
    engine.dryRun = true;
    const parts = { plan: seen, last, groupOf };
    const { show } = options;
    await registerGroups(seen.groups, parts, { ...REGISTER, show, run: "preview" }).finally(
      () => (engine.dryRun = false),
    );
    const { session } = this.begin(settings, []);
    const resources = new Map<string, PlannedResource>();
    for (const one of registrations) {
      const { inputs, op, known } = await this.stepOf(session, one);
      if (inputs === undefined) return undefined;
      resources.set(one.name, planned(op, op === "create" ? {} : (known?.inputs ?? {}), inputs));
    }
    return { text: planFile(resources, settings.display === "masked"), resources, seen };
  }

  /** Reads all resources. A refresh takes outputs, forgets failures that Pulumi noted, and takes inputs if there are any. */
  private async refresh(way: Way): Promise<void> {
    const { session } = this.begin(this.settingsOf(way), []);
    const { phase } = this.cams;
    this.cams.phase = "refresh";
    this.cams.refreshes = way.refreshes;
    for (const [name, known] of this.resources) {
      const found: { props: object; inputs?: Bag } | undefined = await read(
        session,
        String(known.inputs.group),
        known.outputs,
      ).catch(unlessAsked);
      if (found === undefined) break;
      const { props, inputs = known.inputs } = found;
      this.resources.set(name, { inputs, outputs: { ...props }, failed: false });
    }
    this.cams.phase = phase;
  }

  private begin(settings: Settings, audited: AuditEntry[]): Deployed {
    const { cams } = this;
    const show = showOf(settings);
    const executor = {
      ...{ cams, show, clock: fakeClock(), confirmTimeoutMs: 2_000 },
      warn: () => undefined,
      audit: (entry: AuditEntry) => audited.push(entry),
    };
    const { clock, confirmTimeoutMs, warn } = executor;
    const keeper = {
      clock,
      confirmTimeoutMs,
      warn,
      cams,
      lists: new GroupLists(cams, clock),
      endedLinks: new Set<string>(),
      auditUpkeep: () => undefined,
    };
    const inviter = {
      ...{ clock, confirmTimeoutMs, warn, cams, show, lists: keeper.lists, known: new Set<string>() },
      ...{ endedLinks: keeper.endedLinks, refusedTemplates: new Map<string, string>() },
      auditInvitation: () => undefined,
    };
    const session: Session = {
      ...{ settings, cams, show, executor, keeper, inviter, root: "/project" },
      ...{ groups: new Map(), upkeep: new Map(), asked: new Set(), unsure: new Set(), undecided: new Map() },
    };
    return { session, stored: new Set(), failed: false, written: 0, steps: 0 };
  }

  /** @returns whether the engine was killed */
  private async deploy(deployed: Deployed, all: readonly Registration[], way: Way, plan?: Plan): Promise<boolean> {
    try {
      await this.carryOut(deployed, all, way, plan);
      return false;
    } catch (error) {
      if (error instanceof Killed) return true;
      throw error;
    } finally {
      this.sort(all.map(({ name }) => name));
    }
  }

  private async carryOut(
    deployed: Deployed,
    all: readonly Registration[],
    way: Way,
    plan: Plan | undefined,
  ): Promise<void> {
    const { session } = deployed;
    const writes: (() => Promise<void>)[] = [];
    for (const one of all) {
      const { name } = one;
      const former = this.formerOf(one);
      if (way.leftOut.includes(String(one.args.group))) {
        const known = this.resources.get(former);
        if (known !== undefined) this.store(former, name, known);
        continue;
      }
      const { inputs, op, known } = await this.stepOf(session, one);
      if (inputs === undefined) {
        deployed.failed = true;
        return;
      }
      if (plan !== undefined) {
        const broken = violations(plan.resources.get(name), op, known?.inputs ?? {}, inputs);
        if (broken.length > 0) throw new Error(`resource ${name} violates plan: ${broken.join("; ")}`);
      }
      const stop = deployed.steps === way.killed?.after;
      if (op === "same" && known !== undefined) {
        if (stop) throw new Killed();
        deployed.steps += 1;
        deployed.stored.add(String(inputs.group));
        this.store(former, name, { ...known, inputs });
        continue;
      }
      const write = async (): Promise<void> => {
        if (deployed.failed && !way.continueOnError) return;
        const dies = deployed.steps === way.killed?.after;
        if (dies && way.killed.when === "between") throw new Killed();
        deployed.steps += 1;
        deployed.written += 1;
        const end = await this.write(session, op === "create" || op === "replace" ? undefined : known, inputs);
        if (dies) throw new Killed();
        if (end.kind === "stopped") deployed.failed = true;
        if (end.resource === undefined) return;
        deployed.stored.add(String(inputs.group));
        this.store(former, name, end.resource);
      };
      if (way.checksFirst) writes.push(write);
      else await write();
    }
    for (const write of writes) await write();
  }

  /** The name under which the state has the resource of a registration. */
  private formerOf({ name, options }: Registration): string {
    const alias = options.aliases?.[0]?.name;
    return alias !== undefined && !this.resources.has(name) && this.resources.has(alias) ? alias : name;
  }

  /** What Pulumi finds to be done: `check` and `diff`. Without inputs the resource is refused. */
  private async stepOf(
    session: Session,
    one: Registration,
  ): Promise<{ readonly inputs: Bag | undefined; readonly op: Op; readonly known: Resource | undefined }> {
    const known = this.resources.get(this.formerOf(one));
    const { phase } = this.cams;
    this.cams.phase = "look";
    try {
      const checked = await check(session, known?.inputs ?? {}, one.args);
      const inputs = checked.inputs as Bag | undefined;
      if (inputs === undefined || known === undefined) return { inputs, op: "create", known };
      const { changes, replaces } = diff(session, known.outputs, inputs);
      if (replaces.length === 0) return { inputs, op: changes || known.failed ? "update" : "same", known };
      // Before it replaces a resource Pulumi checks it once more, as if it were new.
      const anew = await check(session, {}, one.args);
      return { inputs: anew.inputs as Bag | undefined, op: "replace", known };
    } catch (error) {
      if (error instanceof CamsError) return { inputs: undefined, op: "same", known };
      throw error;
    } finally {
      this.cams.phase = phase;
    }
  }

  private async write(
    session: Session,
    known: Resource | undefined,
    inputs: Bag,
  ): Promise<{ readonly kind: "done" | "stopped"; readonly resource: Resource | undefined }> {
    this.cams.phase = "execute";
    try {
      const outputs = await apply(session, known?.outputs, inputs);
      return { kind: "done", resource: { inputs, outputs: { ...outputs }, failed: false } };
    } catch (error) {
      if (!(error instanceof PartialFailure)) return { kind: "stopped", resource: undefined };
      return { kind: "stopped", resource: { inputs, outputs: error.properties, failed: true } };
    }
  }

  private store(former: string, name: string, resource: Resource): void {
    const was = this.resources.get(former);
    const known = was?.inputs.group === resource.inputs.group ? this.known.get(former) : undefined;
    this.lose(former);
    this.resources.set(name, resource);
    if (known === undefined) this.known.delete(name);
    else this.known.set(name, known);
  }

  private lose(name: string): void {
    this.resources.delete(name);
    this.known.delete(name);
  }

  /** Pulumi writes what a run came to first, and then what it has from before. */
  private sort(registered: readonly string[]): void {
    const all = [...this.resources];
    const rank = (name: string): number => (registered.includes(name) ? registered.indexOf(name) : all.length);
    this.resources.clear();
    for (const [name, one] of all.sort(([a], [b]) => rank(a) - rank(b))) this.resources.set(name, one);
  }

  /** Resources without a roster are deleted, which calls nothing. */
  private forget(registered: ReadonlySet<string>): void {
    for (const name of [...this.resources.keys()]) if (!registered.has(name)) this.lose(name);
  }

  private lastRun({ display }: Settings): LastRun {
    return readLastRun(exported(this.resources, display === "masked"), OWN);
  }

  private settingsOf(way: Pick<Way, "display">): Settings {
    const display = way.display ?? (this.raw.display as Settings["display"]);
    const key = display === "masked by another key" ? "another key" : "key";
    const parsed = parseSettings({ ...this.raw, display: display === "full" ? "full" : "masked", maskKey: key });
    if (parsed.kind === "invalid") throw new Error(parsed.problems.join());
    return parsed.settings;
  }
}

/** All groups of the model are there, and known. */
const groupOf = ({ ref }: Declared): string => ref.group;

function showOf(settings: Settings): (number: Digits) => string {
  const key = `${settings.display} ${settings.maskKey ?? ""}`;
  const show = shows.get(key) ?? display(settings, () => undefined);
  shows.set(key, show);
  return show;
}

function declaredIn(rosters: Rosters, settings: Settings): readonly Declared[] {
  const account = declare(rosters, settings);
  if (account.kind === "invalid") throw new Error(account.problems.join());
  return account.declared;
}

function reviewedPlan(
  { text }: Plan,
  declared: readonly Declared[],
  last: LastRun | undefined,
  show: (number: Digits) => string,
): ReviewedPlan | "refused" {
  const read = readPlanText(text, OWN);
  if (read.kind === "fault") throw new InputError("plan", read.why);
  if (last === undefined) return "refused";
  const plan = readPlan(read, declared, last);
  return differences(plan, declared, last, show).length > 0 ? "refused" : plan;
}

/** CAMS could not be asked at all. */
function unlessAsked(error: unknown): undefined {
  if (error instanceof CamsError) return undefined;
  throw error;
}
