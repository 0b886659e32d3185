import { doctorCommand } from "../../src/cli/doctor";
import { LiveProject } from "./live-project";

const ANA = "628110000001";

describe("rollcall doctor", () => {
  let project: LiveProject;
  afterEach(() => project.stop());

  async function examine(arrange: () => unknown = () => undefined) {
    project = await LiveProject.start({ A: [ANA], B: [] });
    project.roster("ops", "A", { [ANA]: "Ana" });
    project.last({});
    await arrange();
    return project.run(doctorCommand, "doctor");
  }

  test("all is well: 0, one line each, and nothing is written", async () => {
    const { code, out } = await examine();
    expect(code).toBe(0);
    expect(out.split("\n").map((line) => line.split(/ {2,}/).slice(0, 2).join(" "))).toEqual([
      "ok rosters",
      "ok state",
      "ok credentials",
      "ok endpoint",
      "ok permission",
      "ok groups",
      "ok limits",
      "",
    ]);
    expect((await project.calls()).map(({ action }) => action)).toEqual(["ListChatGroup", "ListChatGroupParticipants"]);
  });

  const eight = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`62811000000${i}`, "x"]));
  test("one trouble of many groups is one line: how many, and the first names", async () => {
    const { code, out } = await examine(() => {
      for (const n of [7, 6, 5, 4, 3, 2, 1]) project.roster(`full-${n}`, `F${n}`, eight);
    });
    expect(out).toContain(
      "7 groups, full-1 (F1), full-2 (F2), full-3 (F3), full-4 (F4), full-5 (F5) and 2 more, are not in the account: ",
    );
    expect(out).toContain(
      "7 rosters, full-1, full-2, full-3, full-4, full-5 and 2 more, declare 8 people, all that WhatsApp allows: ",
    );
    expect(out.match(/^(fail|warn) /gm)).toHaveLength(2);
    expect(code).toBe(1);
  });

  test.each([
    [
      "a group that is not there",
      () => project.roster("b", "b", {}, { allowEmpty: true }),
      1,
      /^fail {2}group .*b \(b\) is not in the account/m,
    ],
    [
      "a suspended group",
      () => project.control("faults", { action: "ListChatGroup", groupId: "A", fault: "group-suspended" }),
      0,
      /^warn {2}group .*ops \(A\) is SUSPENDED/m,
    ],
    ["a full roster", () => project.roster("b", "B", eight), 0, /^warn {2}limits .*b declares 8 people/m],
    [
      "no state",
      () => project.pulumi({}),
      0,
      /^warn {2}state .*it can't be read, so nobody knows who was in the groups before, and nobody is removed/m,
    ],
    [
      "broken rosters",
      () => project.write({ "stacks/dev/ops.yaml": "group: A\n" }),
      1,
      /^fail {2}rosters .*1 error in 1 file: run `rollcall validate/m,
    ],
    [
      "wrong keys",
      () => (process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET = "wrong"),
      1,
      /^fail {2}permission .*Check the credentials/m,
    ],
    [
      "no permission",
      () => project.control("faults", { action: "ListChatGroupParticipants", fault: "forbidden-ram" }),
      1,
      /^fail {2}permission .*cams:ListChatGroupParticipants/m,
    ],
    [
      "nobody there",
      () => project.settings({ endpoint: "http://127.0.0.1:1" }),
      1,
      /^fail {2}endpoint .*rollcall:endpoint/m,
    ],
    ["wrong settings", () => project.settings({ onAdopt: "x" }), 2, /^$/],
  ])("%s", async (_, arrange, expected, said) => {
    const { code, out } = await examine(arrange);
    expect(out).toMatch(said);
    expect(code).toBe(expected);
  });
});
