import type { Execution } from "../../../src/execution/types";
import { ANA, BUDI, CITRA } from "../../membership/world";
import { taskOf, type World } from "../world";

/** What the tests of `execute` share: what a world was asked, and what became of it. */

/** Calls alone, without the lines of the audit log. */
export function calls({ log }: World): readonly string[] {
  return log.filter((line) => /^(list|remove)/.test(line));
}

export function removals({ log }: World): readonly string[] {
  return log.filter((line) => line.startsWith("remove"));
}

export function outcomes({ outcomes: all }: Execution): Record<string, string> {
  return Object.fromEntries(all.map(({ number, outcome }) => [number, outcome]));
}

/** All of Budi and Citra in one request. */
export const BOTH = `remove ${BUDI} ${CITRA}`;

/** The same world, in which these leave while somebody is removed. */
export function leaving(with_: World, ...numbers: readonly string[]): World {
  const { removeParticipants } = with_.cams;
  return {
    ...with_,
    cams: {
      ...with_.cams,
      removeParticipants: (...call: Parameters<typeof removeParticipants>) => {
        for (const number of numbers) with_.there.delete(number);
        return removeParticipants(...call);
      },
    },
  };
}

export const ref = () => taskOf([ANA]).ref;
