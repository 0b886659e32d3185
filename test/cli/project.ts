import { Command, CommanderError } from "commander";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { OUTPUTS, type Output } from "../../src/cli/outputs";
import { GIT_IDENTITY } from "../runs";

/** A project in a folder of its own, and the command run in it, inside this process. */
export class Project {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "project-")));
  private readonly home = process.cwd();

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.write({ "Pulumi.yaml": "name: rollcall\nruntime: nodejs\n", ...files });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }

  delete(path: string): void {
    rmSync(join(this.root, path), { recursive: true });
  }

  git(...args: string[]): string {
    return execFileSync("git", args, {
      cwd: this.root,
      env: { ...process.env, ...GIT_IDENTITY },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  }

  commit(): string {
    this.git("add", "-A");
    this.git("commit", "-q", "--allow-empty", "-m", "x");
    return this.git("rev-parse", "HEAD");
  }

  remove(): void {
    process.chdir(this.home);
    rmSync(this.root, { recursive: true });
  }

  async run(register: (program: Command) => void, ...args: string[]) {
    const [out, err]: [string[], string[]] = [[], []];
    const spies = [
      jest.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0),
      jest.spyOn(process.stderr, "write").mockImplementation((text) => err.push(String(text)) > 0),
    ];
    process.exitCode = 0;
    process.chdir(this.root);
    const program = new Command("rollcall").exitOverride();
    register(program);
    for (const command of program.commands) command.exitOverride();
    try {
      await program.parseAsync(args, { from: "user" });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    const code = process.exitCode;
    process.exitCode = 0;
    holdToSchema(args, out.join(""));
    return { code, out: out.join(""), err: err.join("") };
  }
}

/** Whatever a command prints as JSON has exactly the fields of its schema. */
function holdToSchema([command = "", ...args]: readonly string[], out: string): void {
  if (!args.includes("json") || out === "") return;
  const found: unknown = JSON.parse(out);
  expect(OUTPUTS[command as Output].parse(found)).toEqual(found);
}
