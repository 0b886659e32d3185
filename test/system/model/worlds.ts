import fc from "fast-check";
import type { RemoveStep } from "../../execution/world";
import { CALM, type Look, type Move, type Weather } from "./cams";
import { LOOK_ALIKES, NUMBERS, PRIVACY_ID } from "./people";
import { GROUPS, type Edit, type Step, type Story } from "./story";
import { USUAL, type Way } from "./way";

export const number = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom(...LOOK_ALIKES) },
);
/** Somebody who comes may be a row that is nobody's number. */
const somebody = fc.oneof({ weight: 14, arbitrary: number }, { weight: 1, arbitrary: fc.constant(PRIVACY_ID) });
export const numbers = (least: number, most: number) => fc.uniqueArray(number, { minLength: least, maxLength: most });
export const group = fc.constantFrom(...GROUPS);
export const rarely = <T>(value: T, usual: T, of = 8) => fc.nat(of - 1).map((n) => (n === 0 ? value : usual));

export const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 9, arbitrary: fc.record({ kind: fc.constantFrom("declare", "drop", "leave"), group, number }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("join"), group, number: somebody }) },
  { weight: 1, arbitrary: moves() },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("expire", "protect"), group, number }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("undeclared"),
      group,
      is: fc.constantFrom("remove", "report", undefined),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("allowEmpty"), group, is: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("maxRemovals"), group, is: fc.constantFrom(0, 1, 3, 8, undefined) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("rename"), group, to: fc.constantFrom("sales", "jakarta/ops", "a") }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("delete", "restore", "desert", "thin out"), group }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("swap"), group, other: group }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("offboard"), number }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("release"),
      numbers: numbers(1, 4),
      group: fc.option(group, { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Edit>({ kind: "end releases" }) },
);

function moves(): fc.Arbitrary<Edit> {
  const known = fc.constantFrom(...NUMBERS);
  const where = fc.option(group, { nil: undefined, freq: 1 });
  return fc.record({ kind: fc.constant("move" as const), group: where, from: known, to: known });
}

const badLook = fc.constantFrom<Look>(
  ...([
    "ok",
    "doubtful",
    "unknown outcome",
    "throttled",
    "unknown group",
    "refused",
    "access",
    "few",
    "empty",
  ] as const),
);
const list = fc.constantFrom<Look>(
  ...(["ok", "ok", "ok", "ok", "doubtful", "unknown outcome", "access", "few", "empty"] as const),
);
const remove = fc.constantFrom<RemoveStep>(
  ...(["ok", "ok", "slow", "ignored", "lost", "lost but done", "refused", "throttled", "access"] as const),
);
const move: fc.Arbitrary<Move> = fc.record({ group, number, joins: fc.boolean(), at: fc.nat(3) });

export const storm: fc.Arbitrary<Weather> = fc.record({
  looks: fc.dictionary(group, fc.array(badLook, { minLength: 1, maxLength: 2 }), { maxKeys: 2, noNullPrototype: true }),
  lists: fc.array(list, { maxLength: 8 }),
  removes: fc.array(remove, { maxLength: 4 }),
  moves: fc.array(move, { maxLength: 3 }),
});
export const race: fc.Arbitrary<Weather> = fc.record({
  looks: fc.constant({}),
  lists: fc.constant([]),
  removes: fc.constant([]),
  moves: fc.array(move, { minLength: 1, maxLength: 4 }),
});
/** Listings after the roll call lose people, and nothing else goes wrong. */
export const lossy: fc.Arbitrary<Weather> = fc.record({
  looks: fc.constant({}),
  lists: fc.array(fc.constantFrom<Look>("ok", "few", "empty"), { minLength: 1, maxLength: 6 }),
  removes: fc.array(fc.constantFrom<RemoveStep>("ok", "slow", "ignored", "lost"), { maxLength: 3 }),
  moves: fc.constant([]),
});
export const calm = fc.constant<Weather>(CALM);

export const way: fc.Arbitrary<Way> = fc.record({
  stateUnread: rarely(true, false, 16),
  checksFirst: fc.boolean(),
  continueOnError: fc.boolean(),
  partial: rarely(true, false, 3),
  refresh: fc.constantFrom(...(["none", "none", "none", "before", "with"] as const)),
  refreshes: fc.constantFrom<Look>("ok", "ok", "ok", "few", "empty", "doubtful"),
  display: fc.constantFrom(
    ...[undefined, undefined, undefined, undefined, undefined],
    ...(["full", "masked", "masked by another key"] as const),
  ),
  leftOut: fc.oneof(
    { weight: 6, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.uniqueArray(group, { minLength: 1, maxLength: 2 }) },
  ),
  killed: fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.record({ after: fc.nat(2), when: fc.constantFrom("between", "in write") }) },
  ),
});

export const plan = (edits: fc.Arbitrary<Edit>): fc.Arbitrary<Step["plan"]> =>
  fc.option(fc.record({ between: fc.array(edits, { maxLength: 4 }), refresh: fc.boolean(), times: rarely(2, 1, 4) }), {
    nil: undefined,
    freq: 3,
  });

const step: fc.Arbitrary<Step> = fc.record({
  edits: fc.array(edit, { maxLength: 6 }),
  weather: fc.oneof(
    { weight: 4, arbitrary: calm },
    { weight: 2, arbitrary: race },
    { weight: 2, arbitrary: storm },
    { weight: 1, arbitrary: lossy },
  ),
  way,
  plan: plan(fc.oneof({ weight: 6, arbitrary: comeOrGo() }, { weight: 1, arbitrary: edit })),
});

export const stories: fc.Arbitrary<Story> = fc.record({
  settings: fc.record({
    maxRemovalsPerGroup: fc.constantFrom(0, 1, 2, 4, 8, 8),
    maxRemovalsPerRun: fc.constantFrom(1, 3, 10, 10),
    maxGroupsPerPerson: fc.constantFrom(1, 2, 3),
    onAdopt: rarely("remove" as const, "spare" as const, 4),
    undeclared: rarely("report" as const, "remove" as const, 10),
    // No number in international form begins with a zero, so none can be protected.
    protect: fc.oneof(fc.constant([]), numbers(1, 1)).map((all) => all.filter((one) => !one.startsWith("0"))),
    display: rarely("masked" as const, "full" as const, 6),
    refreshAlways: rarely(true, false, 10),
  }),
  groups: fc.array(fc.record({ there: numbers(2, 8), unidentified: rarely(1, 0), members: numbers(1, 6) }), {
    minLength: 1,
    maxLength: GROUPS.length,
  }),
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
});

function comeOrGo(): fc.Arbitrary<Edit> {
  const people = fc.constantFrom(...NUMBERS);
  const kind = fc.constantFrom("join" as const, "leave" as const);
  return fc.record({ kind, group, number: people });
}
const quietEdit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom("declare", "join", "join", "leave", "leave", "leave"),
  group,
  number: fc.constantFrom(...NUMBERS),
});
const thinned: fc.Arbitrary<Edit> = fc.record({ kind: fc.constant("thin out"), group });
const renamed: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant("swap" as const), group, other: group }),
  fc.record({ kind: fc.constant("rename" as const), group, to: fc.constantFrom("sales", "jakarta/ops", "a") }),
  fc.record({ kind: fc.constantFrom("delete" as const, "restore" as const), group }),
);

/** Worlds in which people come and go, rosters swap names, and little else happens: what one run knows of the last. */
export const quietStories: fc.Arbitrary<Story> = fc.record({
  settings: fc.record({
    maxRemovalsPerGroup: fc.constant(8),
    maxRemovalsPerRun: fc.constant(24),
    maxGroupsPerPerson: fc.constant(3),
    onAdopt: fc.constant("spare" as const),
    undeclared: rarely("remove" as const, "report" as const, 3),
    protect: fc.constant([]),
    display: rarely("masked" as const, "full" as const, 6),
    refreshAlways: rarely(true, false, 10),
  }),
  groups: fc.array(fc.record({ there: numbers(2, 8), unidentified: fc.constant(0), members: numbers(4, 8) }), {
    minLength: 1,
    maxLength: GROUPS.length,
  }),
  steps: fc.array(
    fc.record({
      edits: fc.array(
        fc.oneof(
          { weight: 12, arbitrary: quietEdit },
          { weight: 1, arbitrary: thinned },
          { weight: 1, arbitrary: renamed },
        ),
        {
          maxLength: 6,
        },
      ),
      weather: fc.oneof({ weight: 7, arbitrary: calm }, { weight: 1, arbitrary: storm }),
      way,
      plan: fc.constant(undefined),
    }),
    { minLength: 3, maxLength: 8 },
  ),
});

const ownEdit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constantFrom("declare", "drop", "protect", "join", "leave", "leave"),
      group,
      number: fc.constantFrom(...NUMBERS),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("join"), group, number: somebody }) },
  { weight: 2, arbitrary: moves() },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("delete", "restore", "desert", "thin out"), group }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("allowEmpty"), group, is: fc.boolean() }) },
);
const possible = fc.uniqueArray(fc.constantFrom(...NUMBERS), { minLength: 1, maxLength: 6 });

/** Worlds of the resource in somebody's own program: no order, no releases, and numbers that the arguments take. */
export const ownStories: fc.Arbitrary<Story> = fc.record({
  settings: fc.record({
    maxRemovalsPerGroup: fc.constantFrom(1, 2, 8, 8),
    maxRemovalsPerRun: fc.constantFrom(2, 10, 10),
    maxGroupsPerPerson: fc.constantFrom(1, 2, 3),
    onAdopt: rarely("remove" as const, "spare" as const, 4),
    undeclared: rarely("report" as const, "remove" as const, 10),
    protect: fc.constant([]),
    display: rarely("masked" as const, "full" as const, 6),
    refreshAlways: rarely(true, false, 10),
  }),
  groups: fc.array(fc.record({ there: numbers(2, 8), unidentified: rarely(1, 0), members: possible }), {
    minLength: 1,
    maxLength: GROUPS.length,
  }),
  steps: fc.array(
    fc.record({
      edits: fc.array(ownEdit, { maxLength: 6 }),
      weather: fc.oneof(
        { weight: 4, arbitrary: calm },
        { weight: 1, arbitrary: race },
        { weight: 1, arbitrary: storm },
        { weight: 1, arbitrary: lossy },
      ),
      way: way.map((one): Way => ({ ...one, stateUnread: false, partial: false, leftOut: USUAL.leftOut })),
      plan: fc.constant(undefined),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});
