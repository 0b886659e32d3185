import { stringify } from "yaml";
import { ACCOUNT, World } from "./world";

const ANA = "628110000001";

/** Pulumi takes every namespace, so that nobody else would say that a number is not protected after all. */
describe("a setting in a misspelt namespace", () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ EA1: [ANA] });
    world.roster("ops", "EA1", { [ANA]: "Ana" });
  });
  afterAll(() => world.stop());

  const refused = async (...told: RegExp[]) => {
    for (const ended of [await world.preview(), await world.up()]) {
      expect(ended.code).not.toBe(0);
      for (const text of told) expect(ended.out).toMatch(text);
    }
    expect(await world.calls()).toEqual([]);
    expect((await world.state()).resources).toEqual([]);
  };

  test("the program refuses it, with the wrong settings, before any call", async () => {
    const file = "stacks/Pulumi.test.yaml";
    world.configure({ display: "loud" });
    world.write(file, `${world.read(file)}  rolcall:protect: ["+62 811 0000 001"]\n`);
    await refused(/rolcall:protect is no setting.*Write rollcall:protect;/, /rollcall:display is "loud"/);
  });

  test("so does the resource in somebody's own program", async () => {
    world.write("Pulumi.yaml", "name: own\nruntime: nodejs\nstackConfigDir: stacks\nmain: index.js\n");
    world.write("stacks/Pulumi.test.yaml", stringify({ config: { "roll-call:protect": ["+62 811 0000 001"] } }));
    const group = { group: "EA1", ...ACCOUNT, members: { [ANA]: "Ana" } };
    world.write(
      "index.js",
      `const { ChatGroupParticipants } = require("./dist/library.js");\n` +
        `new ChatGroupParticipants("ops", ${JSON.stringify(group)});\n`,
    );
    await world.pulumi(["stack", "init", "test"]);
    await refused(/roll-call:protect is no setting.*Write rollcall:protect;/);
  });
});
