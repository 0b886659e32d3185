import { clean } from "../../../src/text/clean";
import { markdown } from "../../../src/text/markdown";
import { citra, load, told } from "../tree";

const PEOPLE = `people:
  ana: { number: "+62 811 1111 111", name: Ana }
  budi: { number: "+62 811 1111 112", name: Budi }
  citra: { number: "+62 811 1111 113", name: Citra }
`;

const first = (files: Parameters<typeof load>[0], today?: string) => {
  const loaded = load(files, today);
  if (loaded.kind !== "ok") throw new Error(JSON.stringify(loaded.problems, undefined, 1));
  return { ...loaded.rosters.rosters[0]!, problems: told(loaded) };
};
const who = (members: readonly { person: string | undefined }[]) => members.map(({ person }) => person);

describe("until", () => {
  const files = { "people.yaml": PEOPLE, "a.yaml": "group: A\nmembers:\n  - person: ana\n    until: 2027-01-31\n" };
  test.each([
    ["2027-01-23", ["ana"], 0],
    ["2027-01-24", ["ana"], 1],
    ["2027-01-31", ["ana"], 1],
    ["2027-02-01", [], 0],
  ])("on %s: declared %j, %d warnings", (today, declared, warnings) => {
    const { members, former, problems } = first(files, today);
    expect([who(members), problems.length]).toEqual([declared, warnings]);
    expect(former.map(({ reason }) => reason)).toEqual(declared.length === 0 ? ["expired"] : []);
  });

  test("of a set within a set, the earliest counts", () => {
    const sets = "sets:\n  out: { include: [in], until: 2027-03-01 }\n  in: { members: [ana], until: 2027-01-31 }\n";
    const found = { "people.yaml": PEOPLE, "sets.yaml": sets, "a.yaml": "group: A\ninclude: [out]\n" };
    expect(first(found, "2027-01-31").members).toMatchObject([
      { person: "ana", via: ["out", "in"], until: "2027-01-31" },
    ]);
    expect(first(found, "2027-02-01").former).toMatchObject([{ person: "ana", reason: "expired" }]);
  });

  test("of several ways into a group the longest counts", () => {
    const sets = "sets:\n  s: { members: [ana], until: 2027-03-01 }\n";
    const entry = "group: A\ninclude: [s]\nmembers:\n  - person: ana\n    until: 2027-01-31\n";
    const found = { "people.yaml": PEOPLE, "sets.yaml": sets, "a.yaml": entry };
    expect(first(found, "2027-02-01").members).toMatchObject([{ person: "ana", via: ["s"], until: "2027-03-01" }]);
  });
});

describe("offboarded", () => {
  const people = PEOPLE.replace("name: Ana", "name: Ana, offboarded: 2027-01-31");

  test("declared until the day before, nowhere from that day on", () => {
    const files = { "people.yaml": people, "a.yaml": "group: A\nmembers: [{ person: ana }]\n" };
    expect(who(first(files, "2027-01-30").members)).toEqual(["ana"]);
    expect(first(files, "2027-01-31").former).toMatchObject([{ person: "ana", reason: "offboarded" }]);
  });

  test("also where the roster names the number instead of the person", () => {
    const entry = 'group: A\nmembers: [{ number: "+628111111111", name: A }]\n';
    expect(first({ "people.yaml": people, "a.yaml": entry }, "2027-02-01").former).toMatchObject([
      { reason: "offboarded" },
    ]);
  });
});

test("exclude takes people out of sets, not out of the roster's own entries", () => {
  const files = {
    "people.yaml": PEOPLE,
    "sets.yaml": "sets: { s: { members: [ana, budi, citra] } }\n",
    "a.yaml": "group: A\ninclude: [s]\nexclude: [ana, budi]\nmembers: [{ person: ana }]\n",
  };
  expect(first(files).members).toMatchObject([
    { person: "ana", via: [] },
    { person: "citra", via: ["s"] },
  ]);
});

test("people who are expired do not count against the limit of eight", () => {
  const member = (at: number) =>
    `  - { number: "+62 812-3456-780${at}", name: P, until: ${at === 0 ? "2020-01-01" : "2030-01-01"} }\n`;
  const nine = Array.from({ length: 9 }, (_, at) => member(at)).join("");
  expect(first({ "a.yaml": `group: A\nmembers:\n${nine}` }).members).toHaveLength(8);
});

test("a release holds on its last day, and is a problem from the next on", () => {
  const files = {
    "a.yaml": "group: A\nmembers: []\n",
    "releases.yaml": 'releases:\n  - people: ["+62 811 0000 002"]\n    until: 2027-01-31\n',
  };
  const loaded = load(files, "2027-01-31");
  expect(loaded.kind === "ok" && loaded.rosters.releases).toEqual([
    {
      people: ["628110000002"],
      groups: undefined,
      until: "2027-01-31",
      reason: undefined,
      at: "stacks/dev/releases.yaml:2",
    },
  ]);
  expect(told(load(files, "2027-02-01"))).toEqual(["releases.yaml:3:12 release-passed"]);
});

test("however many warnings there are, they stop nothing", () => {
  const people = Array.from({ length: 300 }, (_, at) => `  p${at}: { number: "+55 11 1234 5${100 + at}", name: P }\n`);
  const loaded = load({ "people.yaml": `people:\n${people.join("")}`, "a.yaml": "group: A\nmembers: []\n" });
  expect([loaded.kind, loaded.problems.length]).toEqual(["ok", 201]);
  expect(loaded.problems.every(({ severity }) => severity === "warning")).toBe(true);
});

test("one broken file hides no problem of another", () => {
  const loaded = load({
    "people.yaml": "people: [",
    "a.yaml": `group: A\nmembers:\n  - person: ana\n${citra}`,
    "b.yaml": "group: A\nmember: []\n",
    "c/d.yaml": "group: [\n",
  });
  expect(told(loaded)).toEqual([
    "b.yaml:1:8 duplicate-group",
    "b.yaml:2:1 unknown-key",
    "c/d.yaml:2:1 yaml-syntax",
    "people.yaml:1:10 yaml-syntax",
  ]);
});

test.each(["+52 1 55 1234 5678", "+52 55 1234 5678", "+54 9 11 2345 6789", "+39 06 1234 5678", "+1 (202) 555.0100"])(
  "%s is a number as WhatsApp knows it",
  (number) => {
    expect(first({ "a.yaml": `group: A\nmembers: [{ number: "${number}", name: A }]\n` }).problems).toEqual([]);
  },
);

test("clean shows what would steer a terminal; markdown keeps text text", () => {
  expect(clean("a\u001b[31m\nb\u202ec\u200d👩‍🚀")).toBe("a\\u{1b}[31m\\u{a}b\\u{202e}c\u200d👩‍🚀");
  expect(markdown("**a** | <b> @all #12 http://x www.x.y `c` [d](e)")).toBe(
    "&#42;&#42;a&#42;&#42; &#124; &#60;b&#62; @<!-- -->all #<!-- -->12 http:<!-- -->//x www<!-- -->.x.y &#96;c&#96; &#91;d&#93;&#40;e&#41;",
  );
});
