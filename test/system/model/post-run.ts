/** The invitations of a run: what the contract says of them, compared with what the code plans, sends and keeps on record. */
import type { Invitation, Standing } from "../../../src/invitations/types";
import type { Digits } from "../../../src/membership/types";
import type { PlannedInvitations } from "../../../src/run/planned-invitations";
import type { RunPlan } from "../../../src/run/plan-run";
import type { Book, Ended, Entries } from "./book";
import type { Facts, Verdict } from "./contract";
import { judgeInvitations, standing, type Invited, type InviteVerdict, type PostFacts } from "./inviting";
import { FATES } from "./post";
import { endOf, followSends } from "./sends";
import type { Op } from "./state";
import { count, same } from "./tally";
import { onlyWithReason } from "./truth";
import { isLeftOut } from "./way";
import { isCalm, memoryKey, type Reviewed, type Run, type World } from "./world";

/** What the state has before a run, as far as invitations need it. */
export interface StateBefore {
  readonly ends: PostFacts["ends"];
  /** Names, and groups, of which it has the resource. */
  readonly people: ReadonlySet<string>;
  readonly senders: ReadonlySet<string>;
}

export function stateOf({ cams, stack: { state } }: World): StateBefore {
  const { people, senders } = state.all;
  return {
    ends: new Map([...cams.groups.keys()].map((group) => [group, state.endOf(group)])),
    people: new Set(people.keys()),
    senders: new Set([...senders].flatMap(([name, { inputs }]) => [name, String(inputs.group)])),
  };
}

/** The contract's opinion of the invitations of a run; undefined where nobody is ever invited, and where nothing was looked at. */
export function judgePost(
  world: World,
  facts: Facts,
  verdict: Verdict,
  seen: RunPlan | undefined,
  state: StateBefore,
  reviewed?: Reviewed,
): InviteVerdict | undefined {
  const { cams, story, files } = world;
  const { post } = cams;
  const wish = story.settings.inviting;
  if (wish === undefined || seen === undefined) return undefined;
  const planned = new Map(seen.groups.map(({ desired, invitations }) => [desired.group, invitations]));
  const writes = (op: Op | undefined, exists: boolean): boolean =>
    op !== undefined && op !== "same" && !(op === "create" && exists);
  const spent = files.present().filter(([group, { name }]) => {
    if (reviewed === undefined) return false;
    const { resources, senders } = reviewed.plan;
    const hasSender = state.senders.has(name) || state.senders.has(group);
    return !writes(resources.get(name)?.op, state.people.has(name)) || !writes(senders.get(name)?.op, hasSender);
  });
  return judgeInvitations(facts, verdict, {
    ...{ now: cams.now, wish, ends: state.ends, account: post.rows.at(-1), objections: objectionsOf(world) },
    rows: post.told.look.flatMap((rows) => rows ?? []),
    named: reviewed?.invites,
    spent: new Set(spent.map(([group]) => group)),
    heardIn: (group) => ({
      found: new Map(
        [...(planned.get(group)?.invited ?? [])].flatMap(([number, { id }]) => (id ? [[number, id]] : [])),
      ),
      isTrue: (id, to, since) =>
        post.messages.some((one) => one.id === id && one.group === group && one.to === to && one.at >= since),
      passes: (why) => Object.values(FATES).some((fate) => fate.why === why && fate.passes),
    }),
  });
}

/** Why nothing may be sent at all. */
function objectionsOf({ cams: { post } }: World): readonly string[] {
  if (post.isUnseen) return ["number-not-official", "template-not-passed"];
  const { template, official } = post;
  return [
    ...(official ? [] : ["number-not-official"]),
    ...(template?.category === "MARKETING" ? ["template-is-marketing"] : []),
    ...(template?.status === "pass" ? [] : ["template-not-passed"]),
  ];
}

/** The code says of each person what the contract says. */
export function invitedAlike({ cams }: World, seen: RunPlan, { groups, rules, asks }: InviteVerdict): void {
  for (const { desired, invitations } of seen.groups) {
    const invited = groups.get(desired.group);
    same(invitations !== undefined, invited !== undefined, `people may be invited into ${desired.group}`);
    if (invitations === undefined || invited === undefined) continue;
    same(standingsIn(invitations), [...invited.standings], `how it stands with people of ${desired.group}`);
    same(entriesIn(invitations), entriesOf(invited.entries), `what is on record of ${desired.group}`);
    const ended = invitations.ended.map(({ number, how }) => `${number} ${how}`);
    same(ended, invited.ended, `whose invitations into ${desired.group} ended`);
    same(
      invitations.invite.map(({ number }) => number),
      [...invited.invite.keys()],
      `who is invited into ${desired.group}`,
    );
  }
  const refusals = new Set((seen.inviteRefusals ?? []).map(({ rule }) => rule));
  same([...refusals].sort(), rules, "what keeps people from being invited");
  same(cams.post.told.look.length > 0, asks, "messages are listed");
}

function standingsIn({ standings, invite }: PlannedInvitations): readonly (readonly [Digits, string])[] {
  return [...standings].map(([number, one]) => {
    const until = invite.find((invitee) => invitee.number === number)?.release;
    return [number, standing(whatOf(one, until), one.invitation)];
  });
}

function whatOf(one: Standing, until: string | undefined): Parameters<typeof standing>[0] {
  if (one.kind === "to invite") return { purpose: one.purpose, until };
  return one.kind === "invited" ? "invited" : one.because;
}

const entriesIn = ({ invited }: PlannedInvitations): readonly string[] =>
  [...invited].map(([number, one]) =>
    entryText(number, { ...one, since: Date.parse(one.since), at: Date.parse(one.at) }),
  );
const entriesOf = (entries: Entries): readonly string[] => [...entries].map(([number, one]) => entryText(number, one));

type Told = Pick<Invitation, "state" | "messages" | "reminders" | "id" | "withdrawn"> & { since: number; at: number };

const entryText = (number: Digits, { state, since, at, messages, reminders, id, withdrawn }: Told): string =>
  [number, state, since, at, messages, reminders, id ?? "no id", withdrawn === true ? "withdrawn" : ""].join(" ");

/** Nobody is written to but as planned, and in calm weather all are. @returns by GroupId, how the attempts of the run ended */
export function sentAsPlanned(world: World, run: Run): ReadonlyMap<string, Ended> {
  const { cams, stack } = world;
  const { inviting, verdict, facts, way, killed, weather, stored, nothingDone } = run;
  const ends = new Map<string, Ended>();
  const groups = nothingDone ? undefined : inviting?.groups;
  const allowed = cams.sends().filter(({ group }) => (groups?.get(group)?.invite.size ?? 0) > 0);
  same(allowed, cams.sends(), "only groups are written to in which people are to be invited");
  onlyWithReason(world);
  const unsent: string[] = [];
  for (const [group, invited] of groups ?? []) {
    const { invite } = invited;
    if (invite.size === 0) continue;
    const opinion = verdict.groups.get(group)!;
    const isOut = isLeftOut(way, "people", group) || isLeftOut(way, "senders", group);
    if (isOut) unsent.push(world.files.rosters.get(group)!.name);
    const calls = followSends(cams, group, opinion, invited, facts.listed.get(group) ?? []);
    if (isOut) same([...calls.keys()], [], `${group} is left out`);
    else if (isCalm(weather) && !killed) {
      same([...calls.keys()], [...invite.keys()], `who of ${group} is written to`);
      for (const { purpose } of invite.values()) count(`people written to: ${purpose}`);
    }
    if (!stored.has(group) || !run.ended.has(group)) {
      if (stored.has(group)) count("attempts without an end");
      continue;
    }
    const sender = [...stack.state.all.senders.values()].find(({ inputs }) => inputs.group === group);
    const isClear = (weather.post?.messages ?? []).length === 0;
    ends.set(group, endOf(invited, calls, { now: cams.now, outputs: sender!.outputs, isClear }));
  }
  if (!killed && !nothingDone && isCalm(weather))
    same([...new Set(run.unsent)].sort(), unsent.sort(), "whose invitations were left out");
  if (unsent.length > 0) count("groups whose invitations were left out");
  return ends;
}

/** What is on record of a group once its people's resource is stored. */
export const bookOf = ({ entries, invite }: Invited, now: number): Book => ({
  entries,
  attempt: invite.size === 0 ? undefined : { at: now, people: invite },
});

/** What the next run has to know of the messages of this one. */
export function rememberPost(world: World, run: Run, ends: ReadonlyMap<string, Ended>): void {
  const { stack, cams, memory } = world;
  for (const [name, { inputs }] of stack.state.all.senders) {
    const end = ends.get(String(inputs.group));
    if (end !== undefined) stack.state.ended.set(name, end);
  }
  const now = new Map(stack.state.records().map((record) => [record.group, record]));
  for (const { group, known } of run.facts.records)
    if (known !== undefined && now.get(group)?.known === undefined) memory.lost.set(group, cams.now);
  for (const [group, listed] of run.facts.listed)
    for (const number of listed ?? []) memory.met.set(memoryKey(group, number), cams.now);
  for (const { group, numbers } of cams.removals())
    for (const number of numbers) memory.removed.set(memoryKey(group, number), cams.now);
}

/** What makes the worlds worth their while. */
export function notedPost({ facts, weather }: Run, { groups, rules, tooMany }: InviteVerdict): void {
  count("runs that look at invitations");
  if (tooMany) count("runs refused: max-invitations-per-run");
  for (const rule of rules) count(`invitations refused: ${rule}`);
  for (const { standings, entries, ended, invite } of groups.values()) {
    for (const is of standings.values())
      count(`standing: ${is.replace(/^(to invite: [a-z ]*?) ?[\d-]*\//, "$1/").split("/")[0]}`);
    for (const { state } of entries.values()) count(`on record: ${state}`);
    for (const one of ended) count(`invitations that ended: ${one.split(" ")[1]}`);
    if (facts.plan !== undefined && invite.size > 0) count("groups into which a plan invites people");
    if (weather.post !== undefined && invite.size > 0) count("groups into which people are invited in bad weather");
  }
}
