/**
 * Three projects of tests, which scripts/test.mjs runs one after the other and scripts/test-fast.mjs in part:
 * - `unit`: everything that is not named below. A test has 5 seconds, and starts no other program.
 * - `system`: tests that start programs (the engine, git, npm, linters) or play thousands of runs.
 * - `timed`: tests that measure time or memory. They run alone, so that no other test falsifies what they measure.
 */
const system = [
  "test/system/**/*.test.ts",
  "test/{ambient,engine}.test.ts",
  "test/cli/{diff,doctor,drift,dump,let-go,plan,plan/{changed-since,invitations},upkeep,who,who/live}.test.ts",
  "test/run/{changed/*,checkout,prepare,prepare/*}.test.ts",
];
const timed = [
  "test/cams/transport.test.ts",
  "test/numbers/check.test.ts",
  "test/roster/{hostile,load,speed}.test.ts",
  "test/run/{desired,other-stacks}.test.ts",
  "test/system/faults/throttled-run.test.ts",
  "test/system/page/size.test.ts",
];

/** @param {readonly string[]} globs */
const under = (globs) => globs.map((glob) => `<rootDir>/${glob}`);
/** @param {readonly string[]} globs */
const except = (globs) => globs.map((glob) => `!**/${glob}`);

/** Packages that are ES modules only: Node can require them, Jest's module sandbox needs them transformed. */
const esModules = ["p-retry", "is-network-error", "p-map"];

/** @satisfies {import("jest").Config} */
const common = {
  testEnvironment: "node",
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2023" } }],
    [`/node_modules/(${esModules.join("|")})/.+\\.js$`]: ["@swc/jest", { module: { type: "commonjs" } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join("|")})/)`],
  modulePathIgnorePatterns: ["<rootDir>/.rollcall/", "<rootDir>/dist/"],
};

/** @type {import("jest").Config} */
module.exports = {
  maxWorkers: 2,
  // Jest knows one limit for all projects; unit tests set their own.
  testTimeout: 120_000,
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: [...under(["test/**/*.test.ts"]), ...except(system), ...except(timed)],
      setupFilesAfterEnv: ["<rootDir>/test/unit-limit.cjs"],
      moduleNameMapper: { "^(node:)?child_process$": "<rootDir>/test/no-programs.cjs" },
    },
    { ...common, displayName: "system", testMatch: [...under(system), ...except(timed)] },
    { ...common, displayName: "timed", testMatch: under(timed) },
  ],
};
