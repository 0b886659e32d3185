/**
 * Trees and files of git revisions, read from the objects alone: nothing is checked out, nothing is written. Git is not
 * asked what the working tree holds, because its index may be set to treat files as unchanged.
 */

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve as resolvePath } from "node:path";
import { environment } from "../ambient";

/** One file of a revision. */
export interface GitFile {
  readonly path: string;
  readonly kind: "file" | "link" | "other";
  /** Name of the object: equal contents have equal ids. */
  readonly id: string;
}

/** A git command ended in failure; the message is what git said. */
export class GitError extends Error {
  override readonly name = "GitError";

  /** `silent`: git wrote no message, and its exit code was 1, which means "no". */
  constructor(
    message: string,
    readonly silent = false,
  ) {
    super(message);
  }
}

export class Git {
  constructor(private readonly folder: string) {}

  /** The path of the folder from the top of the repository: empty, or with a slash at its end. */
  async prefix(): Promise<string> {
    const [, inside, prefix] = /^(\w+)\n([^]*)\n$/.exec(
      await this.text(["rev-parse", "--is-inside-work-tree", "--show-prefix"]),
    ) ?? [undefined, "", ""];
    if (inside === "true") return prefix;
    throw new GitError(`${this.folder} is in no working tree of its repository (\`core.bare\`, \`core.worktree\`)`);
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
   * The commits where two lines of development parted. There are several when the lines were merged into each other
   * crosswise. There is none when nothing is common to them, or when the history is cut off before it.
   * @throws GitError when git can't tell
   */
  async mergeBases(a: string, b: string): Promise<readonly string[]> {
    try {
      return linesOf(await this.text(["merge-base", "--all", a, b]));
    } catch (error) {
      if (error instanceof GitError && error.silent) return [];
      throw error;
    }
  }

  /**
   * Whether a shallow clone lacks commits that came after the given merge bases. Then it may lack a later base, too.
   */
  async isCutOff(tips: readonly string[], bases: readonly string[]): Promise<boolean> {
    if ((await this.text(["rev-parse", "--is-shallow-repository"])).trim() !== "true") return false;
    const file = (await this.text(["rev-parse", "--git-path", "shallow"])).replace(/\n$/, "");
    const ends = new Set(linesOf(readFileSync(resolvePath(this.folder, file), "utf8")));
    const since = linesOf(await this.text(["rev-list", ...tips, "--not", ...bases]));
    return since.some((commit) => ends.has(commit));
  }

  /** All files of a commit under paths; paths are from the top of the repository. */
  async files(commit: string, paths: readonly string[]): Promise<GitFile[]> {
    return parseTree(await this.run(["ls-tree", "-r", "-z", "--full-tree", commit, "--", ...paths]));
  }

  /** All files of a commit under the folder itself; paths are from there. */
  async filesHere(commit: string): Promise<GitFile[]> {
    return parseTree(await this.run(["ls-tree", "-r", "-z", commit]));
  }

  /** Ids of files of a commit that are missing in this clone, as they are in a partial clone. Nothing is fetched. */
  async lost(commit: string): Promise<ReadonlySet<string>> {
    const walk = ["rev-list", "--objects", "--no-object-names", "--missing=print", "--no-walk", `${commit}^{tree}`];
    const lines = linesOf(await this.text(walk));
    return new Set(lines.filter((line) => line.startsWith("?")).map((line) => line.slice(1)));
  }

  /**
   * Sizes of objects in bytes, by id. Objects that are not in this clone are left out.
   * @throws GitError in a partial clone, for objects that only its server has
   */
  async sizes(ids: Iterable<string>): Promise<Map<string, number>> {
    const found = linesOf((await this.batch("--batch-check", ids)).toString("latin1")).map((line) => line.split(" "));
    return new Map(
      found.flatMap(([id = "", type, size]): [string, number][] => (type === "blob" ? [[id, Number(size)]] : [])),
    );
  }

  /** The contents of objects, by id. */
  async contents(ids: Iterable<string>): Promise<Map<string, Uint8Array>> {
    return parseBatch(await this.batch("--batch", ids));
  }

  private async batch(how: "--batch" | "--batch-check", ids: Iterable<string>): Promise<Buffer> {
    const wanted = [...new Set(ids)];
    return wanted.length === 0 ? Buffer.alloc(0) : this.run(["cat-file", how], `${wanted.join("\n")}\n`);
  }

  private async text(args: readonly string[]): Promise<string> {
    return (await this.run(args)).toString("utf8");
  }

  private run(args: readonly string[], input?: string): Promise<Buffer> {
    const env = gitEnvironment(environment());
    return new Promise((resolve, reject) => {
      const child = spawn("git", [...SAME_FOR_ALL, ...args], {
        cwd: this.folder,
        env,
        stdio: ["pipe", "pipe", "pipe"],
      });
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

/** Options with which git gives the same answers, whatever somebody has configured. */
const SAME_FOR_ALL = [
  "--no-pager",
  "--literal-pathspecs",
  // `git replace` shows other commits instead of those that are asked for.
  "--no-replace-objects",
  // This setting can name a program that git would start.
  ...["-c", "core.fsmonitor=false"],
  ...["-c", "core.quotePath=false"],
];

/**
 * Git's variables that are kept: which configuration is read, where git is, and how a partial clone's server is
 * reached.
 */
const KEPT = /^GIT_(?:CONFIG_|EXEC_PATH$|SSH|ASKPASS$|SSL_|HTTP_)/;

/**
 * The environment for git. Hooks and wrappers leave behind variables such as GIT_DIR, GIT_INDEX_FILE or
 * GIT_OBJECT_DIRECTORY, with which git would answer for another repository. With another language than English, git's
 * messages would not be understood.
 */
export function gitEnvironment(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(given).filter(([name]) => !name.startsWith("GIT_") || KEPT.test(name));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: "C",
    // A container may have the project's folder on a file system of its own.
    GIT_DISCOVERY_ACROSS_FILESYSTEM: "1",
    // Without this, a partial clone fetches what it lacks. Git before 2.44 does not know the variable, and fetches it.
    GIT_NO_LAZY_FETCH: "1",
    GIT_OPTIONAL_LOCKS: "0",
  };
}

/** In repositories with SHA-256, an id has so many digits; all others have SHA-1. */
const SHA256_DIGITS = 64;

/**
 * The id that git gives to contents, as `git hash-object` does without filters.
 * @param like any id of the same repository
 */
export function blobId(bytes: Uint8Array, like: string): string {
  const hash = createHash(like.length === SHA256_DIGITS ? "sha256" : "sha1");
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

const linesOf = (text: string): string[] => text.split("\n").filter((line) => line !== "");

/** `<mode> <type> <id>\t<path>\0`, again and again. */
function parseTree(output: Buffer): GitFile[] {
  return output
    .toString("utf8")
    .split("\0")
    .filter((entry) => entry !== "")
    .map((entry) => {
      const tab = entry.indexOf("\t");
      const [mode = "", type = "", id = ""] = entry.slice(0, tab).split(" ");
      const kind = type !== "blob" ? "other" : mode === "120000" ? "link" : "file";
      return { path: entry.slice(tab + 1), kind, id };
    });
}

/** What to do about objects that a clone lacks. */
export const FETCH_OBJECTS = "fetch it (a partial clone: `git fetch --refetch --no-filter`)";

/** `<id> <type> <size>\n<contents>\n`, again and again. */
function parseBatch(output: Buffer): Map<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  for (let at = 0; at < output.length;) {
    const end = output.indexOf("\n", at);
    const [id = "", type = "", size = ""] = output.toString("latin1", at, end).split(" ");
    if (type === "missing") throw new GitError(`the object ${id} is not in this clone; ${FETCH_OBJECTS}`);
    contents.set(id, output.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return contents;
}
