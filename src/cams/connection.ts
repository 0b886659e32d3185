import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";

/**
 * How far one call came. Only a call whose connection never stood is known not to have reached CAMS; `unseen` is a call
 * of which nothing is known.
 */
export interface Reach {
  state: "unseen" | "connecting" | "connected";
}

/**
 * Most bytes of an answer. CAMS's largest is a page of 100 groups, each with a description of 2,048 characters: less than
 * 3 MB, even if every character is written as an escape. Whatever is longer is not CAMS, and would only take memory.
 */
export const LARGEST_ANSWER_BYTES = 4 * 1024 * 1024;

/** The answer went on beyond the largest that CAMS can give; the rest was not read. */
export class AnswerTooLarge extends Error {
  override readonly name = "AnswerTooLarge";
}

interface Watched {
  readonly reach: Reach;
  readonly readTimeoutMs: number;
  /** Ends the call with an error, whatever the SDK goes on waiting for. */
  readonly giveUp: (error: Error) => void;
}

const watched = new AsyncLocalStorage<Watched>();

/**
 * The SDK's transport (`httpx` 2.3.3) can't tell a connection that does not come from an answer that does not come: its
 * connect time-out goes on counting while it waits for the answer, and on a connection that is used again it is the
 * only one that counts. So the request is watched from outside: as soon as the connection stands, its time-out becomes
 * that of the answer, and the call is known to have gone out.
 */
subscribe("http.client.request.start", (message) => {
  const call = watched.getStore();
  if (call === undefined) return;
  call.reach.state = "connecting";
  const onSocket = (socket: Socket): void => {
    const connected = (): void => {
      call.reach.state = "connected";
      socket.setTimeout(call.readTimeoutMs);
    };
    if (!socket.connecting) connected();
    else socket.once(socket instanceof TLSSocket ? "secureConnect" : "connect", connected);
  };
  const { request } = message as { readonly request: ClientRequest };
  request.prependOnceListener("response", (response: IncomingMessage) => bound(response, call.giveUp));
  if (request.socket === null) request.once("socket", onSocket);
  else onSocket(request.socket);
});

/**
 * Stops an answer that is too long. The SDK keeps all of a body before it looks at it, and offers no limit. The bytes are
 * counted where Node hands them in: a listener would make them flow before the SDK listens.
 */
function bound(response: IncomingMessage, giveUp: Watched["giveUp"]): void {
  const push = response.push.bind(response);
  let size = 0;
  response.push = (chunk: Buffer | null, encoding?: BufferEncoding): boolean => {
    size += chunk?.length ?? 0;
    if (size <= LARGEST_ANSWER_BYTES) return push(chunk, encoding);
    giveUp(new AnswerTooLarge());
    response.destroy();
    return false;
  };
}

/** Sends one request within `act`, notes in `reach` how far it came, and bounds its answer. */
export function watch<T>(reach: Reach, readTimeoutMs: number, act: () => Promise<T>): Promise<T> {
  return new Promise((resolve, giveUp) => {
    watched.run({ reach, readTimeoutMs, giveUp }, act).then(resolve, giveUp);
  });
}
