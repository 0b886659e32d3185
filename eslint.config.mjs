import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import prettier from "eslint-config-prettier";
import { importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/**
 * @typedef {import("eslint").Linter.RulesRecord} Rules
 * @typedef {{ rooms: readonly string[], packages: readonly string[], pure?: boolean }} Room
 */

/**
 * The rooms of the house, and what each of them may know (told in CONTRIBUTING.md).
 *
 * A room may always import from itself. `rooms` are the other rooms, or single files of them, that it may import from;
 * `packages` the only npm packages and Node.js modules; `pure` rooms have no process, no network and no timers either.
 * What is not listed here (`run`, `cli` and the files directly in src) puts the rooms together.
 * @satisfies {Readonly<Record<string, Room>>}
 */
const rooms = {
  text: { rooms: ["numbers"], packages: ["node:util"], pure: true },
  numbers: { rooms: [], packages: ["libphonenumber-js/max"], pure: true },
  membership: { rooms: ["numbers", "text"], packages: [], pure: true },
  groups: { rooms: ["numbers", "text", "membership", "cams/types.ts"], packages: ["node:crypto"], pure: true },
  invitations: {
    rooms: ["numbers", "text", "membership", "groups", "cams/types.ts", "cams/limits.ts", "cams/failures.ts"],
    packages: [],
    pure: true,
  },
  roster: { rooms: ["numbers", "text", "cams/limits.ts"], packages: ["yaml", "zod", "node:path"], pure: true },
  people: {
    rooms: ["numbers", "text", "roster"],
    packages: ["csv-parse", "yaml", "node:crypto", "node:util"],
    pure: true,
  },
  settings: { rooms: ["numbers", "text", "membership", "cams/endpoint.ts"], packages: ["zod"], pure: true },
  cams: {
    rooms: ["numbers", "text"],
    packages: [
      ...["@alicloud/*", "p-retry", "zod"],
      ...["node:http", "node:https", "node:net", "node:tls", "node:async_hooks", "node:diagnostics_channel"],
    ],
  },
  observation: { rooms: ["membership", "cams"], packages: ["p-map"] },
  execution: { rooms: ["membership", "groups", "invitations", "cams"], packages: [] },
  provider: {
    rooms: [
      ...["numbers", "text", "membership", "groups", "invitations", "cams", "observation", "execution", "settings"],
      ...["ambient.ts", "engine.ts"],
    ],
    packages: ["@pulumi/pulumi", "p-map", "zod", "node:crypto", "node:path"],
  },
  report: {
    rooms: [
      ...["numbers", "text", "membership", "groups/types.ts", "invitations", "roster/types.ts", "execution/types.ts"],
    ],
    packages: [],
    pure: true,
  },
  emulator: { rooms: [], packages: ["yaml", "zod", "node:*"] },
};

/** The one file of a pure room that reads files. */
const readers = [
  { file: "src/roster/load.ts", room: "roster", packages: [...rooms.roster.packages, "node:fs", "node:fs/promises"] },
];

/**
 * Imports of anything but the room's own files and these packages. A name that ends in `*` stands for all that begin so.
 * @param {string} room @param {readonly string[]} packages
 * @returns {Rules}
 */
function onlyPackages(room, packages) {
  const names = packages.map((name) =>
    name.endsWith("*")
      ? name.slice(0, -1)
      : `${name.replaceAll(".", "\\.")}${name.startsWith("node:") ? "$" : "(/|$)"}`,
  );
  return {
    "@typescript-eslint/no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            regex: `^(?!${["\\.{1,2}(/|$)", ...names].join("|")})`,
            message: `The room "${room}" may import ${packages.join(", ") || "no package"} only.`,
          },
        ],
      },
    ],
  };
}

const ambient = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "The clock is a parameter." },
  { selector: "CallExpression[callee.name='Date']", message: "The clock is a parameter." },
];

/**
 * @param {string} room @param {Room} may
 * @returns {Rules}
 */
function rulesOf(room, may) {
  return {
    ...onlyPackages(room, may.packages),
    "import-x/no-restricted-paths": [
      "error",
      {
        zones: [
          {
            target: `./src/${room}`,
            from: "./src",
            except: [room, ...may.rooms].map((name) => `./${name}`),
            message: `The room "${room}" may know ${may.rooms.join(", ") || "no other room"} only.`,
          },
        ],
      },
    ],
    "no-restricted-syntax": [
      "error",
      ...(room === "emulator" ? [] : ambient),
      { selector: "ImportExpression", message: "Import at the head of the file, where the rules of the rooms see it." },
    ],
    ...(may.pure && {
      "no-restricted-globals": [
        "error",
        ...["process", "fetch", "performance", "setTimeout", "setInterval", "setImmediate", "queueMicrotask"].map(
          (name) => ({ name, message: `The room "${room}" is pure.` }),
        ),
      ],
    }),
  };
}

const roomRules = Object.entries(rooms).map(([room, may]) => ({
  files: [`src/${room}/**/*.ts`],
  rules: rulesOf(room, may),
}));

const readerRules = readers.map(({ file, room, packages }) => ({ files: [file], rules: onlyPackages(room, packages) }));

const nodeGlobals = Object.fromEntries(
  [
    ...["process", "console", "Buffer", "URL", "fetch", "AbortController", "AbortSignal"],
    ...["setTimeout", "clearTimeout", "setInterval", "clearInterval", "setImmediate"],
  ].map((name) => [name, "readonly"]),
);

/** JavaScript is type-checked as TypeScript is, and linted by the same rules. */
const JAVASCRIPT = ["**/*.mjs", "**/*.cjs", "page/*.js"];

export default defineConfig(
  globalIgnores(["dist/", "coverage/", "node_modules/", ".rollcall/", "**/fixtures/", "templates/"]),
  js.configs.recommended,
  {
    files: ["**/*.ts", ...JAVASCRIPT],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { "import-x": importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { "import-x/resolver": { node: { extensions: [".ts", ".js", ".json"] } } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "import-x/no-cycle": "error",
      "import-x/no-extraneous-dependencies": ["error", { devDependencies: ["test/**", "*.config.mjs", "scripts/**"] }],
      eqeqeq: "error",
    },
  },
  {
    // The clock, the environment, timers and the console each live in one named place; elsewhere they are parameters.
    files: ["src/**/*.ts"],
    ignores: ["src/cli/**", "src/emulator/**", "src/**/ambient.ts"],
    rules: {
      "no-console": "error",
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "The environment is read in src/ambient.ts only." },
        { object: "Date", property: "now", message: "The clock is a parameter." },
        { object: "performance", property: "now", message: "The clock is a parameter." },
      ],
      "no-restricted-globals": [
        "error",
        ...["setTimeout", "setInterval"].map((name) => ({ name, message: "Timers live in src/ambient.ts only." })),
      ],
      "no-restricted-syntax": ["error", ...ambient],
    },
  },
  {
    // Only the command line starts the local CAMS, and nobody imports the command line or the program.
    files: ["src/**/*.ts"],
    ignores: ["src/cli/**"],
    rules: {
      "import-x/no-restricted-paths": [
        "error",
        {
          zones: ["cli", "emulator"].map((room) => ({
            target: "./src",
            from: `./src/${room}`,
            message: `Only the command line may know "${room}".`,
          })),
        },
      ],
    },
  },
  ...roomRules,
  ...readerRules,
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
  {
    files: JAVASCRIPT,
    languageOptions: { globals: nodeGlobals },
    rules: {
      "no-var": "error",
      "prefer-const": "error",
      "prefer-rest-params": "error",
      "prefer-spread": "error",
      // An empty variable of the environment is one that is not set.
      "@typescript-eslint/prefer-nullish-coalescing": ["error", { ignorePrimitives: { string: true } }],
    },
  },
  {
    // Classic scripts of one page: the types know what browsers have, and what one file takes from another.
    files: ["page/*.js"],
    languageOptions: { sourceType: "script" },
    rules: {
      "no-undef": "off",
      "@typescript-eslint/no-unused-vars": ["error", { vars: "local" }],
    },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: { globals: { module: "writable", require: "readonly" } },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  prettier,
);
