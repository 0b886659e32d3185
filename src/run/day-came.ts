/** People whose day came since the reviewed plan was made that is applied now. */
import type { Digits, Person } from "../membership/types";
import { loadRosters } from "../roster";
import type { Settings } from "../settings";
import { declare, madeBefore, type Declared } from "./desired";
import type { LastRun } from "./last-run";

/** People by the name of a roster. */
export type ByRoster = ReadonlyMap<string, readonly Person[]>;

export const NOBODY: ByRoster = new Map();

export const numbersIn = (people: ByRoster): ReadonlyMap<string, ReadonlySet<Digits>> =>
  new Map([...people].map(([name, some]) => [name, new Set(some.map(({ number }) => number))]));

/**
 * People who were declared then, and by a date are not declared today.
 * @returns undefined when the rosters have problems as of today, so that nobody can tell
 */
export async function dayCame(
  then: readonly Declared[],
  folder: string,
  settings: Settings,
  reading: Promise<LastRun | undefined>,
  { root, today }: { readonly root: string; readonly today: string },
): Promise<ByRoster | undefined> {
  const loaded = await loadRosters(folder, { root, today });
  if (loaded.kind === "invalid") return undefined;
  const now = declare(loaded.rosters, settings, await madeBefore(loaded.rosters.rosters, reading));
  if (now.kind === "invalid") return undefined;
  const members = new Map(now.declared.map(({ desired }) => [desired.name, desired.members]));
  return new Map(
    then.map(({ desired }) => [
      desired.name,
      [...desired.members].flatMap(([number, name]) =>
        members.get(desired.name)?.has(number) === false ? [{ number, name }] : [],
      ),
    ]),
  );
}

/** Names the people whose date came after the plan was made. */
export const laterText = (later: readonly string[]): string =>
  ["Their day came since the plan was made, so they stay until the next one:", ...later.map((one) => `  ${one}`)].join(
    "\n",
  );
