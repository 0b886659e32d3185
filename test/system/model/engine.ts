import type { AuditEntry } from "../../../src/execution/types";
import type { InvitationEntry } from "../../../src/execution/invitations/types";
import type { Digits } from "../../../src/membership/types";
import { display } from "../../../src/provider/display";
import { read } from "../../../src/provider/read";
import type { Session } from "../../../src/provider/session";
import type { Rosters } from "../../../src/roster";
import { CamsError, GroupLists } from "../../../src/cams";
import { carryOut, registerPreview, type CarriedOut, type CarryOut } from "../../../src/run/carry-out";
import { declare, type Declared } from "../../../src/run/desired";
import { InputError } from "../../../src/run/input-error";
import { readLastRun, type LastRun } from "../../../src/run/last-run";
import { noRostersText } from "../../../src/run/no-rosters";
import { planRunInvitations } from "../../../src/run/plan-invitations";
import { differences, readPlan, readPlanText, type ReviewedPlan } from "../../../src/run/reviewed-plan";
import { allRefusals, planRun, type RunPlan } from "../../../src/run/plan-run";
import { parseSettings, type Settings } from "../../../src/settings";
import { fakeClock } from "../../execution/world";
import type { Cams } from "./cams";
import { Deployment } from "./deployment";
import { batchesOf, engine, registrations, type Registration } from "./registrations";
import { Resources } from "./resources";
import { exported, OWN, planFile, planned, type Bag, type PlannedResource } from "./state";
import { Killed, type Plan, type Ran, type Way } from "./way";

/** Keys take their time to derive, and so are derived once. */
const shows = new Map<string, (number: Digits) => string>();

/** What the record of a group's people says before anybody is written to. */
interface Attempt {
  readonly at: string;
  readonly people: readonly { readonly number: Digits }[];
}

/** What a run looks at. */
interface Looked {
  readonly rosters: Rosters;
  readonly declared: readonly Declared[];
  readonly settings: Settings;
  readonly last: LastRun | undefined;
  /** GroupIds that a change concerns; undefined: all */
  readonly only?: ReadonlySet<string> | undefined;
  readonly reviewed?: ReviewedPlan | undefined;
  /** People whose day came since the reviewed plan was made. */
  readonly dayCame?: readonly Digits[] | undefined;
}

/** A stack in memory: the real plan, registration, check, diff, apply and read, with Pulumi's part played as it was measured. */
export class Stack {
  readonly state = new Resources();
  private runs = 0;

  constructor(
    private readonly cams: Cams,
    private readonly raw: Bag,
  ) {}

  /** Whether the state says by now that the run which goes on is about to write to somebody. */
  isAttempted(group: string, to: Digits): boolean {
    const people = [...this.state.all.people.values()].find(({ inputs }) => inputs.group === group);
    const look = people?.inputs.lastLook as { readonly invitations?: { readonly attempt?: Attempt } } | undefined;
    const attempt = look?.invitations?.attempt;
    return attempt?.at === this.at() && attempt.people.some(({ number }) => number === to);
  }

  private at(): string {
    return new Date(this.cams.now).toISOString();
  }

  /** @param only GroupIds that a change concerns; undefined: all */
  async up(rosters: Rosters, way: Way, only?: ReadonlySet<string>, plan?: Plan): Promise<Ran> {
    const settings = this.settingsOf(way);
    if (way.refresh === "before") await this.refresh(way);
    const last = way.stateUnread ? undefined : this.lastRun(settings);
    if (way.refresh === "with") await this.refresh(way);
    const audited: AuditEntry[] = [];
    const deployment = this.begin(settings, way, audited, plan);
    const { stored, ended, session } = deployment;
    const nothing = { ok: false, seen: undefined, written: 0, leftOut: [], unsent: [], killed: false, audited };
    const stopped = { ...nothing, stored, ended, prepared: session.groups };

    const declared = declaredIn(rosters, settings);
    if (declared.length === 0 && noRostersText("stacks/test", last) !== undefined)
      return { ...stopped, refused: "no rosters" };
    const reviewed = plan === undefined ? undefined : reviewedPlan(plan, declared, last, showOf(settings));
    if (reviewed === "refused") return { ...stopped, refused: "plan" };
    const seen = await this.look({ rosters, declared, settings, last, only, reviewed, dayCame: way.dayCame });
    if (seen === undefined || seen.refusals.length > 0) return { ...stopped, seen, refused: undefined };

    const program = carryOut(this.programOf(seen, last, settings, `run-${++this.runs}`), () => Promise.resolve());
    const { killed, carried } = await this.deploy(deployment, program);
    const result = { ...stopped, seen, refused: undefined, written: deployment.written, killed };
    if (carried === undefined) return result;
    const { failures, leftOut } = carried;
    const ok = allRefusals(seen).length + Object.values(failures).flat().length === 0;
    if (ok && way.leftOut.length === 0) this.state.forget(deployment.registered);
    return {
      ...{ ...result, ok, unsent: leftOut.invitations },
      leftOut: leftOut.people.map(({ desired }) => desired.group),
    };
  }

  /** A program of one's own, which declares resources without an order. */
  async upAlone(all: readonly Pick<Registration, "name" | "args">[], way: Way): Promise<Ran> {
    if (way.refresh !== "none") await this.refresh(way);
    const audited: AuditEntry[] = [];
    const deployment = this.begin(this.settingsOf(way), way, audited);
    const own = all.map((one) => ({ ...one, kind: "people" as const, options: {} }));
    const killed = await unlessKilled(deployment.carryOut(own));
    this.state.sort(own);
    const ok = killed !== "killed" && !deployment.failed;
    if (ok) this.state.forget(own);
    const { stored, ended, written, session } = deployment;
    const told = { seen: undefined, refused: undefined, leftOut: [], unsent: [], prepared: session.groups };
    return { ok, written, stored, ended, killed: killed === "killed", audited, ...told };
  }

  /** `pulumi preview --save-plan`; undefined when it fails, which saves nothing. */
  async preview(rosters: Rosters, way: Way): Promise<Plan | undefined> {
    const settings = this.settingsOf(way);
    const last = this.lastRun(settings);
    const declared = declaredIn(rosters, settings);
    const seen = await this.look({ rosters, declared, settings, last });
    if (seen === undefined || seen.refusals.length > 0 || declared.length === 0) return undefined;
    registrations.length = 0;
    engine.dryRun = true;
    await registerPreview(this.programOf(seen, last, settings, "preview")).finally(() => (engine.dryRun = false));
    const deployment = this.begin(settings, way, []);
    const all = { people: new Map<string, PlannedResource>(), senders: new Map<string, PlannedResource>() };
    for (const one of registrations) {
      const { inputs, op, known } = await deployment.stepOf(one);
      if (inputs === undefined) return undefined;
      all[one.kind].set(one.name, planned(op, op === "create" ? {} : (known?.inputs ?? {}), inputs));
    }
    return { text: planFile(all, settings.display === "masked"), resources: all.people, senders: all.senders, seen };
  }

  /** What the program plans; undefined when CAMS could not be asked at all. */
  private async look(looked: Looked): Promise<RunPlan | undefined> {
    const { rosters, declared, settings, last, only, reviewed } = looked;
    const common = { reader: this.cams, show: showOf(settings), last, limits: settings };
    const seen = await planRun(declared, { ...common, only, reviewed, concurrency: 1 }).catch(unlessAsked);
    if (seen === undefined) return undefined;
    return planRunInvitations(seen, {
      ...{ ...common, releases: rosters.releases, now: this.cams.now, warn: () => undefined },
      dayCame: new Map(declared.map(({ desired }) => [desired.name, new Set(looked.dayCame)])),
    });
  }

  private programOf(plan: RunPlan, last: LastRun | undefined, settings: Settings, run: string): CarryOut {
    registrations.length = 0;
    return { root: "/project", at: this.at(), run, show: showOf(settings), plan, last, groupOf };
  }

  /** Reads all resources. A refresh takes outputs, forgets failures that Pulumi noted, and takes inputs if there are any. */
  private async refresh(way: Way): Promise<void> {
    const { session } = this.begin(this.settingsOf(way), way, []);
    const { phase } = this.cams;
    const { people } = this.state.all;
    this.cams.phase = "refresh";
    this.cams.refreshes = way.refreshes;
    for (const [name, known] of people) {
      const found: { props: object; inputs?: Bag } | undefined = await read(
        session,
        String(known.inputs.group),
        known.outputs,
      ).catch(unlessAsked);
      if (found === undefined) break;
      const { props, inputs = known.inputs } = found;
      people.set(name, { inputs, outputs: { ...props }, failed: false });
    }
    this.cams.phase = phase;
  }

  private begin(settings: Settings, way: Way, audited: AuditEntry[], plan?: Plan): Deployment {
    const { cams } = this;
    const show = showOf(settings);
    const [clock, confirmTimeoutMs, warn] = [fakeClock(), 2_000, () => undefined];
    const executor = { cams, show, clock, confirmTimeoutMs, warn, audit: (entry: AuditEntry) => audited.push(entry) };
    const lists = new GroupLists(cams, clock);
    const endedLinks = new Set<string>();
    const keeper = { clock, confirmTimeoutMs, warn, cams, lists, endedLinks, auditUpkeep: () => undefined };
    const inviter = {
      ...{ clock, confirmTimeoutMs, warn, cams, show, lists, known: new Set<string>() },
      ...{ endedLinks, refusedTemplates: new Map<string, string>() },
      auditInvitation: (entry: InvitationEntry) => cams.post.audit(entry),
    };
    const session: Session = {
      ...{ settings, cams, show, executor, keeper, inviter, root: "/project" },
      ...{ groups: new Map(), upkeep: new Map(), asked: new Set(), unsure: new Set(), undecided: new Map() },
    };
    return new Deployment(session, this.state, cams, way, plan);
  }

  /** Pulumi answers the program, batch for batch, until that is done, or a step fails, or somebody kills the engine. */
  private async deploy(
    deployment: Deployment,
    program: Promise<CarriedOut>,
  ): Promise<{ readonly killed: boolean; readonly carried: CarriedOut | undefined }> {
    this.cams.phase = "execute";
    try {
      for await (const batch of batchesOf(program)) {
        const went = await unlessKilled(deployment.carryOut(batch));
        if (went !== true) return { killed: went === "killed", carried: undefined };
        for (const { kind, name, answer } of batch) answer(this.state.all[kind].get(name)?.outputs);
      }
      return { killed: false, carried: await program };
    } finally {
      this.state.sort(deployment.registered);
    }
  }

  private lastRun({ display }: Settings): LastRun {
    return readLastRun(exported(this.state.all, display === "masked"), OWN);
  }

  private settingsOf(way: Pick<Way, "display">): Settings {
    const display = way.display ?? (this.raw.display as Settings["display"]);
    const key = display === "masked by another key" ? "another key" : "key";
    const parsed = parseSettings({ ...this.raw, display: display === "full" ? "full" : "masked", maskKey: key });
    if (parsed.kind === "invalid") throw new Error(parsed.problems.join());
    return parsed.settings;
  }
}

const unlessKilled = (going: Promise<boolean>): Promise<boolean | "killed"> =>
  going.catch((error: unknown) => {
    if (error instanceof Killed) return "killed";
    throw error;
  });

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
