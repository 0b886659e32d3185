import { nameOf } from "../membership/guards";
import type { Desired } from "../membership/types";
import type { Outcome } from "../execution/types";
import type { Session } from "./session";

/**
 * An error with which the resource stays in state. Pulumi's dynamic provider looks for exactly these fields
 * (`grpcResponseFromError` of `@pulumi/pulumi/cmd/dynamic-provider`). Without `__provider` among `properties` the
 * resource could not be used again.
 */
export class PartialFailure extends Error {
  constructor(
    readonly id: string,
    readonly properties: Readonly<Record<string, unknown>>,
    readonly reasons: readonly string[],
  ) {
    super(reasons.join("\n"));
  }
}

/** What to report of removals that were not completed, a line each; empty when all were completed. */
export function reasonsOf(session: Session, { name, group }: Desired, outcomes: readonly Outcome[]): readonly string[] {
  const where = name === group ? group : `${name} (${group})`;
  return outcomes.flatMap((one) => {
    const what = wordsOf(nameOf(one, session.show), one);
    return what === undefined ? [] : [`${where}: ${what}${one.detail === "" ? "" : `. ${one.detail}`}`];
  });
}

function wordsOf(who: string, { outcome }: Outcome): string | undefined {
  switch (outcome) {
    case "removed":
    case "already gone":
      return undefined;
    case "refused":
      return `${who} was not removed`;
    case "still listed":
      return `${who} is still listed after rollcall:confirmTimeoutMs, though CAMS accepted the removal. Run pulumi up again later`;
    case "unknown":
      return `it is not known whether ${who} was removed. Run pulumi up again: the group is listed first`;
  }
}
