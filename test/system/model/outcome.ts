/** How far a run comes, and what it leaves behind. */
import { recordOf } from "./contract";
import { follow } from "./execution";
import { count, same } from "./tally";
import { isLeftOut } from "./way";
import { isCalm, type Reviewed, type Run, type World } from "./world";

/** In calm weather all of it is done; whatever the weather, a run that says so has done it, and a held group is red. */
export function asFarAsItGoes({ cams, stack }: World, run: Run, reviewed?: Reviewed): void {
  const { weather, way, verdict, inviting, before, held, ok, killed, stored, facts } = run;
  const calm = isCalm(weather);
  const left = new Set(way.leftOut.filter((group) => isLeftOut(way, "people", group)));
  const rules = inviting?.rules ?? [];
  if (held.length > 0 || rules.length > 0 || killed) same(ok, false);
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
  const stale = stack.state.records().some(({ group, unfinished }) => unfinished && left.has(group));
  if (calm && held.length + rules.length === 0 && !killed && !later && !stale && !spent)
    same(ok, true, "the run ends well");
}

/**
 * A held group, or one that was not looked at, keeps its record whatever else the run does; and a run that says that all
 * is well has every group of a roster in state, under the roster's name.
 */
export function recordsStay({ files, stack }: World, { verdict, facts, ok, way }: Run, reviewed?: Reviewed): void {
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
