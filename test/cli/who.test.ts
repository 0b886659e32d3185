import { whoCommand } from "../../src/cli/who";
import { LiveProject } from "./live-project";

const [ANA, BUDI, CITRA, STRANGER] = ["628110000001", "628110000002", "628110000003", "6591234567"];

interface Group {
  readonly name: string;
  readonly group: string | null;
  readonly subject: string | null;
  readonly notKnown?: string;
  readonly declared?: readonly object[];
  readonly present: readonly object[];
  readonly awaiting: readonly object[];
  readonly left: readonly object[];
  readonly undeclared: readonly object[];
  readonly unidentified: number;
}

/** Two groups: in ops Ana, a stranger and a row without a number; Budi has left, Citra is awaited. In sales Ana alone. */
describe("rollcall who", () => {
  let project: LiveProject;
  beforeEach(async () => {
    project = await LiveProject.start(
      { A: [ANA, STRANGER, "US.1349"], B: [ANA] },
      { A: { subject: "Jakarta ops" }, B: { subject: "=1+1" } },
    );
    const team = { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra" };
    project.roster("jakarta/ops", "A", team);
    project.roster("sales", "B", { [ANA]: "Ana" });
    project.last({
      "jakarta/ops": { group: "A", members: team, absent: [CITRA] },
      sales: { group: "B", members: { [ANA]: "Ana" } },
    });
  });
  afterEach(() => project.stop());

  const who = (...args: string[]) => project.run(whoCommand, "who", ...args);
  const jsonOf = async (...args: string[]) => {
    const { code, out } = await who(...args, "--format", "json");
    return { code, groups: (JSON.parse(out) as { groups: Group[] }).groups };
  };
  const listed = async () =>
    (await project.calls()).flatMap(({ action, groupId }) => (action === "ListChatGroupParticipants" ? [groupId] : []));

  test("everybody of every group: 0, and nothing is written", async () => {
    expect(await jsonOf()).toEqual({
      code: 0,
      groups: [
        {
          ...{ name: "jakarta/ops", group: "A", subject: "Jakarta ops" },
          present: [{ number: ANA, name: "Ana" }],
          awaiting: [{ number: CITRA, name: "Citra" }],
          left: [{ number: BUDI, name: "Budi" }],
          undeclared: [{ number: STRANGER, name: "", reason: "never declared" }],
          unidentified: 1,
        },
        {
          ...{ name: "sales", group: "B", subject: "=1+1" },
          ...{ present: [{ number: ANA, name: "Ana" }], awaiting: [], left: [], undeclared: [], unidentified: 0 },
        },
      ],
    });
    expect([...new Set((await project.calls()).map(({ action }) => action))].sort()).toEqual([
      "ListChatGroup",
      "ListChatGroupParticipants",
    ]);
  });

  test("text: a section for each group", async () => {
    expect((await who()).out).toBe(
      [
        "Stack dev: 2 groups: 2 present, 1 undeclared, 1 awaiting, 1 left, 1 unidentified",
        "",
        "jakarta/ops, A, Jakarta ops (3 there)",
        "  unidentified                       1 row without a plain number",
        `  present       ${ANA}  Ana`,
        `  undeclared    ${STRANGER}           never declared`,
        `  awaiting      ${CITRA}  Citra`,
        `  left          ${BUDI}  Budi`,
        "",
        "sales, B, =1+1 (1 there)",
        `  present  ${ANA}  Ana`,
        "",
      ].join("\n"),
    );
  });

  test("Markdown: one table of all", async () => {
    const { out } = await who("--format", "markdown");
    expect(out).toContain("### Groups (2)");
    expect(out).toContain(`| jakarta/ops | A | Jakarta ops | undeclared | ${STRANGER} |  | never declared |`);
    expect(out).toContain(`| sales | B | =1+1 | present | ${ANA} | Ana |  |`);
  });

  test("CSV: a row for each person and group, and no formula", async () => {
    expect((await who("--format", "csv")).out).toBe(
      [
        "group,groupId,subject,state,number,name,note",
        'jakarta/ops,A,"Jakarta ops",unidentified,,,"1 row without a plain number"',
        `jakarta/ops,A,"Jakarta ops",present,${ANA},Ana,`,
        `jakarta/ops,A,"Jakarta ops",undeclared,${STRANGER},,"never declared"`,
        `jakarta/ops,A,"Jakarta ops",awaiting,${CITRA},Citra,`,
        `jakarta/ops,A,"Jakarta ops",left,${BUDI},Budi,`,
        `sales,B,"'=1+1",present,${ANA},Ana,`,
        "",
      ].join("\r\n"),
    );
  });

  test("HTML: one file with its data, and without anything from elsewhere", async () => {
    const { code, out } = await who("Budi", "--format", "html");
    expect([code, out.startsWith("<!doctype html>")]).toEqual([0, true]);
    const [, data = ""] = /<script type="application\/json" id="data">(.*?)<\/script>/.exec(out) ?? [];
    expect(JSON.parse(data)).toMatchObject({
      stack: "dev",
      headline: `Stack dev: Budi (${BUDI}): left in 1 group; 1 row without a number in 1 group may be anybody`,
      groups: [
        ["jakarta/ops", "A", "Jakarta ops", [["unidentified", "1 row without a plain number"]], expect.any(Array)],
      ],
    });
    expect(out).not.toMatch(/(?:src|href)=|https?:/);
  });

  test.each([
    ["a name", "ana", ["jakarta/ops", "sales"], "Ana (628110000001): present in 2 groups"],
    ["a name of somebody who is awaited", "Citra", ["jakarta/ops"], "Citra (628110000003): awaiting in 1 group"],
    ["a number in another spelling", "+62 811-0000-002", ["jakarta/ops"], "Budi (628110000002): left in 1 group"],
    ["a stranger's number", "+65 9123 4567", ["jakarta/ops"], "6591234567: undeclared in 1 group"],
    ["a resource name", "Jakarta/Ops", ["jakarta/ops"], 'group jakarta/ops (A, "Jakarta ops"): 1 present'],
    ["a GroupId", "B", ["sales"], 'group sales (B, "=1+1"): 1 present'],
    ["a subject", "jakarta ops", ["jakarta/ops"], 'group jakarta/ops (A, "Jakarta ops"): 1 present'],
  ])("%s chooses its groups", async (_, word, names, headline) => {
    const { code, groups } = await jsonOf(word);
    expect([code, groups.map(({ name }) => name)]).toEqual([0, names]);
    expect((await who(word)).out).toContain(`Stack dev: ${headline}`);
  });

  test("for one group only that group is looked at; for a person all are", async () => {
    await who("sales");
    expect(await listed()).toEqual(["B"]);
    await who("Citra");
    expect((await listed()).slice(1).sort()).toEqual(["A", "B"]);
  });

  test("a word that fits several: 2, with all of them, and no group is looked at", async () => {
    project.roster("ana", "B", { [ANA]: "Ana" });
    project.delete("stacks/dev/sales.yaml");
    const { code, out, err } = await who("ana");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`"ana" fits several: Ana (${ANA}); group ana (B, "=1+1")`);
    expect(await listed()).toEqual([]);
  });

  test("a word that fits nothing: 2, with the nearest", async () => {
    const { code, out, err } = await who("Bodi");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`"Bodi" fits no person, number or group of the stack. Nearest: Budi (${BUDI})`);
  });

  test("a number that is nowhere: 2, with the nearest that was seen", async () => {
    const { code, err } = await who("+65 9123 4576");
    expect(code).toBe(2);
    expect(err).toContain(`6591234576 fits no person, number or group of the stack. Nearest: ${STRANGER}`);
  });

  test("a row without a number may be whoever was not seen in its group", async () => {
    const rest = "; 1 row without a number in 1 group may be anybody";
    expect((await who("Citra")).out).toContain(`awaiting in 1 group${rest}\n`);
    expect((await who("+62 811 0000 009")).err).toContain(rest);
    expect((await who("Ana")).out).toContain("present in 2 groups\n");
  });

  test("a group that could not be listed is told as not known: 1", async () => {
    await project.control("faults", {
      action: "ListChatGroupParticipants",
      groupId: "A",
      fault: "total-more",
      times: 9,
    });
    const { code, groups } = await jsonOf();
    expect(code).toBe(1);
    expect(groups[0]).toMatchObject({ present: [], declared: [{ name: "Ana" }, { name: "Budi" }, { name: "Citra" }] });
    expect(groups[0]?.notKnown).not.toBe("");
    expect(groups[1]).toMatchObject({ name: "sales", present: [{ name: "Ana" }] });
    const { out } = await who();
    expect(out).toContain("; not known: 1 group");
    expect(out).toMatch(/^jakarta\/ops, A, Jakarta ops \(not known\)\n {2}not known /m);
  });

  test("of a group that is not known nobody can say that somebody is not in it: told for a person and a number, too: 1", async () => {
    const fault = { action: "ListChatGroupParticipants", groupId: "B", fault: "total-more", times: 99 };
    await project.control("faults", fault);
    for (const word of ["Citra", `+${STRANGER}`, "+62 811 0000 009"]) {
      const { code, groups } = await jsonOf(word);
      expect([code, groups.at(-1)]).toMatchObject([1, { name: "sales", declared: [{ name: "Ana" }] }]);
    }
  });
});
