/**
 * Resources of somebody's own program whose groups were not known yet when this resource was sent (`declarations.ts`).
 */
import { UNDECIDED, type Bag } from "./shapes";

export function undecidedIn(news: Bag): readonly string[] {
  const names = news[UNDECIDED];
  return Array.isArray(names) ? names.map(String) : [];
}

export function undecidedText(group: string, names: readonly string[]): string {
  return (
    `${group}: nobody is removed, since it is not known yet which group these resources declare, and it may be this one: ` +
    `${names.join(", ")}. Declare their groups by plain ids, or run pulumi up again once those groups exist`
  );
}
