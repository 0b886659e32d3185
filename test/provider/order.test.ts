import fc from "fast-check";
import { ORDER, readOrder, writeOrder, type GroupOrder } from "../../src/provider/order";
import type { Desired, Digits, Lookup } from "../../src/membership/types";
import { strictMemory } from "../../src/membership/memory";
import { seeded } from "../seeded";
import {
  ANA,
  anyDesired,
  anyHistory,
  anyWhole,
  BUDI,
  CITRA,
  DEWI,
  EKO,
  members,
  removal,
  whole,
} from "../membership/world";
import { leave, order } from "./world";

const anyInvite = fc.dictionary(fc.constantFrom(DEWI, "6281••••••04~0123abcd"), fc.constantFrom("Dewi", ""));
const anyPlan = fc.option(
  fc.record({
    removals: fc.dictionary(
      fc.constantFrom(BUDI, "6281••••••02~0123abcd"),
      fc.constantFrom("dropped from roster" as const, "never declared" as const),
    ),
    invitations: anyInvite,
    writes: fc.boolean(),
  }),
  { nil: undefined },
);
const anyCommon = { root: fc.constantFrom("/project", "/a b/ü"), preview: fc.boolean(), plan: anyPlan };
const people = [BUDI, CITRA, DEWI].map((number) => removal(number, "expired", "Ü"));
const released = { ...removal(EKO), released: true as const };

const anyOrder: fc.Arbitrary<GroupOrder> = fc.oneof(
  fc.record({ kind: fc.constant("leave alone" as const), held: fc.boolean(), history: anyHistory, ...anyCommon }),
  fc.record({
    kind: fc.constant("carry out" as const),
    run: fc.option(fc.constant("0123abcd"), { nil: undefined }),
    desired: fc
      .tuple(
        anyDesired,
        fc.dictionary(fc.constantFrom(ANA, BUDI, CITRA), fc.constantFrom("Ana", "")),
        fc.option(fc.subarray([BUDI, CITRA]), { nil: undefined }),
      )
      .map(([desired, names, named]) => ({
        ...desired,
        names: new Map(Object.entries(names)),
        named: named === undefined ? undefined : new Set(named),
      })),
    history: anyHistory,
    observed: anyWhole,
    remove: fc.subarray([...people, released]),
    invite: anyInvite,
    invitations: fc.constantFrom(undefined, {}, { invited: { [DEWI]: { state: "read" } }, attempt: { at: "now" } }),
    ...anyCommon,
  }),
);

/** A lookup as far as an order is about it: of whoever was listed, declared or protected. */
function about<V>(lookup: Lookup<V>, numbers: readonly Digits[]): ReadonlyMap<Digits, V> {
  return new Map(
    [...new Set(numbers)].flatMap((number) => {
      const found = lookup.get(number);
      return found === undefined ? [] : [[number, found] as const];
    }),
  );
}

/** What has to arrive. */
function wanted(one: GroupOrder): GroupOrder {
  if (one.kind === "leave alone") return one;
  const { desired } = one;
  const numbers = [...one.observed.participants, ...desired.members.keys(), ...desired.protect];
  const narrowed: Desired = {
    ...desired,
    names: about(desired.names, numbers),
    former: about(desired.former, numbers),
  };
  return { ...one, desired: narrowed };
}

test("what is handed over arrives whole", () => {
  fc.assert(
    fc.property(anyOrder, (one) => {
      expect(readOrder(writeOrder(one))).toEqual(wanted(one));
    }),
    seeded,
  );
});

test("what is handed over is text, which is the same for the same order", () => {
  fc.assert(
    fc.property(anyOrder, (one) => {
      const text = writeOrder(one);
      expect(JSON.parse(text)).toEqual(expect.anything());
      expect(writeOrder(readOrder(text))).toBe(text);
    }),
    seeded,
  );
});

test("names of thousands of people do not travel with every group", () => {
  const names = new Map(Array.from({ length: 1_000 }, (_, i) => [String(6_281_200_000_000 + i), "Somebody"]));
  const one = order();
  const text = writeOrder({ ...one, desired: { ...one.desired, names: new Map([...names, [BUDI, "Budi"]]) } });
  expect(text).not.toContain("Somebody");
  expect(
    writeOrder({ ...one, observed: whole(ANA, BUDI), desired: { ...one.desired, names: new Map([[BUDI, "Budi"]]) } }),
  ).toContain("Budi");
});

test("an order that is without a plan, or without a run, says so by undefined", () => {
  expect(readOrder(writeOrder(leave()))).toHaveProperty("plan", undefined);
  expect(readOrder(writeOrder(order({ run: undefined })))).toMatchObject({ plan: undefined, run: undefined });
});

test("what nobody knows of a lost look arrives as such", () => {
  const memory = strictMemory(members(ANA, BUDI));
  for (const kind of ["adopted", "new"] as const)
    expect(readOrder(writeOrder(leave({ history: { kind, memory } })))).toHaveProperty("history", { kind, memory });
});

test("strangers who were removed arrive as such", () => {
  const memory = { ...strictMemory(members(ANA)), strangers: new Set([BUDI]) };
  const history = { kind: "adopted", memory } as const;
  expect(readOrder(writeOrder(leave({ history })))).toHaveProperty("history", history);
});

test("a program of another release finds the order by its name", () => {
  expect(ORDER).toBe("order");
});
