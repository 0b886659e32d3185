import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { numberCommand } from "../../src/cli/number";
import { Project } from "./project";

const PEOPLE = `people:
  # the boss
  ana: { number: "+62 812 3456 7801", name: Ana Putri } # since 2020
  budi:
    number: "+62 812 3456 7802"
    name: Budi
    formerly: ["+62 812 3456 7803"]
`;
const OPS = "group: EA1\nmembers:\n  - person: budi\n  - number: '+62 812-3456-7801' # at night\n    name: Ana\n";
const SALES = 'group: EA2\nmembers: [{ person: budi }]\nprotect: ["+62 812 3456 7801"]\n';
const NEW = "+62 857 1111 2222";

let project: Project;
beforeEach(() => {
  project = new Project({
    "stacks/Pulumi.dev.yaml": "config: { rollcall:display: full }\n",
    "stacks/dev/people.yaml": PEOPLE,
    "stacks/dev/jakarta/ops.yaml": OPS,
    "stacks/dev/sales.yaml": SALES,
  });
});
afterEach(() => project.remove());

const FILES = ["people.yaml", "jakarta/ops.yaml", "sales.yaml"];
const path = (name: string) => join(project.root, "stacks/dev", name);
const read = (name: string) => readFileSync(path(name), "utf8");
const all = () => FILES.map(read);
const run = (...args: string[]) => project.run(numberCommand, "number", ...args);

test("people.yaml gets the new number and keeps the old one, rosters get the new one, and every other letter stays", async () => {
  const { code, out, err } = await run("ana", NEW);
  expect({ code, out, err }).toEqual({
    code: 0,
    out:
      "Ana Putri (ana): +62 812 3456 7801 → +62 857 1111 2222\n" +
      "  stacks/dev/people.yaml\n  stacks/dev/jakarta/ops.yaml\n  stacks/dev/sales.yaml\n",
    err: "3 files written\n",
  });
  expect(read("people.yaml")).toBe(
    PEOPLE.replace(
      '"+62 812 3456 7801", name: Ana Putri',
      `"${NEW}", name: Ana Putri, formerly: ["+62 812 3456 7801"]`,
    ),
  );
  expect(read("jakarta/ops.yaml")).toBe(OPS.replace("'+62 812-3456-7801'", `"${NEW}"`));
  expect(read("sales.yaml")).toBe(SALES.replace("+62 812 3456 7801", NEW));
  expect(readdirSync(join(project.root, "stacks/dev")).sort()).toEqual(["jakarta", "people.yaml", "sales.yaml"]);
});

test("twice is once", async () => {
  await run("ana", NEW);
  const once = all();
  expect(await run("ana", "6285711112222")).toEqual({
    ...{ code: 0, out: "", err: "Ana Putri (ana) has this number already: nothing to do\n" },
  });
  expect(all()).toEqual(once);
});

test("a number that they had before is theirs again, and no former one any more", async () => {
  expect((await run("budi", "+62 812 3456 7803")).code).toBe(0);
  expect(read("people.yaml")).toContain(
    'number: "+62 812 3456 7803"\n    name: Budi\n    formerly: ["+62 812 3456 7802"]\n',
  );
});

test.each([
  ["a number in another spelling", "6281234567801"],
  ["a whole name, in small letters", "ana putri"],
])("a person is found by %s", async (_, word) => {
  expect((await run(word, NEW)).out).toMatch(/^Ana Putri \(ana\): /);
});

test("a dry run shows the same, and writes nothing", async () => {
  const { code, out, err } = await run("ana", NEW, "--dry-run");
  expect([code, err]).toEqual([0, "nothing is written (--dry-run)\n"]);
  expect(out).toContain("stacks/dev/sales.yaml");
  expect(all()).toEqual([PEOPLE, OPS, SALES]);
});

test.each<[string, string[], RegExp]>([
  ["nobody", ["anna", NEW], /nobody in people\.yaml has this key, name or number\. Did you mean ana\?/],
  ["no number", ["ana", "0857 1111 2222"], /"0857 1111 2222" is not a number in international form/],
  ["somebody else's number", ["ana", "+62 812 3456 7802"], /that is the number of budi \(Budi\)/],
  ["somebody else's former number", ["ana", "+62 812 3456 7803"], /that is the former number of budi \(Budi\)/],
])("%s is refused, with exit code 2, and nothing is written", async (_, args, message) => {
  const { code, err } = await run(...args);
  expect(code).toBe(2);
  expect(err).toMatch(message);
  expect(all()).toEqual([PEOPLE, OPS, SALES]);
});

test("several people with one name are told, with their keys", async () => {
  writeFileSync(path("people.yaml"), PEOPLE.replace("name: Budi", "name: Ana Putri"));
  expect((await run("Ana Putri", NEW)).err).toMatch(/several people fit: ana \(Ana Putri\), budi \(Ana Putri\)/);
});

test.each<[string, string, string, RegExp]>([
  ["rosters that are not in order", "sales.yaml", "group: EA2\n", /The rosters are not valid:\n.*missing-key/],
  [
    "rosters that would not be",
    "sales.yaml",
    `${SALES.split("\n")[0] ?? ""}\nmembers: [{ person: ana }, { number: "${NEW}", name: Citra }]\n`,
    /The rosters would not be valid after this:\n.*duplicate-number/,
  ],
])("%s: exit code 3, and nothing is written", async (_, name, text, message) => {
  writeFileSync(path(name), text);
  const before = all();
  const { code, err } = await run("ana", NEW);
  expect(code).toBe(3);
  expect(err).toMatch(message);
  expect(all()).toEqual(before);
});

test.each(["+62 812", "+999 1234 5678"])(
  "%s, which no country has, is refused by the check of rosters",
  async (text) => {
    const { code, err } = await run("ana", text);
    expect([code, all()]).toEqual([3, [PEOPLE, OPS, SALES]]);
    expect(err).toMatch(/impossible-number/);
  },
);

test("one file that can't be written, and none is", async () => {
  chmodSync(path("sales.yaml"), 0o444);
  const { code, err } = await run("ana", NEW);
  expect(code).toBe(1);
  expect(err).toMatch(/sales\.yaml is read-only\. Nothing is written/);
  expect((await run("ana", NEW, "--dry-run")).code).toBe(1);
  expect(all()).toEqual([PEOPLE, OPS, SALES]);
});

test("numbers are masked where the stack's display is", async () => {
  writeFileSync(join(project.root, "stacks/Pulumi.dev.yaml"), "config: { rollcall:display: masked }\n");
  const { out } = await run("ana", NEW);
  expect(out).toMatch(/^Ana Putri \(ana\): \+62 81• •••• ••01 → \+62 85• •••• ••22\n/);
  expect((await run("ana", "0857 1111 2222")).err).not.toMatch(/1111/);
  const taken = await run("ana", "+62 812 3456 7802");
  expect(taken.err).not.toMatch(/3456/);
});

test("a mark at the start of files, and their line ends, stay", async () => {
  const windows = (text: string) => `\ufeff${text.replaceAll("\n", "\r\n")}`;
  for (const [name, text] of [
    ["people.yaml", PEOPLE],
    ["sales.yaml", SALES],
  ] as const)
    writeFileSync(path(name), windows(text));
  expect((await run("ana", NEW)).code).toBe(0);
  expect(read("sales.yaml")).toBe(windows(SALES.replace("+62 812 3456 7801", NEW)));
  expect(read("people.yaml")).toMatch(/^\ufeffpeople:\r\n/);
});
