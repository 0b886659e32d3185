/**
 * Writes a line of the audit log about a call that was already sent. If that fails it only warns, so that the outcome is
 * still reported.
 */
export function note(write: () => void, { warn }: { readonly warn: (message: string) => void }): void {
  try {
    write();
  } catch (error) {
    warn(String(error));
  }
}
