import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { OfficialClient, Outcome } from "./client";

/** Sets up the programs of `conformance/` in `.rollcall/`, once for each state of their sources, and talks to them. */
const root = join(__dirname, "../../..");
const sources = join(root, "conformance");

/** The command that starts a program, or why it can't be had. */
export type Program = { readonly command: readonly string[] } | { readonly missing: string };

export function pythonProgram(): Program {
  const python = ["python3", "python"].find((name) => run(name, ["--version"]).failure === undefined);
  if (python === undefined) return { missing: "there is no python3 on PATH" };
  const requirements = join(sources, "python/requirements.txt");
  const place = folder("conformance-python", [requirements]);
  const inside = (name: string): string => join(place, process.platform === "win32" ? "Scripts" : "bin", name);
  return prepared(
    place,
    [inside("python"), join(sources, "python/client.py")],
    [
      [python, "-m", "venv", place],
      [
        inside("python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
        requirements,
      ],
    ],
  );
}

export function goProgram(): Program {
  if (run("go", ["version"]).failure !== undefined) return { missing: "there is no go on PATH" };
  const place = folder(
    "conformance-go",
    readdirSync(join(sources, "go")).map((name) => join(sources, "go", name)),
  );
  const program = join(place, process.platform === "win32" ? "client.exe" : "client");
  return prepared(place, [program], [["go", "build", "-C", join(sources, "go"), "-o", program, "."]]);
}

/** Outside CI a missing toolchain skips its part, loudly; in CI it is a failure. */
export function describeProgram(name: string, program: Program, body: (command: readonly string[]) => void): void {
  if ("command" in program) {
    describe(name, () => body(program.command));
  } else if (process.env.CI === undefined) {
    process.stderr.write(`\nNOT TESTED: conformance of the ${name}: ${program.missing}.\n\n`);
    describe.skip(name, () => test("needs its toolchain", () => undefined));
  } else {
    test(`${name} can be set up`, () => {
      throw new Error(program.missing);
    });
  }
}

/** Starts a program that answers one line of JSON with one line of JSON. */
export function startProgram(command: readonly string[]): OfficialClient {
  const [file = "", ...args] = command;
  const child = spawn(file, args, { stdio: ["pipe", "pipe", "inherit"], env: withoutProxies() });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return {
    send: async (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const line: IteratorResult<string, unknown> = await lines.next();
      if (line.done === true) throw new Error(`${file} ended before it answered.`);
      return JSON.parse(line.value) as Outcome;
    },
    stop: () => {
      child.stdin.end();
      return ended;
    },
  };
}

/** A command, after steps that are run once: until a file of `folder` changes. */
export function prepared(place: string, command: readonly string[], steps: readonly (readonly string[])[]): Program {
  const mark = join(place, "complete");
  if (existsSync(mark)) return { command };
  forget(place);
  mkdirSync(place, { recursive: true });
  for (const [file = "", ...args] of steps) {
    const { failure } = run(file, args);
    if (failure !== undefined) return { missing: `"${[file, ...args].join(" ")}" failed: ${failure}` };
  }
  writeFileSync(mark, "");
  return { command };
}

/** Removes what is there of this set-up, and those made from older sources. */
function forget(place: string): void {
  const [home, kind] = [dirname(place), basename(place).replace(/[^-]+$/, "")];
  const old = existsSync(home) ? readdirSync(home).filter((name) => name.startsWith(kind)) : [];
  for (const name of old) rmSync(join(home, name), { recursive: true, force: true });
}

function run(file: string, args: readonly string[]): { failure?: string } {
  const { status, error, stderr } = spawnSync(file, args, { encoding: "utf8", timeout: 600_000 });
  if (error !== undefined) return { failure: error.message };
  return status === 0 ? {} : { failure: stderr.trim().slice(-2000) };
}

/** A folder of its own for each state of the files that it is made from. */
export function folder(name: string, files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of [...files].sort()) hash.update(readFileSync(file));
  return join(root, ".rollcall", `${name}-${hash.digest("hex").slice(0, 12)}`);
}

/** The local CAMS is on this machine: no proxy may come between. */
function withoutProxies(): NodeJS.ProcessEnv {
  return { ...process.env, NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" };
}
