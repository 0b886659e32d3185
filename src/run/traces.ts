/**
 * Switches stack traces off for the rest of the process.
 *
 * Pulumi's SDK notes a trace with every promise of every resource, and maps each through source maps: a third of the
 * program's time and a fifth of its memory over a thousand groups. The traces would lead into this package and the SDK
 * only; what goes wrong is told by messages.
 */
export function withoutTraces(): void {
  Error.stackTraceLimit = 0;
}
