/** One deployment of Pulumi: each resource that is registered is checked and compared, and written where there is something to do. */
import { CamsError } from "../../../src/cams";
import { apply } from "../../../src/provider/apply";
import { check } from "../../../src/provider/check";
import { diff } from "../../../src/provider/diff";
import { PartialFailure } from "../../../src/provider/failure";
import { invitations } from "../../../src/provider/invitations";
import type { Session } from "../../../src/provider/session";
import type { Cams } from "./cams";
import type { Registration } from "./registrations";
import type { Resources } from "./resources";
import { violations, type Bag, type Op, type Resource } from "./state";
import { isLeftOut, Killed, type Plan, type Way } from "./way";

/** What Pulumi asks a resource's provider. */
type Step = Pick<Registration, "kind" | "name" | "args" | "options">;

/** What a deployment leaves behind, as it goes. */
export class Deployment {
  /** GroupIds of the people whose resources were stored, and of the groups for which it was stored how invitations ended. */
  readonly stored = new Set<string>();
  readonly ended = new Set<string>();
  readonly registered: Step[] = [];
  failed = false;
  written = 0;
  private steps = 0;

  constructor(
    readonly session: Session,
    private readonly resources: Resources,
    private readonly cams: Cams,
    private readonly way: Way,
    private readonly plan?: Plan,
  ) {}

  /**
   * Carries out what was registered.
   * @returns whether Pulumi goes on; not when the engine was killed
   * @throws Killed
   */
  async carryOut(batch: readonly Step[]): Promise<boolean> {
    const writes: (() => Promise<void>)[] = [];
    this.registered.push(...batch);
    for (const one of batch) {
      const write = await this.prepare(one);
      if (write === "refused") {
        this.failed = true;
        return false;
      }
      if (write === undefined) continue;
      if (this.way.checksFirst) writes.push(write);
      else await write();
    }
    for (const write of writes) await write();
    return !this.failed;
  }

  /** @returns what is to be written; undefined when nothing is */
  private async prepare(one: Step): Promise<(() => Promise<void>) | "refused" | undefined> {
    const { kind, name } = one;
    const { way, plan, resources } = this;
    const former = resources.formerOf(one);
    if (isLeftOut(way, kind, String(one.args.group))) {
      const known = resources.all[kind].get(former);
      if (known !== undefined) resources.store(kind, former, name, known);
      return undefined;
    }
    const { inputs, op, known } = await this.stepOf(one);
    if (inputs === undefined) return "refused";
    if (plan !== undefined) {
      const planned = (kind === "people" ? plan.resources : plan.senders).get(name);
      const broken = violations(planned, op, known?.inputs ?? {}, inputs);
      if (broken.length > 0) throw new Error(`${kind} ${name} violates plan: ${broken.join("; ")}`);
    }
    if (op === "same" && known !== undefined) {
      if (this.steps === way.killed?.after) throw new Killed();
      this.steps += 1;
      if (kind === "people") this.stored.add(String(inputs.group));
      resources.store(kind, former, name, { ...known, inputs });
      return undefined;
    }
    return () => this.write(one, former, op === "create" || op === "replace" ? undefined : known, inputs);
  }

  /** What Pulumi finds to be done: `check` and `diff`. Without inputs the resource is refused. */
  async stepOf(
    one: Step,
  ): Promise<{ readonly inputs: Bag | undefined; readonly op: Op; readonly known: Resource | undefined }> {
    const { resources, session } = this;
    const known = resources.all[one.kind].get(resources.formerOf(one));
    const checks = one.kind === "people" ? check : invitations.check;
    const compares = one.kind === "people" ? diff : invitations.diff;
    const { phase } = this.cams;
    this.cams.phase = "look";
    try {
      const checked = await checks(session, known?.inputs ?? {}, one.args);
      const inputs = checked.inputs as Bag | undefined;
      if (inputs === undefined || known === undefined) return { inputs, op: "create", known };
      const { changes, replaces } = compares(session, known.outputs, inputs);
      if (replaces.length === 0) return { inputs, op: changes || known.failed ? "update" : "same", known };
      // Before it replaces a resource Pulumi checks it once more, as if it were new.
      const anew = await checks(session, {}, one.args);
      return { inputs: anew.inputs as Bag | undefined, op: "replace", known };
    } catch (error) {
      if (error instanceof CamsError) return { inputs: undefined, op: "same", known };
      throw error;
    } finally {
      this.cams.phase = phase;
    }
  }

  private async write({ kind, name }: Step, former: string, known: Resource | undefined, inputs: Bag): Promise<void> {
    const { way } = this;
    if (this.failed && !way.continueOnError) return;
    const dies = this.steps === way.killed?.after;
    if (dies && way.killed.when === "between") throw new Killed();
    this.steps += 1;
    this.written += 1;
    this.cams.phase = "execute";
    const end = await (kind === "people" ? this.people(known, inputs) : this.sender(known, inputs));
    if (dies) throw new Killed();
    if (end.kind === "stopped") this.failed = true;
    if (end.resource === undefined) return;
    (kind === "people" ? this.stored : this.ended).add(String(inputs.group));
    this.resources.store(kind, former, name, end.resource);
  }

  private async people(known: Resource | undefined, inputs: Bag): Promise<Written> {
    try {
      const outputs = await apply(this.session, known?.outputs, inputs);
      return { kind: "done", resource: { inputs, outputs: { ...outputs }, failed: false } };
    } catch (error) {
      if (!(error instanceof PartialFailure)) return { kind: "stopped", resource: undefined };
      return { kind: "stopped", resource: { inputs, outputs: error.properties, failed: true } };
    }
  }

  /** What sends invitations fails only by a fault: it says in its outputs what was not done. */
  private async sender(known: Resource | undefined, inputs: Bag): Promise<Written> {
    const outputs =
      known === undefined
        ? (await invitations.create(this.session, inputs)).outs
        : await invitations.update(this.session, known.outputs, inputs);
    return { kind: "done", resource: { inputs, outputs: { ...outputs }, failed: false } };
  }
}

interface Written {
  readonly kind: "done" | "stopped";
  readonly resource: Resource | undefined;
}
