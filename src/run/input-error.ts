/**
 * An error in what people gave: it has to be corrected before any group is looked at. `kind` says where the error is.
 */
export class InputError extends Error {
  override readonly name = "InputError";
  constructor(
    readonly kind: "settings" | "rosters" | "plan",
    message: string,
  ) {
    super(message);
  }
}
