import { planCommand } from "../../../src/cli/plan";
import { LiveProject } from "../live-project";

const [ANA, BUDI, CITRA, DEWI] = ["628110000001", "628110000002", "628110000003", "628110000004"];
const quoted = (number: string): string => `"+${number}"`;

/** Three adopted groups: `ops` with Ana and Budi, `sales` with the set oncall (Citra), `hr` with Dewi. */
const LAST = {
  ops: { group: "A", members: { [ANA]: "Ana", [BUDI]: "Budi" } },
  sales: { group: "B", members: { [CITRA]: "Citra" } },
  hr: { group: "C", members: { [DEWI]: "Dewi" } },
};

describe("rollcall plan --changed-since", () => {
  let project: LiveProject;
  beforeEach(async () => {
    project = await LiveProject.start({ A: [ANA, BUDI], B: [CITRA], C: [DEWI] });
    project.write({
      ".gitignore": "bin\n",
      "stacks/dev/people.yaml": `people:\n  citra: { number: ${quoted(CITRA)}, name: Citra }\n`,
      "stacks/dev/sets.yaml": "sets:\n  oncall: { members: [citra] }\n",
      "stacks/dev/sales.yaml": "group: B\ninclude: [oncall]\nmembers: []\n",
    });
    project.roster("ops", "A", LAST.ops.members);
    project.roster("hr", "C", LAST.hr.members);
    project.last(LAST);
    project.git("init", "-q", "-b", "main");
    project.commit();
  });
  afterEach(() => project.stop());

  const plan = (...args: string[]) => project.run(planCommand, "plan", "--changed-since", "main", ...args);
  /** Groups that were listed, in order. */
  const listed = async () => (await project.calls()).flatMap(({ groupId }) => groupId ?? []).sort();

  test.each<[string, () => void, string[]]>([
    ["nothing", () => undefined, []],
    ["a comment and the order", () => project.write({ "stacks/dev/ops.yaml": reordered }), []],
    ["one dropped person", () => project.roster("ops", "A", { [ANA]: "Ana" }), ["A"]],
    ["a name", () => project.roster("ops", "A", { [ANA]: "Ana", [BUDI]: "Budi S." }), ["A"]],
    ["a rule of a roster", () => project.roster("hr", "C", LAST.hr.members, { maxRemovals: 8 }), ["C"]],
    ["a protected number", () => project.roster("hr", "C", LAST.hr.members, { protect: [`+${ANA}`] }), ["C"]],
    ["a set", () => project.write({ "stacks/dev/sets.yaml": "sets:\n  oncall: { members: [] }\n" }), ["B"]],
    ["a person's number", () => project.write({ "stacks/dev/people.yaml": otherNumber }), ["B"]],
    ["a release of one group", () => project.write({ "stacks/dev/releases.yaml": release("groups: [hr],") }), ["C"]],
    ["a release of all groups", () => project.write({ "stacks/dev/releases.yaml": release("") }), ["A", "B", "C"]],
    ["the stack's settings", () => project.settings({ maxRemovalsPerRun: 3 }), ["A", "B", "C"]],
    ["another stack's settings", () => project.write({ "stacks/Pulumi.prod.yaml": "config: {}\n" }), []],
    ["a roster moved", () => moveOps(), []],
  ])("%s changed", async (_, change, expected) => {
    change();
    await plan("--stack", "dev");
    expect(await listed()).toEqual(expected);
  });

  const reordered = `# who is on duty\ngroup: A\nmembers:\n  - { number: ${quoted(BUDI)}, name: Budi }\n  - { number: ${quoted(ANA)}, name: Ana }\n`;
  const otherNumber = `people:\n  citra: { number: ${quoted("628110000009")}, name: Citra }\n`;
  const release = (groups: string): string =>
    `releases:\n  - { people: [${quoted(BUDI)}], ${groups} until: "2999-01-01", reason: reorganisation }\n`;

  function moveOps(): void {
    project.delete("stacks/dev/ops.yaml");
    project.roster("x/ops", "A", LAST.ops.members);
  }

  test("committed changes count from where the branch parted, as in a pull request", async () => {
    project.git("switch", "-q", "-c", "branch");
    project.roster("ops", "A", { [ANA]: "Ana" });
    project.commit();
    project.git("switch", "-q", "main");
    project.roster("hr", "C", { [DEWI]: "Dewi", [ANA]: "Ana" });
    project.commit();
    project.git("switch", "-q", "branch");
    const { code, out } = await plan();
    expect(await listed()).toEqual(["A"]);
    expect(code).toBe(4);
    expect(out).toContain("2 of 3 groups were not looked at, since no change since main concerns them");
    expect(out).toContain("Budi");
  });

  test("json says how many groups were not looked at, and so does stderr", async () => {
    project.roster("ops", "A", { [ANA]: "Ana" });
    const { out, err } = await plan("--format", "json");
    expect(JSON.parse(out)).toMatchObject({ groups: [{ name: "ops" }], notLookedAt: 2, summary: { groups: 1 } });
    expect(err).toContain("2 of 3 groups were not looked at, since no change since main concerns them");
  });

  test.each<[string, () => void, string[], string[]]>([
    [
      "one renamed, and its name given to a new group: whose resource it is, is the guards' to say",
      () => {
        project.roster("leads", "A", LAST.ops.members);
        project.roster("ops", "N", { [DEWI]: "Dewi" });
      },
      ["A", "N"],
      ["leads: belongs-elsewhere", "ops: unknown-group"],
    ],
    [
      "one deleted, and its content put into another, whose group would lose its record",
      () => {
        project.delete("stacks/dev/hr.yaml");
        project.roster("ops", "C", LAST.hr.members);
      },
      ["C"],
      ["ops: belongs-elsewhere"],
    ],
    [
      "two that exchanged their names",
      () => {
        project.roster("ops", "C", LAST.hr.members);
        project.roster("hr", "A", LAST.ops.members);
      },
      ["A", "C"],
      ["hr: belongs-elsewhere", "ops: belongs-elsewhere"],
    ],
  ])("rosters that took another's name are judged as in a whole run: %s", async (_, change, expected, verdicts) => {
    change();
    const { code, out } = await plan("--format", "json");
    const { groups } = JSON.parse(out) as { groups: { name: string; refusals: { rule: string }[] }[] };
    expect(await listed()).toEqual(expected);
    expect(groups.map(({ name, refusals }) => `${name}: ${refusals.map(({ rule }) => rule).join()}`)).toEqual(verdicts);
    expect(code).toBe(verdicts.some((one) => /\w$/.test(one)) ? 6 : 0);
  });

  test("a group whose last removal did not come to its end is looked at, changed or not", async () => {
    project.last({ ...LAST, hr: { ...LAST.hr, failed: "1 of 1 removals can't be confirmed" } });
    await plan();
    expect(await listed()).toEqual(["C"]);
  });

  test("releases that stand since then concern nobody, whatever else changed", async () => {
    project.write({
      "stacks/dev/releases.yaml": `${release("groups: [hr],")}  - { people: [${quoted(CITRA)}], until: "2999-01-01", reason: x }\n`,
    });
    project.commit();
    project.roster("ops", "A", { [ANA]: "Ana" });
    await plan();
    expect(await listed()).toEqual(["A"]);
  });

  test("blanks around the revision are none of it, and nothing but blanks is no revision", async () => {
    const { out } = await project.run(planCommand, "plan", "--changed-since", " main ");
    expect(out).toContain("since no change since main concerns them:");
    expect(await listed()).toEqual([]);
    await project.run(planCommand, "plan", "--changed-since", " ");
    expect(await listed()).toEqual(["A", "B", "C"]);
  });

  describe("history that was rewritten after it was applied", () => {
    const STAFF = { [DEWI]: "Dewi", [ANA]: "Ana" };
    /** A commit that declares Ana in `hr` was applied. */
    function applied(): void {
      project.roster("hr", "C", STAFF);
      project.commit();
      project.last({ ...LAST, hr: { group: "C", members: STAFF } });
    }
    async function isFound(reference: string): Promise<void> {
      await project.control("groups/C/join", { number: ANA });
      const { code, out } = await project.run(planCommand, "plan", "--changed-since", reference);
      expect({ code, listed: [...new Set(await listed())] }).toEqual({ code: 4, listed: ["C"] });
      expect(out).toMatch(new RegExp(`not in the rosters any more \\(1\\)\n {2}hr {2}${ANA} {2}Ana`));
    }

    test("force push: main is as if it had never been declared", async () => {
      applied();
      project.git("reset", "-q", "--hard", "HEAD~1");
      project.git("switch", "-q", "-c", "branch");
      await isFound("main");
    });

    test("revert: the base is before both", async () => {
      project.git("tag", "base");
      applied();
      project.git("revert", "--no-edit", "HEAD");
      await isFound("base");
    });
  });

  test("a group that the state does not know yet is looked at, changed or not", async () => {
    const { hr: _, ...rest } = LAST;
    project.last(rest);
    await plan();
    expect(await listed()).toEqual(["C"]);
  });

  test("a state that can't be read: all groups are looked at", async () => {
    project.pulumi({});
    await plan();
    expect(await listed()).toEqual(["A", "B", "C"]);
  });

  test.each([
    ["no such revision", "nowhere", "git knows no revision nowhere here"],
    ["an option", "--all", "git knows no revision --all here"],
  ])("%s is refused, and nothing is asked", async (_, reference, message) => {
    const { code, err } = await project.run(planCommand, "plan", `--changed-since=${reference}`);
    expect({ code, calls: await listed() }).toEqual({ code: 2, calls: [] });
    expect(err).toContain(`what changed since ${reference} can't be told, so nothing was looked at: ${message}`);
  });

  describe("where HEAD parted from the revision is not to be found", () => {
    /** Nobody is told that nothing changed, nor shown what main did meanwhile. */
    async function isRefused(message: string) {
      const { code, err } = await plan();
      expect({ code, calls: await listed() }).toEqual({ code: 2, calls: [] });
      expect(err).toContain(`what changed since main can't be told, so nothing was looked at: ${message}`);
    }

    test("no commit is common to both, as in a shallow clone: what to fetch is said", async () => {
      project.git("switch", "-q", "--orphan", "branch");
      project.git("checkout", "-q", "main", "--", ".");
      project.git("commit", "-q", "-m", "another beginning");
      await isRefused("git knows no commit here that HEAD and main both come from; fetch the whole history");
    });

    test("git fails: what it says is passed on", async () => {
      project.commit();
      const lost = project.git("rev-parse", "HEAD");
      for (const branch of ["branch", "main"]) {
        project.git("switch", "-q", "-C", branch, lost);
        project.git("commit", "-q", "--allow-empty", "-m", branch);
      }
      project.delete(`.git/objects/${lost.slice(0, 2)}/${lost.slice(2)}`);
      project.git("switch", "-q", "branch");
      await isRefused(`error: Could not read ${lost}`);
    });
  });

  test("a folder that is no repository is refused", async () => {
    project.delete(".git");
    const { code, err } = await plan();
    expect({ code, calls: await listed() }).toEqual({ code: 2, calls: [] });
    expect(err).toContain("not a git repository");
  });
});
