/** Packages that are ES modules only: Node can require them, Jest's module sandbox needs them transformed. */
const esModules = ["p-retry", "is-network-error", "p-map"];

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2023" } }],
    [`/node_modules/(${esModules.join("|")})/.+\\.js$`]: ["@swc/jest", { module: { type: "commonjs" } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join("|")})/)`],
  modulePathIgnorePatterns: ["<rootDir>/.rollcall/", "<rootDir>/dist/"],
  testTimeout: 120_000,
  maxWorkers: 2,
};
