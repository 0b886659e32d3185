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

export interface Call {
  /** Where is noted how far it came. */
  readonly reach: Reach;
  readonly readTimeoutMs: number;
  /** Why the request may not go out now. */
  readonly forbidden: (() => Error | undefined) | undefined;
}

interface Watched extends Call {
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
  const { request } = message as { readonly request: ClientRequest };
  const onSocket = (socket: Socket): void => {
    const connected = (): void => {
      call.reach.state = "connected";
      socket.setTimeout(call.readTimeoutMs);
    };
    if (!socket.connecting) {
      connected();
      return;
    }
    socket.once(socket instanceof TLSSocket ? "secureConnect" : "connect", connected);
    // What is to be sent waits in the socket for this event, behind this listener.
    if (call.forbidden !== undefined) socket.prependOnceListener("connect", () => drop(request, call));
  };
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

/** Ends a call whose connection came too late, before its bytes are written. */
function drop(request: ClientRequest, { forbidden, giveUp }: Watched): void {
  const why = forbidden?.();
  if (why === undefined) return;
  giveUp(why);
  request.destroy(why);
}

/** Throws why the call within which this is asked may not go out, if so. */
export function askAgain(): void {
  const call = watched.getStore();
  const why = call?.forbidden?.();
  if (why === undefined) return;
  call?.giveUp(why);
  throw why;
}

/** Sends one request within `act`, notes how far it came, and bounds its answer. */
export function watch<T>(call: Call, act: () => Promise<T>): Promise<T> {
  return new Promise((resolve, giveUp) => {
    watched.run({ ...call, giveUp }, act).then(resolve, giveUp);
  });
}
