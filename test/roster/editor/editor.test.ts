import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { EditorServer, ROOT } from "./server";

const line = (kind: string) => `# yaml-language-server: $schema=../../schema/${kind}.schema.json\n`;

describe("in VS Code's YAML extension", () => {
  const server = new EditorServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  test("a roster's keys are offered", async () => {
    await server.open("stacks/x/a.yaml", `${line("roster")}group: EA93UU0042\n\n`);
    const offered = await server.complete("stacks/x/a.yaml", 2, 0);
    expect(offered).toEqual(expect.arrayContaining(["businessNumber", "members", "include", "undeclared", "protect"]));
  });

  test("a member's keys are offered, and the values of undeclared", async () => {
    const text = `${line("roster")}group: EA93UU0042\nundeclared: \nmembers:\n  - person: ana\n    \n`;
    await server.open("stacks/x/b.yaml", text);
    expect(await server.complete("stacks/x/b.yaml", 2, 12)).toEqual(expect.arrayContaining(["remove", "report"]));
    expect(await server.complete("stacks/x/b.yaml", 5, 4)).toEqual(expect.arrayContaining(["until", "reason"]));
  });

  test.each([
    ["an unquoted number", "roster", "group: A\nmembers:\n  - number: +6281234567890\n    name: A\n", [3, 12]],
    ["an unknown key", "roster", "group: A\nmembers: []\nmemebers: []\n", [3, 0]],
    ["a number without a plus", "roster", 'group: A\nprotect: ["0812 345"]\nmembers: []\n', [2, 10]],
    ["a day that is none", "people", 'people:\n  a: { number: "+62 811", name: A, offboarded: 2027-02-30 }\n', [2, 47]],
    ["a set that is a list", "sets", "sets:\n  oncall: [ana]\n", [2, 10]],
    ["a release without a day", "releases", "releases:\n  - people: [ana]\n", [2, 4]],
  ])("%s is underlined", async (_, kind, text, place) => {
    const [found] = await server.open(`stacks/x/${kind}-${place.join("-")}.yaml`, line(kind) + text);
    expect([found?.range.start.line, found?.range.start.character]).toEqual(place);
  });

  test("a good roster has nothing underlined", async () => {
    const text = `${line("roster")}group: EA93UU0042\nallowEmpty: false\nmaxRemovals: 2\nprotect: ["+65 8123 4567"]
members:\n  - person: ana\n    until: 2027-01-31\n  - number: "+62 812-3456-7890"\n    name: Citra\n    reason: lead\n`;
    expect(await server.open("stacks/x/good.yaml", text)).toEqual([]);
  });

  test("the files of stacks/ have nothing underlined", async () => {
    const stacks = join(ROOT, "stacks");
    const files = existsSync(stacks) ? readdirSync(stacks, { recursive: true, encoding: "utf8" }) : [];
    for (const file of files.filter((name) => name.endsWith(".yaml") && !/(^|[\\/])Pulumi\.[^\\/]*$/.test(name))) {
      expect([file, await server.open(join("stacks", file), readFileSync(join(stacks, file), "utf8"))]).toEqual([
        file,
        [],
      ]);
    }
  });
});
