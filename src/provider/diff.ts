import { hasUnknown } from "./check";
import type { Session } from "./session";
import { readRecord } from "./shapes";

export interface DiffResult {
  readonly changes: boolean;
  readonly replaces: readonly string[];
}

type Bag = Readonly<Record<string, unknown>>;

/**
 * Compares state with new inputs. People are compared by `check`; here it is only asked whether there is anything to
 * write: removals, other members or another account, a drift that a refresh wrote down, or a guard's objection, which
 * shows as an update so that `up` ends in failure. During a refresh Pulumi compares what `read` found with the *old*
 * inputs, and no `check` has run: then only the drift counts, since old `removals` are the last run's.
 */
export function diff(session: Session, olds: Bag, news: Bag): DiffResult {
  if (olds.drift !== undefined) return { changes: true, replaces: [] };
  if (olds.group !== news.group) return { changes: true, replaces: ["group"] };
  if (hasUnknown(news)) return { changes: true, replaces: [] };
  const prepared = session.prepared.get(String(news.group));
  const changes =
    prepared !== undefined &&
    (prepared.refusals.length > 0 ||
      Object.keys(readRecord(news.removals)).length > 0 ||
      olds.businessNumber !== news.businessNumber ||
      olds.custSpaceId !== news.custSpaceId ||
      !sameMembers(readRecord(olds.members), readRecord(news.members)));
  return { changes, replaces: [] };
}

function sameMembers(a: Record<string, string>, b: Record<string, string>): boolean {
  const numbers = Object.keys(a);
  return numbers.length === Object.keys(b).length && numbers.every((number) => a[number] === b[number]);
}
