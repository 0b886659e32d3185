import { z } from "zod";
import type { Desired, Digits, History } from "../membership/types";
import { writtenMasked } from "../provider/display";
import { readParticipants } from "../provider/shapes";
import { isKeyMark, keyMark, markOf, unknownMark } from "./as-of";

/** What Pulumi's state knows of the last run. */
export interface LastRun {
  /** By GroupId. */
  readonly groups: ReadonlyMap<string, LastGroup>;
  /** Of their resources. */
  readonly names: ReadonlySet<string>;
  /** The stack's outputs; undefined before the first run that came to its end. */
  readonly outputs: LastOutputs | undefined;
}

type People = ReadonlyMap<string, string>;

/** What the last run that came to its end told of people: resource name → people as `display` wrote their numbers. */
export interface LastOutputs {
  /** Declared, and not there: number → name. */
  readonly absent: ReadonlyMap<string, People>;
  /** Those of them who had been there. */
  readonly left: ReadonlyMap<string, People>;
  /** There, and not declared: number → why they stayed. */
  readonly spared: ReadonlyMap<string, People>;
  /** What these are about (`markOf`); undefined in state of releases that did not say. */
  readonly marks: ReadonlySet<string> | undefined;
  /** The mark of the key with which numbers were masked (`keyMark`); undefined when they were not, or nobody said so. */
  readonly key: string | undefined;
}

export interface LastGroup {
  /** The resource's name. */
  readonly name: string;
  readonly members: ReadonlyMap<Digits, string>;
  /** Who was there when the resource was written last, as `display` writes numbers. */
  readonly participants: ReadonlySet<string>;
  /** Whether a removal did not come to its end. */
  readonly unfinished: boolean;
}

const TYPE = "pulumi-nodejs:dynamic/cams:ChatGroupParticipants";
const STACK = "pulumi:pulumi:Stack";

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  delete: z.boolean().optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
});
const exported = z.looseObject({ deployment: z.looseObject({ resources: z.array(resource).optional() }).nullish() });
const people = z.record(z.string(), z.record(z.string(), z.string()));

/** Reads the answer of `pulumi stack export`, of which only this program's resources and outputs matter. */
export function readLastRun(json: unknown): LastRun {
  const resources = exported.parse(json).deployment?.resources ?? [];
  const groups = new Map<string, LastGroup>();
  let outputs: Readonly<Record<string, unknown>> = {};
  for (const { urn, type, outputs: found = {}, delete: pending } of resources) {
    if (type === STACK) outputs = found;
    if (type !== TYPE || pending === true || typeof found.group !== "string") continue;
    const members = z.record(z.string(), z.string()).safeParse(reveal(found.members));
    groups.set(found.group, {
      name: urn.slice(urn.lastIndexOf("::") + 2),
      members: new Map(Object.entries(members.data ?? {})),
      participants: readParticipants(found.participants),
      unfinished: found.failed !== undefined,
    });
  }
  const names = new Set([...groups.values()].map(({ name }) => name));
  return { groups, names, outputs: readOutputs(outputs) };
}

function readOutputs({ awaiting, left, spared, asOf }: Readonly<Record<string, unknown>>): LastOutputs | undefined {
  const [absent, gone, stayed] = [awaiting, left, spared].map((value) => people.safeParse(value).data);
  if (absent === undefined) return undefined;
  const marks = typeof asOf === "string" ? asOf.split(" ") : undefined;
  return {
    absent: byName([absent, gone ?? {}]),
    left: byName([gone ?? {}]),
    spared: byName([stayed ?? {}]),
    marks: marks && new Set(marks),
    key: marks?.find(isKeyMark),
  };
}

/** Whether the state holds secrets, which `pulumi stack export` shows only when it is asked to. */
export function hasSecrets(json: string): boolean {
  return json.includes(SECRET_MARK) && json.includes(`"ciphertext"`);
}

/** Pulumi's mark of a secret value in state (`sdk/go/common/resource/sig`). */
const SECRET_MARK = "4dabf18193072939515e22adb298388d";

function reveal(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !(SECRET_MARK in value)) return value;
  const { plaintext } = value as { plaintext?: unknown };
  return typeof plaintext === "string" ? (JSON.parse(plaintext) as unknown) : undefined;
}

function byName(lists: readonly Readonly<Record<string, Readonly<Record<string, string>>>>[]): Map<string, People> {
  const result = new Map<string, People>();
  for (const list of lists) {
    for (const [name, found] of Object.entries(list)) {
      result.set(name, new Map([...(result.get(name) ?? []), ...Object.entries(found)]));
    }
  }
  return result;
}

/**
 * What the last run tells of one group.
 * @param last undefined when the state could not be read
 */
export function historyOf(desired: Desired, last: LastRun | undefined, show: (number: Digits) => string): History {
  if (last === undefined) return { kind: "unknown" };
  const group = last.groups.get(desired.group);
  if (group === undefined) return { kind: "new" };
  const { name, members } = group;
  const present = comparable(desired.group, group, last.outputs, show)
    ? whoWasThere(desired, group, last.outputs, show)
    : undefined;
  return { kind: "adopted", last: { name, members, present } };
}

/** Whether numbers are written today as the state holds them: both in full, or masked with one key. */
function comparable(
  id: string,
  { participants }: LastGroup,
  outputs: LastOutputs | undefined,
  show: (number: Digits) => string,
): boolean {
  const [written, masked] = [writtenMasked(participants), writtenMasked([show("0")])];
  if (written !== undefined && written !== masked) return false;
  if (outputs?.marks?.has(unknownMark(id, show)) === true) return false;
  return masked !== true || outputs?.key === undefined || outputs.key === keyMark(show);
}

const NOBODY: People = new Map();

/** The name under which the outputs tell of a group; undefined when they tell nothing of it. */
function calledBy(
  outputs: LastOutputs | undefined,
  { name: today, group: id }: Desired,
  { name }: LastGroup,
  show: (number: Digits) => string,
): string | undefined {
  const marks = outputs?.marks;
  return marks === undefined ? name : [name, today].find((candidate) => marks.has(markOf(candidate, id, show)));
}

/**
 * What the last look at a group told, for a run that sees nothing of it: undeclared people who stayed, and why, and
 * declared ones who had left. Numbers are as `display` writes them.
 */
export function toldBefore(
  desired: Desired,
  last: LastRun | undefined,
  show: (number: Digits) => string,
): { readonly spared: People; readonly left: People } {
  const group = last?.groups.get(desired.group);
  const called = group === undefined ? undefined : calledBy(last?.outputs, desired, group, show);
  if (called === undefined) return { spared: NOBODY, left: NOBODY };
  const declared = new Set([...desired.members.keys()].map(show));
  const some = (people: People | undefined, are: boolean): People =>
    new Map([...(people ?? [])].filter(([number]) => declared.has(number) === are));
  return { spared: some(last?.outputs?.spared.get(called), false), left: some(last?.outputs?.left.get(called), true) };
}

/**
 * Which of the declared people were there. The resource says who was there when it was written; the stack's outputs
 * know better, as far as they are about this group and these people: who came and went since, without anything being
 * written. Whoever neither tells of is taken as never seen, for somebody wrongly taken as seen would look as if lost,
 * and hold the group for good. Outputs without marks can only take people away from what the resource says.
 */
function whoWasThere(
  desired: Desired,
  group: LastGroup,
  outputs: LastOutputs | undefined,
  show: (number: Digits) => string,
): ReadonlySet<Digits> {
  const { group: id, members: declared } = desired;
  const { members, participants } = group;
  const called = calledBy(outputs, desired, group, show);
  const absent = (called === undefined ? undefined : outputs?.absent.get(called)) ?? NOBODY;
  const spared = (called === undefined ? undefined : outputs?.spared.get(called)) ?? NOBODY;
  const knows = (people: ReadonlyMap<Digits, string>): boolean =>
    called !== undefined && outputs?.marks?.has(markOf(called, id, show, people.keys())) === true;

  const seen = (number: Digits): boolean =>
    spared.has(show(number)) || (participants.has(show(number)) && (members.has(number) || outputs === undefined));
  const unseen = [...declared.keys()].filter((number) => !seen(number));
  const known = unseen.length === 0 ? [] : [members, declared].filter(knows);
  return new Set(
    [...declared.keys()].filter(
      (number) => !absent.has(show(number)) && (seen(number) || known.some((people) => people.has(number))),
    ),
  );
}
