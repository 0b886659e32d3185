/** How the commands speak to people. */

/** Whether stdout is a place for colours (https://no-color.org). */
export const colours = (): boolean => process.stdout.isTTY && !process.env.NO_COLOR;

/** Messages and progress: never on stdout, which is the answer's alone. On a terminal over the line that progress left. */
export const tell = (message: string): void =>
  void process.stderr.write(`${process.stderr.isTTY ? "\r\u001b[2K" : ""}${message}\n`);
