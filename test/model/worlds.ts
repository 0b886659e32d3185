import fc from "fast-check";
import type { Digits } from "../../src/membership/types";
import type { ListStep, RemoveStep } from "../rollcall/world";
import type { Move, Weather } from "./cams";
import type { Way } from "./engine";
import { LOOK_ALIKES, NUMBERS } from "./people";

/** GroupIds of the worlds. */
export const GROUPS = ["EA1", "EA2", "EA3"] as const;

/** A change between two runs: of a roster, of the other files, or of a group. */
export type Edit =
  | {
      readonly kind: "declare" | "drop" | "expire" | "protect" | "join" | "leave";
      readonly group: string;
      readonly number: Digits;
    }
  | { readonly kind: "undeclared"; readonly group: string; readonly is: "remove" | "report" | undefined }
  | { readonly kind: "allowEmpty"; readonly group: string; readonly is: boolean }
  | { readonly kind: "maxRemovals"; readonly group: string; readonly is: number | undefined }
  | { readonly kind: "rename"; readonly group: string; readonly to: string }
  | { readonly kind: "delete" | "restore" | "desert"; readonly group: string }
  | { readonly kind: "swap"; readonly group: string; readonly other: string }
  | { readonly kind: "offboard"; readonly number: Digits }
  | { readonly kind: "release"; readonly numbers: readonly Digits[]; readonly group: string | undefined }
  | { readonly kind: "end releases" };

export interface Step {
  readonly edits: readonly Edit[];
  readonly weather: Weather;
  readonly way: Way;
}

/** A world and its story: settings, who is where, and run after run. */
export interface Story {
  readonly settings: {
    readonly maxRemovalsPerGroup: number;
    readonly maxRemovalsPerRun: number;
    readonly maxGroupsPerPerson: number;
    readonly onAdopt: "spare" | "remove";
    readonly undeclared: "remove" | "report";
    readonly protect: readonly Digits[];
    readonly display: "full" | "masked";
  };
  readonly groups: readonly {
    readonly there: readonly Digits[];
    readonly unidentified: number;
    readonly members: readonly Digits[];
  }[];
  readonly steps: readonly Step[];
}

const number = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom(...LOOK_ALIKES) },
);
const numbers = (least: number, most: number) => fc.uniqueArray(number, { minLength: least, maxLength: most });
const group = fc.constantFrom(...GROUPS);
const rarely = <T>(value: T, usual: T, of = 8) => fc.nat(of - 1).map((n) => (n === 0 ? value : usual));

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constantFrom("declare", "drop", "join", "leave"), group, number }) },
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
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("delete", "restore", "desert"), group }) },
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

const badLook = fc.constantFrom<ListStep>(
  "ok",
  "doubtful",
  "unknown outcome",
  "throttled",
  "unknown group",
  "refused",
  "access",
);
const list = fc.constantFrom<ListStep>("ok", "ok", "ok", "ok", "doubtful", "unknown outcome", "access");
const remove = fc.constantFrom<RemoveStep>(
  ...(["ok", "ok", "slow", "ignored", "lost", "lost but done", "refused", "throttled", "access"] as const),
);
const move: fc.Arbitrary<Move> = fc.record({ group, number, joins: fc.boolean(), at: fc.nat(3) });

const storm: fc.Arbitrary<Weather> = fc.record({
  looks: fc.dictionary(group, fc.array(badLook, { minLength: 1, maxLength: 2 }), { maxKeys: 2, noNullPrototype: true }),
  lists: fc.array(list, { maxLength: 8 }),
  removes: fc.array(remove, { maxLength: 4 }),
  moves: fc.array(move, { maxLength: 3 }),
});
const race: fc.Arbitrary<Weather> = fc.record({
  looks: fc.constant({}),
  lists: fc.constant([]),
  removes: fc.constant([]),
  moves: fc.array(move, { minLength: 1, maxLength: 4 }),
});
const calm = fc.constant<Weather>({ looks: {}, lists: [], removes: [], moves: [] });

const way: fc.Arbitrary<Way> = fc.record({
  stateUnread: rarely(true, false, 16),
  checksFirst: fc.boolean(),
  continueOnError: fc.boolean(),
  keepsOutputs: rarely(false, true),
  partial: rarely(true, false, 3),
});

const step: fc.Arbitrary<Step> = fc.record({
  edits: fc.array(edit, { maxLength: 6 }),
  weather: fc.oneof({ weight: 2, arbitrary: calm }, { weight: 1, arbitrary: race }, { weight: 1, arbitrary: storm }),
  way,
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
  }),
  groups: fc.array(fc.record({ there: numbers(2, 8), unidentified: rarely(1, 0), members: numbers(1, 6) }), {
    minLength: 1,
    maxLength: GROUPS.length,
  }),
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
});

const comeOrGo: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom("declare", "join", "join", "leave", "leave", "leave"),
  group,
  number: fc.constantFrom(...NUMBERS),
});
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
  }),
  groups: fc.array(fc.record({ there: numbers(2, 8), unidentified: fc.constant(0), members: numbers(4, 8) }), {
    minLength: 1,
    maxLength: GROUPS.length,
  }),
  steps: fc.array(
    fc.record({
      edits: fc.array(fc.oneof({ weight: 12, arbitrary: comeOrGo }, { weight: 1, arbitrary: renamed }), {
        maxLength: 6,
      }),
      weather: fc.oneof({ weight: 7, arbitrary: calm }, { weight: 1, arbitrary: storm }),
      way,
    }),
    { minLength: 3, maxLength: 8 },
  ),
});
