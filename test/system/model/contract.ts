/**
 * What may and must happen, as the contract says it (sections 5 to 5.3), and nothing taken from the code: a second,
 * slower and plainer opinion on who is to be removed. It knows the rosters, who is where, which groups the state has, and
 * what earlier looks saw.
 */
import type { Digits } from "../../../src/membership/types";
import type { Files, RosterFile } from "./files";
import { judgeListing, type Judged, type Known, type Wanted } from "./known";
import { BOT } from "./people";
import type { Story } from "./story";
import type { Record } from "./way";

export interface Opinion {
  /** The group may stay as it is without a look. */
  readonly skipped: boolean;
  readonly wanted: Wanted;
  /** Undefined without a whole listing. */
  readonly judged: Judged | undefined;
  /** Who would go from the group, were no guard to object; empty without a whole listing. */
  readonly planned: readonly Digits[];
  /** Rules that hold the group, sorted. */
  readonly holds: readonly string[];
  /** The provider holds the group, for it knows more than a program that could not read the state. */
  readonly heldLater: boolean;
}

/** The record of a group. */
export const recordOf = ({ records }: Pick<Facts, "records">, group: string): Record | undefined =>
  records.find((record) => record.group === group);

export interface Verdict {
  /** By GroupId. */
  readonly groups: ReadonlyMap<string, Opinion>;
  /** Rules that refuse the run. */
  readonly run: readonly string[];
}

export interface PlanFacts {
  /** The groups that it looked at, and whom it names. */
  readonly groups: ReadonlyMap<string, ReadonlySet<Digits>>;
  /** Names of the rosters that were held then, and are left as they are. */
  readonly held: ReadonlySet<string>;
}

export interface Facts {
  readonly files: Files;
  readonly settings: Story["settings"];
  /** Who was listed by the roll call; undefined: no whole listing. */
  readonly listed: ReadonlyMap<string, readonly Digits[] | undefined>;
  /** Rows of each group without a number. */
  readonly rows: ReadonlyMap<string, number>;
  /** Resources of the state, whether the program could read it or not. Of two for one group the first counts. */
  readonly records: readonly Record[];
  readonly stateUnread: boolean;
  /** Groups that the change concerns which the run is about; undefined: all. */
  readonly only: ReadonlySet<string> | undefined;
  /** The reviewed plan that is applied. */
  readonly plan: PlanFacts | undefined;
  /** People whose day came since that plan was made. */
  readonly dayCame: ReadonlySet<Digits>;
  /** Resources in somebody's own program: no releases and no reasons, and the name says nothing. */
  readonly alone: boolean;
}

/** Numbers that nobody may ever remove from a group. */
export function untouchable(files: Files, settings: Story["settings"], roster: RosterFile): ReadonlySet<Digits> {
  return new Set([...files.declared(roster), ...roster.protect, ...settings.protect, BOT]);
}

export function judge(facts: Facts): Verdict {
  const { files, settings } = facts;
  const groups = new Map(files.present().map(([group, roster]) => [group, opinion(facts, group, roster)]));
  const passed = [...groups].filter(([, { holds }]) => holds.length === 0);
  return { groups, run: judgeRun(files, settings, passed) };
}

/** Rules that refuse a run which removes everybody whom these opinions plan to. */
export function judgeRun(
  files: Pick<Files, "offboarded">,
  settings: Story["settings"],
  passed: readonly (readonly [string, Pick<Opinion, "planned" | "wanted">])[],
): readonly string[] {
  const counted = passed.flatMap(([, { planned, wanted }]) =>
    planned.filter((number) => !wanted.released.has(number) && !files.offboarded.has(number)),
  );
  const most = Math.max(0, ...counted.map((number) => counted.filter((other) => other === number).length));
  return [
    ...(counted.length > settings.maxRemovalsPerRun ? ["max-removals-per-run"] : []),
    ...(most > settings.maxGroupsPerPerson ? ["max-groups-per-person"] : []),
  ];
}

/** Whether somebody else claims the group, or the record of another group would be lost if this roster were applied. */
function isElsewhere(facts: Facts, group: string, { name }: RosterFile): boolean {
  const { files, records, stateUnread, alone } = facts;
  if (stateUnread || alone) return false;
  const was = recordOf(facts, group)?.name;
  if (was === name) return false;
  const others = files.present().filter(([other]) => other !== group);
  if (was !== undefined && others.some(([, roster]) => roster.name === was)) return true;
  const taken = records.find((record) => record.name === name && record.group !== group);
  return taken !== undefined && (was !== undefined || others.some(([other]) => other === taken.group));
}

/**
 * What no change concerns is left alone, unless the state has it otherwise, names people who were only wished for, something
 * is unfinished, or names are mixed up.
 */
function mayStay(facts: Facts, group: string, roster: RosterFile): boolean {
  const { files, stateUnread, only, plan } = facts;
  if (plan !== undefined) return !plan.groups.has(group) && !plan.held.has(roster.name);
  const record = recordOf(facts, group);
  if (only?.has(group) !== false || stateUnread || record?.known === undefined) return false;
  if (record.unfinished || record.unsent || isElsewhere(facts, group, roster)) return false;
  const then = [...record.known.declared].sort().join();
  return then === [...files.declared(roster)].sort().join() && then === [...record.members].sort().join();
}

function opinion(facts: Facts, group: string, roster: RosterFile): Opinion {
  const { files, settings, records, stateUnread, alone, plan } = facts;
  // A program that can't read the state goes by names, and so does the program of somebody's own.
  const own = records.find((record) => record.name === roster.name && record.group === group);
  const known = (stateUnread || alone ? own : recordOf(facts, group))?.known;
  const declared = files.declared(roster);
  const wanted: Wanted = {
    declared,
    released: alone ? new Set() : files.released(group),
    former: alone ? new Set() : new Set([...roster.members, ...files.offboarded].filter((one) => !declared.has(one))),
    protect: new Set([...roster.protect, ...settings.protect, BOT]),
    report: (roster.undeclared ?? settings.undeclared) === "report",
    allowEmpty: roster.allowEmpty,
    rows: facts.rows.get(group) ?? 0,
    maxRemovals: roster.maxRemovals ?? settings.maxRemovalsPerGroup,
    adopting: settings.onAdopt === "spare" && known === undefined,
    named: plan === undefined ? undefined : (plan.groups.get(group) ?? new Set()),
  };
  const skipped = mayStay(facts, group, roster);
  if (plan?.groups.has(group) === false && plan.held.has(roster.name)) {
    return { skipped, wanted, judged: undefined, planned: [], holds: ["held-in-plan"], heldLater: false };
  }
  const listed = skipped ? undefined : facts.listed.get(group);
  if (listed === undefined) {
    const holds = skipped ? [] : ["no whole listing"];
    return { skipped, wanted, judged: undefined, planned: [], holds, heldLater: false };
  }
  if (stateUnread) {
    const own = records.some((record) => record.name === roster.name && record.group === group);
    return blindly(wanted, listed, known, !own);
  }
  const judged = judgeListing(wanted, listed, known);
  const elsewhere = isElsewhere(facts, group, roster) ? ["belongs-elsewhere"] : [];
  const holds = [...judged.holds, ...elsewhere].sort();
  return { skipped, wanted, judged, planned: judged.planned, holds, heldLater: false };
}

/**
 * A program that can't read the state spares nobody as adopted, removes nobody, and says so. What it lets pass is judged
 * once more by what the state knows, when Pulumi hands it over.
 * @param foreign there is no record of the group under the roster's name, so that another one may be lost
 */
function blindly(wanted: Wanted, listed: readonly Digits[], known: Known | undefined, foreign: boolean): Opinion {
  const { planned, holds } = judgeListing({ ...wanted, adopting: false }, listed);
  const judged = judgeListing(wanted, listed, known, new Set());
  const all = [...holds, ...(planned.length > 0 ? ["unknown-memory"] : [])].sort();
  const heldLater = all.length === 0 && (foreign || judged.holds.length > 0);
  return { skipped: false, wanted, judged, planned, holds: all, heldLater };
}
