import type { Digits } from "../../src/membership/types";
import { CALM, Cams, type Weather } from "./cams";
import { numbersOf } from "../membership/world";
import { judge, untouchable, type Facts, type Verdict } from "./contract";
import { Stack, USUAL, type Ran } from "./engine";
import { Files } from "./files";
import { BOT } from "./people";
import { GROUPS, type Step, type Story } from "./worlds";

/** Calm runs at the end of each story: enough to adopt, to remove, and twice to find nothing to do. */
const CALM_RUNS = 4;

/** How often what happened in all worlds, so that nothing is claimed of worlds in which it can't happen. */
export const tally = new Map<string, number>();
function count(what: string, by = 1): void {
  tally.set(what, (tally.get(what) ?? 0) + by);
}

/** By group of the state: who was seen there, surely at the last run or at any; and whether `surely` is all of them. */
type Memory = Map<string, { surely: ReadonlySet<Digits>; ever: ReadonlySet<Digits>; all: boolean }>;

/** One run with all that was so before it. */
interface Run extends Ran {
  readonly step: Step;
  readonly verdict: Verdict;
  readonly before: ReadonlyMap<string, readonly Digits[]>;
  readonly refused: boolean;
  /** Groups that the code holds, and by which rules. */
  readonly held: ReadonlyMap<string, readonly string[]>;
  /** Groups that are adopted by this run, and spare everybody, whether the program knows that or not. */
  readonly adopting: ReadonlySet<string>;
}

/** Lives one story, and compares each run with what the contract says of it. */
export async function live(story: Story): Promise<void> {
  count("worlds");
  const cams = new Cams();
  story.groups.forEach(({ there, unidentified }, index) => {
    cams.groups.set(GROUPS[index] ?? "", { there: new Set(there), unidentified });
  });
  const files = new Files(story);
  const stack = new Stack(cams, { ...story.settings, businessNumber: BOT, custSpaceId: "cams-8c8e", maskKey: "key" });
  const memory: Memory = new Map();
  const world: World = { story, cams, files, stack, memory, texts: new Map() };
  for (const step of story.steps) await play(world, step);
  let last: Run | undefined;
  for (let i = 0; i < CALM_RUNS; i++) last = await play(world, { edits: [], weather: CALM, way: USUAL });
  if (last !== undefined) settled(world, last);
}

interface World {
  readonly story: Story;
  readonly cams: Cams;
  readonly files: Files;
  readonly stack: Stack;
  readonly memory: Memory;
  /** The rosters of the last run, without their names. */
  texts: ReadonlyMap<string, string>;
}

async function play(world: World, step: Step): Promise<Run> {
  const { cams, files, stack, memory, story } = world;
  count("runs");
  cams.begin(step.weather);
  for (const edit of step.edits) files.apply(edit, cams);
  const before = new Map([...cams.groups.keys()].map((group) => [group, cams.there(group)]));
  const known = stack.managed();
  const managed = step.way.stateUnread ? undefined : known;
  const spares = story.settings.onAdopt === "spare";
  const isNew = (group: string): boolean =>
    managed === undefined ? known.get(group) !== files.rosters.get(group)?.name : !managed.has(group);
  const adopting = new Set([...before.keys()].filter((group) => spares && isNew(group)));
  const texts = files.texts();
  const changed = new Set([...texts.keys()].filter((group) => texts.get(group) !== world.texts.get(group)));
  world.texts = texts;
  const only = step.way.partial ? changed : undefined;
  const unfinished = stack.unfinished();
  const ran = await stack.up(files.loaded(), step.way, only);

  const held = new Map(
    (ran.seen?.groups ?? []).flatMap(({ desired, verdict, unasked }) =>
      verdict.kind === "held" && unasked !== true
        ? [[desired.group, verdict.refusals.map(({ rule }) => rule)] as const]
        : [],
    ),
  );
  const suspected = new Set(
    [...held].filter(([, rules]) => rules.includes("suspicious-listing")).map(([group]) => group),
  );
  const listed = new Map([...cams.looked].map(([group, looks]) => [group, looks.at(-1)]));
  const facts: Facts = { files, settings: story.settings, listed, managed, seen: memory, only, unfinished, suspected };
  const verdict = judge(facts);
  const run = { ...ran, step, verdict, before, held, adopting, refused: (ran.seen?.refusals.length ?? 0) > 0 };
  if (ran.seen === undefined) nobody(world, run);
  else {
    judgedAlike(world, run, listed);
    onlyThePlanned(world, run);
    nothingIsLost(world, run);
    asFarAsItGoes(world, run);
  }
  remember(world, run, listed);
  return run;
}

/** `expect(…).toEqual(…)`, which takes its time, only where there is something to tell. */
function same(found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected)) expect(found).toEqual(expected);
}

/** The code's guards say what the contract says, of each group and of the run. */
function judgedAlike(
  { files, memory }: World,
  { step, seen, verdict, held, refused }: Run,
  listed: Facts["listed"],
): void {
  for (const { desired, verdict: found, unasked } of seen?.groups ?? []) {
    const opinion = verdict.groups.get(desired.group)!;
    same(unasked === true, opinion.unasked);
    if (unasked === true) {
      same(listed.has(desired.group), false);
      count("groups that were not looked at");
    }
    const rules = (held.get(desired.group) ?? []).map((rule) =>
      rule === "doubtful-listing" || rule === "unknown-group" ? "no whole listing" : rule,
    );
    for (const rule of rules) count(rule);
    same(rules.filter((rule) => rule !== "suspicious-listing").sort(), [...opinion.holds].sort());
    if (opinion.lost !== "maybe") same(rules.includes("suspicious-listing"), opinion.lost === "yes");
    same(numbersOf(found.plan?.remove ?? []), opinion.planned);
    if (found.kind === "approved") same(found.approved.remove, found.plan.remove);
    const known = memory.get(desired.group);
    if (known?.all !== true || step.way.stateUnread || found.plan === undefined) continue;
    const missing = [...files.declared(files.rosters.get(desired.group)!)].filter(
      (number) => listed.get(desired.group)?.includes(number) === false,
    );
    same(numbersOf(found.plan.left), missing.filter((number) => known.surely.has(number)).sort());
    same(numbersOf(found.plan.awaiting), missing.filter((number) => !known.surely.has(number)).sort());
    if (found.plan.left.length > 0) count("groups that people left");
  }
  same(
    seen?.refusals.map(({ rule }) => rule).filter((rule, i, all) => all.indexOf(rule) === i),
    verdict.run,
  );
  if (refused) count("refused runs");
  if (files.present().length === 0) count("runs without rosters");
}

/** A run that could not look at anything touches nobody. */
function nobody({ cams }: World, { before }: Run): void {
  count("runs that could not look");
  same(cams.requests, []);
  for (const [group, there] of before) same(cams.there(group), there);
}

/** Whoever is asked for was planned, is listed still, and nothing protects them; and nobody beyond a limit. */
function onlyThePlanned({ cams, files, story }: World, { verdict, held, refused, adopting, audited }: Run): void {
  const asked: [string, Digits][] = [];
  for (const { group, numbers, seen } of cams.requests) {
    same(refused, false);
    expect([...held.keys(), ...adopting]).not.toContain(group);
    expect(numbers.length).toBeLessThanOrEqual(8);
    const roster = files.rosters.get(group)!;
    const stay = untouchable(files, story.settings, roster);
    for (const number of numbers) {
      expect(stay).not.toContain(number);
      expect(verdict.groups.get(group)?.planned).toContain(number);
      expect(seen).toContain(number);
      asked.push([group, number]);
    }
  }
  count("people asked for", asked.length);
  const attempts = audited.filter(({ event }) => event === "attempt").map(({ group, number }) => [group, number]);
  same(attempts, asked);

  const distinct = [...new Map(asked.map((one) => [one.join(), one])).values()];
  const counted = distinct.filter(([group, number]) => !files.released(group).has(number));
  for (const [group, { maxRemovals }] of files.rosters) {
    const most = maxRemovals ?? story.settings.maxRemovalsPerGroup;
    expect(counted.filter(([of]) => of === group).length).toBeLessThanOrEqual(most);
  }
  const ofTheRun = counted.filter(([, number]) => !files.offboarded.has(number));
  expect(ofTheRun.length).toBeLessThanOrEqual(story.settings.maxRemovalsPerRun);
  for (const [, number] of ofTheRun) {
    const groups = ofTheRun.filter(([, other]) => other === number).length;
    expect(groups).toBeLessThanOrEqual(story.settings.maxGroupsPerPerson);
  }
}

/** A run that says that all is well has every group of a roster in state, under the roster's name. */
function nothingIsLost({ files, stack }: World, { ok }: Run): void {
  if (!ok) return;
  const rosters = files.present().map(([group, { name }]) => [group, name] as const);
  same([...stack.managed()].sort(), rosters.sort());
}

/** In calm weather all of it is done; whatever the weather, a run that says so has done it, and a held group is red. */
function asFarAsItGoes({ cams }: World, { step, verdict, before, held, refused, adopting, ok }: Run): void {
  const calm = isCalm(step.weather);
  if (refused || held.size > 0) same(ok, false);
  for (const [group, opinion] of verdict.groups) {
    const planned = adopting.has(group) ? [] : opinion.planned;
    if (refused || held.has(group)) {
      if (calm) same(cams.there(group), before.get(group));
      continue;
    }
    const there = cams.there(group);
    if (calm)
      same(
        there,
        before.get(group)?.filter((number) => !planned.includes(number)),
      );
    if (!ok) continue;
    const back = step.weather.moves.filter((move) => move.joins && move.group === group).map(({ number }) => number);
    same(
      there.filter((number) => planned.includes(number) && !back.includes(number)),
      [],
    );
  }
  if (calm && !refused && held.size === 0) same(ok, true);
}

function isCalm({ looks, lists, removes, moves }: Weather): boolean {
  return Object.keys(looks).length + lists.length + removes.length + moves.length === 0;
}

/** What the next run has to know of this one: who was seen where, when the run came to its end. */
function remember({ cams, memory, stack }: World, run: Run, listed: Facts["listed"]): void {
  const managed = stack.managed();
  for (const group of [...memory.keys()]) if (!managed.has(group)) memory.delete(group);
  for (const group of managed.keys()) {
    // What was known of a group stays so while nobody looks.
    if (run.ok && run.verdict.groups.get(group)?.unasked === true) continue;
    const { ever } = memory.get(group) ?? { ever: new Set<Digits>() };
    const there = listed.get(group) ?? [];
    const planned = run.verdict.groups.get(group)?.planned ?? [];
    const still = cams.there(group);
    const surely = run.ok ? there.filter((number) => !planned.includes(number) && still.includes(number)) : [];
    const all = run.ok && isCalm(run.step.weather);
    memory.set(group, { surely: new Set(surely), ever: new Set([...ever, ...there]), all });
  }
}

/** After enough calm runs each group that no guard holds is as declared, and nothing is asked for or written any more. */
function settled({ cams }: World, { verdict, held, refused, ok, written }: Run): void {
  same(cams.requests, []);
  if (refused) return;
  for (const [group, { planned }] of verdict.groups) if (!held.has(group)) same(planned, []);
  same(written, 0);
  if (held.size === 0) same(ok, true);
  if (held.size === 0) count("worlds that settle whole");
}
