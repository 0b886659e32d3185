/**
 * Makes, renews or closes a group's invite link. The answer of CAMS does not say what happened to the link. So the act
 * counts as done only when a listing of the groups shows it: after a renewal, the listed link has to be another one.
 */
import type { GroupInfo } from "../../cams";
import { linkMark } from "../../groups/link";
import type { LinkAct } from "../../groups/types";
import { ask, lookNow, lookUntil, noteUpkeep } from "./ask";
import { notThere } from "./there";
import type { Keeper, UpkeepAct, Where } from "./types";

export interface LinkTask extends Where {
  readonly group: string;
  readonly act: LinkAct;
  /** `linkMark` of the link that was there when the act was planned. */
  readonly mark: string;
}

export interface LinkEnd {
  /** The link that CAMS lists now; empty when there is none. */
  readonly link: string;
  /** Why the act was not completed; undefined when it was. */
  readonly failed: string | undefined;
}

const ACTS: Readonly<Record<LinkAct["kind"], UpkeepAct>> = {
  make: "make link",
  renew: "renew link",
  close: "close link",
};

const WORDS: Readonly<Record<LinkAct["kind"], { readonly was: string; readonly still: string }>> = {
  make: { was: "made", still: "CAMS accepted it, and lists no link so far" },
  renew: {
    was: "made anew",
    still:
      "CAMS accepted it, and lists the same link still, so the old one goes on letting people in. Run pulumi up again; if it stays so, end the link by hand (DeleteChatGroupInviteLink)",
  },
  close: {
    was: "closed",
    still: "CAMS accepted it, and lists the link still, so it goes on letting people in. Run pulumi up again",
  },
};

/** Throws `CamsError` where the groups can't be listed before the call. */
export async function changeLink(task: LinkTask, keeper: Keeper): Promise<LinkEnd> {
  const { group, act, account, mark } = task;
  const linkIn = (groups: readonly GroupInfo[]): string => groups.find((one) => one.group === group)?.inviteLink ?? "";
  const isDone = (groups: readonly GroupInfo[]): boolean => {
    const link = linkIn(groups);
    if (act.kind === "close") return link === "";
    return link !== "" && linkMark(link) !== mark;
  };
  const look = await lookNow(keeper, task);
  const failure = (why: string): string =>
    `${task.name} (${group}): the invite link was not ${WORDS[act.kind].was}: ${why}`;
  const ended = (groups: readonly GroupInfo[]): LinkEnd => {
    if (act.kind !== "make") keeper.endedLinks.add(mark);
    return { link: linkIn(groups), failed: undefined };
  };
  const gone = notThere(group, look);
  if (gone !== undefined) return { link: linkIn(look), failed: failure(gone) };
  if (isDone(look)) return ended(look);

  const entry = { act: ACTS[act.kind], group, reason: act.why } as const;
  const ref = { ...account, group };
  const answer = await ask(
    look,
    {
      ...entry,
      write: (by) =>
        act.kind === "close" ? keeper.cams.deleteInviteLink(ref, by) : keeper.cams.addInviteLink(ref, by),
    },
    task,
    keeper,
    (newer) => notThere(group, newer) ?? (isDone(newer) ? "somebody else has done it" : undefined),
  );
  const seen = answer.kind === "refused" ? answer.look : ((await lookUntil(isDone, task, keeper)) ?? look);
  const done = isDone(seen);
  noteUpkeep(
    { ...entry, event: "outcome", roster: task.name, outcome: done ? "done" : "not done", detail: answer.detail },
    keeper,
  );
  if (done) return ended(seen);
  const why = answer.kind === "accepted" ? WORDS[act.kind].still : answer.detail;
  return { link: linkIn(seen), failed: failure(why) };
}
