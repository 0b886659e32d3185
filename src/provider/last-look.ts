/**
 * The memory of a group, as the resource's input `lastLook` holds it. It has full digits, so that it can be compared
 * whatever `display` is; where numbers are masked it is a secret, as `members` is. It holds only what differs from
 * "everybody declared was there", so that state stays small.
 *
 * It is an input because of what Pulumi does with inputs. Pulumi stores the new inputs of a resource that is otherwise
 * unchanged, and keeps the old ones of a resource that fails or is left out. No refresh changes them, since `read`
 * returns none. A preview gives an unknown for it, so that a saved plan fits whatever the look of `up` sees.
 */
import { z } from "zod";
import { strictMemory } from "../membership/memory";
import type { Absence, Digits, History, Memory, Reason, Spared } from "../membership/types";
import { writtenMasked } from "./display";
import { readParticipants, readRecord, UNKNOWN, type Bag } from "./shapes";

/** The input's name. */
export const LAST_LOOK = "lastLook";

const STAYED = ["adoption", "report", "protect", "plan"] as const;
type List = "awaiting" | "left" | (typeof STAYED)[number] | "removed" | "strangers";

/** Digits joined by spaces, in one list for each state of a person. Empty lists are left out. */
type Lists = Readonly<Partial<Record<List, string>>>;

export interface LastLook extends Lists {
  /** People whose removal was begun: digits → name and reason. */
  readonly removing?: Readonly<Record<Digits, readonly [name: string, reason: Reason]>>;
  /** People who came when declared people left: number → who left, digits joined by spaces. */
  readonly moved?: Readonly<Record<Digits, string>>;
  /** Who was declared at that look. Only when `members` are others now, because the group has been held since then. */
  readonly declared?: Readonly<Record<Digits, string>>;
  /** The resource was made for a plan, but its group was never looked at: it is still to be adopted. */
  readonly adopted?: false;
}

/** The memory of a group that is still to be adopted. */
export const NEVER: LastLook = { adopted: false };

/** @param members the resource's members, as its inputs hold them */
export function writeLastLook(memory: Memory, members: Readonly<Record<Digits, string>>): LastLook {
  const undeclared = [...(memory.undeclared ?? new Map<Digits, Spared["because"]>())];
  const lists: Record<List, readonly Digits[]> = {
    awaiting: keysOf([...memory.absent], "awaiting"),
    left: keysOf([...memory.absent], "left"),
    adoption: keysOf(undeclared, "adoption"),
    report: keysOf(undeclared, "report"),
    protect: keysOf(undeclared, "protect"),
    plan: keysOf(undeclared, "plan"),
    removed: [...memory.removed],
    strangers: [...(memory.strangers ?? [])],
  };
  const removing = [...memory.removing].map(([number, { name, reason }]) => [number, [name, reason]] as const);
  const moved = [...memory.moved].map(([number, left]) => [number, left.join(" ")] as const);
  return {
    ...Object.fromEntries(
      Object.entries(lists).flatMap(([list, numbers]) =>
        numbers.length === 0 ? [] : [[list, [...numbers].sort().join(" ")]],
      ),
    ),
    ...(removing.length === 0 ? {} : { removing: Object.fromEntries(removing) }),
    ...(moved.length === 0 ? {} : { moved: Object.fromEntries(moved) }),
    ...(isSame(memory.declared, members) ? {} : { declared: Object.fromEntries(memory.declared) }),
  };
}

function keysOf<V>(entries: readonly (readonly [Digits, V])[], wanted: V): readonly Digits[] {
  return entries.filter(([, value]) => value === wanted).map(([number]) => number);
}

function isSame(declared: ReadonlyMap<Digits, string>, members: Readonly<Record<Digits, string>>): boolean {
  return (
    declared.size === Object.keys(members).length && [...declared].every(([number, name]) => members[number] === name)
  );
}

const texts = z.string().optional();
const schema = z.looseObject({
  ...{ awaiting: texts, left: texts, adoption: texts, report: texts, protect: texts, plan: texts, removed: texts },
  strangers: texts,
  removing: z.record(z.string(), z.tuple([z.string(), z.string()])).optional(),
  moved: z.record(z.string(), z.string()).optional(),
  declared: z.record(z.string(), z.string()).optional(),
  adopted: z.literal(false).optional(),
});

/**
 * What inputs in state tell of their group. If they tell nothing that can be read, everybody declared counts as having
 * been there.
 * @param inputs of the resource, as state holds them
 * @param outputs for state of the first release, which kept in the outputs who was there
 */
export function historyIn(inputs: Bag, outputs: Bag | undefined): History {
  const members = readRecord(inputs.members);
  const found = inputs[LAST_LOOK];
  if (found === undefined) return { kind: "adopted", memory: firstRelease(inputs, outputs) };
  const parsed = schema.safeParse(found);
  if (!parsed.success) return { kind: "adopted", memory: strictMemory(new Map(Object.entries(members))) };
  const look = parsed.data;
  if (look.adopted === false) return { kind: "new", memory: undefined };
  return {
    kind: "adopted",
    memory: {
      declared: new Map(Object.entries(look.declared ?? members)),
      absent: new Map([...as<Absence>(look.awaiting, "awaiting"), ...as<Absence>(look.left, "left")]),
      undeclared: new Map(STAYED.flatMap((because) => as<Spared["because"]>(look[because], because))),
      removing: new Map(
        Object.entries(look.removing ?? {}).map(([number, [name, reason]]) => [
          number,
          { name, reason: reason as Reason },
        ]),
      ),
      removed: readParticipants(look.removed),
      ...(look.strangers === undefined ? {} : { strangers: readParticipants(look.strangers) }),
      moved: new Map(Object.entries(look.moved ?? {}).map(([number, left]) => [number, [...readParticipants(left)]])),
    },
  };
}

const as = <V>(text: string | undefined, value: V): (readonly [Digits, V])[] =>
  [...readParticipants(text)].map((number) => [number, value] as const);

/** What a preview has instead of a memory. */
export const UNKNOWN_LOOK = UNKNOWN;

/** In refreshed inputs of the first release, this is the name of people whom nobody declared. */
const NOT_DECLARED = "(not declared)";

/**
 * State of the first release (0.1.0). Its outputs hold the members of the last run that was completed; a refresh did
 * not change those. They also hold who was there when the resource was written, as `display` wrote numbers. What a
 * refresh of that release found later is in `drift`.
 */
function firstRelease(inputs: Bag, outputs: Bag | undefined): Memory {
  const inInputs = Object.entries(readRecord(inputs.members)).filter(([, name]) => name !== NOT_DECLARED);
  const declared = new Map(outputs === undefined ? inInputs : Object.entries(readRecord(outputs.members)));
  const dropped = Object.entries(readRecord(inputs.removals)).filter(([number]) => /^\d+$/.test(number));
  const removing = new Map(
    dropped.map(([number, reason]) => [number, { name: "", reason: reason as Reason }] as const),
  );
  const strict = { ...strictMemory(declared), removing };
  if (typeof outputs?.participants !== "string") return strict;
  const there = thereBefore(outputs);
  if (writtenMasked(there) === true) return strict;
  return {
    ...strict,
    absent: new Map([...declared.keys()].filter((one) => !there.has(one)).map((one) => [one, "unsure"] as const)),
    undeclared: new Map([...there].filter((one) => !declared.has(one)).map((one) => [one, "adoption"] as const)),
  };
}

/**
 * Who was there when a resource of the first release was written. For this, what its refreshes found later is undone.
 */
export function thereBefore(outputs: Bag): ReadonlySet<string> {
  const there = new Set(readParticipants(outputs.participants));
  for (const [shown, what] of Object.entries(readRecord(outputs.drift))) {
    if (what === "left") there.add(shown);
    else there.delete(shown);
  }
  return there;
}
