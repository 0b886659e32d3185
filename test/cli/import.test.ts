import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { importCommand } from "../../src/cli/import";
import { today } from "../../src/ambient";
import { Project } from "./project";

const PEOPLE = `# Everybody.
people:
  ana: { number: "+62 812 3456 7801", name: Ana } # the boss
`;
const ROSTER = "group: A\nmembers: [{ person: ana }]\n";
const HEAD = "id,name,number\n";
const ANA = "E-1,Ana,+62 812 3456 7801\n";
const BUDI = "E-2,Budi,+62 812 3456 7802\n";

let project: Project;
beforeEach(() => {
  project = new Project({
    "stacks/Pulumi.dev.yaml": "config: {}\n",
    "stacks/dev/people.yaml": PEOPLE,
    "stacks/dev/ops.yaml": ROSTER,
  });
});
afterEach(() => project.remove());

const read = (path: string) => readFileSync(join(project.root, path), "utf8");
const people = () => read("stacks/dev/people.yaml");
/** Runs an import of this table. */
async function run(table: string | Buffer, ...args: string[]) {
  writeFileSync(join(project.root, "people.csv"), table);
  return project.run(importCommand, "import", "people.csv", ...args);
}
/** Everything that an import may change. */
const all = () => readdirSync(join(project.root, "stacks/dev")).map((name) => [name, read(`stacks/dev/${name}`)]);

test("people are added and adopted, the summary tells it by person, and a second import does nothing", async () => {
  const { code, out, err } = await run(HEAD + ANA + BUDI);
  expect([code, err]).toEqual([0, "stacks/dev/people.yaml is written\n"]);
  expect(out).toBe(
    "ana (E-1), Ana: the entry written by hand has the number +62 812 3456 7801, and gets this id\n" +
      "budi (E-2), Budi: new, with +62 812 3456 7802\n1 added, 1 adopted, 0 unchanged\n",
  );
  expect(people()).toBe(
    PEOPLE.replace("name: Ana }", "name: Ana, id: E-1 }") +
      '  budi: { number: "+62 812 3456 7802", name: Budi, id: E-2 }\n',
  );
  const before = all();
  expect(before.map(([name]) => name)).toEqual(["ops.yaml", "people.import.json", "people.yaml"]);
  const again = await run(HEAD + ANA + BUDI);
  expect(again).toEqual({ code: 0, out: "2 unchanged\n", err: "stacks/dev/people.yaml: nothing to change\n" });
  expect(all()).toEqual(before);
});

test("--dry-run shows the same, and writes nothing", async () => {
  const before = all();
  const { code, out, err } = await run(HEAD + ANA + BUDI, "--dry-run");
  expect(code).toBe(0);
  expect(out).toContain("1 added, 1 adopted");
  expect(err).toBe("stacks/dev/people.yaml would change; nothing is written (--dry-run)\n");
  expect(all()).toEqual(before);
});

test("where only the file of the last import changes, that is told", async () => {
  await run(HEAD + ANA + BUDI);
  project.write({ "stacks/dev/people.yaml": people().replace("name: Budi,", "name: Bud,") });
  const before = all();
  const table = `${HEAD}${ANA}E-2,Bud,+62 812 3456 7802\n`;
  const path = "stacks/dev/people.import.json";
  expect((await run(table, "--dry-run")).err).toBe(`${path} would change; nothing is written (--dry-run)\n`);
  expect(all()).toEqual(before);
  expect((await run(table)).err).toBe(`${path} is written\n`);
  expect(all()).not.toEqual(before);
  expect((await run(table)).err).toBe("stacks/dev/people.yaml: nothing to change\n");
});

test("who is missing is offboarded today, and what somebody changed by hand since stays", async () => {
  await run(HEAD + ANA + BUDI);
  project.write({ "stacks/dev/people.yaml": people().replace("name: Ana,", "name: Ani,") });
  const { out } = await run(HEAD + ANA);
  expect(out).toContain(`budi (E-2), Budi: offboarded from ${today()} on: missing in the table\n`);
  expect(people()).toContain(`name: Budi, id: E-2, offboarded: ${today()} }`);
  expect(people()).toContain("name: Ani, id: E-1 }");
});

test("columns, country, separators and UTF-16 of a spreadsheet", async () => {
  const text =
    "EmpNo;Full name;Mobile;LastDay;OptIn\r\nE-1;Ana;0812-3456-7801;;2026-05-01\r\nE-2;Budi;0812 3456 7802;2031-01-31;\r\n";
  const table = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
  const columns = "id=EmpNo,name=Full name,number=Mobile,left=LastDay,consent=OptIn";
  const { code } = await run(table, "--columns", columns, "--country", "+62");
  expect(code).toBe(0);
  expect(people()).toContain('ana: { number: "+62 812 3456 7801", name: Ana, id: E-1, consent: 2026-05-01 }');
  expect(people()).toContain('number: "+62 812 3456 7802", name: Budi, id: E-2, offboarded: 2031-01-31');
});

test("--columns may be given several times, each field once", async () => {
  const table = `EmpNo,Full,number\n${ANA}`;
  expect((await run(table, "--columns", "id=EmpNo", "--columns", "name=Full")).code).toBe(0);
  const { code, err } = await run(table, "--columns", "id=EmpNo,name=Full", "--columns", "name=number");
  expect([code, err]).toEqual([2, expect.stringContaining("name is given twice.")]);
});

test.each([
  ["by its name", "people.jsonl", []],
  ["as it is told", "people.txt", ["--format", "jsonl"]],
  ["by its beginning", "people.txt", []],
])("JSON lines are read %s", async (_, name, args) => {
  project.write({ [name]: '{"id":"E-1","name":"Ana","number":"+62 812 3456 7801"}\n' });
  expect((await project.run(importCommand, "import", name, ...args)).code).toBe(0);
  expect(people()).toContain("id: E-1");
});

test("a stack without people.yaml, and one without a folder, get the file", async () => {
  project.delete("stacks/dev");
  const { code } = await run(HEAD + ANA);
  expect(code).toBe(0);
  expect(people()).toContain("  ana:\n    number:");
});

describe("nothing is written unless all of it is good:", () => {
  test.each([
    ["a line that is cut off", `${HEAD}${ANA}E-2,Bu`, "people.csv:3: The line has 2 columns"],
    ["a quote that is not closed", `${HEAD}${ANA}E-2,"Bu\n`, "people.csv:3: A double quote is opened"],
    ["a missing column", `id,name\nE-1,Ana\n`, 'people.csv: The table has no column "number"'],
    ["an empty table", HEAD, "people.csv: The table has no people"],
    ["an empty file", "", "people.csv: The table is empty"],
    [
      "a number that can't be read",
      `${HEAD}${ANA}E-2,Budi,6.28E+12\n`,
      'people.csv:3: The number "6.28E+12" of "Budi" was cut',
    ],
    ["a number without a country", `${HEAD}${ANA}E-2,Budi,0812 3456 7802\n`, "people.csv:3: The number"],
    [
      "one id twice",
      `${HEAD}${ANA}E-1,Budi,+62 812 3456 7802\n`,
      'people.csv:2: 2 records have the id "E-1": "Ana" (E-1), "Budi" (E-1) (lines 2, 3).',
    ],
    [
      "one number twice",
      `${HEAD}${ANA}E-2,Budi,+6281234567801\n`,
      'people.csv:2: 2 records have the number "+6281234567801"',
    ],
  ])("%s", async (_, table, message) => {
    const before = all();
    const { code, out, err } = await run(table);
    expect([code, out]).toEqual([3, ""]);
    expect(err).toContain(message);
    expect(err).toMatch(/\nNothing is written\.\n$/);
    expect(all()).toEqual(before);
  });

  test("all faults are told at once", async () => {
    const { err } = await run(`${HEAD}E-1,,x\nE-2\nE-1,Budi,+62 812\n`);
    expect(err.match(/^people\.csv:\d+: /gm)).toEqual([
      "people.csv:2: ",
      "people.csv:2: ",
      "people.csv:2: ",
      "people.csv:3: ",
      "people.csv:4: ",
    ]);
  });

  test("more leavers than the limit, which --max-leavers changes", async () => {
    const rows = Array.from({ length: 8 }, (_, at) => `E-${at},P${at},+62 812 3456 781${at}\n`);
    await run(HEAD + rows.join(""));
    const before = all();
    const { code, err } = await run(HEAD + rows.slice(0, 2).join(""));
    expect([code, all()]).toEqual([3, before]);
    expect(err).toMatch(
      /6 people would be offboarded, more than the usual limit of 5.*p2 \(E-2, missing in the table\).*--max-leavers 6/,
    );
    expect((await run(HEAD + rows.slice(0, 2).join(""), "--max-leavers", "6")).code).toBe(0);
  });

  test("more new numbers than the limit, which --max-changes changes", async () => {
    await run(HEAD + ANA + BUDI);
    const before = all();
    const table = `${HEAD}${ANA}E-2,Budi,+62 812 3456 7809\n`;
    const { code, err } = await run(table, "--max-changes", "0");
    expect([code, all()]).toEqual([3, before]);
    expect(err).toContain("1 person would get another number, more than --max-changes 0");
    expect((await run(table, "--max-changes", "1")).code).toBe(0);
  });

  test("a people.yaml with a problem, which is told together with those of the table", async () => {
    project.write({ "stacks/dev/people.yaml": PEOPLE.replace("name: Ana", "nam: Ana") });
    const before = all();
    const { code, err } = await run(`${HEAD}E-1,Ana,x\n`);
    expect([code, all()]).toEqual([3, before]);
    expect(err).toMatch(/people\.csv:2: [^]*stacks\/dev\/people\.yaml:3:\d+ error unknown-key/);
    expect((await run(HEAD + ANA)).code).toBe(3);
  });

  test("rosters that would not be valid afterwards", async () => {
    project.write({ "stacks/dev/ops.yaml": `${ROSTER.trimEnd().replace("}]", "}, { person: budi }]")}\n` });
    const before = all();
    const { code, err } = await run(HEAD + ANA);
    expect([code, all()]).toEqual([3, before]);
    expect(err).toContain("stacks/dev/ops.yaml:2:38 error unknown-person");
    // The import itself may mend it.
    expect((await run(HEAD + ANA + BUDI)).code).toBe(0);
  });

  test("a file of the last import that was changed by hand", async () => {
    project.write({ "stacks/dev/people.import.json": "{}" });
    const { code, err } = await run(HEAD + ANA);
    expect([code, people()]).toEqual([3, PEOPLE]);
    expect(err).toContain("people.csv: people.import.json, beside people.yaml, is not as an import writes it.");
  });

  test("a read-only file", async () => {
    chmodSync(join(project.root, "stacks/dev/people.yaml"), 0o444);
    const { code, out, err } = await run(HEAD + ANA);
    expect([code, out, people()]).toEqual([1, "", PEOPLE]);
    expect(err).toMatch(/people\.yaml is read-only\. Nothing is written/);
    expect(existsSync(join(project.root, "stacks/dev/people.import.json"))).toBe(false);
    expect((await run(HEAD + ANA, "--dry-run")).code).toBe(1);
    chmodSync(join(project.root, "stacks/dev/people.yaml"), 0o644);
    await run(HEAD + ANA);
    chmodSync(join(project.root, "stacks/dev/people.import.json"), 0o444);
    const before = all();
    expect((await run(HEAD + ANA + BUDI)).code).toBe(1);
    expect(all()).toEqual(before);
  });
});

test("a byte order mark and the rights of people.yaml stay", async () => {
  writeFileSync(join(project.root, "stacks/dev/people.yaml"), `\ufeff${PEOPLE}`, { mode: 0o600 });
  chmodSync(join(project.root, "stacks/dev/people.yaml"), 0o600);
  expect((await run(HEAD + ANA)).code).toBe(0);
  expect(people().startsWith("\ufeff# Everybody")).toBe(true);
  expect(statSync(join(project.root, "stacks/dev/people.yaml")).mode & 0o777).toBe(0o600);
});

describe("numbers are masked", () => {
  const SECRET = /3456/;
  test.each([
    ["where the stack masks them", "config:\n  rollcall:display: masked\n"],
    ["where an environment may mask them", "environment: [prod]\nconfig: {}\n"],
  ])("%s", async (_, settings) => {
    project.write({ "stacks/Pulumi.dev.yaml": settings });
    const told = [
      await run(HEAD + ANA + BUDI),
      await run(`${HEAD}E-1,Ana,+62 812 3456 7809\n${BUDI}`),
      await run(`${HEAD}E-1,Ana,0812 3456 7809\nE-2,Budi,+6281234567809\nE-3,Citra,+6281234567809\n`),
      await run(`${HEAD}${ANA}${BUDI}E-3,Citra,+6281234567802\n`),
      await run(`${HEAD}${ANA}${BUDI}E-4,Dewi +6281234567804,+6281234567805\n`),
    ];
    expect(told.map(({ code }) => code)).toEqual([0, 0, 3, 3, 0]);
    for (const { out, err } of told) expect(out + err).not.toMatch(SECRET);
    expect(told[1]?.out).toContain("+62 81• •••• ••01 → +62 81• •••• ••09");
    expect(people()).toMatch(SECRET);
  });
});

test.each([
  ["a column that is none", ["--columns", "mobile=Mobile"], /"mobile" is none of id, name/],
  ["a country that is no calling code", ["--country", "ID"], /calling code, such as 62/],
  ["a country that nobody has", ["--country", "999"], /calling code, such as 62/],
  ["a limit that is no number", ["--max-leavers", "-1"], /whole number, such as 12/],
  ["a limit of changes that is no number", ["--max-changes", "x"], /whole number, such as 12/],
  ["a format that is none", ["--format", "xlsx"], /Allowed choices are csv, jsonl/],
  ["a stack that is none", ["--stack", "prod"], /there is no stack prod/],
])("%s is a usage fault", async (_, args, message) => {
  const { code, err } = await run(HEAD + ANA, ...args);
  expect([code, people()]).toEqual([2, PEOPLE]);
  expect(err).toMatch(message);
});

test("a table that is not there, and wrong settings, are usage faults", async () => {
  const gone = await project.run(importCommand, "import", "gone.csv");
  expect(gone).toMatchObject({ code: 2, err: expect.stringContaining("gone.csv can't be read") as string });
  project.write({ "stacks/Pulumi.dev.yaml": "config:\n  rollcall:diplay: masked\n" });
  expect((await run(HEAD + ANA)).code).toBe(2);
});
