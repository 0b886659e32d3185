/** What the program handed to Pulumi. */
export interface Registration {
  readonly name: string;
  readonly args: Record<string, unknown>;
  readonly options: { readonly aliases?: readonly { readonly name: string }[] };
}

/** The test puts a resource in the place of the real one that only notes here how it was registered. */
export const registrations: Registration[] = [];
