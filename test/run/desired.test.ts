import type { Roster, Rosters } from "../../src/roster";
import { declare } from "../../src/run/desired";
import { parseSettings, type Settings } from "../../src/settings";

const [ANA, BUDI, CITRA, DEWI] = ["628110000001", "628110000002", "628110000003", "628110000004"];

const settings = ((): Settings => {
  const parsed = parseSettings({ businessNumber: "8613800000000", custSpaceId: "cams-8c8e" });
  if (parsed.kind === "invalid") throw new Error(parsed.problems.join("\n"));
  return parsed.settings;
})();

const former = (number: string, name: string, reason: "expired" | "offboarded"): Roster["former"][number] => ({
  ...{ number, name, reason },
  ...{ person: undefined, via: [], until: "2026-01-01", consent: undefined },
});

const roster = (name: string, ...ended: Roster["former"]): Roster => ({
  name,
  file: `stacks/main/${name}.yaml`,
  group: name.toUpperCase(),
  ...{ subject: undefined, description: undefined, inviteLink: undefined, linkRevision: undefined, invite: undefined },
  members: [],
  former: ended,
  ...{ businessNumber: undefined, custSpaceId: undefined, undeclared: undefined },
  ...{ allowEmpty: false, maxRemovals: undefined, protect: [] },
});

const rosters = (...all: readonly Roster[]): Rosters => ({
  rosters: all,
  people: new Map([
    [ANA, "Ana"],
    [BUDI, "Budi"],
  ]),
  keys: new Map(),
  offboarded: new Set([BUDI]),
  formerly: new Map(),
  releases: [],
});

function desiredOf(...all: readonly Roster[]) {
  return desiredIn(rosters(...all));
}

function desiredIn(all: Rosters) {
  const found = declare(all, settings);
  if ("problems" in found) throw new Error(found.problems.join("\n"));
  return found.declared.map(({ desired }) => desired);
}

test("everybody of the stack is called by name, and whoever only one roster knows by that roster's", () => {
  const [ops, hr] = desiredOf(
    roster("ops", former(CITRA, "Citra", "expired"), former(ANA, "Ana S.", "expired")),
    roster("hr"),
  );
  expect([ANA, BUDI, CITRA, DEWI].map((number) => ops?.names.get(number))).toEqual([
    "Ana S.",
    "Budi",
    "Citra",
    undefined,
  ]);
  expect([ANA, BUDI, CITRA].map((number) => hr?.names.get(number))).toEqual(["Ana", "Budi", undefined]);
});

test("whoever is offboarded is so in every group, even where their membership had ended before", () => {
  const [ops, hr] = desiredOf(
    roster("ops", former(BUDI, "Budi", "expired"), former(CITRA, "Citra", "expired")),
    roster("hr"),
  );
  expect([BUDI, CITRA, DEWI].map((number) => ops?.former.get(number))).toEqual(["offboarded", "expired", undefined]);
  expect([BUDI, CITRA].map((number) => hr?.former.get(number))).toEqual(["offboarded", undefined]);
});

test("a former number has its owner's name and new number, unless the rosters say more of it", () => {
  const ana = { number: ANA, name: "Ana" };
  const [ops] = desiredIn({
    ...rosters(roster("ops", former(CITRA, "Citra", "expired"))),
    formerly: new Map([BUDI, CITRA, DEWI].map((number) => [number, ana])),
  });
  const numbers = [ANA, BUDI, CITRA, DEWI];
  expect(numbers.map((number) => ops?.former.get(number))).toEqual([
    undefined,
    "offboarded",
    "expired",
    "changed number",
  ]);
  expect(numbers.map((number) => ops?.names.get(number))).toEqual(["Ana", "Budi", "Citra", "Ana"]);
  expect(numbers.map((number) => ops?.formerly.get(number))).toEqual([undefined, ANA, ANA, ANA]);
});

test("ten thousand groups share the names of ten thousand people", () => {
  const many = Array.from({ length: 10_000 }, (_, i) => roster(`team-${i}`, former(CITRA, "Citra", "expired")));
  const people = new Map(Array.from({ length: 10_000 }, (_, i) => [String(6_281_000_000 + i), `Person ${i}`]));
  const before = process.memoryUsage().heapUsed;
  const found = declare({ ...rosters(...many), people, offboarded: new Set(people.keys()) }, settings);
  expect("declared" in found && found.declared).toHaveLength(10_000);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200e6);
});
