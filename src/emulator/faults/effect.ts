import { lagging } from "../groups/rules";
import type { Business, Group } from "../groups/types";
import type { Reply } from "../wire/reply";
import type { Fault, Strike } from "./strike";

/** What a call did to one group; no `before`: the call made it. */
export interface Effect {
  readonly business: Business;
  readonly before: Group | undefined;
  readonly after: Group;
}

/** Carries the call out, and tells which groups of its business number it made or changed. */
export function carriedOut({ world, params, apply }: Strike): {
  readonly reply: Reply;
  readonly effects: readonly Effect[];
} {
  const business = world.businesses.get(params.get("BusinessNumber") ?? "");
  if (business === undefined) return { reply: apply(), effects: [] };
  const known = new Map(business.groups);
  const reply = apply();
  const effects = [...business.groups.values()]
    .filter((group) => known.get(group.groupId) !== group)
    .map((after): Effect => ({ business, before: known.get(after.groupId), after }));
  return { reply, effects };
}

/** Takes back what a call did to a group. */
export function undo({ world }: Strike, { business, before, after }: Effect): void {
  if (before === undefined) world.drop(business, after.groupId);
  else world.put(business, before);
}

/** Carries the call out; ListChatGroup shows what it did after `value` more readings. */
export const lags: Fault["strike"] = (strike) => {
  const { reply, effects } = carriedOut(strike);
  const reads = Math.max(0, Math.trunc(Number(strike.value)) || 0);
  for (const { business, before, after } of effects) strike.world.put(business, lagging(after, before, reads));
  return { kind: "reply", reply };
};

/** Answers as if the call were carried out. */
export const ignored: Fault["strike"] = (strike) => {
  const { reply, effects } = carriedOut(strike);
  effects.forEach((effect) => undo(strike, effect));
  return { kind: "reply", reply };
};

/** The `value` of `lags`. */
export const readings = { meaning: "number of readings", byDefault: 2 };
