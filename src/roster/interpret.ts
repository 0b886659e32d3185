/**
 * A folder of files → rosters, or every problem of all files. The stages, each in a file of its own: which files count
 * (files) → text (text, nesting) → value (document) → shape (check) → what entries say together (references, cycles,
 * soon) → who belongs where (sets, resolve). Faults of all stages are gathered, and only then given their lines (locate).
 */

import { check } from "./check/check";
import { cycleFaults } from "./check/cycles";
import type { Day } from "./resolve/dates";
import { BROKEN, read } from "./yaml/document";
import { type Fault, fault, fileAt, warning } from "./fault";
import { type RosterSource, sourcesOf } from "./yaml/files";
import { formerlyFaults, formerNumbers } from "./check/formerly";
import { locate } from "./yaml/locate";
import { tooMuch } from "./yaml/nesting";
import { knownOf, type Source } from "./check/known";
import {
  groupFaults,
  idFaults,
  peopleFaults,
  releasesFaults,
  rosterFaults,
  setsFaults,
  subjectFaults,
} from "./check/references";
import { personsOf, resolveReleases, resolveRoster, type World } from "./resolve/resolve";
import { Sets } from "./resolve/sets";
import type { Kind, PeopleFile, ReleasesFile, RosterFile, SetsFile } from "./check/shape";
import { crowdFaults } from "./check/crowd";
import { memberConsents, personConsents } from "./check/consent";
import { rosterEndings, setEndings } from "./check/soon";
import { decode } from "./yaml/decode";
import type { Tree } from "./yaml/tree";
import type { Loaded, Problem, Roster, Rosters } from "./types";

export interface InterpretOptions {
  /** The stack's folder relative to the project root, with forward slashes: what file names in problems start with. */
  readonly folder: string;
  /** The day (UTC) for which memberships are resolved. */
  readonly today: Day;
}

/** One file after its own checks. `shaped` is there when it has no fault of shape. */
interface Checked<T> extends Source {
  readonly kind: Kind;
  readonly shaped: T | undefined;
}

export function interpret(tree: Tree, options: InterpretOptions): Loaded {
  const { valid, problems, rosters } = examine(tree, options);
  return valid ? { kind: "ok", rosters, problems } : { kind: "invalid", problems };
}

/** What a folder says as far as it can be understood: of an invalid one, the rosters that have no faults. */
export interface Examined {
  readonly valid: boolean;
  readonly problems: readonly Problem[];
  readonly rosters: Rosters;
}

export function examine(tree: Tree, { folder, today }: InterpretOptions): Examined {
  const { sources, faults: fileFaults } = sourcesOf(folder, tree);
  const faults: Fault[] = [...fileFaults];
  const texts = new Map<string, string>();
  const files = sources.map((source) => checkFile(source, faults, texts));

  const only = <T>(kind: Kind) => files.find((file) => file.kind === kind) as Checked<T> | undefined;
  const rosters = files.filter((file) => file.kind === "roster") as Checked<RosterFile>[];
  const people = only<PeopleFile>("people");
  const sets = only<SetsFile>("sets");
  const releases = only<ReleasesFile>("releases");

  const known = knownOf(people, sets, rosters);
  if (people)
    faults.push(
      ...peopleFaults(people),
      ...idFaults(people),
      ...formerlyFaults(people),
      ...personConsents(people, today),
    );
  if (sets) faults.push(...setsFaults(sets, known), ...cycleFaults(sets), ...setEndings(sets, today));
  if (releases) faults.push(...releasesFaults(releases, known, today));
  faults.push(...groupFaults(rosters), ...subjectFaults(rosters));
  for (const roster of rosters)
    faults.push(...rosterFaults(roster, known), ...rosterEndings(roster, today), ...memberConsents(roster, today));
  if (rosters.length === 0 && faults.length === 0) faults.push(noRosters(folder));

  const broken = new Set(faults.filter(isError).map(({ place }) => place.file));
  const sound = ![people, sets].some((source) => source !== undefined && broken.has(source.file));
  const persons = personsOf(people?.shaped, today);
  const world: World = {
    today,
    people: persons,
    sets: new Sets(new Map(Object.entries(sets?.shaped?.sets ?? {}))),
    offboarded: new Set([...persons.values()].filter(({ offboarded }) => offboarded).map(({ number }) => number)),
    consent: new Map([...persons.values()].flatMap(({ number, consent }) => (consent ? [[number, consent]] : []))),
  };
  const resolved: Roster[] = [];
  for (const { name, file, shaped } of sound ? rosters : []) {
    if (shaped === undefined || broken.has(file)) continue;
    const roster = resolveRoster(name, file, shaped, world);
    resolved.push(roster);
    faults.push(...crowdFaults(roster, shaped, world));
  }
  if (world.sets.tooLarge && sets) faults.push(setsTooLarge(sets.file));

  const problems = locate(faults, texts);
  const valid = !faults.some(isError);
  const at = (index: number): string => `${releases?.file ?? ""}:${lineOf(releases, index, texts)}`;
  return {
    valid,
    problems,
    rosters: {
      rosters: resolved,
      people: new Map([...persons.values()].map(({ number, name }) => [number, name])),
      keys: new Map([...persons].map(([key, { number }]) => [key, number])),
      offboarded: world.offboarded,
      formerly: formerNumbers(people?.shaped, resolved),
      releases: valid ? resolveReleases(releases?.shaped, persons, at) : [],
    },
  };
}

const isError = ({ severity }: Fault): boolean => severity === "error";

function checkFile(
  { kind, name, file, bytes }: RosterSource,
  faults: Fault[],
  texts: Map<string, string>,
): Checked<unknown> {
  const unreadable = { kind, name, file, value: BROKEN, shaped: undefined };
  const decoded = decode(file, bytes);
  texts.set(file, decoded.text);
  const early = decoded.kind === "fault" ? decoded.fault : tooMuch(file, decoded.text);
  if (early !== undefined) {
    faults.push(early);
    return unreadable;
  }
  const { value, faults: yamlFaults } = read(file, decoded.text);
  faults.push(...yamlFaults);
  if (value === BROKEN) return unreadable;
  if (value === undefined || value === null) {
    faults.push(emptyFile(kind, file));
    return unreadable;
  }
  const checked = check(kind, file, value);
  if (checked.kind === "invalid") faults.push(...checked.faults);
  return { kind, name, file, value, shaped: checked.kind === "ok" ? checked.value : undefined };
}

const EMPTY = { roster: "group: …", people: "people: {}", sets: "sets: {}", releases: "releases: []" } as const;

const emptyFile = (kind: Kind, file: string): Fault =>
  fault(fileAt(file), "empty-file", "The file is empty.", `Delete it, or start it with \`${EMPTY[kind]}\`.`);

const noRosters = (folder: string): Fault =>
  warning(fileAt(folder), "no-rosters", "The folder has no rosters.", "Write one file `<name>.yaml` for each group.");

const setsTooLarge = (file: string): Fault =>
  fault(
    fileAt(file),
    "sets-too-large",
    "The sets unfold to too many memberships.",
    "Include fewer sets in each other.",
  );

/** Where a release stands: its line. */
function lineOf(releases: Source | undefined, index: number, texts: ReadonlyMap<string, string>): number {
  if (releases === undefined) return 1;
  const place = { file: releases.file, path: ["releases", index], at: "value" } as const;
  const [problem] = locate([warning(place, "expires-soon", "", "")], texts);
  return problem?.line ?? 1;
}
