/**
 * The memory of one group: what the last look that was believed saw there, and what is known of removals.
 *
 * It is the baseline of the guards, so nothing may weaken it: a refresh does not touch it, and a look that is held is
 * not remembered. Pulumi keeps it in the inputs of the group's resource (`lastLook`, provider/last-look.ts).
 */
import type { Desired, Digits, GroupPlan, History, Reason, Spared } from "./types";

export interface Memory {
  /** Who was declared: digits → name. */
  readonly declared: ReadonlyMap<Digits, string>;
  /** Who of them was not there: `awaiting`, or `left` when an earlier look had seen them there. */
  readonly absent: ReadonlyMap<Digits, "awaiting" | "left">;
  /** Who was there undeclared and stayed, and why; undefined when nobody knows. */
  readonly undeclared: ReadonlyMap<Digits, Spared["because"]> | undefined;
  /** Whose removal was begun in that run. Whoever of them is there still was not removed; the others were. */
  readonly removing: ReadonlyMap<Digits, Begun>;
  /** Who was removed earlier: no invite link of the group lets them in again. */
  readonly removed: ReadonlySet<Digits>;
  /**
   * Undeclared people who came when declared ones left, who are perhaps the same people with new numbers: number → who
   * left then. Kept for as long as both is still so.
   */
  readonly moved: ReadonlyMap<Digits, readonly Digits[]>;
}

/** A removal that was begun. */
export interface Begun {
  /** Empty when nobody knows it. */
  readonly name: string;
  readonly reason: Reason;
}

/**
 * What is known of a group whose last look is lost: everybody declared counts as having been there, which is the
 * stricter reading for every guard.
 */
export function strictMemory(declared: Memory["declared"]): Memory {
  return {
    declared,
    absent: new Map(),
    undeclared: undefined,
    removing: new Map(),
    removed: new Set(),
    moved: new Map(),
  };
}

/** The memory that a history has; undefined when there is none. */
export function memoryOf(history: History): Memory | undefined {
  return history.kind === "unknown" ? undefined : history.memory;
}

/** Whether the last look saw somebody in the group, declared or not. */
export function wasThere(memory: Memory | undefined, number: Digits): boolean {
  if (memory === undefined) return false;
  return (
    memory.undeclared?.has(number) === true ||
    memory.removing.has(number) ||
    (memory.declared.has(number) && !memory.absent.has(number))
  );
}

/** Whether somebody who is not there now has left on their own: then, or at an earlier look. */
export function hasLeft(memory: Memory | undefined, number: Digits): boolean {
  if (memory?.absent.get(number) === "left") return true;
  return wasThere(memory, number) && memory?.removing.has(number) !== true;
}

/**
 * Undeclared people who came while declared ones left, between one look and the next, at any time since: number → who
 * left then, and is still declared and missing.
 */
export function movedIn(
  plan: Pick<GroupPlan, "left" | "remove" | "spared">,
  memory: Memory | undefined,
): ReadonlyMap<Digits, readonly Digits[]> {
  if (memory === undefined) return new Map();
  const missing = plan.left.map(({ number }) => number);
  const leftNow = missing.filter((number) => wasThere(memory, number));
  const strangers = [...plan.spared, ...plan.remove.filter(({ reason }) => reason === "never declared")];
  const pairs = strangers.map(({ number }) => {
    const earlier = (memory.moved.get(number) ?? []).filter((left) => missing.includes(left));
    return [number, wasThere(memory, number) ? earlier : leftNow] as const;
  });
  return new Map(pairs.filter(([, left]) => left.length > 0));
}

/**
 * What this look adds to the memory. Only for a plan that no guard holds.
 * @param plan whose `remove` holds exactly those whose removal is begun now
 */
export function remember(desired: Pick<Desired, "members">, plan: GroupPlan, history: History): Memory {
  const before = memoryOf(history);
  const there = new Set([...plan.present, ...plan.spared, ...plan.remove].map(({ number }) => number));
  const out = [...(before?.removed ?? []), ...(before?.removing.keys() ?? [])].filter((number) => !there.has(number));
  return {
    declared: desired.members,
    absent: new Map([
      ...plan.awaiting.map(({ number }) => [number, "awaiting"] as const),
      ...plan.left.map(({ number }) => [number, "left"] as const),
    ]),
    undeclared: new Map(plan.spared.map(({ number, because }) => [number, because])),
    removing: new Map(plan.remove.map(({ number, name, reason }) => [number, { name, reason }])),
    removed: new Set(out),
    moved: movedIn(plan, before),
  };
}
