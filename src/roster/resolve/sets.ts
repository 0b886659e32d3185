/**
 * Sets within sets: who is in a set, by which path, and until when. The strictest `until` along a path is its end;
 * of several paths the one that lasts longest counts, then the shortest, so that nobody is removed who still has a
 * reason to be there.
 */

import { earlier } from "./dates";
import { MAX_UNFOLDED } from "../limits";
import type { SetsFile } from "../check/shape";

export interface Claim {
  /** Names of sets, the outermost first; none for a roster's own entry. */
  readonly via: readonly string[];
  readonly until: string | undefined;
}

/** Person's key → the best claim. */
export type Unfolded = ReadonlyMap<string, Claim>;

/** Which of two claims speaks for the longer membership; the shorter, then the alphabetically first path breaks ties. */
export function better(a: Claim, b: Claim): Claim {
  if (a.until !== b.until) return b.until === undefined || (a.until !== undefined && a.until < b.until) ? b : a;
  if (a.via.length !== b.via.length) return a.via.length < b.via.length ? a : b;
  return a.via.join("/") <= b.via.join("/") ? a : b;
}

/** Unfolds sets on demand, each once. The sets must be known to be free of cycles. */
export class Sets {
  private readonly done = new Map<string, Unfolded>();
  private work = 0;

  constructor(private readonly sets: ReadonlyMap<string, SetsFile["sets"][string]>) {}

  /** Whether unfolding was given up because it outgrew the limit; what was unfolded is then not whole. */
  get tooLarge(): boolean {
    return this.work > MAX_UNFOLDED;
  }

  unfold(name: string): Unfolded {
    const known = this.done.get(name);
    if (known !== undefined) return known;
    const set = this.sets.get(name);
    const result = new Map<string, Claim>();
    const add = (person: string, claim: Claim) => {
      this.work += 1;
      const other = result.get(person);
      result.set(person, other === undefined ? claim : better(other, claim));
    };
    for (const person of set?.members ?? []) add(person, { via: [name], until: set?.until });
    for (const inner of set?.include ?? []) {
      for (const [person, { via, until }] of this.unfold(inner)) {
        if (this.tooLarge) return result;
        add(person, { via: [name, ...via], until: earlier(set?.until, until) });
      }
    }
    this.done.set(name, result);
    return result;
  }
}
