/**
 * Progress for people and for logs: on a terminal one line that moves, elsewhere a line when a step starts, one every
 * 15 seconds while it lasts, and one when it ends.
 */
import { styleText } from "node:util";

const HEARTBEAT_MS = 15_000;
const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** A duration for people. @param {number} ms */
export function seconds(ms) {
  const whole = Math.round(ms / 1000);
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** A size for people. @param {number} bytes */
export function megabytes(bytes) {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/**
 * @typedef {ReturnType<typeof createProgress>} Progress
 */

/**
 * Tells on a stream how set-up goes on.
 * @param {{ stream?: NodeJS.WriteStream, heartbeatMs?: number, env?: NodeJS.ProcessEnv }} [options]
 */
export function createProgress({ stream = process.stdout, heartbeatMs = HEARTBEAT_MS, env = process.env } = {}) {
  const terminal = stream.isTTY && env.TERM !== "dumb" && !env.CI;
  const colour = terminal && !env.NO_COLOR;
  /** @param {"green" | "red"} style @param {string} text */
  const paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  /** @param {string} text */
  const line = (text) => void stream.write(`${terminal ? "\r\u001b[2K" : ""}${text}\n`);

  return {
    say: line,
    /** Something that is as it should be already. @param {string} name @param {string} text */
    fine: (name, text) => line(`${paint("green", "✓")} ${name}: ${text}`),
    /**
     * Runs one step. `work` gets a function that sets what is told with each heartbeat, and gives back how it went.
     * @param {string} name
     * @param {(tell: (detail: string) => void) => Promise<string>} work
     */
    async step(name, work) {
      const start = Date.now();
      let detail = "";
      let frame = 0;
      const status = () => `${name}: ${seconds(Date.now() - start)}${detail && `, ${detail}`}`;
      if (!terminal) line(`… ${name}`);
      const beat = setInterval(
        () => {
          if (!terminal) {
            line(`… ${status()}`);
            return;
          }
          const width = (stream.columns || 80) - 1;
          stream.write(`\r\u001b[2K${FRAMES[frame++ % FRAMES.length]} ${status()}`.slice(0, width + 5));
        },
        terminal ? 100 : heartbeatMs,
      );
      try {
        const result = await work((text) => (detail = text));
        line(`${paint("green", "✓")} ${name}: ${result} (${seconds(Date.now() - start)})`);
      } catch (error) {
        line(`${paint("red", "✗")} ${name}: failed after ${seconds(Date.now() - start)}`);
        throw error;
      } finally {
        clearInterval(beat);
      }
    },
  };
}
