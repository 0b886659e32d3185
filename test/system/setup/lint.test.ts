import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./support";

/** Where, what, and what the linter must say about it; null: nothing. */
const CASES: [string, string, RegExp | null][] = [
  ["membership", `import { readFileSync } from "node:fs";`, /"membership" may import no package only/],
  ["membership", `import { z } from "zod";`, /may import no package only/],
  ["membership", `import type { Roster } from "../roster/types";`, /"membership" may know numbers, text only/],
  ["membership/guards", `export * from "../../cams";`, /may know numbers, text only/],
  ["membership", `import { parsePhoneNumber } from "libphonenumber-js/max";`, /may import no package only/],
  ["membership", `import { isPossible } from "../numbers";`, null],
  ["numbers", `import type { Desired } from "../membership/types";`, /"numbers" may know no other room only/],
  ["numbers", `import { z } from "zod";`, /"numbers" may import libphonenumber-js\/max only/],
  [
    "numbers",
    `import { parsePhoneNumber } from "libphonenumber-js";`,
    /"numbers" may import libphonenumber-js\/max only/,
  ],
  ["numbers", `import { parsePhoneNumber } from "libphonenumber-js/max";`, null],
  ["numbers", `const now = Date.now();`, /The clock is a parameter/],
  ["membership", `const now = new Date();`, /The clock is a parameter/],
  ["membership", `const now = Date.now();`, /The clock is a parameter/],
  ["membership", `setTimeout(() => undefined, 1);`, /is pure/],
  ["membership", `console.log(1);`, /Unexpected console/],
  ["membership", `void import("node:fs");`, /Import at the head of the file/],
  ["membership", `import type { Desired } from "./types";`, null],
  ["membership/guards", `import type { Desired } from "../types";`, null],
  ["membership", `const then = new Date("2026-12-01");`, null],
  ["roster", `import { createClient } from "../cams";`, /"roster" may know numbers, text, cams\/limits\.ts only/],
  ["roster", `import { nearest } from "../text/nearest";`, null],
  ["roster/check", `import { GROUP_SIZE } from "../../cams/limits";`, null],
  ["roster/check", `import { openTransport } from "../../cams/transport";`, /"roster" may know/],
  ["roster", `import * as pulumi from "@pulumi/pulumi";`, /"roster" may import yaml, zod/],
  ["roster", `import { readFileSync } from "node:fs";`, /"roster" may import yaml, zod/],
  ["roster", `import { parse } from "yamljs";`, /"roster" may import yaml, zod/],
  ["roster/load.ts", `import { readFileSync } from "node:fs";`, null],
  ["roster", `import { parsePhoneNumber } from "libphonenumber-js/max";`, /"roster" may import yaml, zod/],
  ["people", `import { parse } from "csv-parse/sync";`, null],
  ["people/yaml", `import { parseDocument } from "yaml";`, null],
  ["people", `import { peopleOf } from "../roster";`, null],
  [
    "people",
    `import { readFileSync } from "node:fs";`,
    /"people" may import csv-parse, yaml, node:crypto, node:util only/,
  ],
  ["people", `import type { GroupPlan } from "../membership/types";`, /"people" may know numbers, text, roster only/],
  ["people", `const now = Date.now();`, /The clock is a parameter/],
  ["roster", `import { merge } from "../people/merge";`, /"roster" may know numbers, text, cams\/limits\.ts only/],
  ["cams", `import type { Roster } from "../roster/types";`, /"cams" may know numbers, text only/],
  ["cams", `import type { GroupPlan } from "../membership/types";`, /"cams" may know numbers, text only/],
  ["cams", `import * as pulumi from "@pulumi/pulumi";`, /"cams" may import @alicloud/],
  ["cams", `import OpenApi from "@alicloud/openapi-client";`, null],
  [
    "execution",
    `import type { Roster } from "../roster/types";`,
    /"execution" may know membership, groups, invitations, cams only/,
  ],
  [
    "execution",
    `import { observeAll } from "../observation/roll-call";`,
    /"execution" may know membership, groups, invitations, cams only/,
  ],
  ["observation", `import { execute } from "../execution/execute";`, /"observation" may know membership, cams only/],
  ["observation", `import { request } from "node:http";`, /"observation" may import p-map only/],
  ["execution", `import { request } from "node:http";`, /"execution" may import no package only/],
  ["text", `import { readFileSync } from "node:fs";`, /"text" may import node:util only/],
  ["text", `import type { Desired } from "../membership/types";`, /"text" may know numbers only/],
  ["provider", `import type { Roster } from "../roster/types";`, /"provider" may know/],
  ["provider", `const key = process.env.KEY;`, /The environment is read in src\/ambient\.ts only/],
  ["settings", `import { createClient } from "../cams";`, /"settings" may know/],
  ["settings", `import { edits } from "../text/nearest";`, null],
  ["membership", `import { nearest } from "../text/nearest";`, null],
  ["settings", `import { readFileSync } from "node:fs";`, /"settings" may import zod only/],
  ["report", `import { writeFileSync } from "node:fs";`, /"report" may import no package only/],
  ["report", `import { createClient } from "../cams";`, /"report" may know/],
  ["emulator", `import type { Roster } from "../roster/types";`, /"emulator" may know no other room only/],
  ["emulator", `import { createServer } from "node:http";`, null],
  ["emulator", `const now = Date.now();`, null],
  [".", `console.log(process.env.HOME);`, /Unexpected console[^]*The environment is read/],
  ["cli", `console.log(process.env.HOME);`, null],
];

/** The rules of the rooms need no types, so they are tried without: a text takes milliseconds. */
const PROGRAM = `
  import { ESLint } from "eslint";
  import tseslint from "typescript-eslint";
  const eslint = new ESLint({ overrideConfig: [
    tseslint.configs.disableTypeChecked,
    { languageOptions: { parserOptions: { projectService: false } }, rules: { "@typescript-eslint/no-unused-vars": "off" } },
  ] });
  const found = [];
  for (const [filePath, text] of ${JSON.stringify(
    CASES.map(([room, text]) => [join("src", room, room.endsWith(".ts") ? "" : "sample.ts"), text]),
  )}) {
    const [{ messages }] = await eslint.lintText(text, { filePath });
    found.push(messages.map(({ message }) => message).join("\\n"));
  }
  process.stdout.write(JSON.stringify(found));`;

/** Runs a program over the linter, without Jest around it, and reads what it prints. */
const run = (program: string): unknown =>
  JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: ROOT, encoding: "utf8" }));

let found: string[];
beforeAll(() => {
  found = run(PROGRAM) as string[];
});

/** What holds in src alone: its rooms, and that clock, environment, timers and console are parameters there. */
const OF_ROOMS = /^(no-console|no-restricted-(properties|globals|syntax)|import-x\/no-restricted-paths)$/;

test.each(["scripts/test.mjs", "scripts/bench/world.mjs", "pipelines/ci/credentials.mjs", "eslint.config.mjs"])(
  "%s is linted by the rules of src, those that need types included",
  (file) => {
    const missing = run(`
      import { ESLint } from "eslint";
      const errors = async (file) => {
        const { rules } = await new ESLint().calculateConfigForFile(file);
        return Object.keys(rules).filter((name) => rules[name][0] === 2);
      };
      const own = await errors(${JSON.stringify(file)});
      const src = await errors("src/index.ts");
      process.stdout.write(JSON.stringify(src.filter((name) => !own.includes(name))));`) as string[];
    expect(missing.filter((name) => !OF_ROOMS.test(name))).toEqual([]);
  },
);

test.each(CASES.map(([room, text, expected], index) => ({ room, text, expected, index })))(
  "$room: $text",
  ({ expected, index }) => {
    if (expected) expect(found[index]).toMatch(expected);
    else expect(found[index]).toBe("");
  },
);
