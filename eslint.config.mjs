import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import { importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/**
 * The rooms of the house, and what each of them may know (docs/architecture in CONTRIBUTING.md).
 * A room may always import from itself; `packages` are the only npm packages and Node modules it may use.
 */
const rooms = {
  membership: { rooms: [], packages: [] },
  roster: { rooms: [], packages: ["yaml", "zod", "libphonenumber-js/**", "libphonenumber-js", "node:fs", "node:fs/**", "node:path"] },
  cams: { rooms: [], packages: ["@alicloud/**", "zod", "node:timers/promises", "node:http", "node:https"] },
  rollcall: { rooms: ["membership", "cams"], packages: ["node:timers/promises"] },
  report: { rooms: ["membership"], packages: [] },
  emulator: { rooms: [], packages: ["yaml", "zod", "node:*", "node:fs/**"] },
};

const sources = Object.keys(rooms).concat("provider", "cli", "settings", "stack");

const roomRules = Object.entries(rooms).map(([room, may]) => ({
  files: [`src/${room}/**/*.ts`],
  rules: {
    "no-restricted-imports": "off",
    "@typescript-eslint/no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            group: ["*", "!.", "!./**", "!..", "!../**", ...may.packages.map((name) => `!${name}`)],
            message: `The room "${room}" may import ${may.packages.join(", ") || "no package"} only.`,
          },
        ],
      },
    ],
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
  },
}));

export default tseslint.config(
  { ignores: ["dist/", "coverage/", "node_modules/", "**/fixtures/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { "import-x": importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { "import-x/resolver": { node: { extensions: [".ts", ".js", ".json"] } } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "import-x/no-cycle": "error",
      "import-x/no-extraneous-dependencies": ["error", { devDependencies: ["test/**"] }],
      eqeqeq: "error",
    },
  },
  {
    // The clock, the environment, timers and the console each live in one named place; elsewhere they are parameters.
    files: [`src/{${sources.join(",")}}/**/*.ts`],
    ignores: ["src/cli/**", "src/emulator/**", "src/**/ambient.ts"],
    rules: {
      "no-console": "error",
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "The environment is read in src/provider/ambient.ts only." },
        { object: "Date", property: "now", message: "The clock is a parameter." },
      ],
    },
  },
  ...roomRules,
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
  {
    files: ["**/*.mjs", "**/*.cjs"],
    languageOptions: { globals: { process: "readonly", console: "readonly", module: "writable", setTimeout: "readonly", URL: "readonly", Buffer: "readonly" } },
    rules: { "no-console": "off" },
  },
  prettier,
);
