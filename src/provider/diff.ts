import { LAST_LOOK } from "./last-look";
import { HELD, type Session } from "./session";
import { shownOtherwise } from "./display";
import { readParticipants, readRecord, type Bag } from "./shapes";
import { hasUnknown } from "./unknown";

export interface DiffResult {
  readonly changes: boolean;
  readonly replaces: readonly string[];
}

/**
 * Compares state with new inputs. `check` compares people; this only finds out whether there is anything to write.
 * These are reasons to write: removals, invitations, other members or another account, a drift that a refresh wrote down, or a
 * guard's refusal. The refusal shows as an update, so that `up` ends in failure.
 *
 * During a refresh Pulumi compares what `read` found with the *old* inputs, and no `check` has run. Then only the drift
 * counts, since old `removals` are the last run's. A group that a guard of the program holds stays as it is, and so
 * does a group that a reviewed plan keeps from being written. What this look saw is never a reason to write: Pulumi
 * stores it with the inputs of a resource that stays the same.
 */
export function diff(session: Session, olds: Bag, news: Bag): DiffResult {
  if (session.groups.get(String(olds.group)) === HELD) return { changes: false, replaces: [] };
  if (olds.group !== news.group) return { changes: true, replaces: ["group"] };
  const prepared = session.groups.get(String(news.group));
  if (prepared !== undefined && prepared !== HELD && prepared.stays) return { changes: false, replaces: [] };
  if (olds.drift !== undefined || olds.failed !== undefined) return { changes: true, replaces: [] };
  const { [LAST_LOOK]: _, ...inputs } = news;
  if (hasUnknown(inputs) || session.unsure.has(String(news.group))) return { changes: true, replaces: [] };
  const changes =
    prepared !== undefined &&
    prepared !== HELD &&
    (prepared.refusals.length > 0 ||
      Object.keys(readRecord(news.removals)).length > 0 ||
      Object.keys(readRecord(news.invitations)).length > 0 ||
      shownOtherwise(session.settings, readParticipants(olds.participants)) ||
      olds.businessNumber !== news.businessNumber ||
      olds.custSpaceId !== news.custSpaceId ||
      !sameMembers(readRecord(olds.members), readRecord(news.members)));
  return { changes, replaces: [] };
}

function sameMembers(a: Record<string, string>, b: Record<string, string>): boolean {
  const numbers = Object.keys(a);
  return numbers.length === Object.keys(b).length && numbers.every((number) => a[number] === b[number]);
}
