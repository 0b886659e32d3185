import fc from "fast-check";
import type { Candidate } from "../../src/membership/guards";
import type { GroupCase } from "../../src/membership/guards/rule";
import { strictMemory } from "../../src/membership/memory";
import { planGroup } from "../../src/membership/plan";
import type { Desired, Digits, History, Memory, Observed, Removal } from "../../src/membership/types";

/** What the tests of the core and of the executor share: a group, its people, and what a listing said. */

export const ANA = "628110000001";
export const BUDI = "628110000002";
export const CITRA = "628110000003";
export const DEWI = "628110000004";
export const EKO = "628110000005";
export const BOT = "8613800000000";

export type Whole = Extract<Observed, { kind: "whole" }>;

/** A roster that declares Ana and lets nobody off; everything else as the settings have it by default. */
export function desire(over: Partial<Desired> = {}): Desired {
  return {
    name: "jakarta/ops",
    group: "EA93UU0042",
    members: new Map([[ANA, "Ana"]]),
    former: new Map(),
    formerly: new Map(),
    names: new Map(),
    protect: new Set([BOT]),
    released: new Set(),
    undeclared: "remove",
    onAdopt: "spare",
    allowEmpty: false,
    maxRemovals: 2,
    file: "stacks/main/jakarta/ops.yaml",
    named: undefined,
    ...over,
  };
}

export function members(...numbers: readonly Digits[]): ReadonlyMap<Digits, string> {
  return new Map(numbers.map((number) => [number, ""]));
}

export function whole(...participants: readonly Digits[]): Whole {
  return { kind: "whole", participants, unidentified: 0 };
}

export const fresh: History = { kind: "new", memory: undefined };
export const unknown: History = { kind: "unknown" };

/** A group under management: the last look saw everybody who was declared, and nobody else; or what `over` says. */
export function remembered(over: Partial<Memory> = {}): History {
  return { kind: "adopted", memory: { ...strictMemory(members()), undeclared: new Map(), ...over } };
}

/** A group under management, whose last run declared `last`, all of whom were there. */
export function adopted(...last: readonly Digits[]): History {
  return remembered({ declared: members(...last) });
}

/** One group before the guards: `participants` were there, and the group is under management. */
export function candidate(over: Partial<Desired>, ...participants: readonly Digits[]): Candidate {
  return judgeable(desire(over), whole(...participants), adopted());
}

/** What the guards are shown of a group. */
export function judgeable(desired: Desired, observed: Whole, history: History): GroupCase {
  return { desired, plan: planGroup(desired, observed, history), history };
}

export function removal(number: Digits, reason: Removal["reason"] = "never declared", name = ""): Removal {
  return { number, name, reason };
}

/** As settings with `display: full` write numbers. */
export const full = (number: string): string => number;

export function numbersOf(people: readonly { readonly number: Digits }[]): Digits[] {
  return people.map(({ number }) => number);
}

/** Few enough people that declared, protected, released and present ones meet often. */
const anybody = fc.constantFrom(ANA, BUDI, CITRA, DEWI, EKO, BOT, "628110000006", "628110000007");
const some = fc.uniqueArray(anybody).map((numbers) => new Set(numbers));
const someNamed = fc.uniqueArray(anybody).map((numbers) => members(...numbers));

export const anyDesired: fc.Arbitrary<Desired> = fc
  .record({
    members: someNamed,
    former: fc.uniqueArray(
      fc.tuple(anybody, fc.constantFrom("expired" as const, "offboarded" as const, "changed number" as const)),
      {
        selector: ([number]) => number,
      },
    ),
    protect: some,
    released: some,
    undeclared: fc.constantFrom("remove" as const, "remove" as const, "report" as const),
    onAdopt: fc.constantFrom("spare" as const, "remove" as const),
    allowEmpty: fc.boolean(),
    maxRemovals: fc.nat(8),
  })
  .map(({ former, ...over }) => desire({ ...over, former: new Map(former) }));

export const anyWhole: fc.Arbitrary<Whole> = fc.record({
  kind: fc.constant("whole" as const),
  participants: fc.uniqueArray(anybody),
  unidentified: fc.nat(2),
});

const anyReason = fc.constantFrom("dropped from roster", "never declared", "expired", "offboarded");
const anyBecause = fc.constantFrom("adoption", "report", "protect", "plan");

export const anyMemory: fc.Arbitrary<Memory> = fc
  .record({
    declared: fc.dictionary(anybody, fc.constantFrom("", "Ana", "(not declared)")),
    absent: fc.dictionary(anybody, fc.constantFrom("awaiting", "left")),
    undeclared: fc.dictionary(anybody, anyBecause),
    removing: fc.dictionary(anybody, fc.record({ name: fc.constantFrom("", "Budi"), reason: anyReason })),
    removed: some,
    moved: fc.dictionary(anybody, fc.uniqueArray(anybody, { minLength: 1, maxLength: 2 })),
  })
  .map(({ declared, absent, undeclared, removing, removed, moved }) => {
    const only = <V>(all: Readonly<Record<string, V>>, isOne: (number: Digits) => boolean): ReadonlyMap<Digits, V> =>
      new Map(Object.entries(all).filter(([number]) => isOne(number)));
    const strangers = only(undeclared, (number) => !(number in declared));
    return {
      declared: new Map(Object.entries(declared)),
      absent: only(absent, (number) => number in declared),
      undeclared: strangers,
      removing: only(removing, (number) => !(number in declared) && !strangers.has(number)),
      removed,
      moved: new Map(Object.entries(moved)),
    };
  });

export const anyHistory: fc.Arbitrary<History> = fc.oneof(
  fc.constant(fresh),
  fc.constant(unknown),
  anyMemory.map((memory): History => ({ kind: "new", memory })),
  anyMemory.map((memory): History => ({ kind: "adopted", memory })),
);
