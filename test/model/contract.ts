/**
 * What may and must happen, as the contract says it (section 5), and nothing taken from the code: a second, slower and
 * plainer opinion on who is to be removed. It knows the rosters, who is where, and which groups the state has.
 */
import type { Digits } from "../../src/membership/types";
import type { Files, RosterFile } from "./files";
import { alike, BOT } from "./people";
import type { Story } from "./worlds";

export interface Opinion {
  /** The group may stay as it is without a look. */
  readonly unasked: boolean;
  /** Who would go from the group, were no guard to object; empty without a whole listing. */
  readonly planned: readonly Digits[];
  /** Rules that hold the group, sorted. */
  readonly holds: readonly string[];
  /** More than half of a group seems lost: depends on what the last run saw. */
  readonly lost: "yes" | "no" | "maybe";
}

export interface Verdict {
  /** By GroupId. */
  readonly groups: ReadonlyMap<string, Opinion>;
  /** Rules that refuse the run, when no group is held that is not in `holds`. */
  readonly run: readonly string[];
}

export interface Facts {
  readonly files: Files;
  readonly settings: Story["settings"];
  /** Who was listed by the roll call; undefined: no whole listing. */
  readonly listed: ReadonlyMap<string, readonly Digits[] | undefined>;
  /** GroupId → resource of the state; undefined when the state could not be read. */
  readonly managed: ReadonlyMap<string, string> | undefined;
  /** GroupId → who was seen there: surely at the last run, or at any. */
  readonly seen: ReadonlyMap<string, { readonly surely: ReadonlySet<Digits>; readonly ever: ReadonlySet<Digits> }>;
  /** Groups that the change concerns which the run is about; undefined: all. */
  readonly only: ReadonlySet<string> | undefined;
  /** Groups whose last removal did not come to its end. */
  readonly unfinished: ReadonlySet<string>;
  /** Groups that the code holds as suspicious, where the contract leaves it open. */
  readonly suspected: ReadonlySet<string>;
}

/** Numbers that nobody may ever remove from a group. */
export function untouchable(files: Files, settings: Story["settings"], roster: RosterFile): ReadonlySet<Digits> {
  return new Set([...files.declared(roster), ...roster.protect, ...settings.protect, BOT]);
}

export function judge(facts: Facts): Verdict {
  const { files, settings } = facts;
  const groups = new Map(files.present().map(([group, roster]) => [group, opinion(facts, group, roster)]));
  const counted = [...groups].flatMap(([group, { planned, holds, lost }]) => {
    const held = holds.length > 0 || (lost !== "no" && facts.suspected.has(group));
    const released = files.released(group);
    return held ? [] : planned.filter((number) => !released.has(number) && !files.offboarded.has(number));
  });
  const most = Math.max(0, ...counted.map((number) => counted.filter((other) => other === number).length));
  const run = [
    ...(counted.length > settings.maxRemovalsPerRun ? ["max-removals-per-run"] : []),
    ...(most > settings.maxGroupsPerPerson ? ["max-groups-per-person"] : []),
  ];
  return { groups, run };
}

/** What no change concerns is left alone, unless nobody knows it, something is unfinished, or names are mixed up. */
function mayStay({ files, managed, only, unfinished }: Facts, group: string, { name }: RosterFile): boolean {
  const was = managed?.get(group);
  if (managed === undefined || was === undefined || only?.has(group) !== false || unfinished.has(group)) return false;
  const others = [
    ...files.present().flatMap(([other, roster]) => (other === group ? [] : [roster.name])),
    ...[...managed].flatMap(([other, resource]) => (other === group ? [] : [resource])),
  ];
  return was === name || !(others.includes(was) || others.includes(name));
}

function opinion(facts: Facts, group: string, roster: RosterFile): Opinion {
  const { files, settings, managed } = facts;
  const unasked = mayStay(facts, group, roster);
  if (unasked) return { unasked, planned: [], holds: [], lost: "no" };
  const listed = facts.listed.get(group);
  if (listed === undefined) return { unasked, planned: [], holds: ["no whole listing"], lost: "no" };
  const declared = files.declared(roster);
  const released = files.released(group);
  const report = (roster.undeclared ?? settings.undeclared) === "report";
  const adopting = managed !== undefined && !managed.has(group);
  const spares = report || (adopting && settings.onAdopt === "spare");
  const stay = untouchable(files, settings, roster);
  const planned = spares ? [] : listed.filter((number) => !stay.has(number));
  const counted = planned.filter((number) => !released.has(number));

  const holds: string[] = [];
  const nameInState = managed?.get(group);
  const taken = files.present().some(([other, { name }]) => other !== group && name === nameInState);
  if (nameInState !== undefined && nameInState !== roster.name && taken) holds.push("belongs-elsewhere");
  if (declared.size === 0 && !roster.allowEmpty && !report) holds.push("empty-roster");
  if (counted.length > (roster.maxRemovals ?? settings.maxRemovalsPerGroup)) holds.push("max-removals-per-group");
  if (counted.some((number) => [...stay].some((other) => alike(number, other)))) holds.push("near-miss");
  const everybody = planned.length > 0 && planned.length === listed.length;
  if (everybody && declared.size > 0 && !roster.allowEmpty) holds.push("removes-everybody");
  return { unasked, planned, holds, lost: managed?.has(group) === true ? lost(facts, group, roster, listed) : "no" };
}

/** Whether more than half of the declared people who were there, and at least three, are not there any more. */
function lost(facts: Facts, group: string, roster: RosterFile, listed: readonly Digits[]): Opinion["lost"] {
  const declared = facts.files.declared(roster);
  const released = facts.files.released(group);
  const { surely, ever } = facts.seen.get(group) ?? { surely: new Set(), ever: new Set() };
  const missing = (of: ReadonlySet<Digits>): Digits[] =>
    [...of].filter((number) => declared.has(number) && !released.has(number) && !listed.includes(number));
  const known = (of: ReadonlySet<Digits>): number => [...of].filter((number) => declared.has(number)).length;
  if (missing(ever).length < 3) return "no";
  if (missing(surely).length >= 3 && 2 * missing(surely).length > known(ever)) return "yes";
  return "maybe";
}
