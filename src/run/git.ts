/** Trees and files of git revisions, from the objects alone: nothing is checked out, nothing is written. */

import { spawn } from "node:child_process";
import { environment } from "../ambient";

/** One file of a revision. */
export interface GitFile {
  /** From the top of the repository. */
  readonly path: string;
  readonly kind: "file" | "link" | "other";
  /** Name of the object: equal contents have equal ids. */
  readonly id: string;
  /** Bytes. */
  readonly size: number;
}

/** A git command ended in failure; the message is what git said. */
export class GitError extends Error {
  override readonly name = "GitError";

  /** `silent`: git gave no words, only its exit code for "no", 1. */
  constructor(
    message: string,
    readonly silent = false,
  ) {
    super(message);
  }
}

export class Git {
  constructor(private readonly folder: string) {}

  /** Where the folder is, from the top of the repository: empty, or with a slash at its end. */
  async prefix(): Promise<string> {
    return (await this.text(["rev-parse", "--show-prefix"])).replace(/\n$/, "");
  }

  /** The commit that a revision names. */
  async commit(revision: string): Promise<string> {
    try {
      const what = ["--end-of-options", `${revision}^{commit}`];
      return (await this.text(["rev-parse", "--verify", "--quiet", ...what])).trim();
    } catch (error) {
      if (!(error instanceof GitError) || !error.silent) throw error;
      const hint = "in a pipeline fetch it first (actions/checkout: fetch-depth: 0)";
      throw new GitError(`git knows no revision ${revision} here; ${hint}`);
    }
  }

  /**
   * The commit where two lines of development parted; undefined when there is none, or the history is cut off before it.
   * @throws GitError when git can't tell
   */
  async mergeBase(a: string, b: string): Promise<string | undefined> {
    try {
      return (await this.text(["merge-base", a, b])).trim().split("\n")[0];
    } catch (error) {
      if (error instanceof GitError && error.silent) return undefined;
      throw error;
    }
  }

  /** All files of a commit under paths from the top of the repository. */
  async files(commit: string, paths: readonly string[]): Promise<GitFile[]> {
    const literal = ["--literal-pathspecs", "ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--"];
    const output = await this.run([...literal, ...paths]);
    return output
      .toString("utf8")
      .split("\0")
      .filter((entry) => entry !== "")
      .map(parseEntry);
  }

  /**
   * Files of the working tree that differ from a commit, new and deleted ones too, ignored ones not left out: their paths
   * from the top of the repository.
   * @param paths from the top of the repository
   */
  async changed(commit: string, paths: readonly string[]): Promise<string[]> {
    const how = ["--name-only", "--no-renames", "--no-ext-diff", "--ignore-submodules=none", "-z"];
    const top = paths.map(inTree);
    const differ = await this.text(["diff", ...how, commit, "--", ...top]);
    const unknown = await this.text(["ls-files", "--others", "--full-name", "-z", "--", ...top]);
    return [...new Set([...differ.split("\0"), ...unknown.split("\0")])].filter((path) => path !== "").sort();
  }

  /**
   * Files of the working tree that are this repository's own, known to git or not: nothing behind a link, in a submodule
   * or in another repository. Paths are from the top of the repository.
   */
  async present(paths: readonly string[]): Promise<string[]> {
    const all = ["--cached", "--others", "--full-name", "-z"];
    return (await this.text(["ls-files", ...all, "--", ...paths.map(inTree)])).split("\0");
  }

  /** The contents of objects, by id. */
  async contents(ids: Iterable<string>): Promise<Map<string, Uint8Array>> {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return new Map();
    return parseBatch(await this.run(["cat-file", "--batch"], `${wanted.join("\n")}\n`));
  }

  private async text(args: readonly string[]): Promise<string> {
    return (await this.run(args)).toString("utf8");
  }

  private run(args: readonly string[], input?: string): Promise<Buffer> {
    // A partial clone would otherwise fetch what it lacks.
    const env = { ...environment(), GIT_NO_LAZY_FETCH: "1", GIT_OPTIONAL_LOCKS: "0" };
    return new Promise((resolve, reject) => {
      const child = spawn("git", args, { cwd: this.folder, env, stdio: ["pipe", "pipe", "pipe"] });
      const output: Buffer[] = [];
      const said: Buffer[] = [];
      child.stdout.on("data", (data: Buffer) => output.push(data));
      child.stderr.on("data", (data: Buffer) => said.push(data));
      child.on("error", (error) => reject(new GitError(`git could not be started: ${error.message}`)));
      child.on("close", (code) => {
        if (code === 0) resolve(Buffer.concat(output));
        else {
          const words = Buffer.concat(said).toString("utf8").trim();
          const silent = words === "" && code === 1;
          reject(new GitError(words || `git ${args[0] ?? ""} ended with ${code ?? "a signal"}`, silent));
        }
      });
      child.stdin.on("error", () => undefined);
      child.stdin.end(input ?? "");
    });
  }
}

/** A path from the top of the repository, as git takes it from any folder. */
const inTree = (path: string): string => `:(top,literal)${path}`;

/** `<mode> <type> <id> <size>\t<path>` */
function parseEntry(entry: string): GitFile {
  const tab = entry.indexOf("\t");
  const [mode = "", type = "", id = "", size = ""] = entry.slice(0, tab).split(/ +/);
  const kind = type !== "blob" ? "other" : mode === "120000" ? "link" : "file";
  return { path: entry.slice(tab + 1), kind, id, size: Number(size) || 0 };
}

/** `<id> <type> <size>\n<contents>\n`, again and again. */
function parseBatch(output: Buffer): Map<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  for (let at = 0; at < output.length;) {
    const end = output.indexOf("\n", at);
    const [id = "", type = "", size = ""] = output.toString("latin1", at, end).split(" ");
    if (type === "missing")
      throw new GitError(`the object ${id} is not in this clone; fetch it (\`git fetch --unshallow\`)`);
    contents.set(id, output.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return contents;
}
