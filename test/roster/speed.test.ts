import { load } from "./tree";

/** Ten thousand rosters of eight, half of them by person: five seconds of one processor, at most. */
test("10,000 rosters are validated in 5 seconds", () => {
  const people = Array.from(
    { length: 20_000 },
    (_, at) => `  p${at}: { number: "+62 812 ${10_000_000 + at}", name: Person ${at} }\n`,
  );
  const roster = (at: number) =>
    `group: EA93UU${at}\nbusinessNumber: "8613800000000"\nundeclared: remove\ninclude: [oncall]\nprotect: ["+65 8123 4567"]\nmembers:\n` +
    Array.from({ length: 7 }, (_, n) =>
      n % 2 === 0
        ? `  - number: "+62 813-${1000 + (at % 9000)}-${7000 + n}"\n    name: Citra ${at}\n    reason: lead\n`
        : `  - person: p${(at + n * 7) % 19_000}\n    until: 2027-01-31\n`,
    ).join("");
  const files: Record<string, string> = {
    "people.yaml": `people:\n${people.join("")}`,
    "sets.yaml": "sets: { oncall: { members: [p19500] } }\n",
  };
  for (let at = 0; at < 10_000; at += 1) files[`r${at % 100}/g${at}.yaml`] = roster(at);
  const start = process.cpuUsage();
  const loaded = load(files);
  const { user, system } = process.cpuUsage(start);
  expect(loaded.problems).toEqual([]);
  expect(loaded.kind === "ok" && loaded.rosters.rosters.length).toBe(10_000);
  expect((user + system) / 1e6).toBeLessThan(5);
});
