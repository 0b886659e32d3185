import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

export const ROOT = resolve(__dirname, "../../..");
/** The URL of a module under scripts/. */
export const script = (name: string) => pathToFileURL(join(ROOT, "scripts", name)).href;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own for one test, filled with files (path → text; objects become JSON). */
export function folder(files: Record<string, unknown> = {}): string {
  const made = mkdtempSync(join(tmpdir(), "rollcall-setup-"));
  folders.push(made);
  write(made, files);
  return made;
}

export function write(root: string, files: Record<string, unknown>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = join(root, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }
}

/** An executable: a Node.js program that stands in for another one. */
export function program(file: string, body: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!${process.execPath}\n${body}\n`);
  chmodSync(file, 0o755);
}

/** Evaluates an expression over one of the scripts' modules, in a Node.js without Jest around it. */
export function evaluate(module: string, expression: string): unknown {
  const code = `import * as m from ${JSON.stringify(script(module))};
    process.stdout.write(JSON.stringify({ value: await (${expression}) }));`;
  const text = execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
  return (JSON.parse(text) as { value?: unknown }).value;
}

export interface Ended {
  readonly code: number | null;
  readonly text: string;
}

/** Starts set-up for a project folder, with nothing of this machine's environment but what is given. */
export function startSetUp(root: string, steps: string[], env: Record<string, string>) {
  const code = `import { setUp } from ${JSON.stringify(script("lib/setup.mjs"))};
    await setUp(${JSON.stringify(steps)}, ${JSON.stringify(root)});`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    cwd: root,
    env: { ...env, HOME: env.HOME ?? root },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const listeners: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<Ended>((done) => child.on("close", (exit) => done({ code: exit, text })));
  /** Resolves as soon as the output holds a text. */
  const says = (wanted: string) =>
    new Promise<void>((done) => {
      const look = () => {
        if (text.includes(wanted)) done();
      };
      listeners.push(look);
      look();
    });
  return { child, ended, says };
}

export const setUp = (root: string, steps: string[], env: Record<string, string>) => startSetUp(root, steps, env).ended;

export const paths = (...entries: string[]) => entries.join(delimiter);
