/**
 * Makes a group. `AddChatGroup` returns no GroupId, and two calls of it can make two groups. So it is sent once, and
 * then the group is looked for: it is the one that has the subject and was not there before. If this can't be told,
 * nothing more is made (https://www.alibabacloud.com/help/en/chatapp/, AddChatGroup).
 *
 * The intent is on record before the call. Pulumi notes every operation in its state (`pending_operations`) before it
 * asks the provider for it, so a killed run leaves the note there. The next run looks for the group first. It asks
 * again only if the group is still not there so long after it was asked for.
 */
import { candidatesFor } from "../../groups/plan";
import { ambiguousGroup } from "../../groups/guards/ambiguous-group";
import { ask, lookNow, lookUntil, noteUpkeep } from "./ask";
import type { Keeper, Where } from "./types";

export interface NewGroup extends Where {
  /** The roster file, for messages. */
  readonly file: string;
  readonly subject: string;
  readonly description: string | undefined;
  /** Whether an earlier run asked for it, and it is not known whether it was made. */
  readonly asked: boolean;
}

export type Made =
  /** `status`: `ACTIVE`, or the status that it had when the time was up. */
  | { readonly kind: "made"; readonly group: string; readonly status: string }
  /** Nothing was asked for, or CAMS refused. */
  | { readonly kind: "not made"; readonly why: string }
  /** It was asked for, and not found. The next run looks again. */
  | { readonly kind: "not known"; readonly why: string };

/** Throws `CamsError` where the groups can't be listed before the call. */
export async function makeGroup(one: NewGroup, keeper: Keeper): Promise<Made> {
  const { account, subject, description } = one;
  const wished = { name: one.name, file: one.file, subject };
  const intent = one.asked ? "asked" : "none";
  if (one.asked) {
    const there = await lookUntil((groups) => candidatesFor(subject, groups).length > 0, one, keeper);
    if (there === undefined)
      return { kind: "not known", why: `${one.name}: the groups could not be listed. Run again` };
    const why = ambiguousGroup(wished, there, intent);
    if (why !== undefined) return { kind: "not made", why };
    if (candidatesFor(subject, there).length === 1) return found(new Set());
  }
  const look = await lookNow(keeper, one);
  const why = ambiguousGroup(wished, look, intent);
  if (why !== undefined) return { kind: "not made", why };
  const [early] = candidatesFor(subject, look);
  if (early !== undefined) return found(new Set());

  const entry = { act: "create", group: "", subject } as const;
  const answer = await ask(
    look,
    { ...entry, write: (by) => keeper.cams.addGroup(account, { subject, description }, by) },
    one,
    keeper,
    (newer) => ambiguousGroup(wished, newer, "none"),
  );
  if (answer.kind === "refused") {
    const late = ambiguousGroup(wished, answer.look, "none");
    return { kind: "not made", why: late ?? `${one.name}: the group was not made: ${answer.detail}` };
  }
  return found(new Set(answer.look.map(({ group }) => group)), answer.detail);

  /** The one group with the subject that was not there before, once it is ACTIVE. */
  async function found(before: ReadonlySet<string>, detail = ""): Promise<Made> {
    const fresh = (groups: Parameters<typeof candidatesFor>[1]) =>
      candidatesFor(subject, groups).filter(({ group }) => !before.has(group));
    const isDone = (groups: Parameters<typeof candidatesFor>[1]): boolean =>
      fresh(groups).length > 1 || fresh(groups)[0]?.status === "ACTIVE";
    const seen = await lookUntil(isDone, one, keeper);
    const candidates = fresh(seen ?? []);
    const [only] = candidates;
    // A group that is being made may have no id yet. Then it could not be told later which group it was.
    const made = candidates.length === 1 && only !== undefined && only.group !== "";
    noteUpkeep(
      {
        ...{ event: "outcome", act: "create", roster: one.name, subject },
        ...{ group: made ? only.group : "", outcome: made ? "done" : "unknown", detail },
      },
      keeper,
    );
    if (made) return { kind: "made", group: only.group, status: only.status };
    if (candidates.length > 1)
      return { kind: "not known", why: ambiguousGroup(wished, candidates, "asked") ?? `${one.name}: ambiguous` };
    return {
      kind: "not known",
      why:
        `${one.name}: the group was asked for, and CAMS does not list it so far. Run pulumi up again: it is looked for first` +
        (detail === "" ? "" : `. ${detail}`),
    };
  }
}
