import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseSettings, settingsSchema } from "../../src/settings";

/** Pulumi.yaml tells people of the settings, and the schema reads them: both have to say the same. */
interface Declared {
  readonly type: "string" | "integer" | "boolean" | "array" | "object";
  readonly description: string;
  readonly default: unknown;
}

const yaml = parse(readFileSync(join(__dirname, "../../Pulumi.yaml"), "utf8")) as {
  readonly config: Readonly<Record<string, Declared>>;
};
const declared = Object.fromEntries(
  Object.entries(yaml.config).map(([key, value]) => [key.replace(/^rollcall:/, ""), value]),
);
const keys = Object.keys(settingsSchema.shape) as (keyof typeof settingsSchema.shape)[];

test("the same keys, in the same order, in the namespace rollcall", () => {
  expect(Object.keys(yaml.config)).toEqual(keys.map((key) => `rollcall:${key}`));
});

test.each(keys)("%s: the same description", (key) => {
  expect(declared[key]?.description).toBe(settingsSchema.shape[key].description);
});

test.each(keys)("%s: the same default", (key) => {
  const byDefault = parseSettings({});
  expect(parseSettings({ [key]: declared[key]?.default })).toEqual(byDefault);
  expect(byDefault.kind).toBe("ok");
});

test.each(keys)("%s: a type that its values have", (key) => {
  const standard = declared[key]?.default;
  const sample = { string: "string", integer: "number", boolean: "boolean", array: "array", object: "object" };
  expect(Array.isArray(standard) ? "array" : typeof standard).toBe(declared[key] && sample[declared[key].type]);
});
