import { z } from "zod";
import type { Desired, Digits, History } from "../membership/types";
import { writtenMasked } from "../provider/display";

/** What Pulumi's state knows of the last run. */
export interface LastRun {
  /** By GroupId. */
  readonly groups: ReadonlyMap<string, LastGroup>;
  /** Stack outputs: resource name → people as `display` wrote their numbers. Undefined before the first whole run. */
  readonly absent: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  readonly spared: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface LastGroup {
  /** The resource's name. */
  readonly name: string;
  readonly members: ReadonlyMap<Digits, string>;
  /** Who was there when the resource was written last, as `display` writes numbers. */
  readonly participants: ReadonlySet<string>;
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
      participants: new Set(typeof found.participants === "string" ? found.participants.split(" ") : []),
    });
  }
  const [awaiting, left, spared] = [outputs.awaiting, outputs.left, outputs.spared].map(
    (value) => people.safeParse(value).data,
  );
  return {
    groups,
    absent: awaiting === undefined ? undefined : names([awaiting, left ?? {}]),
    spared: names([spared ?? {}]),
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

function names(lists: readonly Readonly<Record<string, Readonly<Record<string, string>>>>[]): Map<string, Set<string>> {
  const result = new Map<string, Set<string>>();
  for (const list of lists) {
    for (const [name, found] of Object.entries(list)) {
      result.set(name, new Set([...(result.get(name) ?? []), ...Object.keys(found)]));
    }
  }
  return result;
}

/**
 * What the last run tells of one group. Who was there follows from who was declared and not awaited; the stack's
 * outputs know that best, and where there are none, the resource's own state does.
 * @param last undefined when the state could not be read
 */
export function historyOf(desired: Desired, last: LastRun | undefined, show: (number: Digits) => string): History {
  if (last === undefined) return { kind: "unknown" };
  const group = last.groups.get(desired.group);
  if (group === undefined) return { kind: "new" };
  const absent = last.absent?.get(group.name);
  const wasThere = (number: Digits): boolean => {
    if (last.spared.get(group.name)?.has(show(number)) === true) return true;
    if (last.absent === undefined) return group.participants.has(show(number));
    return group.members.has(number) && absent?.has(show(number)) !== true;
  };
  const written = writtenMasked([...(absent ?? []), ...group.participants]);
  const comparable = written === undefined || written === writtenMasked([show("0")]);
  if (!comparable) return { kind: "adopted", last: { name: group.name, members: group.members, present: undefined } };
  const present = new Set([...desired.members.keys()].filter(wasThere));
  return { kind: "adopted", last: { name: group.name, members: group.members, present } };
}
