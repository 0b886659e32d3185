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
    expect(offered).toEqual(expect.arrayContaining(["subject", "description", "inviteLink", "linkRevision", "invite"]));
  });

  test("the values of inviteLink are offered", async () => {
    await server.open("stacks/x/c.yaml", `${line("roster")}subject: Operations\ninviteLink: \nmembers: []\n`);
    expect(await server.complete("stacks/x/c.yaml", 2, 12)).toEqual(["keep", "open", "while-awaited"]);
  });

  test("a member's keys are offered, and the values of undeclared", async () => {
    const text = `${line("roster")}group: EA93UU0042\nundeclared: \nmembers:\n  - person: ana\n    \n`;
    await server.open("stacks/x/b.yaml", text);
    expect(await server.complete("stacks/x/b.yaml", 2, 12)).toEqual(expect.arrayContaining(["remove", "report"]));
    expect(await server.complete("stacks/x/b.yaml", 5, 4)).toEqual(
      expect.arrayContaining(["until", "consent", "reason"]),
    );
  });

  test.each([
    ["an unquoted number", "roster", "group: A\nmembers:\n  - number: +6281234567890\n    name: A\n", [3, 12]],
    ["an unknown key", "roster", "group: A\nmembers: []\nmemebers: []\n", [3, 0]],
    ["neither group nor subject", "roster", "members: []\n", [1, 0]],
    ["a subject that is too long", "roster", `subject: ${"x".repeat(129)}\nmembers: []\n`, [1, 9]],
    ["a subject that ends with a blank", "roster", 'subject: "Operations "\nmembers: []\n', [1, 9]],
    ["a description with an escape", "roster", 'subject: A\ndescription: "\\e[31m"\nmembers: []\n', [2, 13]],
    ["a link that is closed", "roster", "group: A\ninviteLink: closed\nmembers: []\n", [2, 12]],
    ["a revision that is no whole number", "roster", "group: A\nlinkRevision: 1.5\nmembers: []\n", [2, 14]],
    ["an invite that is no truth value", "roster", "group: A\ninvite: maybe\nmembers: []\n", [2, 8]],
    ["a consent that is no day", "people", 'people:\n  a: { number: "+62 811", name: A, consent: yes }\n', [2, 44]],
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

  test("a good roster of a group that is made has nothing underlined", async () => {
    const text = `${line("roster")}subject: "${"\u{1f69a}".repeat(128)}"
description: |\n  Shift handover,\n  at 7 and at 19.\ninviteLink: while-awaited\nlinkRevision: 2\ninvite: true\ninclude: [oncall]
members:\n  - person: ana\n    consent: 2026-05-01\n`;
    expect(await server.open("stacks/x/made.yaml", text)).toEqual([]);
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
