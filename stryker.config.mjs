import jest from "./jest.config.cjs";

/**
 * Mutation testing of what decides and of what removes: Stryker changes the code in every small way, and each change has to
 * be noticed by a unit test of the same room (`memory`: how the last look and invitations are kept in state). `npm run mutation` runs it room by room; docs/internals/mutation.md tells its last
 * report.
 *
 * A run remembers its answers below .rollcall/mutation, and the next one tries only what has changed since. Generated
 * properties make fewer tries here (test/seeded.ts): tables have to notice a mutant, not luck.
 */
/** @type {Readonly<Record<string, { mutate: string, tests: string }>>} */
const rooms = {
  membership: { mutate: "src/membership/**/*.ts", tests: "membership" },
  groups: { mutate: "src/groups/**/*.ts", tests: "groups" },
  invitations: { mutate: "src/invitations/**/*.ts", tests: "invitations" },
  memory: { mutate: "src/provider/{last-look,order,read}.ts", tests: "provider" },
  execution: {
    mutate:
      "src/{execution/{ask,confirm,execute,note,poll,invitations/*,upkeep/*},observation/{roll-call,group-lists}}.ts",
    tests: "{execution,observation}",
  },
};
const room = process.env.ROOM ?? "membership";
const wanted = rooms[room];
if (wanted === undefined) throw new Error(`There is no room ${room} to mutate, only ${Object.keys(rooms).join(", ")}`);
const { mutate, tests } = wanted;
/** Stryker sets up Jest's environment itself, which it can't do in one project of several: so there is only this one. */
const [first] = jest.projects ?? [];
const unit = { ...(typeof first === "object" ? first : {}), displayName: "mutation" };

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate: [mutate],
  testRunner: "jest",
  jest: {
    configFile: "jest.config.cjs",
    config: { ...unit, projects: [], testMatch: [`<rootDir>/test/${tests}/**/*.test.ts`] },
    enableFindRelatedTests: false,
  },
  coverageAnalysis: "perTest",
  incremental: true,
  incrementalFile: `.rollcall/mutation/${room}-known.json`,
  concurrency: 2,
  timeoutMS: 20_000,
  ignorePatterns: ["/conformance", "/dist", "/schema", "/scripts", "/stacks", "/tools", "/.rollcall", "/coverage"],
  tempDirName: `.rollcall/mutation/${room}`,
  reporters: ["json", "progress-append-only"],
  jsonReporter: { fileName: `.rollcall/mutation/${room}.json` },
  allowConsoleColors: false,
  warnings: { slow: false, unknownOptions: true, preprocessorErrors: true, unserializableOptions: true },
};
