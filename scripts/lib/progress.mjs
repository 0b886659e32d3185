/**
 * Progress for people and for logs: on a terminal one line that moves, elsewhere a line when a step starts, one every
 * 15 seconds while it lasts, and one when it ends.
 */
const HEARTBEAT_MS = 15_000;
const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

export function seconds(ms) {
  const whole = Math.round(ms / 1000);
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export function megabytes(bytes) {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/**
 * @param {{ stream?: NodeJS.WriteStream, heartbeatMs?: number, env?: NodeJS.ProcessEnv }} [options]
 */
export function createProgress({ stream = process.stdout, heartbeatMs = HEARTBEAT_MS, env = process.env } = {}) {
  const terminal = Boolean(stream.isTTY) && env.TERM !== "dumb" && !env.CI;
  const colour = terminal && !env.NO_COLOR;
  const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const line = (text) => stream.write(`${terminal ? "\r\u001b[2K" : ""}${text}\n`);

  return {
    say: (text) => line(text),
    /** Something that is as it should be already. */
    fine: (name, text) => line(`${paint(32, "✓")} ${name}: ${text}`),
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
          if (!terminal) return line(`… ${status()}`);
          const width = (stream.columns || 80) - 1;
          stream.write(`\r\u001b[2K${FRAMES[frame++ % FRAMES.length]} ${status()}`.slice(0, width + 5));
        },
        terminal ? 100 : heartbeatMs,
      );
      try {
        const result = await work((text) => (detail = text));
        line(`${paint(32, "✓")} ${name}: ${result} (${seconds(Date.now() - start)})`);
      } catch (error) {
        line(`${paint(31, "✗")} ${name}: failed after ${seconds(Date.now() - start)}`);
        throw error;
      } finally {
        clearInterval(beat);
      }
    },
  };
}
