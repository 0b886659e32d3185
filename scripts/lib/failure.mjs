/** A step that could not be done: what happened, the last lines of what the tool said, and what to do about it. */
export class Failure extends Error {
  /**
   * @param {string} message what happened
   * @param {{ hints: string[], output?: string[] }} more what to do, each a way out; and the tool's last lines
   */
  constructor(message, { hints, output = [] }) {
    super(message);
    this.hints = hints;
    this.output = output;
  }
}

/** A failure as people read it. */
export function renderFailure(failure) {
  return [
    failure.message,
    ...failure.output.map((line) => `    | ${line}`),
    ...failure.hints.map((hint) => `  - ${hint}`),
  ].join("\n");
}
