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

  test("with a template: at the template, the number, messages and consent too, and nothing is sent", async () => {
    const { code, out } = await examine(() => project.settings({ invitationTemplate: "none" }));
    expect(code).toBe(1);
    expect(out).toMatch(/^fail {2}template /m);
    expect(out).toMatch(/^warn {2}consent {6}Ana \(628110000001\) has no consent on record, of 1 person: /m);
    expect(out).toContain("cams:SendChatappMessage in the policy");
    const actions = (await project.calls()).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(["GetChatappTemplateDetail", "QueryChatappPhoneNumbers"]));
    expect(actions).toContain("ListChatappMessage");
    expect(actions).not.toContain("SendChatappMessage");
  });

  describe("groups and links as code", () => {
    const TEAM = { [ANA]: "Ana" };
    async function lines(arrange: () => unknown) {
      const { code, out } = await examine(arrange);
      return { code, lines: out.split("\n").map((line) => line.replace(/ {2,}/g, "  ")) };
    }

    test("a group that is still to be made is told as such, and not as missing: 0", async () => {
      const { code, lines: found } = await lines(() => project.ownRoster("new", { subject: "Brand new" }, TEAM));
      expect(code).toBe(0);
      expect(found).toContain("ok  group  new is still to be made, which the next `pulumi up` does");
      expect(found.join("\n")).not.toContain("not in the account");
    });

    test("one that was asked for is looked for; one that was made is found, or is gone: 1", async () => {
      const { code, lines: found } = await lines(() => {
        for (const name of ["asked", "found", "gone"]) project.ownRoster(name, { subject: `S ${name}` }, TEAM);
        const made = { asked: undefined, found: "B", gone: "C" };
        const own = Object.entries(made).map(([name, group]) => [name, { subject: `S ${name}`, group }] as const);
        project.last({}, Object.fromEntries(own));
      });
      expect(code).toBe(1);
      expect(found.filter((line) => / {2}groups? {2}/.test(line))).toEqual([
        "warn  group  asked was asked for, and it is not known what became of that: `pulumi up` looks for it, and makes no second one",
        "fail  group  gone (C) was made by Rollcall, and is not in the account any more: " +
          "see in the CAMS console what became of it; stacks/dev/gone.yaml can name another one with group:",
        "warn  group  found (B) has another subject or description than declared: the next `pulumi up` sets it",
        "ok  groups  2 of 4 are ACTIVE and can be joined",
      ]);
    });

    test("without the state it is not known whether it was made", async () => {
      const { code, lines: found } = await lines(() => {
        project.ownRoster("new", { subject: "Brand new" }, TEAM);
        project.pulumi({});
      });
      expect(code).toBe(0);
      expect(found).toContain(
        "warn  group  new names no GroupId, and without the state it is not known whether it was made: " +
          "none is made until `pulumi stack export` works",
      );
    });

    test("a group of that subject that nobody asked for: 1, and what to do", async () => {
      const { code, lines: found } = await lines(() => project.ownRoster("new", { subject: "Group B" }, TEAM));
      expect([code, found.filter((line) => line.startsWith("fail"))]).toEqual([
        1,
        [
          'fail  group  new: 1 group with the subject "Group B" is there already: B (ACTIVE). ' +
            "Another one is not made, since the two could not be told apart. " +
            "Write `group:` with the id that is meant into stacks/dev/new.yaml, or give it another subject",
        ],
      ]);
    });

    test("a subject that differs, links that Rollcall keeps, and the permissions that all this takes", async () => {
      const { code, lines: found } = await lines(() => {
        project.roster("ops", "A", TEAM, { subject: "Ops", inviteLink: "open" });
        project.roster("b", "B", TEAM, { subject: "Group B", inviteLink: "while-awaited" });
        project.ownRoster("new", { subject: "Brand new" }, TEAM);
      });
      expect(code).toBe(0);
      expect(found).toContain(
        "warn  group  ops (A) has another subject or description than declared: the next `pulumi up` sets it",
      );
      expect(found).toContain("ok  links  those of 2 groups of 3 are kept by Rollcall");
      expect(found.find((line) => line.startsWith("ok  permission"))).toMatch(
        /, and groups and links changed, .* look for cams:DeleteChatGroupParticipants, cams:AddChatGroup, cams:UpdateChatGroup, cams:AddChatGroupInviteLink, cams:DeleteChatGroupInviteLink in the policy$/,
      );
    });

    test.each([
      [
        "keep",
        /^warn {2}group {2}ops \(A\) has no invite link: nobody can join until AddChatGroupInviteLink made one, which `pulumi up` calls where inviteLink is open$/m,
      ],
      [
        "open",
        /^warn {2}group {2}ops \(A\) has no invite link: the next `pulumi up` makes one, as inviteLink: open says$/m,
      ],
      [
        "while-awaited",
        /^ok {2}group {2}ops \(A\) has no invite link; `pulumi up` makes one while somebody is awaited$/m,
      ],
    ])("no link, which is kept by inviteLink: %s", async (inviteLink, said) => {
      project = await LiveProject.start({ A: [ANA] }, { A: { inviteLink: null } });
      project.roster("ops", "A", TEAM, { inviteLink });
      project.last({});
      const { code, out } = await project.run(doctorCommand, "doctor");
      expect(code).toBe(0);
      expect(out.replace(/ {2,}/g, "  ")).toMatch(said);
    });

    test("more groups to make than one run makes", async () => {
      const { lines: found } = await lines(() => {
        project.settings({ maxNewGroupsPerRun: 1 });
        for (const name of ["x", "y"]) project.ownRoster(name, { subject: name }, TEAM);
      });
      expect(found).toContain(
        "warn  limits  2 groups are to be made, more than the run's limit of 1: to permit it, set rollcall:maxNewGroupsPerRun to 2",
      );
    });
  });
});
