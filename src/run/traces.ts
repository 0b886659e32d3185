/**
 * Switches stack traces off for the rest of the process.
 *
 * Pulumi's SDK records a trace with every promise of every resource, and maps each through source maps. With a thousand
 * groups, that takes a third of the program's time and a fifth of its memory. The traces would lead only into this
 * package and the SDK; messages report what goes wrong.
 */
export function withoutTraces(): void {
  Error.stackTraceLimit = 0;
}
