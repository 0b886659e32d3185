/**
 * Which groups a change concerns. A group is concerned when its roster, as it is resolved today, differs from its
 * roster at a git revision.
 *
 * These things are compared: the account, who is declared, by what name and with what consent, who was declared and when
 * that ended, and the roster's own rules. So a comment or another order concerns no group. A person who is taken out of
 * a set concerns every group that includes the set. All groups are concerned where git can't tell this for each group:
 * when the stack's settings differ, or a release that names no groups.
 *
 * The bytes that were read are compared with the objects of the commit. Git's index is not used: it can take an edited
 * file for unchanged, when it is told to, or when size and time are the same. A file that a filter or a line ending
 * changes at checkout has other bytes; then what the file says is compared.
 * docs/changed-since.md has a table of all cases; test/run/changed/ tests each row.
 */
import { readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { PROJECT_FILES } from "../ambient";
import {
  type Entry,
  examine,
  identityOf,
  isYaml,
  type Release,
  type Roster,
  type Rosters,
  SHARED_FILES,
  type Tree,
} from "../roster";
import { blobId, Git, GitError, type GitFile } from "./git";
import { neededOf, Revision } from "./revision";

export interface ChangedOptions {
  /** The folder of Pulumi.yaml. */
  readonly root: string;
  readonly stack: string;
  /** The stack's rosters, an absolute path. */
  readonly folder: string;
  /** As the working tree has them. */
  readonly rosters: Rosters;
  /** What was read of the folder. */
  readonly tree: Tree;
  readonly today: string;
}

/** Files that may hold settings of a stack, relative to the project root. */
const settingsFiles = (stack: string): readonly string[] => [
  ...PROJECT_FILES,
  `stacks/Pulumi.${stack}.yaml`,
  `stacks/Pulumi.${stack}.yml`,
];

/** What a change concerns. */
export type Concerned =
  /** `identityOf` the roster of each: its GroupId, except for groups that Rollcall makes. */
  | { readonly kind: "some groups"; readonly groups: ReadonlySet<string> }
  | { readonly kind: "all groups"; readonly why: string };

const allGroups = (why: string): Concerned => ({ kind: "all groups", why });

/**
 * Compares the working tree with the commit at which HEAD and a revision parted. If there are several such commits, it
 * compares with each of them.
 * @throws GitError when git can't tell: then the run must not continue as if nothing had changed
 */
export async function changedSince(reference: string, options: ChangedOptions): Promise<Concerned> {
  const { root } = options;
  const git = new Git(root);
  const bases = await partedFrom(git, reference);
  const prefix = await git.prefix();
  const folder = relative(root, options.folder).split(sep).join("/");
  if (folder === "" || posix.join(prefix, folder).startsWith("..")) {
    throw new GitError(`the rosters in ${options.folder} have to be in a folder of the repository`);
  }
  const groups = new Set<string>();
  for (const base of bases) {
    const some = await concernedSince(new Revision(git, base, prefix), { ...options, reference, shown: folder });
    if (some.kind === "all groups") return some;
    for (const group of some.groups) groups.add(group);
  }
  return { kind: "some groups", groups };
}

/** How things are now, and the revision with which they are compared. */
interface Since extends ChangedOptions {
  readonly reference: string;
  /** The folder from the project root, with forward slashes. */
  readonly shown: string;
}

async function concernedSince(revision: Revision, since: Since): Promise<Concerned> {
  const { root, stack, rosters, tree, today, reference, shown: folder } = since;
  const settings = settingsFiles(stack);
  const then = await revision.under([...settings, folder]);
  const unseen = [...settings, folder].find((path) => (then.get(path)?.kind ?? "file") !== "file");
  if (unseen !== undefined)
    return allGroups(`git does not tell what ${unseen} was at ${reference}, where it is a link or a submodule`);
  if (settings.some((path) => !isSame(then.get(path), settingsEntry(root, path))))
    return allGroups(`settings of the stack changed since ${reference}`);

  const earlier = new Map(
    [...then].flatMap(([path, file]): [string, GitFile][] =>
      path.startsWith(`${folder}/`) ? [[path.slice(folder.length + 1), file]] : [],
    ),
  );
  const paths = changedPaths(earlier, tree);
  if (paths.size === 0) return { kind: "some groups", groups: new Set() };

  const { whole, files } = neededOf(earlier, (path) => paths.has(path), SHARED_FILES);
  const { tree: old, absent } = await revision.treeHere(files);
  const lost = SHARED_FILES.find((name) => absent.includes(name));
  if (lost !== undefined)
    return allGroups(`this clone lacks ${folder}/${lost} as it was at ${reference}, as partial clones do`);
  const before = examine(old, { folder, today }).rosters;
  // Earlier releases can be resolved only when all earlier files were read. Otherwise today's releases are used.
  const releases = whole ? before.releases : rosters.releases;
  const groups = concerned({ ...before, releases }, rosters, (roster) => whole || paths.has(`${roster.name}.yaml`));
  if (groups === undefined) return allGroups(`a release that names no groups changed since ${reference}`);
  return { kind: "some groups", groups };
}

/** Files that matter and differ, by their path in the folder. */
function changedPaths(earlier: ReadonlyMap<string, GitFile>, now: Tree): ReadonlySet<string> {
  const paths = [...earlier.keys(), ...now.keys()].filter(isYaml);
  return new Set(paths.filter((path) => !isSame(earlier.get(path), now.get(path))));
}

function isSame(then: GitFile | undefined, now: Entry | undefined): boolean {
  if (then === undefined || now === undefined) return then === now;
  if (then.kind !== now.kind) return false;
  const bytes = now.kind === "file" ? now.bytes : now.kind === "link" ? Buffer.from(now.target) : undefined;
  return bytes !== undefined && then.id === blobId(bytes, then.id);
}

/** A file of settings as the working tree has it; links are followed, as Pulumi does. */
function settingsEntry(root: string, path: string): Entry | undefined {
  try {
    return { kind: "file", bytes: readFileSync(join(root, path)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    return { kind: "other" };
  }
}

/** The commits at which HEAD and a revision parted; the revision itself, when one of the two comes from the other. */
async function partedFrom(git: Git, reference: string): Promise<readonly string[]> {
  const [from, head] = [await git.commit(reference), await git.commit("HEAD")];
  const parted = await git.mergeBases(from, head);
  if (parted.includes(head) || parted.includes(from)) return [from];
  const hint = "fetch the whole history (`git fetch --unshallow`; actions/checkout: fetch-depth: 0)";
  if (parted.length === 0)
    throw new GitError(`git knows no commit here that HEAD and ${reference} both come from; ${hint}`);
  if (await git.isCutOff([from, head], parted))
    throw new GitError(`the history of this shallow clone ends before HEAD and ${reference} meet for sure; ${hint}`);
  return parted;
}

/**
 * Groups whose roster differs.
 * @param before may lack rosters for which `mayDiffer` is false
 * @returns undefined when a release of all groups differs
 */
function concerned(
  before: Rosters,
  after: Rosters,
  mayDiffer: (roster: Roster) => boolean,
): ReadonlySet<string> | undefined {
  const [were, are] = [before, after].map(({ releases }) => new Map(releases.map((one) => [releaseText(one), one])));
  const releases = [...difference(were, are), ...difference(are, were)];
  if (releases.some(({ groups }) => groups === undefined)) return undefined;
  const released = new Set(releases.flatMap(({ groups }) => groups ?? []));
  const earlier = new Map(before.rosters.map((roster) => [identityOf(roster), rosterText(roster)]));
  const differing = after.rosters.filter(
    (roster) =>
      released.has(roster.name) || (mayDiffer(roster) && earlier.get(identityOf(roster)) !== rosterText(roster)),
  );
  return new Set(differing.map(identityOf));
}

function difference(some: ReadonlyMap<string, Release> = new Map(), others: ReadonlyMap<string, Release> = new Map()) {
  return [...some].filter(([text]) => !others.has(text)).map(([, release]) => release);
}

function releaseText({ people, groups, until }: Release): string {
  return JSON.stringify([[...people].sort(), groups === undefined ? null : [...groups].sort(), until]);
}

/**
 * Everything in a roster that decides what is registered, and who is removed or invited, as text. A field that is forgotten here
 * does not compile.
 */
function rosterText(roster: Roster): string {
  const decides: { readonly [K in keyof Roster]: unknown } = {
    ...{ name: null, file: null },
    group: roster.group ?? null,
    subject: roster.subject ?? null,
    description: roster.description ?? null,
    inviteLink: roster.inviteLink ?? null,
    linkRevision: roster.linkRevision ?? null,
    invite: roster.invite ?? null,
    businessNumber: roster.businessNumber ?? null,
    custSpaceId: roster.custSpaceId ?? null,
    undeclared: roster.undeclared ?? null,
    allowEmpty: roster.allowEmpty,
    maxRemovals: roster.maxRemovals ?? null,
    protect: [...roster.protect].sort(),
    members: roster.members.map(({ number, name, consent }) => [number, name, consent ?? null]),
    former: roster.former.map(({ number, reason }) => [number, reason]),
  };
  return JSON.stringify(decides);
}
