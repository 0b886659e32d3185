/** Progress of the commands, on stderr: one line that moves on a terminal, now and then a line in a log. */
import { clock } from "../ambient";
import { progressOf } from "../run/progress";
import { tell } from "./project";

/** Where progress is written. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Between two states of the line on a terminal. */
const REDRAW_MS = 200;
const CLEAR = "\r\u001b[2K";

export function showProgress(
  screen: Screen = process.stderr,
  inCi = process.env.CI !== undefined && process.env.CI !== "",
  now = clock,
): (done: number, of: number) => void {
  if (screen.isTTY !== true || inCi) return progressOf(now, tell);
  const draw = progressOf(
    now,
    (text) => void screen.write(`${CLEAR}${text}`),
    () => REDRAW_MS,
  );
  return (done, of) => {
    draw(done, of);
    if (done === of) screen.write(CLEAR);
  };
}
