/** What the contract says of the second half of a run: whoever is removed was planned, and is there by a listing that can be right. */
import type { Digits } from "../../../src/membership/types";
import type { AuditEntry } from "../../../src/execution/types";
import type { Cams } from "./cams";
import { untouchable, type Opinion } from "./contract";
import type { Files } from "./files";
import { isRight, judgeListing } from "./known";
import { count, same } from "./tally";
import type { Story } from "./story";

/** The calls of the executor to one group, held against the listing of the roll call. */
export interface Executed {
  /** Everybody who was asked for, once each. */
  readonly asked: ReadonlySet<Digits>;
  /** Who was there by the last listing that can be right; undefined when there was none. */
  readonly last: readonly Digits[] | undefined;
  /** A listing could not be right. */
  readonly doubted: boolean;
}

/** Follows the calls to one group, and complains of a removal that nothing allows. */
export function follow(
  cams: Cams,
  group: string,
  { wanted, judged, planned }: Opinion,
  rollCall: readonly Digits[],
): Executed {
  const only = new Set(planned);
  const asked = new Set<Digits>();
  /** Whoever is in it was listed since they were asked for last. */
  let listed = new Set<Digits>();
  let before = rollCall;
  let last: readonly Digits[] | undefined;
  let doubted = false;
  /** Why nobody may be asked for now. */
  let forbidden: readonly string[] = ["no second look"];
  for (const call of cams.calls.filter((one) => one.group === group)) {
    if (call.kind === "removal") {
      same(forbidden, [], `why nobody of ${group} may be asked for`);
      expect(call.numbers.length).toBeLessThanOrEqual(8);
      for (const number of call.numbers) {
        expect(planned).toContain(number);
        expect([...listed]).toContain(number);
        listed.delete(number);
        asked.add(number);
      }
      before = last ?? before;
      continue;
    }
    if (call.kind !== "listed" || call.people === undefined) continue;
    const right = isRight(wanted, before, call.people, asked);
    if (right === "no") {
      doubted = true;
      count(asked.size > 0 ? "confirmations that lost rows" : "second looks that lost rows");
      // Later listings of a confirmation may be right again; a second look that is not right ends it.
      if (asked.size === 0) forbidden = ["the second look can't be right"];
      continue;
    }
    last = call.people;
    listed = new Set(call.people);
    const { holds } = judgeListing(wanted, call.people, judged?.next, only);
    if (asked.size > 0 || forbidden[0] === "no second look") forbidden = holds;
  }
  return { asked, last, doubted };
}

/** Nobody who stays for sure is asked for; every attempt is on record; and nobody goes beyond a limit. */
export function withinLimits(
  cams: Cams,
  files: Files,
  settings: Story["settings"],
  groups: ReadonlyMap<string, Opinion>,
  audited: readonly AuditEntry[],
): void {
  const asked = cams.removals().flatMap(({ group, numbers }) => numbers.map((number) => [group, number] as const));
  for (const [group, number] of asked) {
    expect([...untouchable(files, settings, files.rosters.get(group)!)]).not.toContain(number);
  }
  count("people asked for", asked.length);
  const attempts = audited.filter(({ event }) => event === "attempt").map(({ group, number }) => [group, number]);
  same(attempts, asked, "attempts on record");

  const distinct = [...new Map(asked.map((one) => [one.join(), one])).values()];
  const counted = distinct.filter(([group, number]) => groups.get(group)?.wanted.released.has(number) !== true);
  for (const [group, { wanted }] of groups) {
    expect(counted.filter(([of]) => of === group).length).toBeLessThanOrEqual(wanted.maxRemovals);
  }
  const ofTheRun = counted.filter(([, number]) => !files.offboarded.has(number));
  expect(ofTheRun.length).toBeLessThanOrEqual(settings.maxRemovalsPerRun);
  for (const [, number] of ofTheRun) {
    const times = ofTheRun.filter(([, other]) => other === number).length;
    expect(times).toBeLessThanOrEqual(settings.maxGroupsPerPerson);
  }
}
