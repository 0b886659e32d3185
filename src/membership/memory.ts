/**
 * The memory of one group: what the last look that was believed saw there, and what is known of removals.
 *
 * It is the baseline of the guards, so nothing may weaken it: a refresh does not touch it, and a look that is held is
 * not remembered. Pulumi keeps it in the inputs of the group's resource (`lastLook`, provider/last-look.ts).
 */
import { REASONS } from "./reasons";
import type { Desired, Digits, GroupPlan, History, Memory } from "./types";

/** Stands for the number of somebody whose row had none. */
export const ROW = "row";

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

/** Whether the last look saw somebody in the group, declared or not. */
export function wasThere(memory: Memory | undefined, number: Digits): boolean {
  if (memory === undefined) return false;
  return (
    memory.undeclared?.has(number) === true ||
    memory.removing.has(number) ||
    (memory.declared.has(number) && (memory.absent.get(number) ?? "unsure") === "unsure")
  );
}

/** Whether the last look saw somebody in the group whose removal was not begun then. */
export function wasToStay(memory: Memory | undefined, number: Digits): boolean {
  return memory !== undefined && !memory.removing.has(number) && wasThere(memory, number);
}

/** Whether somebody who is not there now has left on their own: then, or at an earlier look. */
export function hasLeft(memory: Memory | undefined, number: Digits): boolean {
  const absence = memory?.absent.get(number);
  return absence === undefined ? wasToStay(memory, number) : absence === "left";
}

/** Everybody declared who is not there. */
const missingIn = ({ left, awaiting }: Pick<GroupPlan, "left" | "awaiting">): readonly Digits[] =>
  [...left, ...awaiting].map(({ number }) => number);

/**
 * Undeclared people who came while declared ones left, between one look and the next, at any time since: number → who
 * left then, and is still declared and missing. A person who came as a row without a number may have one later.
 */
export function movedIn(plan: Moving, memory: Memory | undefined): Memory["moved"] {
  if (memory === undefined) return new Map();
  const missing = missingIn(plan);
  const leftWith = (came: string) => (number: Digits) => memory.moved.get(came)?.includes(number) === true;
  const behindRows = missing.filter((number) => wasToStay(memory, number) || leftWith(ROW)(number));
  const strangers = [...plan.spared, ...plan.remove.filter(({ reason }) => REASONS[reason].mayBeNewNumber)];
  const pairs = strangers.map(({ number }) => {
    return [number, wasThere(memory, number) ? missing.filter(leftWith(number)) : behindRows] as const;
  });
  const rows = [[ROW, plan.unidentified > 0 ? behindRows : []] as const];
  return new Map([...pairs, ...rows].filter(([, left]) => left.length > 0));
}

type Moving = Pick<GroupPlan, "left" | "awaiting" | "remove" | "spared" | "unidentified">;

/** Strangers who were removed, or whose removal was begun. */
const strangersOf = (memory: Memory | undefined): readonly Digits[] => [
  ...new Set([
    ...(memory?.strangers ?? []),
    ...[...(memory?.removing ?? [])].flatMap(([number, { reason }]) => (REASONS[reason].isStranger ? [number] : [])),
  ]),
];

/**
 * What this look adds to the memory. Only for a plan that no guard holds.
 * @param plan whose `remove` holds exactly those whose removal is begun now
 */
export function remember(desired: Pick<Desired, "members">, plan: GroupPlan, history: History): Memory {
  const before = history.memory;
  const there = new Set([...plan.present, ...plan.spared, ...plan.remove].map(({ number }) => number));
  const out = [...(before?.removed ?? []), ...(before?.removing.keys() ?? [])].filter((number) => !there.has(number));
  const strangers = strangersOf(before).filter((number) => !there.has(number));
  return {
    ...(strangers.length === 0 ? {} : { strangers: new Set(strangers) }),
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
