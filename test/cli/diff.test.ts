import { diffCommand } from "../../src/cli/diff";
import { Project } from "./project";

const PEOPLE = `people:
  ana: { number: "+62 811 1111 111", name: Ana }
  budi: { number: "+62 811 1111 112", name: Budi }
  citra: { number: "+62 811 1111 113", name: "Citra | <b>@all</b>" }
`;
const roster = (group: string, ...people: string[]) =>
  `group: ${group}\nmembers:${people.length === 0 ? " []" : ""}\n${people.map((key) => `  - person: ${key}\n`).join("")}`;

interface Json {
  base: string;
  groups: { name: string; change: string; removals: unknown[]; joins: { name: string }[]; spared: unknown[] }[];
  people: unknown[];
  summary: unknown;
}

describe("rollcall diff", () => {
  let project: Project;
  let base: string;
  beforeEach(() => {
    project = new Project({
      "stacks/dev/people.yaml": PEOPLE,
      "stacks/dev/jakarta/ops.yaml": roster("A", "ana", "budi"),
      "stacks/dev/b.yaml": roster("B", "ana"),
      "stacks/dev/c.yaml": roster("C", "ana"),
    });
    project.git("init", "-q", "-b", "main");
    base = project.commit();
  });
  afterEach(() => project.remove());

  const diff = (...args: string[]) => project.run(diffCommand, "diff", "--base", base, ...args);
  const json = async (...args: string[]) => JSON.parse((await diff("--format", "json", ...args)).out) as Json;

  test("nothing changed: 0", async () => {
    project.commit();
    const { code, out } = await diff();
    expect([code, out]).toEqual([0, "Nobody joins or leaves a group.\n"]);
  });

  test("who leaves and joins, by person and by group; 4", async () => {
    project.write({ "stacks/dev/jakarta/ops.yaml": roster("A", "ana", "citra") });
    project.commit();
    const { code, out } = await diff();
    expect(code).toBe(4);
    expect(out).toBe(`1 removal, 1 person to join; 1 group touched.

Stack dev, by person
  Budi 628111111112: leaves jakarta/ops
  Citra | <b>@all</b> 628111111113: joins jakarta/ops
Stack dev, by group
  jakarta/ops (A)
    - Budi 628111111112: dropped from roster
    + Citra | <b>@all</b> 628111111113
`);
  });

  test("what changes of a group itself, though nobody joins or leaves", async () => {
    const made = `subject: Jakarta operations\n${roster("B", "ana").replace("group: B\n", "")}`;
    project.write({ "stacks/dev/b.yaml": made });
    base = project.commit();
    project.write({ "stacks/dev/b.yaml": `${made.replace("Jakarta", "<b>Java</b>")}linkRevision: 2\n` });
    project.commit();
    const { code, out } = await diff();
    expect(code).toBe(0);
    expect(out).toBe(`0 removals, 0 people to join; 1 group touched.

Stack dev, by group
  b
    ~ subject: Jakarta operations → <b>Java</b> operations
    ~ the invite link is made anew: linkRevision none → 2
`);
    const { groups } = await json();
    expect(groups).toEqual([
      {
        ...{ stack: "dev", name: "b", change: "changed", removals: [], joins: [], spared: [] },
        settings: [
          "subject: Jakarta operations → <b>Java</b> operations",
          "the invite link is made anew: linkRevision none → 2",
        ],
      },
    ]);
    expect((await diff("--format", "markdown")).out).toContain(
      "#### Groups of dev\n\n- b: subject: Jakarta operations → &#60;b&#62;Java&#60;/b&#62; operations; the invite link is made anew: linkRevision none → 2\n",
    );
  });

  test("markdown: names stay text, who goes stands first", async () => {
    project.write({ "stacks/dev/jakarta/ops.yaml": roster("A", "citra") });
    project.commit();
    const { out } = await diff("--format", "markdown");
    expect(out).toContain("#### Removed in dev (2)\n\n| Person | Number | Group | Reason |\n");
    expect(out).toContain("| Citra &#124; &#60;b&#62;@<!-- -->all&#60;/b&#62; | 628111111113 |");
    expect(out.indexOf("Removed")).toBeLessThan(out.indexOf("To join"));
  });

  test("a renamed roster changes nobody; a deleted one removes nobody; a new one neither", async () => {
    project.delete("stacks/dev/jakarta/ops.yaml");
    project.delete("stacks/dev/c.yaml");
    project.write({ "stacks/dev/ops.yaml": roster("A", "ana", "budi"), "stacks/dev/d.yaml": roster("D", "citra") });
    project.commit();
    expect((await diff()).code).toBe(0);
    const { groups, summary } = await json();
    expect(groups.map(({ name, change, joins }) => [name, change, joins.length])).toEqual([
      ["c", "deleted", 0],
      ["d", "added", 1],
    ]);
    expect(summary).toEqual({ groups: 2, removals: 0, joins: 1, spared: 0 });
  });

  test("a change of people reaches every group; reasons are told", async () => {
    project.write({ "stacks/dev/people.yaml": PEOPLE.replace("name: Ana", "name: Ana, offboarded: 2020-01-01") });
    project.commit();
    const { groups, people } = await json();
    const ana = [{ number: "628111111111", name: "Ana", reason: "offboarded" }];
    expect(groups.map(({ name, removals }) => [name, removals])).toEqual([
      ["b", ana],
      ["c", ana],
      ["jakarta/ops", ana],
    ]);
    expect(people).toEqual([
      { stack: "dev", number: "628111111111", name: "Ana", removals: ["b", "c", "jakarta/ops"], joins: [], spared: [] },
    ]);
  });

  test("a changed number is told as such, and joins with the new one", async () => {
    const changed = PEOPLE.replace(
      '"+62 811 1111 111", name: Ana',
      '"+62 811 1111 199", name: Ana, formerly: ["+62 811 1111 111"]',
    );
    project.write({ "stacks/dev/people.yaml": changed });
    project.commit();
    const { groups } = await json();
    const [first] = groups;
    expect(first?.removals).toEqual([{ number: "628111111111", name: "Ana", reason: "changed number" }]);
    expect(groups.length).toBe(3);
  });

  test("report and protect spare: no removals, 0", async () => {
    project.write({
      "stacks/Pulumi.dev.yaml": 'config:\n  rollcall:protect: ["+62 811 1111 112"]\n  rollcall:display: masked\n',
      "stacks/dev/jakarta/ops.yaml": roster("A", "ana"),
      "stacks/dev/b.yaml": `${roster("B")}undeclared: report\n`,
    });
    project.commit();
    expect((await diff()).code).toBe(0);
    const { groups } = await json();
    expect(groups.map(({ spared }) => spared)).toEqual([
      [{ number: "6281••••••11", name: "Ana", because: "report" }],
      [{ number: "6281••••••12", name: "Budi", because: "protect" }],
    ]);
  });

  test("what Pulumi.yaml sets for every stack counts, also where the rosters are", async () => {
    project.write({
      "Pulumi.yaml":
        "name: rollcall\nruntime: nodejs\nconfig:\n  rollcall:rosters: groups\n" +
        "  rollcall:display: { type: string, default: masked }\n  undeclared: { value: report }\n",
      "stacks/Pulumi.dev.yaml": "config:\n  rollcall:businessNumber: 8613800000000\n",
      "groups/people.yaml": PEOPLE,
      "groups/d.yaml": roster("D", "ana", "budi"),
    });
    project.delete("stacks/dev");
    base = project.commit();
    project.write({ "groups/d.yaml": roster("D", "ana") });
    project.commit();
    const { groups } = await json();
    expect(groups.map(({ name, spared }) => [name, spared])).toEqual([
      ["d", [{ number: "6281••••••12", name: "Budi", because: "report" }]],
    ]);
  });

  test("the base is where the branch began, and the working tree does not count", async () => {
    project.git("checkout", "-q", "-b", "topic");
    project.write({ "stacks/dev/b.yaml": roster("B", "ana", "budi") });
    const head = project.commit();
    project.git("checkout", "-q", "main");
    project.write({ "stacks/dev/c.yaml": roster("C", "ana", "budi", "citra") });
    project.commit();
    project.write({ "stacks/dev/c.yaml": "not a roster" });
    const { code, out } = await project.run(diffCommand, "diff", "--base", "main", "--head", head, "--format", "json");
    const found = JSON.parse(out) as Json;
    expect([code, found.base, found.groups.map(({ name }) => name)]).toEqual([0, base, ["b"]]);
  });

  test("broken rosters at the head: 3 with problems on stderr; at the base only, what changed is not known", async () => {
    project.write({ "stacks/dev/b.yaml": "group: B\n" });
    const broken = project.commit();
    const invalid = await diff();
    expect([invalid.code, invalid.out]).toEqual([3, ""]);
    expect(invalid.err).toContain("stacks/dev/b.yaml:1:1 error missing-key");
    project.write({ "stacks/dev/b.yaml": roster("B", "ana") });
    project.commit();
    const mended = await project.run(diffCommand, "diff", "--base", broken, "--format", "json");
    expect((JSON.parse(mended.out) as Json).groups).toMatchObject([{ name: "b", change: "unknown" }]);
  });

  test("an unknown revision is a fault of usage", async () => {
    const { code, err } = await project.run(diffCommand, "diff", "--base", "nowhere");
    expect(code).toBe(2);
    expect(err).toContain("git knows no revision nowhere here");
    expect((await project.run(diffCommand, "diff")).code).toBe(2);
  });

  test("without a common ancestor two revisions are compared as they are, and it is said", async () => {
    project.git("checkout", "-q", "--orphan", "other");
    project.write({ "stacks/dev/b.yaml": roster("B", "ana", "citra") });
    project.commit();
    const { code, out, err } = await project.run(diffCommand, "diff", "--base", "main", "--format", "json");
    expect([code, (JSON.parse(out) as Json).groups.map(({ name }) => name)]).toEqual([0, ["b"]]);
    expect(err).toBe("No common ancestor of main and HEAD in this clone: they are compared as they are.\n");
  });

  test("where two revisions parted at several commits, the first is compared, and all are named", async () => {
    const branches = ["one", "two"];
    for (const branch of branches) {
      project.git("checkout", "-q", "-B", branch, base);
      project.write({ [`stacks/dev/${branch}.yaml`]: roster(branch, "ana") });
      project.commit();
    }
    const tips = branches.map((branch) => project.git("rev-parse", branch).trim());
    for (const [at, branch] of branches.entries()) {
      project.git("checkout", "-q", branch);
      project.git("merge", "-q", "--no-edit", tips[1 - at] ?? "");
    }
    const { err } = await project.run(diffCommand, "diff", "--base", "one");
    expect(err).toContain("one and HEAD parted at 2 commits (");
    for (const tip of tips) expect(err).toContain(tip.slice(0, 12));
  });

  test("an ancestor that git can't read is no missing one: git's words, and 2", async () => {
    for (const branch of ["other", "main"]) {
      project.git("checkout", "-q", "-B", branch, base);
      project.git("commit", "-q", "--allow-empty", "-m", branch);
    }
    project.delete(`.git/objects/${base.slice(0, 2)}/${base.slice(2)}`);
    const { code, out, err } = await project.run(diffCommand, "diff", "--base", "other");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`Could not read ${base}`);
  });

  test("links and large files are told as in the file system", async () => {
    project.git("config", "core.symlinks", "true");
    project.write({ "stacks/dev/big.yaml": `# ${"x".repeat(70_000)}\n` });
    const hash = project.git("hash-object", "-w", "--stdin");
    project.git("update-index", "--add", "--cacheinfo", `120000,${hash},stacks/dev/z.yaml`);
    project.git("add", "stacks/dev/big.yaml");
    project.git("commit", "-q", "-m", "x");
    const { code, err } = await diff();
    expect(code).toBe(3);
    expect(err).toContain("stacks/dev/big.yaml:1:1 error too-large");
    expect(err).toContain("stacks/dev/z.yaml:1:1 error link-");
  });
});
