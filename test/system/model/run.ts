import { CALM, type Weather } from "./cams";
import { isRefusedAsItOughtTo, judgedAlike, touchesNobody } from "./comparison";
import { judge, recordOf, type Facts } from "./contract";
import type { Stack } from "./engine";
import { withinLimits } from "./execution";
import { bookOf, invitedAlike, judgePost, notedPost, rememberPost, sentAsPlanned, stateOf } from "./post-run";
import { asFarAsItGoes, recordsStay } from "./outcome";
import type { Step, Story } from "./story";
import { count, same } from "./tally";
import { USUAL, type Way } from "./way";
import { worldOf, type Reviewed, type Run, type World } from "./world";

/** Calm runs at the end of each story: enough to adopt, to remove, and twice to find nothing to do. */
const CALM_RUNS = 4;

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
  const bound: Way = {
    ...way,
    dayCame: plan.dayCame,
    stateUnread: false,
    leftOut: [],
    refresh: plan.refresh ? "before" : way.refresh,
  };
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
  const inviting = judgePost(world, facts, verdict, plan.seen, stateOf(world));
  judgedAlike(world, plan.seen, facts, verdict, inviting?.tooMany === true);
  if (inviting !== undefined) invitedAlike(world, plan.seen, inviting);
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
  const invites = [...(inviting?.groups ?? [])].map(([group, { invite }]) => [group, new Set(invite.keys())] as const);
  const named = { groups, held: new Set(names) };
  return { plan, facts: named, invites: new Map(invites), declarations: files.declarations() };
}

/** All that the state holds. */
const entriesOf = ({ state: { all } }: Stack): unknown => [[...all.people], [...all.senders]];

function factsOf({ files, story, stack, cams }: World, way: Way, only?: Facts["only"], plan?: Facts["plan"]): Facts {
  return {
    ...{ files, settings: story.settings, only, plan, alone: false, stateUnread: way.stateUnread },
    dayCame: new Set(way.dayCame),
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
  const state = stateOf(world);
  const ran = await stack.up(files.loaded(), way, only, reviewed?.plan);
  const facts: Facts = { ...then, listed: new Map([...cams.looked].map(([group, looks]) => [group, looks.at(-1)])) };
  const verdict = judge(facts);
  const inviting = judgePost(world, facts, verdict, ran.seen, state, reviewed);
  const held = [...verdict.groups].flatMap(([group, { holds }]) => (holds.length > 0 ? [group] : []));
  const nothingDone = ran.seen === undefined || ran.seen.refusals.length > 0;
  const run: Run = { ...ran, weather, way, facts, verdict, inviting, before, held, nothingDone };
  noted(
    run,
    cams.sends().some(({ step }) => step === "killed"),
  );
  if (inviting !== undefined) notedPost(run, inviting);

  isRefusedAsItOughtTo(world, run, reviewed);
  if (ran.seen !== undefined) judgedAlike(world, ran.seen, facts, verdict, inviting?.tooMany === true);
  if (ran.seen !== undefined && inviting !== undefined) invitedAlike(world, ran.seen, inviting);
  if (nothingDone) touchesNobody(world, run);
  else {
    withinLimits(cams, files, world.story.settings, verdict.groups, ran.audited);
    asFarAsItGoes(world, run, reviewed);
    recordsStay(world, run, reviewed);
  }
  const ends = sentAsPlanned(world, run);
  remember(world, run);
  rememberPost(world, run, ends);
  return run;
}

function noted({ way, killed, facts, ok, held, seen }: Run, isKilledSending: boolean): void {
  if (way.stateUnread) count("runs that could not read the state");
  if (way.display !== undefined) count("runs with another display");
  if (way.refresh !== "none") count(`runs with a refresh: ${way.refresh}`);
  if (killed) count(`runs killed: ${isKilledSending ? "in a message" : String(way.killed?.when)}`);
  if (killed && way.refresh !== "none") count("runs killed after a refresh");
  if (facts.plan !== undefined) count("runs of a plan");
  if (facts.plan !== undefined && ok) count("runs of a plan that end well");
  if (facts.plan !== undefined && held.length > 0) count("runs of a plan with a held group");
  if ((seen?.refusals.length ?? 0) > 0) count("refused runs");
  if (facts.files.present().length === 0) count("runs without rosters");
}

/** What the next run has to know of this one: the looks that were believed, and that Pulumi stored. */
function remember({ stack, files, cams }: World, { verdict, inviting, stored, nothingDone }: Run): void {
  if (nothingDone) return;
  for (const [group, { holds, heldLater, judged }] of verdict.groups) {
    if (judged === undefined || holds.length > 0 || heldLater || !stored.has(group)) continue;
    const { name } = files.rosters.get(group)!;
    const invited = inviting?.groups.get(group);
    const book = invited === undefined ? stack.state.known.get(name)?.book : bookOf(invited, cams.now);
    stack.state.known.set(name, { ...judged.next, book });
  }
}

/** After enough calm runs each group that no guard holds is as declared, and nothing is asked for or written any more. */
function settled({ cams }: World, { verdict, inviting, held, nothingDone, ok, written }: Run): void {
  same(cams.removals(), []);
  same(cams.sends(), []);
  if (nothingDone) return;
  for (const [group, { planned }] of verdict.groups)
    if (!held.includes(group)) same(planned, [], `${group} is settled`);
  same(written, 0, "resources that are written for ever");
  if (held.length > 0 || (inviting?.rules.length ?? 0) > 0) return;
  same(ok, true);
  count("worlds that settle whole");
}
