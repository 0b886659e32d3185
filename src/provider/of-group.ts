/**
 * What a group's link and its invitations have in common as resources. There is one of each for a group, so the GroupId
 * tells them apart, and with another GroupId it is another resource.
 */
import { RESOURCE, type Kind } from "./kinds";
import { HELD, type Session } from "./session";
import type { Bag } from "./shapes";
import { bare, carryOut, changeOf, mustWrite, type Change } from "./upkeep";

export interface OfGroup {
  /** The key of what was prepared (`keepUpkeep`). */
  readonly keyOf: (bag: Bag) => string;
  /**
   * The inputs of one that is left alone: those of the last run, if there are any. If a reviewed plan binds them, they are
   * those of the plan.
   */
  readonly leaveAlone: (session: Session, olds: Bag, news: Bag, planned: Change | undefined) => Bag;
  readonly writes: Pick<Kind, "diff" | "create" | "update">;
}

/**
 * @param resource the kind (`kinds.ts`)
 * @param what what it is to a group, for messages: `the link`
 */
export function ofGroup(resource: string, what: string): OfGroup {
  const idOf = ({ group }: Bag): string => String(group);
  const keyOf = ({ group }: Bag): string => JSON.stringify([resource, group]);
  const write = (session: Session, olds: Bag | undefined, news: Bag): Promise<Bag> =>
    carryOut(session, keyOf(news), `${what} of ${idOf(news)}`, olds, news, idOf);
  return {
    keyOf,
    leaveAlone(session, olds, news, planned) {
      const kept = olds.group === undefined ? bare(news) : bare(olds);
      const inputs = planned === undefined ? kept : { ...bare(news), ...changeOf(planned) };
      session.upkeep.set(keyOf(inputs), HELD);
      return { ...inputs, [RESOURCE]: resource };
    },
    writes: {
      diff(session, olds, news) {
        if (session.upkeep.get(keyOf(olds)) === HELD) return { changes: false, replaces: [] };
        if (olds.group !== news.group) return { changes: true, replaces: ["group"] };
        return { changes: mustWrite(session, keyOf(news), olds, news), replaces: [] };
      },
      create: async (session, news) => ({ id: idOf(news), outs: await write(session, undefined, news) }),
      update: write,
    },
  };
}
