import type * as pulumi from "@pulumi/pulumi";

/**
 * Most registrations under way at once. Pulumi checks one after the other; each that waits takes some 100 kB of memory.
 */
const UNDER_WAY = 500;

/**
 * Registers one after the other, each from an empty call stack: Pulumi writes all callers of a registration into state.
 */
export function inTurn<T, R extends pulumi.CustomResource>(
  all: readonly T[],
  register: (one: T) => R,
): Promise<readonly R[]> {
  const resources: R[] = [];
  let settled = 0;
  return new Promise((done) => {
    const next = (): void => {
      const one = all[resources.length];
      if (one === undefined) return;
      const resource = register(one);
      resources.push(resource);
      void isKnown(resource.urn).then(() => {
        if (++settled === all.length) done(resources);
        else setImmediate(next);
      });
    };
    if (all.length === 0) done(resources);
    for (let i = 0; i < Math.min(UNDER_WAY, all.length); i++) setImmediate(next);
  });
}

/** The value of an output; undefined when Pulumi left its resource out, because then the output never gets a value. */
export async function valueOf<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  return (await isKnown(output)) ? new Promise((told) => output.apply(told)) : undefined;
}

/** Settles once Pulumi has answered, even if the value will not be known (`OutputInstance` of `@pulumi/pulumi`). */
function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
  return (output as unknown as { readonly isKnown: Promise<boolean> }).isKnown;
}
