/** The resource in somebody's own program: each lists its group itself, and the guards of the run see what was checked before it. */
import { CALM, type Weather } from "./cams";
import { judge, judgeRun, type Facts, type Opinion } from "./contract";
import { follow, withinLimits } from "./execution";
import { BOT } from "./people";
import { wayOf } from "./run";
import { worldOf, type World } from "./world";
import { count, same } from "./tally";
import type { Story } from "./story";
import { USUAL, type Ran, type Way } from "./way";

/** Lives one story with a program of one's own, and compares each run with what the contract says of it. */
export async function liveAlone(story: Story): Promise<void> {
  const world = worldOf(story);
  for (const { edits, weather, way } of story.steps) {
    for (const edit of edits) world.files.apply(edit, world.cams);
    await once(world, weather, wayOf(world, way));
  }
  let last: { readonly ok: boolean; readonly written: number } | undefined;
  for (let i = 0; i < 4; i++) last = await once(world, CALM, wayOf(world, USUAL));
  same(world.cams.removals(), []);
  if (last?.ok === true) {
    same(last.written, 0, "resources that are written for ever");
    count("own programs that settle whole");
  }
}

/** The resources of the program, as it declares them. */
function resourcesOf({ files }: World): { name: string; args: Record<string, unknown> }[] {
  return files.loaded().rosters.map(({ name, group = "", members, undeclared, allowEmpty, maxRemovals, protect }) => ({
    name,
    args: {
      ...{ group, businessNumber: BOT, custSpaceId: "cams-8c8e", allowEmpty, protect },
      members: Object.fromEntries(members.map((one) => [one.number, one.name])),
      ...(undeclared === undefined ? {} : { undeclared }),
      ...(maxRemovals === undefined ? {} : { maxRemovals }),
    },
  }));
}

async function once(world: World, weather: Weather, way: Way): Promise<Ran> {
  const { cams, files, stack, story } = world;
  count("runs of own programs");
  cams.begin(weather);
  const before = new Map([...cams.groups.keys()].map((group) => [group, cams.there(group)]));
  const records = stack.state.records();
  const resources = resourcesOf(world);
  const ran = await stack.upAlone(resources, way);
  const facts: Facts = {
    ...{ files, settings: story.settings, records, only: undefined, plan: undefined },
    rows: new Map([...cams.groups].map(([group, { unidentified }]) => [group, unidentified])),
    dayCame: new Set(),
    ...{ alone: true, stateUnread: false },
    listed: new Map([...cams.looked].map(([group, looks]) => [group, looks.at(-1)])),
  };
  const { groups } = judge(facts);
  const passed = judgedInTurn(world, ran, facts, groups);
  withinLimits(cams, files, story.settings, groups, ran.audited);

  const calm = weather === CALM || JSON.stringify(weather) === JSON.stringify(CALM);
  for (const [group, opinion] of groups) {
    const rollCall = facts.listed.get(group);
    if (!passed.has(group) || rollCall === undefined) {
      same(
        cams.removals().filter((one) => one.group === group),
        [],
        `nobody is asked for in ${group}`,
      );
      if (calm) same(cams.there(group), before.get(group));
      if (records.some((record) => record.group === group)) {
        const was = records.find((record) => record.group === group)?.known;
        same(stack.state.records().find((record) => record.group === group)?.known, was, `${group} keeps its record`);
      }
      continue;
    }
    const { last } = follow(cams, group, opinion, rollCall);
    const { planned } = opinion;
    const done = before.get(group)?.filter((number) => !planned.includes(number));
    const halfDone = ran.killed && way.killed?.when === "in write" && !ran.stored.has(group);
    if (calm && !halfDone) same(cams.there(group), ran.stored.has(group) ? done : before.get(group));
    if (ran.ok)
      same(
        planned.filter((number) => planned.length > 0 && last?.includes(number) !== false),
        [],
      );
    if (opinion.judged !== undefined && ran.stored.has(group)) {
      stack.state.known.set(files.rosters.get(group)!.name, opinion.judged.next);
    }
  }
  const all = passed.size === groups.size;
  if (!all || ran.killed) same(ran.ok, false);
  if (calm && all && !ran.killed) same(ran.ok, true, "the run ends well");
  return ran;
}

/** Each resource is judged as it is checked, after those that were checked before it. */
function judgedInTurn(
  { files, story }: World,
  { prepared }: Ran,
  { listed }: Facts,
  groups: ReadonlyMap<string, Opinion>,
): ReadonlySet<string> {
  const passed: (readonly [string, Opinion])[] = [];
  const inTurn = files.loaded().rosters.map(({ group = "" }) => [group, groups.get(group)!] as const);
  for (const [group, opinion] of inTurn) {
    const found = prepared.get(group);
    // Pulumi checks no further once a resource is refused, or its program is killed.
    if (found === undefined || found === "held" || !listed.has(group)) break;
    const rules = found.refusals.map(({ rule }) => (/doubtful|unknown-group/.test(rule) ? "no whole listing" : rule));
    const goes = opinion.holds.length === 0 && opinion.planned.length > 0;
    const run = goes ? judgeRun(files, story.settings, [...passed, [group, opinion]]) : [];
    same([...new Set(rules)].sort(), [...opinion.holds, ...run].sort(), `what holds ${group}`);
    for (const rule of rules) count(`own programs: ${rule}`);
    if (rules.length > 0) continue;
    same(
      found.approved?.remove.map(({ number }) => number),
      opinion.planned,
      `who goes from ${group}`,
    );
    passed.push([group, opinion]);
  }
  return new Set(passed.map(([group]) => group));
}
