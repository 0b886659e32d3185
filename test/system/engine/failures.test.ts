import { passed } from "../../runs";
import { World } from "./world";

const ANA = "628110000001";
const BUDI = "628110000002";
const CITRA = "628110000003";

describe("bad input and a bad network, on the real engine", () => {
  let world: World;
  afterEach(() => world.stop());

  async function fresh(settings: Record<string, unknown> = {}): Promise<void> {
    world = await World.start({ EA1: [ANA, BUDI, CITRA] }, settings);
    world.roster("ops", "EA1", { [ANA]: "Ana", [BUDI]: "Budi" });
  }

  /** Fails at once, says why, and nothing was asked of CAMS. */
  async function refused(env: NodeJS.ProcessEnv, ...messages: RegExp[]): Promise<void> {
    const started = performance.now();
    const run = await world.pulumi(["preview", "--stack", "test"], env);
    expect(run.code).not.toBe(0);
    for (const message of messages) expect(run.out).toMatch(message);
    expect(run.out).not.toMatch(/^\s+at .*\(/m);
    expect(await world.askedFor()).toEqual([]);
    expect(performance.now() - started).toBeLessThan(60_000);
  }

  test("broken rosters: every problem with its place, before any call", async () => {
    await fresh();
    world.write("stacks/test/a.yaml", "group: EA8\nmembers:\n  - number: 628110000001\n    name: Ana\n");
    world.write("stacks/test/b.yaml", "group: [\n");
    await refused({}, /stacks\/test\/a\.yaml:3:13/, /stacks\/test\/b\.yaml:\d+:\d+/);
    expect(await world.calls()).toEqual([]);
  });

  test("wrong settings: every one of them, before any call", async () => {
    await fresh({ display: "loud", endpoint: "http://cams.example.com" });
    world.configure({ display: "loud", endpoint: "http://cams.example.com" });
    await refused({}, /rollcall:display is "loud"/, /rollcall:endpoint.*loopback/);
    expect(await world.calls()).toEqual([]);
  });

  test("no account for a roster", async () => {
    await fresh();
    world.configure({ custSpaceId: undefined });
    await refused({}, /stacks\/test\/ops\.yaml: there is no custSpaceId/);
  });

  test("missing credentials fail at once", async () => {
    await fresh();
    await refused(
      {
        ALIBABA_CLOUD_ACCESS_KEY_ID: undefined,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: undefined,
        HOME: world.dir,
        PULUMI_HOME: world.pulumiHome,
      },
      /no credentials were found/,
      /ALIBABA_CLOUD_ACCESS_KEY_ID/,
    );
    expect(await world.calls()).toEqual([]);
  });

  test("wrong credentials end the run at the first answer, and stay out of it", async () => {
    await fresh();
    await refused({ ALIBABA_CLOUD_ACCESS_KEY_SECRET: "not-the-secret-of-this-key" }, /SignatureDoesNotMatch/);
    const run = await world.up();
    expect(run.out).not.toContain("rollcall-local-secret");
    expect((await world.state()).text).not.toContain("rollcall-local");
  });

  test("an unreachable endpoint", async () => {
    await fresh();
    world.configure({ endpoint: "http://127.0.0.1:9" });
    await refused({}, /ECONNREFUSED/, /Check rollcall:endpoint/);
  });

  test("an endpoint that is not CAMS", async () => {
    await fresh();
    world.configure({ endpoint: `${world.cams.url.replace(/:\d+$/, "")}:${await world.somethingElse()}` });
    await refused({}, /UnreadableAnswer|NoCode/);
  });

  test("a removal that half fails keeps the truth in state, and the next up does the rest", async () => {
    await fresh();
    passed(await world.up());
    world.roster("ops", "EA1", { [ANA]: "Ana" });
    await world.fault({ action: "DeleteChatGroupParticipants", fault: "removal-partial", times: 2 });
    const half = await world.up();
    expect(half.code).not.toBe(0);
    expect(half.out).toMatch(/still listed/);
    const there = await world.participants("EA1");
    expect(there).toHaveLength(2);
    const { resources } = await world.state();
    expect(resources[0]?.outputs.participants).toBe(there.join(" "));

    const rest = await world.up();
    passed(rest);
    expect(await world.participants("EA1")).toEqual([ANA]);
    expect((await world.up()).out).toMatch(/2 unchanged/);
  });

  test("a masked removal that half fails keeps numbers out of state", async () => {
    await fresh({ display: "masked" });
    passed(await world.up());
    world.roster("ops", "EA1", { [ANA]: "Ana" });
    await world.fault({ action: "DeleteChatGroupParticipants", fault: "removal-partial", times: 2 });
    const half = await world.up();
    expect(half.code).not.toBe(0);
    const { text } = await world.state();
    for (const number of [ANA, BUDI, CITRA]) {
      expect(text).not.toContain(number);
      expect(half.out).not.toContain(number);
    }
    passed(await world.up());
    expect(await world.participants("EA1")).toEqual([ANA]);
  });
});
