/**
 * Which groups a change concerns: those whose roster, as it is resolved today, is another one than at a git revision.
 *
 * What counts is what would be registered or judged: the account, who is declared and by what name, who was and when that
 * ended, and the roster's own rules. So a comment or another order concerns nobody, and a person taken out of a set
 * concerns every group that includes it. Where this can't be told group by group, all groups are concerned: when the
 * stack's settings differ, or a release that names no groups.
 */
import { existsSync, lstatSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { PROJECT_FILES } from "../ambient";
import { examine, type Release, type Roster, type Rosters, SHARED_FILES } from "../roster";
import { Git, GitError } from "./git";
import { neededOf, Revision } from "./revision";

export interface ChangedOptions {
  /** The folder of Pulumi.yaml. */
  readonly root: string;
  readonly stack: string;
  /** The stack's rosters, an absolute path. */
  readonly folder: string;
  /** As the working tree has them. */
  readonly rosters: Rosters;
  readonly today: string;
}

/** Where settings of a stack stand, from the project root. */
const settingsFiles = (stack: string): readonly string[] => [
  ...PROJECT_FILES,
  `stacks/Pulumi.${stack}.yaml`,
  `stacks/Pulumi.${stack}.yml`,
];

/** GroupIds of those that a change concerns, or why all groups count as concerned. */
export type Concerned = ReadonlySet<string> | { readonly all: string };

/**
 * Compares the working tree with the commit where it parted from a revision.
 * @throws GitError when git can't tell: then nobody should go on as if nothing had changed
 */
export async function changedSince(reference: string, options: ChangedOptions): Promise<Concerned> {
  const { root, stack, rosters, today } = options;
  const git = new Git(root);
  const base = await partedFrom(git, reference);
  const prefix = await git.prefix();
  const folder = relative(root, options.folder).split(sep).join("/");
  const top = (path: string): string => posix.join(prefix, path);
  if (folder === "" || top(folder).startsWith("..")) {
    throw new GitError(`the rosters in ${options.folder} have to be in a folder of the repository`);
  }

  const settings = settingsFiles(stack);
  const present = new Set(await git.present([...settings, folder].map(top)));
  const read = [
    ...rosters.rosters.map(({ file }) => file),
    ...[...settings, ...SHARED_FILES.map((name) => `${folder}/${name}`)].filter((path) => isThere(root, path)),
  ];
  const unseen = read.find((path) => !present.has(top(path)) || (settings.includes(path) && isLink(root, path)));
  if (unseen !== undefined)
    return { all: `git does not tell changes of ${unseen}, which is behind a link or a submodule` };

  const changed = await git.changed(base, [...settings, folder].map(top));
  if (changed.some((path) => settings.map(top).includes(path)))
    return { all: `settings of the stack changed since ${reference}` };
  const inside = changed.filter((path) => path.startsWith(`${top(folder)}/`));
  if (inside.length < changed.length) return { all: `${folder} is another kind of thing since ${reference}` };
  const paths = new Set(inside.map((path) => path.slice(top(folder).length + 1)));
  if (paths.size === 0) return new Set();

  const revision = new Revision(git, base, prefix);
  const then = await revision.folder(folder);
  const { whole, files } = neededOf(then, (path) => paths.has(path), SHARED_FILES);
  const before = examine(await revision.tree(files), { folder, today }).rosters;
  // Without all the groups that releases name, the earlier ones can't be resolved; then they are today's.
  const releases = whole ? before.releases : rosters.releases;
  const groups = concerned({ ...before, releases }, rosters, (roster) => whole || paths.has(`${roster.name}.yaml`));
  return groups ?? { all: `a release that names no groups changed since ${reference}` };
}

const isThere = (root: string, path: string): boolean => existsSync(join(root, path));
const isLink = (root: string, path: string): boolean => lstatSync(join(root, path)).isSymbolicLink();

/** The commit where HEAD parted from a revision; the revision itself, when HEAD is behind it. */
async function partedFrom(git: Git, reference: string): Promise<string> {
  const [from, head] = [await git.commit(reference), await git.commit("HEAD")];
  const parted = await git.mergeBase(from, head);
  if (parted !== undefined) return parted === head ? from : parted;
  const hint = "fetch the whole history (`git fetch --unshallow`; actions/checkout: fetch-depth: 0)";
  throw new GitError(`git knows no commit here that HEAD and ${reference} both come from; ${hint}`);
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
  const earlier = new Map(before.rosters.map((roster) => [roster.group, rosterText(roster)]));
  const differing = after.rosters.filter(
    (roster) => released.has(roster.name) || (mayDiffer(roster) && earlier.get(roster.group) !== rosterText(roster)),
  );
  return new Set(differing.map(({ group }) => group));
}

function difference(some: ReadonlyMap<string, Release> = new Map(), others: ReadonlyMap<string, Release> = new Map()) {
  return [...some].filter(([text]) => !others.has(text)).map(([, release]) => release);
}

function releaseText({ people, groups, until }: Release): string {
  return JSON.stringify([[...people].sort(), groups === undefined ? null : [...groups].sort(), until]);
}

/** All of a roster that decides what is registered and who goes, as text. A field that is forgotten here does not compile. */
function rosterText(roster: Roster): string {
  const decides: { readonly [K in keyof Roster]: unknown } = {
    ...{ name: null, file: null },
    group: roster.group,
    businessNumber: roster.businessNumber ?? null,
    custSpaceId: roster.custSpaceId ?? null,
    undeclared: roster.undeclared ?? null,
    allowEmpty: roster.allowEmpty,
    maxRemovals: roster.maxRemovals ?? null,
    protect: [...roster.protect].sort(),
    members: roster.members.map(({ number, name }) => [number, name]),
    former: roster.former.map(({ number, reason }) => [number, reason]),
  };
  return JSON.stringify(decides);
}
