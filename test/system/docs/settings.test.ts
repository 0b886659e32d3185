import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parse } from "yaml";
import { parseSettings } from "../../../src/settings";
import { read, root } from "./markdown";

const page = read("docs/settings.md");
const { config } = parse(read("Pulumi.yaml")) as { config: Record<string, unknown> };
const keys = Object.keys(config).map((key) => key.replace("rollcall:", ""));

test("docs/settings.md is what Pulumi.yaml says (npm run docs writes it anew)", () => {
  const said = execFileSync(process.execPath, [join(root, "scripts/docs.mjs"), "--check"], { encoding: "utf8" });
  expect(said).toMatch("up to date");
});

test("every setting is explained, and nothing else", () => {
  const explained = [...page.matchAll(/^### (\w+)$/gm)].map(([, key]) => key);
  expect(explained.sort()).toEqual([...keys].sort());
});

const bounds = [...page.matchAll(/^### (\w+)\n\n([\d,]+) to ([\d,]+)\./gm)].map(
  ([, key = "", least = "", most = ""]) => [key, Number(least), Number(most.replaceAll(",", ""))] as const,
);

test("the settings with bounds are those that are numbers", () => {
  const numbers = Object.entries(config).filter(([, of]) => (of as { type: string }).type === "integer");
  expect(bounds.map(([key]) => `rollcall:${key}`).sort()).toEqual(numbers.map(([key]) => key).sort());
});

test.each(bounds)("%s may be %i to %i", (key, least, most) => {
  // A reminder has to come before the invitation lapses.
  const longest = { invitationLapsesAfterDays: 3_650 };
  const takes = (value: number) => parseSettings({ ...longest, [key]: value }).kind === "ok";
  expect([least - 1, least, most, most + 1].map(takes)).toEqual([false, true, true, false]);
});
