/** How a run asks CAMS. */
import { createClient, openTransport, type CamsReader, type Clock, type Credential, type MessageReader } from "../cams";
import type { Settings } from "../settings";

/** A client of CAMS that only reads, made from the settings. */
export function connect(
  settings: Settings,
  { clock, credential }: { readonly clock: Clock; readonly credential: () => Credential },
): CamsReader & MessageReader {
  return createClient({
    send: openTransport({ ...settings, credential }),
    callsPerSecond: settings.callsPerSecond,
    clock,
  });
}

/** Most connections that one process keeps open. More would only wait in a machine's queues until they time out. */
const MOST_AT_ONCE = 400;

/** Most listings under way at once: enough for a pace of 200 calls a second when each answer takes two seconds. */
export function concurrencyFor(callsPerSecond: number): number {
  return Math.min(MOST_AT_ONCE, Math.max(4, Math.ceil(callsPerSecond * 2)));
}
