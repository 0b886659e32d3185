import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { CallLog } from "./calls";
import { Cams } from "./cams";
import { DataFile, readData } from "./data";
import { ArmedFaults } from "./faults/armed";
import type { World } from "./groups/world";
import { parseSeed, worldOf } from "./seed";
import { httpServer } from "./server";
import { defaults, type EmulatorOptions } from "./settings";
import { Throttles } from "./throttle";
import { Authenticator } from "./wire/authenticate";

export { SeedError, type Seed } from "./seed";
export { defaults, throttleStatuses, type EmulatorOptions, type ThrottleStatus } from "./settings";
export type { CallEntry } from "./calls";
export { faultNames, type FaultName } from "./faults/catalogue";

/** A running local CAMS. */
export interface Emulator {
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Stops it at once: open connections are closed, calls under way get no answer. */
  close(): Promise<void>;
}

/**
 * Starts a local CAMS on 127.0.0.1: the operations of Alibaba Cloud CAMS 2020-06-06 for chat groups and for messages by template
 * as its official SDKs know them, with WhatsApp's rules beneath. Throws a SeedError for a bad seed or data file, and the socket's error when the port
 * can't be had.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const clock = options.clock ?? (() => Date.now());
  const kept = options.data === undefined ? undefined : readData(options.data);
  const world = kept?.world ?? seedWorld(options.seed);
  const faults = new ArmedFaults();
  kept?.stored.faults.forEach((fault) => faults.arm(fault));
  const calls = new CallLog(clock);
  calls.restore(kept?.stored.calls ?? []);
  const data = options.data === undefined ? undefined : new DataFile(options.data, { world, faults, calls });

  const cams = new Cams({
    world,
    calls,
    faults,
    clock,
    authenticator: new Authenticator(
      {
        accessKeyId: options.accessKeyId ?? defaults.accessKeyId,
        accessKeySecret: options.accessKeySecret ?? defaults.accessKeySecret,
      },
      clock,
    ),
    throttle: options.qps === undefined ? undefined : new Throttles(options.qps, clock),
    throttleStatus: options.throttleStatus ?? defaults.throttleStatus,
    throttleRetryAfter: options.throttleRetryAfter ?? defaults.throttleRetryAfter,
    manner: {
      removalReads: options.removalReads ?? defaults.removalReads,
      removeAtMost: Number.POSITIVE_INFINITY,
      settlingReads: options.settlingReads ?? defaults.settlingReads,
      pageLimit: options.pageLimit ?? defaults.pageLimit,
      messageLagMs: options.messageLagMs ?? defaults.messageLagMs,
      deliveryMs: options.deliveryMs ?? defaults.deliveryMs,
      messageFailsWith: null,
      messagesSent: true,
    },
  });
  const server = httpServer({
    cams,
    control: { world, calls, faults, clock },
    latencyMs: options.latencyMs ?? defaults.latencyMs,
    settle: () => data?.saveIfChanged(),
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  data?.save();

  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          data?.save();
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function seedWorld(seed: EmulatorOptions["seed"]): World {
  if (typeof seed === "string") return parseSeed(readFileSync(seed, "utf8"), seed);
  return worldOf(seed ?? { businessNumbers: {} });
}
