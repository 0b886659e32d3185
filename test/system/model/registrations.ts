/** What the program handed to Pulumi. */
export interface Registration {
  readonly name: string;
  readonly args: Record<string, unknown>;
  readonly options: { readonly aliases?: readonly { readonly name: string }[] };
  /** Tells the program what became of the resource; undefined: Pulumi left it out, so its outputs are never known. */
  readonly answer: (outputs: Readonly<Record<string, unknown>> | undefined) => void;
}

/** The test puts a resource in the place of the real one that only notes here how it was registered. */
export const registrations: Registration[] = [];

/** Whether Pulumi says that this is a preview. */
export const engine = { dryRun: false };

/** A resource that is registered, as the program sees it. */
export function register(name: string, args: Registration["args"], options: Registration["options"]): object {
  let answer: Registration["answer"] = () => undefined;
  const answered = new Promise<Readonly<Record<string, unknown>> | undefined>((told) => (answer = told));
  registrations.push({ name, args, options, answer });
  const output = (key: string): object => ({
    isKnown: answered.then((outputs) => outputs !== undefined),
    apply: (told: (value: unknown) => void) => void answered.then((outputs) => told(outputs?.[key])),
  });
  return { urn: { isKnown: Promise.resolve(true) }, failed: output("failed"), run: output("run") };
}
