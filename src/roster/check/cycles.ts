/** Sets that include themselves, reported at the include that closes the circle, and sets that are nested too deep. */

import { quote } from "../../text/clean";
import { type Fault, fault, valueAt } from "../fault";
import { MAX_SET_DEPTH } from "../limits";
import { entries, texts } from "../yaml/raw";
import type { Source } from "./known";

export function cycleFaults({ file, value }: Source): Fault[] {
  const sets = new Map(entries(value, "sets"));
  const faults: Fault[] = [];
  const depths = new Map<string, number>();

  /** How many sets the longest chain below `name` has. `trail` is the way that led here. */
  const visit = (name: string, trail: readonly string[]): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    let depth = 1;
    for (const [index, inner] of texts(sets.get(name), "include")) {
      const place = valueAt(file, "sets", name, "include", index);
      const way = [...trail, name];
      if (way.includes(inner)) {
        const circle = [...way.slice(way.indexOf(inner)), inner].map((step) => quote(step)).join(" → ");
        faults.push(
          fault(place, "set-cycle", `The set ${quote(inner)} includes itself: ${circle}.`, "Delete this include."),
        );
      } else if (way.length + (depths.get(inner) ?? 1) > MAX_SET_DEPTH) {
        const message = `Sets are nested more than ${MAX_SET_DEPTH} deep here.`;
        faults.push(fault(place, "sets-too-deep", message, "Include the inner sets' people more directly."));
      } else if (sets.has(inner)) {
        depth = Math.max(depth, 1 + visit(inner, way));
      }
    }
    depths.set(name, depth);
    return depth;
  };

  for (const name of sets.keys()) visit(name, []);
  return faults;
}
