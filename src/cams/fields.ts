/** A text field of a row; undefined when it is missing or empty. */
export function field(row: unknown, name: string): string | undefined {
  const value = fieldsOf(row)[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The fields of a JSON object; none of anything else. */
export function fieldsOf(row: unknown): Readonly<Record<string, unknown>> {
  return typeof row === "object" && row !== null ? (row as Readonly<Record<string, unknown>>) : {};
}
