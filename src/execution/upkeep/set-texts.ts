import type { GroupInfo, GroupTexts } from "../../cams";
import { textsToSet } from "../../groups/plan";
import { ask, lookNow, lookUntil, noteUpkeep } from "./ask";
import { notThere } from "./there";
import type { Keeper, Where } from "./types";

/**
 * Sets a group's subject and description where they differ, and lists the groups until they show them.
 * @returns why it was not done; undefined when the group has them. Throws `CamsError` when the groups can't be listed
 */
export async function setTexts(
  group: string,
  wished: { readonly subject: string | undefined; readonly description: string | undefined },
  where: Where,
  keeper: Keeper,
): Promise<string | undefined> {
  const look = await lookNow(keeper, where);
  const open = (groups: readonly GroupInfo[]): GroupTexts => {
    const row = groups.find((one) => one.group === group);
    const set = row === undefined ? {} : textsToSet(wished, row);
    return { subject: set.subject?.to, description: set.description?.to };
  };
  const isDone = (groups: readonly GroupInfo[]): boolean =>
    Object.values(open(groups)).every((one) => one === undefined);
  const gone = notThere(group, look);
  if (gone !== undefined) return `${where.name} (${group}): its subject and description were not set: ${gone}`;
  if (isDone(look)) return undefined;

  const texts = open(look);
  const entry = { act: "update", group, subject: texts.subject } as const;
  const answer = await ask(
    look,
    { ...entry, write: (by) => keeper.cams.updateGroup({ ...where.account, group }, texts, by) },
    where,
    keeper,
    (newer) => notThere(group, newer),
  );
  const seen = answer.kind === "refused" ? undefined : await lookUntil(isDone, where, keeper);
  const done = seen !== undefined && isDone(seen);
  noteUpkeep(
    { ...entry, event: "outcome", roster: where.name, outcome: done ? "done" : "not done", detail: answer.detail },
    keeper,
  );
  if (done) return undefined;
  return answer.kind === "refused"
    ? `${where.name} (${group}): its subject and description were not set: ${answer.detail}`
    : `${where.name} (${group}): its subject and description were asked for, and CAMS does not list them so far. Run pulumi up again`;
}
