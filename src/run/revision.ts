import { posix } from "node:path";
import { isYaml, sizeLimit, type Entry, type SharedFile, type Tree } from "../roster";
import { FETCH_OBJECTS, GitError, type Git, type GitFile } from "./git";

/** One commit, limited to the project's folder in it. */
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

  /** Files at or under paths of the project, by their path from its folder. */
  async under(paths: readonly string[]): Promise<Map<string, GitFile>> {
    const files = await this.git.files(
      this.commit,
      paths.map((path) => posix.join(this.prefix, path)),
    );
    const { prefix } = this;
    return new Map(files.map((file) => [file.path.slice(prefix.length), file]));
  }

  /** Files under a folder of the project, by their path in it. */
  async folder(folder: string): Promise<Map<string, GitFile>> {
    const top = posix.join(this.prefix, folder);
    const files = await this.git.files(this.commit, [`${top}/`]);
    return new Map(files.map((file) => [file.path.slice(top.length + 1), file]));
  }

  /** @throws GitError when the clone lacks a file that is read */
  async tree(files: ReadonlyMap<string, GitFile>): Promise<Tree> {
    const { tree, absent } = await this.treeHere(files);
    const [path] = absent;
    if (path !== undefined) throw new GitError(`${path} of ${this.commit} is not in this clone; ${FETCH_OBJECTS}`);
    return tree;
  }

  /**
   * Like `tree`, for a clone that may lack files, as partial ones do. The tree lacks them, too:
   * `absent` are their paths.
   */
  async treeHere(
    files: ReadonlyMap<string, GitFile>,
  ): Promise<{ readonly tree: Tree; readonly absent: readonly string[] }> {
    const counts = (path: string, { kind }: GitFile): boolean => kind === "link" || (kind === "file" && isYaml(path));
    const counting = [...files].filter(([path, file]) => counts(path, file));
    const sizes = await this.sizes(counting.map(([, { id }]) => id));
    const tooLarge = (path: string, { kind, id }: GitFile) => kind === "file" && (sizes.get(id) ?? 0) > sizeLimit(path);
    const read = counting.filter(([path, file]) => sizes.has(file.id) && !tooLarge(path, file));
    const contents = await this.git.contents(read.map(([, { id }]) => id));
    const absent = counting.filter(([, { id }]) => !sizes.has(id)).map(([path]) => path);
    const isAbsent = new Set(absent);
    const tree = [...files].flatMap(([path, file]): [string, Entry][] => {
      if (isAbsent.has(path)) return [];
      if (file.kind === "other") return [[path, { kind: "other" }]];
      if (tooLarge(path, file)) return [[path, { kind: "large", size: sizes.get(file.id) ?? 0 }]];
      const bytes = contents.get(file.id) ?? new Uint8Array();
      if (file.kind === "link") return [[path, { kind: "link", target: Buffer.from(bytes).toString("utf8") }]];
      return [[path, { kind: "file", bytes: isYaml(path) ? bytes : new Uint8Array() }]];
    });
    return { tree: new Map(tree), absent };
  }

  /** Sizes in bytes, by id, of the objects that this clone has. */
  private async sizes(ids: readonly string[]): Promise<Map<string, number>> {
    try {
      return await this.git.sizes(ids);
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      const lost = await this.git.lost(this.commit);
      if (!ids.some((id) => lost.has(id))) throw error;
      return this.git.sizes(ids.filter((id) => !lost.has(id)));
    }
  }
}

/**
 * Which files of a folder's earlier state have to be read to compare rosters with it: those that differ, and those that
 * all rosters share. When shared files or links may have changed any roster, all files have to be read.
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
