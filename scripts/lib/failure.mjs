/** A step that could not be done: what happened, the last lines of what the tool said, and what to do about it. */
export class Failure extends Error {
  /**
   * @param {string} message what happened
   * @param {{ hints: readonly string[], output?: readonly string[] }} more what to do, each a way out; and the tool's last lines
   */
  constructor(message, { hints, output = [] }) {
    super(message);
    this.hints = hints;
    this.output = output;
  }
}

/** What an error says, whatever was thrown. @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** The code of a fault of the system, such as `ENOENT`. @param {unknown} error */
export const codeOf = (error) =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : undefined;

/** A failure as people read it. @param {Failure} failure */
export function renderFailure(failure) {
  return [
    failure.message,
    ...failure.output.map((line) => `    | ${line}`),
    ...failure.hints.map((hint) => `  - ${hint}`),
  ].join("\n");
}
