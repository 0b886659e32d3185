/**
 * The kinds of resources behind the one provider text. A dynamic provider is not told the type of its resource, so the
 * input `resource` says it. The first kind, which is older than the others, has no such input.
 */
import type { CheckResult } from "./check";
import type { DiffResult } from "./diff";
import type { Session } from "./session";
import type { Bag } from "./shapes";

/** The name of the input, and of the output. */
export const RESOURCE = "resource";

export const CHAT_GROUP = "ChatGroup";
export const INVITE_LINK = "ChatGroupInviteLink";
export const INVITATIONS = "ChatGroupInvitations";

/** What a kind of resource does. Deleting is the same for all kinds: it does nothing. */
export interface Kind {
  check(session: Session, olds: Bag, news: Bag): CheckResult | Promise<CheckResult>;
  diff(session: Session, olds: Bag, news: Bag): DiffResult;
  create(session: Session, news: Bag): Promise<{ readonly id: string; readonly outs: object }>;
  update(session: Session, olds: Bag, news: Bag): Promise<object>;
  read(session: Session, id: string, props: Bag): Promise<{ readonly props: object }>;
}
