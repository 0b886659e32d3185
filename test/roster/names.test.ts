import { citra, load, told } from "./tree";

/** Letters with an accent are one character (NFC) or two (NFD), and look alike. */
const ONE = "\u00e9";
const TWO = "e\u0301";

function rostersOf(files: Parameters<typeof load>[0]) {
  const loaded = load(files);
  expect(told(loaded)).toEqual([]);
  return loaded.kind === "ok" ? loaded.rosters.rosters : [];
}

test("names and keys are the same in both forms", () => {
  const person = (key: string) => `people:\n  ${key}: { number: "+62 812-3456-7891", name: Andr${TWO} }\n`;
  const rosters = rostersOf({
    "people.yaml": person(`andr${TWO}`),
    "ops.yaml": `group: EA1\nmembers:\n  - person: andr${ONE}\n`,
  });
  expect(rosters).toMatchObject([{ members: [{ number: "6281234567891", name: `Andr${ONE}` }] }]);
});

test("a roster has the same name on every system, and a release finds it", () => {
  const release = `releases:\n  - { people: ["+62 812-3456-7890"], groups: [caf${ONE}], until: 2026-12-05, reason: left }\n`;
  const rosters = rostersOf({ [`caf${TWO}.yaml`]: `group: EA1\nmembers:\n${citra}`, "releases.yaml": release });
  expect(rosters.map(({ name }) => name)).toEqual([`caf${ONE}`]);
});

test("two files that are one name are refused", () => {
  const loaded = load({
    [`caf${ONE}.yaml`]: `group: EA1\nmembers:\n${citra}`,
    [`caf${TWO}.yaml`]: `group: EA2\nmembers:\n${citra.replace("7890", "7891")}`,
  });
  expect(told(loaded)).toEqual([`caf${ONE}.yaml:1:1 bad-file-name`]);
});
