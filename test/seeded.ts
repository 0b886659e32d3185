/**
 * Generated properties run on fixed seeds, so that a failure is the same failure for everybody. Under mutation testing they
 * run shortly: there a mutant has to be noticed by a table, or by almost any case.
 */
const mutation = process.env.STRYKER_MUTATOR_WORKER !== undefined;

/** How often a property runs, when `usual` is what it needs. */
export const runs = (usual: number): number => (mutation ? Math.min(usual, 100) : usual);

export const seeded = { seed: 20_261_122, numRuns: runs(500) } as const;
