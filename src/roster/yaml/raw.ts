/** Looking into values that may have faults: a value of another kind is passed over, because another check reports it. */

export type Mapping = Readonly<Record<string, unknown>>;

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const field = (value: unknown, key: string): unknown => (isMapping(value) ? value[key] : undefined);

export function textField(value: unknown, key: string): string | undefined {
  const found = field(value, key);
  return typeof found === "string" ? found : undefined;
}

/** The items of a list with their positions. */
export function items(value: unknown, key: string): (readonly [index: number, item: unknown])[] {
  const found = field(value, key);
  return Array.isArray(found) ? [...(found as unknown[]).entries()] : [];
}

/** Those items of a list that are text, with their positions. */
export const texts = (value: unknown, key: string): (readonly [index: number, text: string])[] =>
  items(value, key).filter((entry): entry is readonly [number, string] => typeof entry[1] === "string");

/** The entries of a mapping that itself stands under `key`. */
export function entries(value: unknown, key: string): (readonly [key: string, value: unknown])[] {
  const found = field(value, key);
  return isMapping(found) ? Object.entries(found) : [];
}

export function deep(value: unknown, path: readonly PropertyKey[]): unknown {
  let found: unknown = value;
  for (const step of path) {
    if (Array.isArray(found) && typeof step === "number") found = (found as unknown[])[step];
    else found = typeof step === "string" ? field(found, step) : undefined;
  }
  return found;
}
