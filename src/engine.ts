/**
 * The Pulumi engine that this provider process works for: whether it said that the run is to stop, and whether it is still
 * there. A killed engine says nothing, and its provider lives on with the calls that it has under way.
 *
 * Measured with CLI 3.255.0 and a SIGKILL of the engine. The plugin `pulumi-resource-pulumi-nodejs` is a shell script that
 * does not `exec`, so the parent of this process is a shell that lives on: `process.ppid` never changes. What does change:
 * - Standard input is a pipe of which only the engine holds the other end. It is at its end at once; a read that does not
 *   wait gives 0 bytes in place of EAGAIN. This can be looked at at any moment, on Linux, where /dev/stdin opens the pipe anew.
 * - The engine's gRPC connection closes. Node notices it some milliseconds later, on every platform.
 * Both hold for any process that adopts the orphans: process 1, a container's init, a subreaper. A sign that does not say "alive" when the
 * watch begins is ignored, as with a provider that was started by hand.
 */
import { constants, fstatSync, openSync, readSync } from "node:fs";
import { Server } from "node:net";
import type { Engine } from "./cams";

/** How the engine calls a provider when the run is to stop, as on Ctrl-C or SIGTERM. */
const CANCEL = "/pulumirpc.ResourceProvider/Cancel";

/** Begins to watch the engine. */
export function watchEngine(): Engine {
  const servers = serversOfProcess();
  const stopped = watchForStop(servers);
  const signs = [stdinOpen, () => connected(servers)].filter((alive) => alive());
  let gone = false;
  return { stopped, gone: () => (gone ||= signs.some((alive) => !alive())) };
}

/** The servers of this process: in a provider there is one, of gRPC, and only the engine knows its port. */
function serversOfProcess(): readonly Server[] {
  const { _getActiveHandles: handles } = process as unknown as { _getActiveHandles?: () => readonly unknown[] };
  return (handles?.call(process) ?? []).filter((handle) => handle instanceof Server);
}

/**
 * Listens for Pulumi's signal that the run is to stop; returns whether it came. The engine waits for every step that has begun,
 * and leaves it to providers to cut theirs short. Its Cancel call comes to the process's gRPC server,
 * where Pulumi's host of dynamic providers drops it; so this listens on that server.
 */
function watchForStop(servers: readonly Server[]): () => boolean {
  let stopped = false;
  for (const server of servers) {
    server.on("stream", (_stream: unknown, headers: Readonly<Record<string, unknown>>) => {
      stopped ||= headers[":path"] === CANCEL;
    });
  }
  return () => stopped;
}

/** Whether anybody is connected to the servers. Node counts connections; its public count is given only later. */
function connected(servers: readonly Server[]): boolean {
  return servers.some((server) => ((server as unknown as { _connections?: number })._connections ?? 0) > 0);
}

let stdin: number | undefined;

/** Whether standard input is a pipe that somebody could still write to. */
function stdinOpen(): boolean {
  if (process.platform !== "linux") return false;
  try {
    if (stdin === undefined) {
      if (!fstatSync(0).isFIFO()) return false;
      stdin = openSync("/dev/stdin", constants.O_RDONLY | constants.O_NONBLOCK);
    }
    return readSync(stdin, Buffer.alloc(1)) > 0;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EAGAIN";
  }
}
