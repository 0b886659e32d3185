/** What the program handed to Pulumi. */
export interface Registration {
  /** A group's people, or what sends its invitations. */
  readonly kind: "people" | "senders";
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
const registerAs =
  (kind: Registration["kind"]) =>
  (name: string, args: Registration["args"], options: Registration["options"]): object => {
    let answer: Registration["answer"] = () => undefined;
    const answered = new Promise<Readonly<Record<string, unknown>> | undefined>((told) => (answer = told));
    registrations.push({ kind, name, args, options, answer });
    const output = (key: string): object => ({
      isKnown: answered.then((outputs) => outputs !== undefined),
      apply: (told: (value: unknown) => void) => void answered.then((outputs) => told(outputs?.[key])),
    });
    return { urn: { isKnown: Promise.resolve(true) }, failed: output("failed"), run: output("run") };
  };

export const register = registerAs("people");
export const registerSender = registerAs("senders");

/**
 * All that a program registers, in batches: one is whole when nothing more is registered before Pulumi answers.
 * @param carry resolves when the program is done. It never is when Pulumi stops answering
 */
export async function* batchesOf(carry: Promise<unknown>): AsyncGenerator<readonly Registration[]> {
  const program = { done: false };
  const ended = (): void => {
    program.done = true;
  };
  carry.then(ended, ended);
  let handed = 0;
  for (;;) {
    let seen: number;
    do {
      seen = registrations.length;
      await new Promise((told) => setImmediate(told));
    } while (registrations.length > seen);
    if (registrations.length > handed) {
      yield registrations.slice(handed, registrations.length);
      handed = seen;
    } else if (program.done) return;
  }
}
