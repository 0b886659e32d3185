import { posix } from "node:path";
import { isYaml, sizeLimit, type Entry, type SharedFile, type Tree } from "../roster";
import type { Git, GitFile } from "./git";

/** One commit, as far as the project in it goes. */
export class Revision {
  constructor(
    private readonly git: Git,
    private readonly commit: string,
    /** Where the project is in the repository. */
    private readonly prefix: string,
  ) {}

  /** The text of the first of these files that the project's folder has; undefined when it has none. */
  async first(names: readonly string[]): Promise<string | undefined> {
    const [file] = await this.git.files(
      this.commit,
      names.map((name) => posix.join(this.prefix, name)),
    );
    return file === undefined ? undefined : this.text(file);
  }

  /** What a file holds. */
  async text({ id }: GitFile): Promise<string> {
    return Buffer.from((await this.git.contents([id])).get(id) ?? []).toString("utf8");
  }

  /** Files under a folder of the project, by their path in it. */
  async folder(folder: string): Promise<Map<string, GitFile>> {
    const top = posix.join(this.prefix, folder);
    const files = await this.git.files(this.commit, [`${top}/`]);
    return new Map(files.map((file) => [file.path.slice(top.length + 1), file]));
  }

  async tree(files: ReadonlyMap<string, GitFile>): Promise<Tree> {
    const isRead = (path: string, { kind, size }: GitFile) =>
      kind === "link" || (kind === "file" && isYaml(path) && size <= sizeLimit(path));
    const read = [...files].filter(([path, file]) => isRead(path, file));
    const contents = await this.git.contents(read.map(([, { id }]) => id));
    return new Map(
      [...files].map(([path, file]): [string, Entry] => {
        const bytes = contents.get(file.id);
        if (file.kind === "other") return [path, { kind: "other" }];
        if (file.kind === "link") return [path, { kind: "link", target: Buffer.from(bytes ?? []).toString("utf8") }];
        if (isYaml(path) && file.size > sizeLimit(path)) return [path, { kind: "large", size: file.size }];
        return [path, { kind: "file", bytes: isYaml(path) ? (bytes ?? new Uint8Array()) : new Uint8Array() }];
      }),
    );
  }
}

/**
 * Which files of a folder's earlier state have to be read to compare rosters with it: those that differ and those that all
 * rosters share; all of them, where shared files or links may have changed any roster.
 */
export function neededOf(
  earlier: ReadonlyMap<string, GitFile>,
  differs: (path: string) => boolean,
  shared: readonly SharedFile[],
): { readonly whole: boolean; readonly files: ReadonlyMap<string, GitFile> } {
  const whole = shared.some(differs) || [...earlier.values()].some(({ kind }) => kind === "link");
  const isNeeded = (path: string): boolean =>
    whole || !isYaml(path) || differs(path) || shared.some((name) => name === path);
  return { whole, files: new Map([...earlier].filter(([path]) => isNeeded(path))) };
}
