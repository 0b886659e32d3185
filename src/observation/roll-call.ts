/**
 * The roll call: one observation of all groups, before anything is planned. Listings run side by side, as fast as the
 * pace lets them; a group whose listing fails is observed as `doubtful` and holds nobody else up. What would meet every
 * group alike (no credentials, no connection, something that isn't CAMS) ends the roll call at once instead of failing
 * a thousand times.
 */
import pMap from "p-map";
import { CamsError, type GroupRef } from "../cams";
import type { Observed } from "../membership/types";
import { listed, toObserved, type Lister } from "./observe-group";

export interface RollCallOptions {
  /** Most listings under way at once; the pace decides how many are sent. */
  readonly concurrency: number;
  /** Whether CAMS has answered in this run already. Then a missing answer concerns one group only. */
  readonly heard?: boolean;
  /** Called after each group. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** After so many failures without any answer of CAMS the roll call gives up. */
const SILENT_FAILURES = 3;

/**
 * Lists every group once.
 * @returns what was observed, by GroupId
 * @throws CamsError when the failure is not one group's
 */
export async function observeAll(
  reader: Lister,
  refs: readonly GroupRef[],
  options: RollCallOptions,
): Promise<ReadonlyMap<string, Observed>> {
  const observed = new Map<string, Observed>();
  let done = 0;
  let heard = options.heard ?? false;
  let silent = 0;
  const failure = await pMap(
    refs,
    async (ref) => {
      const seen = await listed(reader, ref);
      if (seen instanceof CamsError) {
        if (seen.kind === "access") throw seen;
        heard ||= answered(seen);
        silent += 1;
        if (!heard && (silent >= SILENT_FAILURES || silent === refs.length)) throw seen;
        observed.set(ref.group, toObserved(seen));
      } else {
        heard = true;
        observed.set(ref.group, seen);
      }
      options.onProgress?.(++done, refs.length);
    },
    { concurrency: options.concurrency, stopOnError: true },
  ).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure !== undefined) throw failure as Error;
  return observed;
}

/** Answers of something that is not CAMS, such as a proxy that redirects. */
const NOT_CAMS = ["NoCode", "UnreadableAnswer"];

/** Whether CAMS itself answered, even by a refusal. */
function answered({ failure }: CamsError): boolean {
  return failure.httpStatus !== undefined && !NOT_CAMS.includes(failure.code);
}
