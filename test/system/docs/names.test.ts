import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { codeIn, documents, proseOf, read, root } from "./markdown";

interface Named {
  readonly name: string;
  /** Where the document says that it is. */
  readonly file: string;
}

/** Every link of the form [`name`](../src/file.ts). */
function named(document: string): readonly Named[] {
  return [...proseOf(read(document)).matchAll(/\[`(\w+)`\]\(([^)#]+\.ts)\)/g)].map(([, name = "", file = ""]) => ({
    name,
    file: normalize(join(dirname(document), file)),
  }));
}

/** Whether a file declares the name itself: a function, class, type or constant of its own, or a method. */
function declares(file: string, name: string): boolean {
  const text = readFileSync(join(root, file), "utf8");
  return [
    `^(export )?(async )?function ${name}\\b`,
    `^(export )?(const|class|interface|type) ${name}\\b`,
    `^ +async ${name}\\(`,
  ].some((form) => new RegExp(form, "m").test(text));
}

const functions = documents.flatMap((document) =>
  named(document).map((one) => [document, one.name, one.file] as const),
);

test.each(functions)("%s: %s is in %s", (_document, name, file) => {
  expect(declares(file, name)).toBe(true);
});

test("the life cycle names a function in each of its steps", () => {
  const steps = proseOf(read("docs/lifecycle.md"))
    .split(/^\d+\. /m)
    .slice(1);
  expect(steps.length).toBeGreaterThanOrEqual(26);
  const without = steps.filter((step) => !/\[`\w+`\]\(\.\.\/src/.test(step)).map((step) => step.split(".")[0]);
  // Told of the executor as a whole, which the steps around these name.
  expect(without).toEqual(["**Once more", "**State"]);
});

test("the life cycle tells of everything that is remembered of a group", () => {
  const [, memory = ""] = /^export interface Memory \{\n(.*?)^\}/ms.exec(read("src/membership/types.ts")) ?? [];
  const section = read("docs/lifecycle.md").split("## Where the last look is kept")[1]?.split("\n## ")[0] ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("| "));
  expect(lines.slice(2)).toHaveLength([...memory.matchAll(/^ {2}readonly \w+\??:/gm)].length);
});

test("a function that is elsewhere is noticed", () => {
  expect(declares("src/execution/ask.ts", "confirmGone")).toBe(false);
  expect(declares("src/execution/confirm.ts", "confirmGone")).toBe(true);
});

describe("commands that stand within a sentence", () => {
  const help = (command: string): string =>
    execFileSync(process.execPath, [join(root, "dist/cli/main.js"), command, "--help"], { encoding: "utf8" });
  const helps = new Map<string, string>();
  const spans = documents.flatMap((document) => codeIn(read(document)).map((code) => [document, code] as const));
  const inline = (form: RegExp) => spans.filter(([, code]) => form.test(code));

  test.each(inline(/^(npx )?rollcall [a-z]/))("%s: %s", (_document, code) => {
    const [command = "", ...rest] = code.replace(/^(npx )?rollcall /, "").split(" ");
    if (!helps.has(command)) helps.set(command, help(command));
    const known = helps.get(command) ?? "";
    expect(known).toContain(`rollcall ${command}`);
    for (const flag of rest.join(" ").match(/--[a-z][a-z-]*/g) ?? []) expect(known).toContain(flag);
  });

  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  test.each(inline(/^npm (run|test)\b/))("%s: %s", (_document, code) => {
    const script = /^npm (?:run (?:-s )?)?([a-z:]+)/.exec(code)?.[1] ?? "";
    expect(Object.keys(scripts)).toContain(script);
  });

  // `stacks/prod` and its settings are the reader's own.
  test.each(inline(/^(src|test|scripts|docs|stacks|schema)\/(?!prod\/|Pulumi\.prod\.)[\w./-]+$/))(
    "%s: %s is there",
    (_document, code) => {
      expect(existsSync(join(root, code))).toBe(true);
    },
  );
});

describe("messages that the runbook quotes", () => {
  /** All texts of the code, as people see them: literals that are put together over several lines in one. */
  const told = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => read(`src/${file}`).replace(/["'`] \+\s+["'`]/g, ""))
    .join("\n");
  /** Not Rollcall's. */
  const PULUMI = ["the stack is currently locked", "violates plan"];
  const isMessage = (code: string) =>
    /\s/.test(code) && !/^(npx|npm|pulumi|rollcall|git|grep) |^[\w:]+: [\w-]+$/.test(code) && !PULUMI.includes(code);
  const isTold = (message: string) =>
    message
      .split("…")
      .map((part) => part.trim())
      .every((part) => told.includes(part));
  const messages = codeIn(read("docs/runbook.md")).filter(isMessage);

  test("are some", () => expect(messages.length).toBeGreaterThan(10));
  test.each(messages)("%s", (message) => expect(isTold(message)).toBe(true));
  test("one that nobody says is noticed", () => expect(isTold("Nobody was removed from … groups")).toBe(false));

  test("every rule of a refusal has its line, and no other", () => {
    const guards = ["src/membership/guards", "src/invitations/guards"].flatMap((folder) =>
      readdirSync(join(root, folder)).map((file) => `${folder}/${file}`),
    );
    const runs = ["plan-run", "plan-upkeep", "plan-invitations"].map((name) => `src/run/${name}.ts`);
    const texts = [...guards, ...runs].map(read);
    const rules = [...texts.join("\n").matchAll(/"([a-z]+(?:-[a-z]+)+)"/g)].map(([, rule]) => rule);
    const ofTheRun = [
      ...["max-removals-per-run", "max-groups-per-person", "max-new-groups-per-run", "max-invitations-per-run"],
    ];
    const lines = [...read("docs/runbook.md").matchAll(/^\| `([a-z]+(?:-[a-z]+)+)` /gm)].map(([, rule]) => rule);
    expect([...new Set([...lines, ...ofTheRun])].sort()).toEqual([...new Set(rules)].sort());
  });
});
