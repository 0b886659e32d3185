/** What has to be mended before anything can be looked at. `kind` tells whose it is. */
export class InputError extends Error {
  override readonly name = "InputError";
  constructor(
    readonly kind: "settings" | "rosters" | "plan",
    message: string,
  ) {
    super(message);
  }
}
