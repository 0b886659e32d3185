/**
 * The handler that the resource's one line of provider text loads. The text is in Pulumi's state, so this module's path
 * (`cams-rollcall/provider`) and the names that it exports are a permanent contract: state of any release calls them.
 *
 * Every method needs the settings. Pulumi calls `configure` once, but does not make other calls wait until it ends.
 */
import { apply } from "./apply";
import { chatGroup } from "./chat-group";
import { check, type CheckResult } from "./check";
import { diff, type DiffResult } from "./diff";
import { invitations } from "./invitations";
import { inviteLink } from "./invite-link";
import { CHAT_GROUP, INVITATIONS, INVITE_LINK, RESOURCE, type Kind } from "./kinds";
import { read } from "./read";
import { openSession, type Session } from "./session";
import type { Bag } from "./shapes";

interface ConfigureRequest {
  readonly config: { get(key: string): string | undefined };
}

let opened:
  { readonly kind: "ok"; readonly session: Session } | { readonly kind: "failed"; readonly error: Error } | undefined;

function session(): Session {
  if (opened === undefined) throw quiet(new Error("the provider has no settings: Pulumi did not call configure"));
  if (opened.kind === "failed") throw quiet(opened.error);
  return opened.session;
}

/**
 * Pulumi prints the stack of an error that these methods throw. People need only the message, so the stack is emptied.
 */
function quiet(error: unknown): Error {
  const told = error instanceof Error ? error : new Error(String(error));
  told.stack = "";
  return told;
}

async function quietly<T>(act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw quiet(error);
  }
}

/** Takes the stack's settings. It is synchronous until its end, so no other call can come in between. */
export function configure(request: ConfigureRequest): Promise<void> {
  try {
    opened = { kind: "ok", session: openSession((key) => request.config.get(key)) };
  } catch (error) {
    opened = { kind: "failed", error: error instanceof Error ? error : new Error(String(error)) };
  }
  return Promise.resolve();
}

export { checkInputs as check, diffInputs as diff, createResource as create, updateResource as update };
export { readResource as read, deleteResource as delete };

/** The kind of a resource, as its inputs and its outputs say it. */
function kindOf(bag: Bag): Kind {
  switch (bag[RESOURCE]) {
    case CHAT_GROUP:
      return chatGroup;
    case INVITE_LINK:
      return inviteLink;
    case INVITATIONS:
      return invitations;
    default:
      return participants;
  }
}

const participants: Kind = {
  check,
  diff,
  create: async (open, news) => ({ id: String(news.group), outs: await apply(open, undefined, news) }),
  update: apply,
  read,
};

function checkInputs(olds: Bag, news: Bag): Promise<CheckResult> {
  return quietly(async () => valueless(await kindOf(news).check(session(), olds, news)));
}

/** Pulumi prints the value of the property of a failure, even a secret one. So only the reason names the property. */
function valueless(result: CheckResult): CheckResult {
  const { failures } = result;
  if (failures === undefined) return result;
  return { failures: failures.map(({ property, reason }) => ({ property: "", reason: `${property}: ${reason}` })) };
}

function diffInputs(_id: string, olds: Bag, news: Bag): Promise<DiffResult> {
  return quietly(() => kindOf(news).diff(session(), olds, news));
}

/** Adopts a group, makes a group, or takes a group's link under management. */
function createResource(news: Bag): Promise<{ id: string; outs: object }> {
  return quietly(() => kindOf(news).create(session(), news));
}

function updateResource(_id: string, olds: Bag, news: Bag): Promise<{ outs: object }> {
  return quietly(async () => ({ outs: await kindOf(news).update(session(), olds, news) }));
}

function readResource(id: string, props: Bag): Promise<{ id: string; props: object; inputs?: object }> {
  return quietly(async () => ({ id, ...(await kindOf(props).read(session(), id, props)) }));
}

/** Ends the management of a group. Removes nobody and deletes nothing: the group, its people and its link stay. */
function deleteResource(): Promise<void> {
  return Promise.resolve();
}
