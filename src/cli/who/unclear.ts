import type { AccountsSeen } from "../../run/list-accounts";
import type { Meant } from "./meant";

/** What a word that is not understood ends with. */
export interface Unclear {
  /** Whether it may be the subject of a group that CAMS did not list: then the word need not be wrong. */
  readonly isFailure: boolean;
  readonly message: string;
}

/** Says why a word is not understood, and why subjects are not known, where they are not. */
export function unclear({ because, why }: Extract<Meant, { kind: "unclear" }>, accounts: AccountsSeen): Unclear {
  const causes = [...accounts.values()].flatMap((one) => (one.kind === "not listed" ? [one.why] : []));
  const lacking = "CAMS did not list the groups of the account, so their subjects are not known";
  return {
    isFailure: because === "nothing" && causes.length > 0,
    message: causes.length === 0 ? why : `${why}. ${lacking}: ${causes.join("; ")}`,
  };
}
