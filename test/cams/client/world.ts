import { authorityOf, createClient, type Engine } from "../../../src/cams";
import type { Answer, Send } from "../../../src/cams/transport";

/** A client on a CAMS whose replies are scripted. Jest's timers stand for its clock and for the waits between tries alike. */

/** One call, as it was sent. */
export interface Sent {
  readonly operation: string;
  readonly query: Readonly<Record<string, string>>;
  readonly group: string | undefined;
  readonly at: number;
}

export type Reply = Answer | Error;

/** An answer of CAMS whose Code was `OK`. */
export const answer = (data: unknown, beside: Readonly<Record<string, unknown>> = {}): Answer => ({
  ...{ requestId: "R-1", data, beside },
});

/** The clock of clients under test, which Jest's timers turn. */
export const clock = {
  now: () => performance.now(),
  sleep: (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms)),
};

/** Listings of groups and participants are answered at once and not noted; all else by the replies in order, the last for ever. */
export function clientOf(replies: readonly Reply[], over: Partial<Engine> = {}, callsPerSecond = 100) {
  const sent: Sent[] = [];
  const send: Send = (operation, query, group) => {
    if (operation.startsWith("ListChatGroup")) return Promise.resolve(answer({ Total: 0, List: [] }));
    sent.push({ operation, query, group, at: performance.now() });
    const reply = replies[Math.min(sent.length, replies.length) - 1]!;
    return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply);
  };
  const authority = authorityOf({ stopped: () => false, gone: () => false, ...over });
  return { sent, cams: createClient({ send, callsPerSecond, clock, authority }) };
}

/** Lets time pass until the call has ended. */
export async function ended<T>(call: Promise<T>): Promise<T> {
  const state = { done: false };
  const end = () => {
    state.done = true;
  };
  call.then(end, end);
  while (!state.done) await jest.advanceTimersByTimeAsync(100);
  return call;
}
