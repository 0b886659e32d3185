/** Looks at the template and at the sender's number before anybody is invited: once a run for each account and template. */
import { accountKey, CamsError, unlessCams, type Account } from "../cams";
import { objectionsToNumber, objectionsToTemplate, type Seen } from "../invitations/guards/may-be-sent";
import type { Refusal } from "../membership/types";
import type { InvitingGroup, PlanInvitationsOptions } from "./inviting";

export interface HeldInvitations {
  /** Names of groups in which nobody may be invited. */
  readonly names: ReadonlySet<string>;
  readonly refusals: readonly Refusal[];
}

type Inviting = Pick<InvitingGroup, "one" | "wish">;

/** @param inviting groups in which somebody is to be invited */
export async function objectionsTo(
  inviting: readonly Inviting[],
  { reader }: Pick<PlanInvitationsOptions, "reader">,
): Promise<HeldInvitations> {
  const byTemplate = groupBy(inviting, ({ one, wish }) => JSON.stringify([accountKey(one.ref), wish.template]));
  const byAccount = groupBy(inviting, ({ one }) => accountKey(one.ref));
  const looks = [
    ...[...byTemplate.values()].map(async (some) => {
      const { account, wish } = some;
      const { code, language } = wish.template;
      const seen = await seenIn(() => reader.template(account, code, language));
      return { ...some, objections: objectionsToTemplate(wish.template, seen) };
    }),
    ...[...byAccount.values()].map(async (some) => {
      const seen = await seenIn(() => reader.businessNumber(some.account));
      return { ...some, objections: objectionsToNumber(some.account.businessNumber, seen) };
    }),
  ];
  const wrong = (await Promise.all(looks)).filter(({ objections }) => objections.length > 0);
  return {
    names: new Set(wrong.flatMap(({ names }) => names)),
    refusals: wrong.flatMap(({ objections, names }) =>
      objections.map(({ rule, message }) => ({
        ...{ rule, name: undefined },
        message: `Nobody is invited into ${names.join(", ")}: ${message}`,
      })),
    ),
  };
}

function groupBy(some: readonly Inviting[], key: (one: Inviting) => string) {
  const groups = new Map<
    string,
    Pick<InvitingGroup, "wish"> & { readonly account: Account; readonly names: string[] }
  >();
  for (const one of some) {
    const { ref: account, desired } = one.one;
    const group = groups.get(key(one)) ?? { account, wish: one.wish, names: [] };
    group.names.push(desired.name);
    groups.set(key(one), group);
  }
  return groups;
}

/** What a look showed. An error of CAMS is told; any other one is thrown. */
export async function seenIn<T>(look: () => Promise<T | undefined>): Promise<Seen<T>> {
  const seen = await look().catch(unlessCams);
  if (seen instanceof CamsError) return { kind: "not seen", why: seen.message };
  return seen === undefined ? { kind: "none" } : { kind: "seen", value: seen };
}
