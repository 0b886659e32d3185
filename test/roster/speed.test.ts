import { load } from "./tree";

/** A folder of so many rosters of eight, half of them by person. */
function folder(rosters: number): Record<string, string> {
  const people = rosters * 2;
  const roster = (at: number) =>
    `group: EA93UU${at}\nbusinessNumber: "8613800000000"\nundeclared: remove\ninclude: [oncall]\nprotect: ["+65 8123 4567"]\nmembers:\n` +
    Array.from({ length: 7 }, (_, n) =>
      n % 2 === 0
        ? `  - number: "+62 813-${1000 + (at % 9000)}-${7000 + n}"\n    name: Citra ${at}\n    reason: lead\n`
        : `  - person: p${(at + n * 7) % (people - 1)}\n    until: 2027-01-31\n`,
    ).join("");
  return {
    "people.yaml": `people:\n${Array.from(
      { length: people },
      (_, at) => `  p${at}: { number: "+62 812 ${10_000_000 + at}", name: Person ${at} }\n`,
    ).join("")}`,
    "sets.yaml": `sets: { oncall: { members: [p${people - 1}] } }\n`,
    ...Object.fromEntries(Array.from({ length: rosters }, (_, at) => [`r${at % 100}/g${at}.yaml`, roster(at)])),
  };
}

/** Processor time of one validation, in microseconds. */
function cost(rosters: number): number {
  const files = folder(rosters);
  const start = process.cpuUsage();
  const loaded = load(files);
  const { user, system } = process.cpuUsage(start);
  expect(loaded.problems).toEqual([]);
  expect(loaded.kind === "ok" && loaded.rosters.rosters.length).toBe(rosters);
  return user + system;
}

/**
 * No check may compare every roster with every other: that would take a hundred times the time. A ratio inside one
 * process holds on any machine.
 */
test("ten times the rosters take about ten times the time", () => {
  cost(1_000);
  expect(cost(10_000) / cost(1_000)).toBeLessThan(40);
});
