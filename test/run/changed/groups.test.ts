import { renameSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../../cli/project";
import { ANA, BUDI, committed, concerned, groups, HR, OPS, roster, SALES } from "./repository";

const BALI = "stacks/prod/bali.yaml";
/** A roster that makes its group. */
const made = (subject: string, rest = ""): string =>
  roster("", ANA, `subject: ${subject}\n${rest}`).replace("group: \n", "");
const OF_BALI = "the group to be made: Bali";

describe("a change of the group itself", () => {
  let project: Project;
  beforeEach(() => (project = committed()));
  afterEach(() => project.remove());

  test.each([
    ["subject", "subject: Operations\n"],
    ["description", "subject: Operations\ndescription: Shifts\n"],
    ["inviteLink", "inviteLink: open\n"],
    ["linkRevision", "linkRevision: 1\n"],
    ["invite", "invite: false\n"],
  ])("%s: concerns the group", async (_, rest) => {
    project.write({ [OPS]: roster("A", ANA, rest) });
    expect(await concerned(project, "base")).toEqual(groups("A"));
  });

  test("a member's consent: concerns the group", async () => {
    project.write({ [OPS]: roster("A").replace("name: Ana", "name: Ana, consent: 2026-02-01") });
    expect(await concerned(project, "base")).toEqual(groups("A"));
  });

  test("somebody's consent in people.yaml: concerns the groups that they are in", async () => {
    const people = (consent: string) =>
      `people:\n  ana: { number: "${ANA}", name: Ana${consent} }\n  budi: { number: "${BUDI}", name: Budi }\n`;
    const by = (group: string, person: string) => `group: ${group}\nmembers: [{ person: ${person} }]\n`;
    const sets = "sets:\n  all: { members: [ana] }\n";
    const rosters = { [OPS]: by("A", "ana"), [SALES]: by("B", "budi"), [HR]: "group: C\ninclude: [all]\n" };
    project.write({ "stacks/prod/people.yaml": people(""), "stacks/prod/sets.yaml": sets, ...rosters });
    project.commit();
    project.write({ "stacks/prod/people.yaml": people(", consent: 2026-02-01") });
    expect(await concerned(project, "HEAD")).toEqual(groups("A", "C"));
  });

  test("its description in another form of YAML: the same", async () => {
    project.write({ [OPS]: roster("A", ANA, "subject: Operations\ndescription: |\n  Shifts\n  and nights\n") });
    project.commit();
    project.write({ [OPS]: roster("A", ANA, 'description: "Shifts\\nand nights"\nsubject: "Operations"\n') });
    expect(await concerned(project, "HEAD")).toEqual(groups());
  });
});

describe("a group that Rollcall makes", () => {
  let project: Project;
  beforeEach(() => {
    project = committed();
    project.write({ [BALI]: made("Bali") });
  });
  afterEach(() => project.remove());

  test("is concerned when its roster is new", async () => {
    expect(await concerned(project, "base")).toEqual(groups(OF_BALI));
  });

  test("is not concerned when its roster is renamed", async () => {
    project.commit();
    renameSync(join(project.root, BALI), join(project.root, "stacks/prod/denpasar.yaml"));
    expect(await concerned(project, "HEAD")).toEqual(groups());
  });

  test("is concerned when it gets another subject, or its GroupId", async () => {
    project.commit();
    project.write({ [BALI]: made("Denpasar") });
    expect(await concerned(project, "HEAD")).toEqual(groups("the group to be made: Denpasar"));
    project.write({ [BALI]: `group: D\n${made("Bali")}` });
    expect(await concerned(project, "HEAD")).toEqual(groups("D"));
  });
});
