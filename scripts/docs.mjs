/**
 * `npm run docs`: writes the tables of docs/settings.md anew from Pulumi.yaml, the one place that tells users and Pulumi
 * of the settings. A test fails while they differ; `--check` does the same.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import { parse } from "yaml";

const { check } = parseArgs({ options: { check: { type: "boolean", default: false } } }).values;
const root = resolve(fileURLToPath(import.meta.url), "../..");
const page = join(root, "docs/settings.md");
const [BEGIN, END] = ["<!-- generated: settings -->", "<!-- end -->"];

/**
 * What Pulumi.yaml says of a setting.
 * @typedef {{ type: string, default: string | number | boolean | readonly string[], description: string }} Setting
 */
/** @type {unknown} */
const project = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8"));
const { config } = /** @type {{ config: Readonly<Record<string, Setting>> }} */ (project);
const before = readFileSync(page, "utf8");
const [head, tail] = [before.indexOf(BEGIN), before.indexOf(END)];
if (head < 0 || tail < head) throw new Error(`docs/settings.md has lost its marks ${BEGIN} and ${END}`);
const text = `${before.slice(0, head)}${BEGIN}\n\n${table(config)}\n\n${before.slice(tail)}`;
const after = await format(text, { ...(await resolveConfig(page)), filepath: page });

if (after === before) process.stdout.write("docs/settings.md is up to date\n");
else if (check) {
  process.stderr.write("docs/settings.md is not what Pulumi.yaml says: run `npm run docs`\n");
  process.exitCode = 1;
} else {
  writeFileSync(page, after);
  process.stdout.write("docs/settings.md is written anew\n");
}

/** @param {Readonly<Record<string, Setting>>} settings by key */
function table(settings) {
  const rows = Object.entries(settings).map(([key, { type, default: standard, description }]) => {
    const short = key.slice("rollcall:".length);
    return `| [\`${short}\`](#${short.toLowerCase()}) | ${type} | ${shown(standard)} | ${description.replaceAll("|", "\\|").replaceAll("<", "&lt;")} |`;
  });
  return ["| setting | type | default | meaning |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** A default as people read it. @param {Setting["default"]} standard */
function shown(standard) {
  if (standard === "") return "none";
  return `\`${typeof standard === "object" ? JSON.stringify(standard) : String(standard)}\``;
}
