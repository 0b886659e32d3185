import type { Digits } from "../../../src/membership/types";
import { Cams, type Weather } from "./cams";
import type { Facts, PlanFacts, Verdict } from "./contract";
import { Stack } from "./engine";
import { Files } from "./files";
import type { InviteVerdict } from "./inviting";
import { BOT } from "./people";
import { TEMPLATE } from "./post";
import { GROUPS, type Story } from "./story";
import { count } from "./tally";
import type { Plan, Ran, Way } from "./way";

export interface World {
  readonly story: Story;
  readonly cams: Cams;
  readonly files: Files;
  readonly stack: Stack;
  /** The rosters of the last run, without their names. */
  texts: ReadonlyMap<string, string>;
  readonly memory: Memory;
}

/** What happened to somebody in a group, and when, by `memoryKey`. It is never told to the code under test. */
export interface Memory {
  /** They were last listed there. */
  readonly met: Map<string, number>;
  /** They were last asked to be removed. */
  readonly removed: Map<string, number>;
  /** The state lost what was on record of the group, by GroupId. */
  readonly lost: Map<string, number>;
}

export const memoryKey = (group: string, number: Digits): string => `${group} ${number}`;

/** One run with all that was so before it. */
export interface Run extends Ran {
  readonly weather: Weather;
  readonly way: Way;
  readonly facts: Facts;
  readonly verdict: Verdict;
  /** Undefined where nobody is ever invited, and where nothing was looked at. */
  readonly inviting: InviteVerdict | undefined;
  readonly before: ReadonlyMap<string, readonly Digits[]>;
  /** Groups that a guard holds. */
  readonly held: readonly string[];
  readonly nothingDone: boolean;
}

/** A saved plan, and what it is of by the contract's words. */
export interface Reviewed {
  readonly plan: Plan;
  readonly facts: PlanFacts;
  /** Whom it invites, by GroupId. */
  readonly invites: ReadonlyMap<string, ReadonlySet<Digits>>;
  readonly declarations: ReadonlyMap<string, string>;
}

export function worldOf(story: Story): World {
  count("worlds");
  if (story.settings.refreshAlways) count("stories that always refresh");
  const cams = new Cams();
  story.groups.forEach(({ there, unidentified }, index) => {
    const group = GROUPS[index] ?? "";
    cams.groups.set(group, { there: new Set(there), unidentified });
    cams.post.renew(group);
  });
  const { refreshAlways: _, inviting, ...settings } = story.settings;
  const template = inviting === undefined ? {} : { ...inviting, invitationTemplate: TEMPLATE };
  const stack = new Stack(cams, { ...settings, ...template, businessNumber: BOT, custSpaceId: "cams-8c8e" });
  cams.post.isOnRecord = (group, to) => stack.isAttempted(group, to);
  const memory = { met: new Map(), removed: new Map(), lost: new Map() };
  return { story, cams, files: new Files(story), stack, texts: new Map(), memory };
}

/** Whether nothing goes wrong. */
export function isCalm({ looks, lists, removes, moves, post }: Weather): boolean {
  return post === undefined && Object.keys(looks).length + lists.length + removes.length + moves.length === 0;
}
