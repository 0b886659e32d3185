import type { Digits } from "../../../src/membership/types";
import type { RunPlan } from "../../../src/run/plan-run";
import { numbersOf } from "../../membership/world";
import { CALM, Cams, type Weather } from "./cams";
import { judge, recordOf, type Facts, type Opinion, type PlanFacts, type Verdict } from "./contract";
import { Stack } from "./engine";
import { follow, withinLimits } from "./execution";
import { Files } from "./files";
import { BOT } from "./people";
import { count, same } from "./tally";
import { GROUPS, type Step, type Story } from "./story";
import { USUAL, type Plan, type Ran, type Way } from "./way";

/** Calm runs at the end of each story: enough to adopt, to remove, and twice to find nothing to do. */
const CALM_RUNS = 4;

export interface World {
  readonly story: Story;
  readonly cams: Cams;
  readonly files: Files;
  readonly stack: Stack;
  /** The rosters of the last run, without their names. */
  texts: ReadonlyMap<string, string>;
}

/** One run with all that was so before it. */
interface Run extends Ran {
  readonly weather: Weather;
  readonly way: Way;
  readonly facts: Facts;
  readonly verdict: Verdict;
  readonly before: ReadonlyMap<string, readonly Digits[]>;
  /** Groups that a guard holds. */
  readonly held: readonly string[];
  readonly nothingDone: boolean;
}

/** A saved plan, and what it is of by the contract's words. */
interface Reviewed {
  readonly plan: Plan;
  readonly facts: PlanFacts;
  readonly declarations: ReadonlyMap<string, string>;
}

export function worldOf(story: Story): World {
  count("worlds");
  if (story.settings.refreshAlways) count("stories that always refresh");
  const cams = new Cams();
  story.groups.forEach(({ there, unidentified }, index) => {
    cams.groups.set(GROUPS[index] ?? "", { there: new Set(there), unidentified });
  });
  const { refreshAlways: _, ...settings } = story.settings;
  const stack = new Stack(cams, { ...settings, businessNumber: BOT, custSpaceId: "cams-8c8e" });
  return { story, cams, files: new Files(story), stack, texts: new Map() };
}

/** Lives one story, and compares each run with what the contract says of it. */
export async function live(story: Story): Promise<void> {
  const world = worldOf(story);
  for (const step of story.steps) await play(world, step);
  let last: Run | undefined;
  for (let i = 0; i < CALM_RUNS; i++) last = await once(world, CALM, wayOf(world, USUAL));
  if (last !== undefined) settled(world, last);
}

export const wayOf = ({ story }: World, way: Way): Way =>
  story.settings.refreshAlways ? { ...way, refresh: "with" } : way;

async function play(world: World, { edits, weather, way: wished, plan }: Step): Promise<void> {
  const { cams, files } = world;
  for (const edit of edits) files.apply(edit, cams);
  const way = wayOf(world, wished);
  const reviewed = plan === undefined ? undefined : await review(world, way);
  if (plan === undefined || reviewed === undefined) {
    await once(world, weather, way);
    return;
  }
  for (const edit of plan.between) files.apply(edit, cams);
  if (plan.between.some(({ kind }) => kind === "join" || kind === "leave")) count("plans with people who came or went");
  const bound: Way = { ...way, stateUnread: false, leftOut: [], refresh: plan.refresh ? "before" : way.refresh };
  for (let times = 0; times < plan.times; times++) {
    await once(world, times === 0 ? weather : CALM, bound, reviewed);
  }
}

/** A preview that saves its plan. It sees what a run would see, and touches nothing. */
async function review(world: World, way: Way): Promise<Reviewed | undefined> {
  const { cams, files, stack } = world;
  cams.begin(CALM);
  const resources = JSON.stringify(entriesOf(stack));
  const plan = await stack.preview(files.loaded(), way);
  same([JSON.stringify(entriesOf(stack)), cams.removals()], [resources, []], "what a preview touches");
  if (plan === undefined) return undefined;
  count("plans");
  const facts = factsOf(world, { ...USUAL, display: way.display });
  const verdict = judge(facts);
  judgedAlike(world, plan.seen, facts, verdict);
  // A held group is left as it is; a new one can be adopted by the plan all the same, once nothing holds it.
  const lookedAt = [...verdict.groups].filter(
    ([group, { holds }]) =>
      holds.length === 0 || !(recordOf(facts, group) !== undefined || holds.includes("belongs-elsewhere")),
  );
  const groups = new Map(
    lookedAt.map(([group, { holds, planned }]) => [group, new Set(holds.length === 0 ? planned : [])]),
  );
  const held = [...verdict.groups].filter(([group, { holds }]) => holds.length > 0 && !groups.has(group));
  const names = held.map(([group]) => files.rosters.get(group)!.name).filter((name) => plan.resources.has(name));
  return { plan, facts: { groups, held: new Set(names) }, declarations: files.declarations() };
}

/** All that the state holds. */
const entriesOf = ({ state: { all } }: Stack): unknown => [[...all.people], [...all.senders]];

function factsOf({ files, story, stack, cams }: World, way: Way, only?: Facts["only"], plan?: Facts["plan"]): Facts {
  return {
    ...{ files, settings: story.settings, only, plan, alone: false, stateUnread: way.stateUnread },
    rows: new Map([...cams.groups].map(([group, { unidentified }]) => [group, unidentified])),
    records: stack.state.records(),
    listed: new Map([...cams.looked].map(([group, looks]) => [group, looks.at(-1)])),
  };
}

async function once(world: World, weather: Weather, way: Way, reviewed?: Reviewed): Promise<Run> {
  const { cams, files, stack } = world;
  count("runs");
  cams.begin(weather);
  const before = new Map([...cams.groups.keys()].map((group) => [group, cams.there(group)]));
  const texts = files.texts();
  const changed = new Set([...texts.keys()].filter((group) => texts.get(group) !== world.texts.get(group)));
  world.texts = texts;
  const only = way.partial && reviewed === undefined ? changed : undefined;
  // Whatever a run leaves behind, this is what the state was before it.
  const { listed: _, ...then } = factsOf(world, way, only, reviewed?.facts);
  const ran = await stack.up(files.loaded(), way, only, reviewed?.plan);
  const facts: Facts = { ...then, listed: new Map([...cams.looked].map(([group, looks]) => [group, looks.at(-1)])) };
  const verdict = judge(facts);
  const held = [...verdict.groups].flatMap(([group, { holds }]) => (holds.length > 0 ? [group] : []));
  const nothingDone = ran.seen === undefined || ran.seen.refusals.length > 0;
  const run: Run = { ...ran, weather, way, facts, verdict, before, held, nothingDone };
  noted(run);

  isRefusedAsItOughtTo(world, run, reviewed);
  if (ran.seen !== undefined) judgedAlike(world, ran.seen, facts, verdict);
  if (nothingDone) touchesNobody(world, run);
  else {
    withinLimits(cams, files, world.story.settings, verdict.groups, ran.audited);
    asFarAsItGoes(world, run, reviewed);
    recordsStay(world, run, reviewed);
  }
  remember(world, run);
  return run;
}

function noted({ way, killed, facts, ok, held, seen }: Run): void {
  if (way.stateUnread) count("runs that could not read the state");
  if (way.display !== undefined) count("runs with another display");
  if (way.refresh !== "none") count(`runs with a refresh: ${way.refresh}`);
  if (killed) count(`runs killed: ${String(way.killed?.when)}`);
  if (killed && way.refresh !== "none") count("runs killed after a refresh");
  if (facts.plan !== undefined) count("runs of a plan");
  if (facts.plan !== undefined && ok) count("runs of a plan that end well");
  if (facts.plan !== undefined && held.length > 0) count("runs of a plan with a held group");
  if ((seen?.refusals.length ?? 0) > 0) count("refused runs");
  if (facts.files.present().length === 0) count("runs without rosters");
}

/** A plan of other rosters, and a folder without rosters that the state knew, are refused before anything is done. */
function isRefusedAsItOughtTo({ files }: World, { refused, facts, seen }: Run, reviewed?: Reviewed): void {
  if (refused !== undefined) same(seen, undefined);
  if (files.present().length === 0) same(refused === "no rosters", facts.records.length > 0 || facts.stateUnread);
  else if (reviewed !== undefined) {
    const now = files.declarations();
    const differs = (group: string): boolean => now.get(group) !== reviewed.declarations.get(group);
    if ([...reviewed.facts.groups.keys()].some(differs)) same(refused, "plan");
    if (![...now.keys(), ...reviewed.declarations.keys()].some(differs)) same(refused, undefined);
    if (refused === "plan") count("plans of other rosters");
  } else same(refused, undefined);
}

/** The code's guards say what the contract says, of each group and of the run. */
function judgedAlike({ cams }: World, seen: RunPlan, facts: Facts, verdict: Verdict): void {
  for (const { desired, verdict: found, skipped } of seen.groups) {
    const { group } = desired;
    const opinion = verdict.groups.get(group)!;
    same(skipped === true, opinion.skipped, `${group} is not looked at`);
    if (skipped === true) {
      same(facts.listed.has(group), false);
      count("groups that were not looked at");
      continue;
    }
    const rules = found.kind === "held" ? found.refusals.map(({ rule }) => rule) : [];
    const known = rules.map((rule) => (/^(doubtful-listing|unknown-group)$/.test(rule) ? "no whole listing" : rule));
    for (const rule of known) count(rule);
    same(known.sort(), opinion.holds, `what holds ${group}`);
    same(numbersOf(found.plan?.remove ?? []), opinion.planned, `who goes from ${group}`);
    if (found.kind === "approved") same(found.approved.remove, found.plan.remove);
    if (found.plan === undefined || opinion.judged === undefined) continue;
    const { plan } = found;
    // Without the state nobody knows who was there.
    if (facts.stateUnread) continue;
    same(
      plan.unidentified,
      opinion.judged.nobody.length + (cams.groups.get(group)?.unidentified ?? 0),
      "rows of nobody",
    );
    if (opinion.judged.nobody.length > 0) count("digits that are nobody's number");
    same(numbersOf(plan.left), opinion.judged.left, `who left ${group}`);
    same(numbersOf(plan.awaiting), opinion.judged.awaiting, `who is awaited in ${group}`);
    const out = plan.awaiting.filter(({ removedBefore }) => removedBefore === true);
    same(numbersOf(out), opinion.judged.removedBefore, `who was removed from ${group} before`);
    const spared = plan.spared.map(({ number, because }) => `${number} ${because}`);
    same(spared, opinion.judged.spared, `who is spared in ${group}`);
    tell(group, opinion, facts);
  }
  same([...new Set(seen.refusals.map(({ rule }) => rule))], verdict.run, "what refuses the run");
}

/** What makes the worlds worth their while. */
function tell(group: string, { judged, planned }: Opinion, facts: Facts): void {
  if (judged === undefined) return;
  const last = recordOf(facts, group)?.known;
  if (judged.left.length > 0) count("groups that people left");
  if (judged.left.some((number) => last?.left.has(number) === true)) count("groups that people left earlier");
  if (judged.removedBefore.length > 0) count("groups whose link does not let somebody in");
  if (judged.spared.some((one) => one.endsWith(" plan"))) count("groups in which a plan spares people");
  if (planned.some((number) => last?.asked.has(number) === true)) count("removals that are begun again");
}

/** A run that could not look, or is refused, touches nobody. */
function touchesNobody({ cams, stack }: World, { before, facts, seen, refused }: Run): void {
  if (seen === undefined && refused === undefined) count("runs that could not look");
  same(cams.removals(), []);
  same(stack.state.records(), facts.records);
  for (const [group, there] of before) same(cams.there(group), there);
}

/** In calm weather all of it is done; whatever the weather, a run that says so has done it, and a held group is red. */
function asFarAsItGoes({ cams, stack }: World, run: Run, reviewed?: Reviewed): void {
  const { weather, way, verdict, before, held, ok, killed, stored, facts } = run;
  const calm = isCalm(weather);
  const left = new Set(way.leftOut);
  if (held.length > 0 || killed) same(ok, false);
  const later = [...verdict.groups].some(([group, { heldLater }]) => heldLater && !left.has(group));
  if (later) {
    count("groups that only the provider holds");
    same(ok, false);
  }
  const wouldLeaveOut: string[] = [];
  // What a plan makes is there when it is applied once more, and Pulumi lets nobody write it then.
  const isSpent = (group: string): boolean =>
    facts.records.some(
      (record) => record.group === group && reviewed?.plan.resources.get(record.name)?.op === "create",
    );
  let spent = false;
  for (const [group, opinion] of verdict.groups) {
    const rollCall = facts.listed.get(group);
    if (opinion.skipped || opinion.holds.length > 0 || opinion.heldLater || left.has(group) || rollCall === undefined) {
      same(
        cams.removals().filter((one) => one.group === group),
        [],
      );
      if (calm) same(cams.there(group), before.get(group));
      const passed = !opinion.skipped && opinion.holds.length === 0;
      if (left.has(group) && passed && opinion.planned.length > 0) wouldLeaveOut.push(group);
      continue;
    }
    if (isSpent(group) && opinion.planned.length > 0) {
      count("groups that a plan made before");
      same(ok, false);
      spent = true;
    }
    const planned = facts.stateUnread || isSpent(group) ? [] : opinion.planned;
    const { last, doubted } = follow(cams, group, { ...opinion, planned }, rollCall);
    const there = cams.there(group);
    const done = before.get(group)?.filter((number) => !planned.includes(number));
    const halfDone = killed && way.killed?.when === "in write" && !stored.has(group);
    if (calm && !halfDone) same(there, stored.has(group) ? done : before.get(group), `who is in ${group}`);
    if (calm && !killed && !later) same(stored.has(group), true, `${group} was come to`);
    if (!ok || planned.length === 0) continue;
    same(
      planned.filter((number) => last?.includes(number) !== false),
      [],
      `who of ${group} is not known to be gone`,
    );
    if (doubted) count("runs that end well though a listing lost rows");
    const back = weather.moves.filter((move) => move.joins && move.group === group).map(({ number }) => number);
    if (weather.lists.some((look) => look === "few" || look === "empty")) continue;
    same(
      there.filter((number) => planned.includes(number) && !back.includes(number)),
      [],
      `who stayed in ${group}`,
    );
  }
  if (!killed && !later && (ok || calm)) {
    same([...run.leftOut].sort(), wouldLeaveOut.sort(), "whose removals were left out");
    if (wouldLeaveOut.length > 0) count("groups whose removals were left out");
  }
  const stale = stack.state.records().some(({ group, unfinished }) => unfinished && way.leftOut.includes(group));
  if (calm && held.length === 0 && !killed && !later && !stale && !spent) same(ok, true, "the run ends well");
}

function isCalm({ looks, lists, removes, moves }: Weather): boolean {
  return Object.keys(looks).length + lists.length + removes.length + moves.length === 0;
}

/**
 * A held group, or one that was not looked at, keeps its record whatever else the run does; and a run that says that all
 * is well has every group of a roster in state, under the roster's name.
 */
function recordsStay({ files, stack }: World, { verdict, facts, ok, way }: Run, reviewed?: Reviewed): void {
  const now = stack.state.records();
  for (const [group, { holds, skipped }] of verdict.groups) {
    const record = recordOf(facts, group);
    if (record === undefined || !(skipped || holds.length > 0)) continue;
    const known = now.find((one) => one.group === group)?.known;
    same(known, record.known, `${group} keeps its record`);
  }
  if (!ok || way.leftOut.length > 0 || reviewed !== undefined) return;
  const rosters = files.present().map(([group, { name }]) => [group, name] as const);
  same(now.map(({ group, name }) => [group, name]).sort(), rosters.sort(), "groups in state");
}

/** What the next run has to know of this one: the looks that were believed, and that Pulumi stored. */
function remember({ stack, files }: World, { verdict, stored, nothingDone }: Run): void {
  if (nothingDone) return;
  for (const [group, { holds, heldLater, judged }] of verdict.groups) {
    if (judged === undefined || holds.length > 0 || heldLater || !stored.has(group)) continue;
    stack.state.known.set(files.rosters.get(group)!.name, judged.next);
  }
}

/** After enough calm runs each group that no guard holds is as declared, and nothing is asked for or written any more. */
function settled({ cams }: World, { verdict, held, nothingDone, ok, written }: Run): void {
  same(cams.removals(), []);
  if (nothingDone) return;
  for (const [group, { planned }] of verdict.groups)
    if (!held.includes(group)) same(planned, [], `${group} is settled`);
  same(written, 0, "resources that are written for ever");
  if (held.length > 0) return;
  same(ok, true);
  count("worlds that settle whole");
}
