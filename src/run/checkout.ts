/**
 * Whether the rosters' folder has all files that its commit has. Files can be missing because of a sparse checkout, a
 * submodule that was not fetched, or a deletion by mistake. A run would then let their groups go: it would delete their
 * resources and forget what is known of them. So every run checks this, with one call of git. It calls git again only
 * when a file is missing.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { foldersUp } from "../ambient";
import { examine, identityOf, isHidden, isYaml, SHARED_FILES, type Tree } from "../roster";
import { plural } from "../text/plural";
import { Git, GitError, type GitFile } from "./git";
import { Revision } from "./revision";

export type Checkout =
  /** Nothing is missing, or there is no commit to compare with. */
  | { readonly kind: "whole" }
  /** Paths in the folder, sorted. A submodule is one path, its own. */
  | { readonly kind: "lacks"; readonly files: readonly string[] }
  /** There is a repository, and git can't tell. */
  | { readonly kind: "unknown"; readonly why: string };

export interface CheckoutOptions {
  /** What was read of the folder. */
  readonly tree: Tree;
  /** Groups that rosters declare (`identityOf`). So a roster that was only moved does not count as missing. */
  readonly groups: ReadonlySet<string>;
  readonly today: string;
}

/** @param folder of the rosters, an absolute path of a folder that is there */
export async function checkoutOf(folder: string, { tree, groups, today }: CheckoutOptions): Promise<Checkout> {
  const git = new Git(folder);
  let head: readonly GitFile[];
  try {
    head = await git.filesHere("HEAD");
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return isNoCommit(error) || !isInRepository(folder) ? { kind: "whole" } : { kind: "unknown", why: error.message };
  }
  const lacking = head.filter((file) => lacks(tree, file));
  if (lacking.length === 0) return { kind: "whole" };
  const moved = await groupsAtHead(git, head, lacking, today);
  const files = lacking.map(({ path }) => path).filter((path) => !groups.has(moved.get(path) ?? ""));
  return files.length === 0 ? { kind: "whole" } : { kind: "lacks", files: files.sort() };
}

function lacks(tree: Tree, { path, kind }: GitFile): boolean {
  if (isHidden(path)) return false;
  if (kind !== "other") return isYaml(path) && !tree.has(path);
  return !tree.has(path) && ![...tree.keys()].some((one) => one.startsWith(`${path}/`));
}

/** Which groups the rosters of the commit declared, by path. Rosters that can't be understood or read are left out. */
async function groupsAtHead(
  git: Git,
  head: readonly GitFile[],
  lacking: readonly GitFile[],
  today: string,
): Promise<ReadonlyMap<string, string>> {
  const shared = head.filter(({ path }) => (SHARED_FILES as readonly string[]).includes(path));
  const wanted = new Map([...lacking, ...shared].map((file) => [file.path, file]));
  try {
    const { tree } = await new Revision(git, "HEAD", "").treeHere(wanted);
    const { rosters } = examine(tree, { folder: "", today }).rosters;
    return new Map(rosters.map((roster) => [roster.file, identityOf(roster)]));
  } catch (error) {
    if (error instanceof GitError) return new Map();
    throw error;
  }
}

/** No repository, or one in which nothing has been committed. */
const isNoCommit = ({ message }: GitError): boolean =>
  /^fatal: (?:not a git repository|not a valid object name HEAD$)/im.test(message);

const isInRepository = (folder: string): boolean => foldersUp(folder).some((one) => existsSync(join(one, ".git")));

/** Most files that the message names. */
const MOST_FILES = 20;

/** Why a run refuses, and what to do. */
export function lacksText(folder: string, files: readonly string[]): string {
  const shown = files.slice(0, MOST_FILES).map((file) => `  ${folder}/${file}`);
  const more = files.length > MOST_FILES ? [`  and ${files.length - MOST_FILES} more`] : [];
  return [
    `${plural(files.length, "file")} of the commit (HEAD) ${files.length === 1 ? "is" : "are"} missing in ${folder}:`,
    ...shown,
    ...more,
    "Without rosters a run would let their groups go: delete their resources, and forget what is known of them. Nothing was done. " +
      "Bring them back: `git sparse-checkout disable` where the checkout is sparse, `git submodule update --init` for a submodule, " +
      `else \`git checkout HEAD -- ${folder}\` (which takes back all changes there that are not committed). To give up the groups, ` +
      "commit that the files are deleted",
  ].join("\n");
}
