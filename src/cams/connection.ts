import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";

/**
 * How far one call came. Only a call whose connection never stood is known not to have reached CAMS; `unseen` is a call
 * of which nothing is known.
 */
export interface Reach {
  state: "unseen" | "connecting" | "connected";
}

interface Watched {
  readonly reach: Reach;
  readonly readTimeoutMs: number;
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
  if (request.socket === null) request.once("socket", onSocket);
  else onSocket(request.socket);
});

/** Sends one request within `act`, and notes in `reach` how far it came. */
export function watch<T>(reach: Reach, readTimeoutMs: number, act: () => Promise<T>): Promise<T> {
  return watched.run({ reach, readTimeoutMs }, act);
}
