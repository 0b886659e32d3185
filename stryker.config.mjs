/**
 * Mutation testing of what decides and of what removes: Stryker changes the code in every small way, and each change has to
 * be noticed by a unit test. `npm run mutation` runs it; docs/mutation.md tells its last report.
 *
 * @type {import("@stryker-mutator/api/core").PartialStrykerOptions}
 */
export default {
  mutate: ["src/membership/**/*.ts", "src/rollcall/{ask,confirm,execute,roll-call}.ts"],
  testRunner: "jest",
  jest: {
    configFile: "jest.config.cjs",
    config: { testMatch: ["<rootDir>/test/{membership,rollcall}/**/*.test.ts"], testTimeout: 20_000 },
    enableFindRelatedTests: false,
  },
  coverageAnalysis: "perTest",
  concurrency: 2,
  timeoutMS: 5_000,
  ignorePatterns: [
    "/conformance",
    "/dist",
    "/docs",
    "/schema",
    "/scripts",
    "/stacks",
    "/tools",
    "/.rollcall",
    "/coverage",
  ],
  tempDirName: ".rollcall/mutation",
  reporters: ["clear-text", "json"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: false },
  jsonReporter: { fileName: ".rollcall/mutation.json" },
  allowConsoleColors: false,
  checkers: [],
};
