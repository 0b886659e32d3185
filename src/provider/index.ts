/**
 * The handler behind the resource's one line of provider text. The text stands in Pulumi's state, so this module's path
 * (`cams-rollcall/provider`) and the names it exports are a permanent contract: state of any release calls them.
 *
 * Every method waits for the settings, for Pulumi calls `configure` once but does not let other calls wait for it.
 */
import { apply } from "./apply";
import { check, type CheckResult } from "./check";
import { diff, type DiffResult } from "./diff";
import { read } from "./read";
import { openSession, type Session } from "./session";
import type { Bag } from "./shapes";

interface ConfigureRequest {
  readonly config: { get(key: string): string | undefined };
}

let opened: { readonly session: Session } | { readonly error: Error } | undefined;

function session(): Session {
  if (opened === undefined) throw quiet(new Error("the provider has no settings: Pulumi did not call configure"));
  if ("error" in opened) throw quiet(opened.error);
  return opened.session;
}

/** Pulumi prints the stack of what these methods throw; the message is what people need. */
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

/** Takes the stack's settings. Synchronous up to its end, so no other call can come in between. */
export function configure(request: ConfigureRequest): Promise<void> {
  try {
    opened = { session: openSession((key) => request.config.get(key)) };
  } catch (error) {
    opened = { error: error instanceof Error ? error : new Error(String(error)) };
  }
  return Promise.resolve();
}

export { checkInputs as check, diffInputs as diff, createResource as create, updateResource as update };
export { readResource as read, deleteResource as delete };

function checkInputs(olds: Bag, news: Bag): Promise<CheckResult> {
  return quietly(async () => valueless(await check(session(), olds, news)));
}

/** Beside the property of a failure Pulumi prints its whole value, be it secret: it is named in the reason instead. */
function valueless(result: CheckResult): CheckResult {
  const { failures } = result;
  if (failures === undefined) return result;
  return { failures: failures.map(({ property, reason }) => ({ property: "", reason: `${property}: ${reason}` })) };
}

function diffInputs(_id: string, olds: Bag, news: Bag): Promise<DiffResult> {
  return quietly(() => diff(session(), olds, news));
}

/** Adopts a group. */
function createResource(news: Bag): Promise<{ id: string; outs: object }> {
  return quietly(async () => ({ id: String(news.group), outs: await apply(session(), undefined, news) }));
}

function updateResource(_id: string, olds: Bag, news: Bag): Promise<{ outs: object }> {
  return quietly(async () => ({ outs: await apply(session(), olds, news) }));
}

function readResource(id: string, props: Bag): Promise<{ id: string; props: object; inputs?: object }> {
  return quietly(async () => ({ id, ...(await read(session(), id, props)) }));
}

/** Ends the management of a group. Removes nobody: the people stay in the group. */
function deleteResource(): Promise<void> {
  return Promise.resolve();
}
