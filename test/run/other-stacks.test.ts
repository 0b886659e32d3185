import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { validateCommand } from "../../src/cli/validate";
import { groupsOfOtherStacks, type OwnGroup, type OwnStack } from "../../src/run/other-stacks";
import { parseSettings, type Settings } from "../../src/settings";
import { Project } from "../cli/project";

const NUMBER = "8613800000000";
const OTHER_NUMBER = "8613800000001";
const ours = (group: string, file: string): OwnGroup => ({ group, identity: group, businessNumber: NUMBER, file });
const OURS = ours("EA1", "stacks/prod/ops.yaml");

const roster = (group: string, rest = "") =>
  `group: ${group}\n${rest}members:\n  - number: "+62 812-3456-7890"\n    name: Citra\n`;
const settings = (lines: string) => `config:\n${lines}`;
const number = (digits: string) => `  rollcall:businessNumber: "${digits}"\n`;
const local = (port: number) => `  rollcall:endpoint: http://127.0.0.1:${port}\n`;

function endpointOf(raw: Record<string, string>): Settings["endpoint"] {
  const parsed = parseSettings(raw);
  if (parsed.kind === "invalid") throw new Error(parsed.problems.join("\n"));
  return parsed.settings.endpoint;
}
const CAMS = endpointOf({});
const LOCAL = endpointOf({ endpoint: "http://127.0.0.1:8787" });

let project: Project;
beforeEach(() => {
  project = new Project({
    "stacks/Pulumi.prod.yaml": settings(number(NUMBER)),
    "stacks/prod/ops.yaml": roster("EA1"),
  });
});
afterEach(() => project.remove());

/** GroupId → `stack file`, with a question mark where the file is not in order. */
function found(groups: readonly OwnGroup[] = [OURS], more: Partial<OwnStack> = {}): Record<string, string> {
  const own = {
    root: project.root,
    stack: "prod",
    folder: "stacks/prod",
    endpoint: CAMS,
    today: "2026-12-01",
    ...more,
  };
  const others = groupsOfOtherStacks(groups, own);
  return Object.fromEntries(
    [...others].map(([group, { stack, file, sure }]) => [group, `${stack} ${file}${sure ? "" : "?"}`]),
  );
}

/** Another stack, `dev`, with its settings and files. */
function dev(lines: string, files: Readonly<Record<string, string>>): void {
  project.write({ "stacks/Pulumi.dev.yaml": settings(lines) });
  for (const [path, text] of Object.entries(files)) project.write({ [`stacks/dev/${path}`]: text });
}

describe("rosters of other stacks that are in order", () => {
  test("a stack alone shares no group", () => {
    expect(found()).toEqual({});
  });

  test("a group that another stack declares too would lose the other one's people", () => {
    dev("  {}\n", { "jakarta/it.yaml": roster("EA1"), "sales.yaml": roster("EA2") });
    expect(found()).toEqual({ EA1: "dev stacks/dev/jakarta/it.yaml" });
    const sales = ours("EA2", "stacks/prod/sales.yaml");
    expect(found([OURS, sales, ours("EA3", "stacks/prod/x.yaml")])).toEqual({
      EA1: "dev stacks/dev/jakarta/it.yaml",
      EA2: "dev stacks/dev/sales.yaml",
    });
    expect(found([])).toEqual({});
  });

  test("GroupIds are compared as they are written: neither case nor a part counts", () => {
    dev("  {}\n", { "a.yaml": roster("ea1"), "b.yaml": roster("EA11"), "c.yaml": roster("XEA1") });
    expect(found()).toEqual({});
  });

  // Each is told the same by `rollcall validate`.
  test.each<[string, boolean, string, string, string, Settings["endpoint"]?]>([
    ["one business number", true, number(NUMBER), "", ""],
    ["one business number, written otherwise", true, number("+86 138-0000-0000"), "", ""],
    ["another business number", false, number(OTHER_NUMBER), "", ""],
    ["no business number", true, "  {}\n", "", ""],
    ["another business number of the roster's own", false, number(NUMBER), `businessNumber: "${OTHER_NUMBER}"\n`, ""],
    ["the roster's own business number is ours", true, number(OTHER_NUMBER), `businessNumber: "${NUMBER}"\n`, ""],
    ["a local CAMS, and we are on the real one", false, local(8787), "", ""],
    ["the real CAMS, and we are on a local one", false, "  {}\n", "", local(8787), LOCAL],
    ["the same local CAMS", true, local(8787), "", local(8787), LOCAL],
    ["another local CAMS", false, local(8788), "", local(8787), LOCAL],
    ["another region of CAMS", true, "  rollcall:endpoint: cams.eu-central-1.aliyuncs.com\n", "", ""],
  ])("%s: shared is %p", async (_, shared, lines, own, ours, endpoint = CAMS) => {
    dev(lines, { "it.yaml": roster("EA1", own) });
    project.write({ "stacks/Pulumi.prod.yaml": settings(number(NUMBER) + ours) });
    expect(found([OURS], { endpoint })).toEqual(shared ? { EA1: "dev stacks/dev/it.yaml" } : {});
    const { out } = await project.run(validateCommand, "validate", "--format", "json");
    expect(out.includes('"duplicate-group"')).toBe(shared);
  });

  test("settings of Pulumi.yaml count, and the stack's own over them", () => {
    const common = (lines: string) => ({ "Pulumi.yaml": `name: rollcall\nruntime: nodejs\n${settings(lines)}` });
    dev("  {}\n", { "it.yaml": roster("EA1") });
    project.write(common(`  rollcall:businessNumber: { value: "${OTHER_NUMBER}" }\n`));
    expect(found()).toEqual({});
    dev(number(NUMBER), {});
    expect(found()).toEqual({ EA1: "dev stacks/dev/it.yaml" });
    project.write(common("  rollcall:endpoint: { value: http://127.0.0.1:8787 }\n"));
    expect(found()).toEqual({});
  });

  test("stacks that share a folder, or a file, declare the same people", () => {
    project.write({
      "stacks/Pulumi.dev.yaml": settings("  rollcall:rosters: ./stacks/prod/\n"),
      "stacks/prod/broken.yaml": "# once EA1\n",
    });
    expect(found()).toEqual({});
    project.delete("stacks/prod/broken.yaml");
    project.write({ "stacks/Pulumi.dev.yaml": settings("  rollcall:rosters: stacks\n") });
    expect(found()).toEqual({});
    project.write({ "stacks/other/it.yaml": roster("EA1") });
    expect(found([OURS], { folder: join(project.root, "stacks/prod") })).toEqual({ EA1: "dev stacks/other/it.yaml" });
  });

  test("the folder that a stack's settings name counts instead of its own, and a folder without settings", () => {
    project.write({
      "stacks/Pulumi.dev.yaml": settings("  rollcall:rosters: teams/dev\n"),
      "teams/dev/it.yaml": roster("EA1"),
      "stacks/dev/old.yaml": roster("EA2"),
      "stacks/lone/x.yaml": roster("EA3"),
    });
    const groups = ["EA1", "EA2", "EA3"].map((group) => ours(group, `stacks/prod/${group}.yaml`));
    expect(found(groups)).toEqual({
      EA1: "dev teams/dev/it.yaml",
      EA3: "lone stacks/lone/x.yaml",
    });
  });

  test("of several, the first by stack and file is named", () => {
    for (const path of ["beta/a", "alpha/z", "alpha/b"]) project.write({ [`stacks/${path}.yaml`]: roster("EA1") });
    project.delete("stacks/alpha/z.yaml");
    project.write({ "stacks/alpha/a/c.yaml": roster("EA9"), "stacks/alpha/z.yaml": "group: EA1\n" });
    expect(found()).toEqual({ EA1: "alpha stacks/alpha/b.yaml" });
  });

  test("a stack without a folder, and what is no roster, declare nothing", () => {
    dev("  {}\n", {});
    project.write({ "stacks/Pulumi.gone.yaml": settings("  rollcall:rosters: nowhere\n") });
    dev("  {}\n", { "README.md": "EA1", ".drafts/it.yaml": roster("EA1"), ".it.yaml": "EA1 [", "it.yaml.bak": "EA1" });
    dev("  {}\n", { "people.yaml": `people:\n  ana: { number: "+62 811 1111 111", name: EA1 }\n` });
    expect(found()).toEqual({});
  });
});

describe("a group that Rollcall makes", () => {
  const MADE = "the group to be made: Operations";
  const made = (subject: string, rest = "") => roster("", rest).replace("group: ", `subject: ${subject}`);
  const toMake: OwnGroup = { ...ours(MADE, OURS.file), identity: MADE };
  const known: OwnGroup = { ...toMake, group: "EA1" };

  test("would be made by another stack, too", () => {
    dev(number(NUMBER), { "it.yaml": made("Operations") });
    expect(found([toMake])).toEqual({ [MADE]: "dev stacks/dev/it.yaml" });
  });

  test.each([
    ["for another number", number(OTHER_NUMBER), made("Operations")],
    ["by another subject", number(NUMBER), made("operations")],
    ["but it has that subject by a GroupId of its own", number(NUMBER), roster("EA2", "subject: Operations\n")],
  ])("would not be made by another stack, %s", (_, lines, text) => {
    dev(lines, { "it.yaml": text });
    expect(found([toMake])).toEqual({});
  });

  test("and whose GroupId the state knows: another stack makes it by its subject, or names it by its id", () => {
    dev(number(NUMBER), { "it.yaml": made("Operations") });
    expect(found([known])).toEqual({ EA1: "dev stacks/dev/it.yaml" });
    dev(number(NUMBER), { "it.yaml": roster("EA1") });
    expect(found([known])).toEqual({ EA1: "dev stacks/dev/it.yaml" });
  });
});

describe("rosters of other stacks that are not in order may declare whatever stands in them", () => {
  const bom = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").toString("latin1");
  const large = `${roster("EA1")}${"# page after page\n".repeat(5_000)}`;

  test.each<[string, string, string]>([
    ["no YAML", "it.yaml", "group: EA1\nmembers: [\n"],
    ["a fault of shape", "it.yaml", "group: EA1\n"],
    ["an unknown person", "it.yaml", "group: EA1\nmembers:\n  - person: nobody\n"],
    ["the group in a comment only", "it.yaml", "# was EA1\ngroup: [\n"],
    ["a group that is a number there", "it.yaml", "group: EA1: x\n"],
    ["the wrong ending", "it.yml", roster("EA1")],
    ["a name that no roster may have", "it+1.yaml", roster("EA1")],
    ["more than a roster may hold", "it.yaml", large],
    ["a control character", "it.yaml", `${roster("EA1")}# \u0007\n`],
  ])("%s", (_, path, text) => {
    dev(number(OTHER_NUMBER), { [path]: text });
    expect(found()).toEqual({ EA1: `dev stacks/dev/${path}?` });
    expect(found([ours("EA2", OURS.file)])).toEqual({});
  });

  test("another encoding", () => {
    dev("  {}\n", {});
    project.write({ "stacks/dev/it.yaml": "" });
    const bytes = Buffer.from(bom(roster("EA1")), "latin1");
    project.write({ "stacks/dev/it.yaml": bytes as unknown as string });
    expect(found()).toEqual({ EA1: "dev stacks/dev/it.yaml?" });
  });

  test("more than is ever read: it may declare every group", () => {
    dev("  {}\n", { "it.yaml": "# page after page\n".repeat(150_000) });
    const two = ours("EA2", "stacks/prod/two.yaml");
    expect(found([OURS, two])).toEqual({ EA1: "dev stacks/dev/it.yaml?", EA2: "dev stacks/dev/it.yaml?" });
  });

  test("a link that leads out of the folder is followed; one that leads nowhere says nothing", () => {
    dev("  {}\n", { "README.md": "" });
    project.write({ "elsewhere/it.yaml": roster("EA1") });
    symlinkSync("../../nowhere/EA1.yaml", join(project.root, "stacks/dev/a.yaml"));
    symlinkSync("b.yaml", join(project.root, "stacks/dev/b.yaml"));
    expect(found()).toEqual({});
    symlinkSync("../../elsewhere/it.yaml", join(project.root, "stacks/dev/it.yaml"));
    expect(found()).toEqual({ EA1: "dev stacks/dev/it.yaml?" });
  });

  test("two rosters of one group there: the group is that stack's all the same", () => {
    dev("  {}\n", { "a.yaml": roster("EA1"), "b.yaml": roster("EA1") });
    expect(found()).toEqual({ EA1: "dev stacks/dev/a.yaml" });
  });

  test("people.yaml or sets.yaml with a fault leaves no roster sure", () => {
    dev("  {}\n", { "people.yaml": "people: [\n", "a.yaml": roster("EA1"), "b.yaml": roster("EA2") });
    expect(found()).toEqual({ EA1: "dev stacks/dev/a.yaml?" });
  });

  test("a roster beside it that is in order is told as sure, and by its own business number", () => {
    dev("  {}\n", { "a.yaml": "# EA1\ngroup: [\n", "b.yaml": roster("EA1") });
    expect(found()).toEqual({ EA1: "dev stacks/dev/b.yaml" });
    dev(number(OTHER_NUMBER), { "a.yaml": "group: [\n" });
    expect(found()).toEqual({});
  });

  test("in another world, or behind the same file, it is no conflict", () => {
    dev(local(8787), { "it.yaml": "group: EA1\n" });
    expect(found()).toEqual({});
    project.delete("stacks/dev");
    // Seen from stacks/, the people of stacks/prod are unknown, and so every roster has a fault.
    project.write({
      "stacks/Pulumi.dev.yaml": settings("  rollcall:rosters: stacks\n"),
      "stacks/prod/ops.yaml": "group: EA1\nmembers:\n  - person: ana\n",
    });
    expect(found()).toEqual({});
  });

  test("thousands of files with faults are told in a moment", () => {
    const files = Array.from({ length: 2_000 }, (_, n) => [`r${n}.yaml`, roster(`EA9300${1000 + n}`)] as const);
    dev("  {}\n", { "people.yaml": "people: [\n", ...Object.fromEntries(files) });
    const groups = files.map(([file, text]) => ours(/EA\d+/.exec(text)?.[0] ?? "", `stacks/prod/${file}`));
    const start = performance.now();
    expect(Object.keys(found(groups))).toHaveLength(2_000);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe("settings of other stacks that are not known tell no group apart", () => {
  test.each([
    ["no YAML", "config: {"],
    ["a key twice", settings(local(8787) + local(8787))],
    ["a wrong endpoint", settings("  rollcall:endpoint: http://cams.example.com\n")],
    ["a wrong business number", settings("  rollcall:businessNumber: ana\n")],
    ["a secret business number", settings("  rollcall:businessNumber: { secure: AAA }\n")],
    ["a secret endpoint", settings("  rollcall:endpoint: { secure: AAA }\n")],
    ["an environment", "environment: [all]\nconfig: {}\n"],
  ])("%s", (_, text) => {
    // What Pulumi.yaml says to all stacks would tell the groups apart, if it held for this one.
    const endpoint = text.includes("businessNumber") ? CAMS : LOCAL;
    project.write({
      "stacks/Pulumi.dev.yaml": text,
      "stacks/dev/it.yaml": roster("EA1"),
      ...(text.includes("environment") && {
        "Pulumi.yaml": `name: x\n${settings(`  rollcall:businessNumber: { default: "${OTHER_NUMBER}" }\n`)}`,
      }),
    });
    expect(found([OURS], { endpoint })).toEqual({ EA1: "dev stacks/dev/it.yaml" });
  });

  test("other wrong settings change nothing in what is known", () => {
    dev(`${number(OTHER_NUMBER)}  rollcall:callsPerSecond: many\n  rollcall:nonsense: 1\n`, {
      "it.yaml": roster("EA1"),
    });
    expect(found()).toEqual({});
  });

  test("over what an environment says the stack's own file counts", () => {
    project.write({ "stacks/Pulumi.dev.yaml": `environment: [all]\n${settings(number(OTHER_NUMBER) + local(8787))}` });
    project.write({ "stacks/dev/it.yaml": roster("EA1") });
    expect(found()).toEqual({});
    expect(found([OURS], { endpoint: LOCAL })).toEqual({});
  });

  test("Pulumi.yaml that can't be read", () => {
    dev(local(8787), { "it.yaml": roster("EA1") });
    project.write({ "Pulumi.yaml": "name: rollcall\nname: [\n" });
    expect(found()).toEqual({ EA1: "dev stacks/dev/it.yaml" });
  });
});
