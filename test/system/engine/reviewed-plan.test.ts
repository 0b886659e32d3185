import { passed } from "../../runs";
import { World } from "./world";

const [ANA, BUDI, CITRA, DEWI] = ["628110000001", "628110000002", "628110000003", "628110000004"] as const;
const STRANGER = "6591234567";
const NEWCOMER = "447911123456";
const OPS = { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra", [DEWI]: "Dewi" };

/** A plan that was reviewed does what it names, whatever people did meanwhile: `ROLLCALL_PLAN` with `up --plan`. */
describe.each(["full", "masked"])("a reviewed plan, display %s", (display) => {
  let world: World;
  afterEach(() => world.stop());

  async function adopted(settings: Record<string, unknown> = {}): Promise<void> {
    world = await World.start(
      { EA1: [ANA, BUDI, CITRA, DEWI], EA2: [ANA, BUDI], EA3: [ANA, BUDI] },
      { display, maskKey: "key", ...settings },
    );
    world.roster("ops", "EA1", OPS);
    world.roster("sales", "EA2", { [ANA]: "Ana", [BUDI]: "Budi" });
    passed(await world.up());
    await world.forgetCalls();
  }

  const plan = async () => passed(await world.preview("--save-plan", "plan.json"));
  const apply = (...args: string[]) =>
    world.pulumi(["up", "--stack", "test", "--yes", "--plan", "plan.json", ...args], { ROLLCALL_PLAN: "plan.json" });

  test("removes exactly the people it names, whoever came and left since, in one roll call", async () => {
    await adopted();
    await world.join("EA1", STRANGER);
    world.roster("ops", "EA1", { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra" });
    world.roster("sales", "EA2", { [ANA]: "Ana" });
    await plan();
    await world.leave("EA1", DEWI);
    await world.join("EA1", NEWCOMER);
    await world.join("EA2", NEWCOMER);
    await world.forgetCalls();
    const up = passed(await apply("--skip-preview"));
    expect(await world.askedFor()).toEqual([BUDI, STRANGER].sort());
    expect(await world.participants("EA1")).toEqual([NEWCOMER, ANA, BUDI, CITRA].sort());
    expect(await world.participants("EA2")).toEqual([ANA, NEWCOMER].sort());
    expect(up.out).toMatch(/2 spared/);
    expect(up.out).toMatch(/spared since the reviewed plan does not name them/);
    expect(up.out).not.toMatch(/violates/);
    // Groups with removals: roll call, second look, confirmation.
    const lists = await world.calls("ListChatGroupParticipants");
    expect(lists.map(({ groupId }) => groupId).sort()).toEqual(["EA1", "EA1", "EA1", "EA2", "EA2", "EA2"]);
    // The next run without a plan knows all that.
    const next = await world.preview("--diff");
    expect(next.out).toMatch(/Roll call of 2 groups: 2 to remove, 0 awaiting, 0 left/);
  });

  test("goes with the preview of `up` as well, and a second time, with nothing left to do", async () => {
    await adopted();
    world.roster("ops", "EA1", { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra" });
    await plan();
    await world.join("EA1", STRANGER);
    passed(await apply());
    expect(await world.askedFor()).toEqual([DEWI]);
    await world.forgetCalls();
    passed(await apply("--skip-preview"));
    expect(await world.askedFor()).toEqual([]);
  });

  test("leaves a group as it is that is held now, does the others, and ends in failure", async () => {
    await adopted();
    world.roster("ops", "EA1", { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra" });
    world.roster("sales", "EA2", { [ANA]: "Ana" });
    world.roster("new", "EA3", { [ANA]: "Ana", [BUDI]: "Budi" });
    await plan();
    for (const groupId of ["EA1", "EA3"])
      await world.fault({ action: "ListChatGroupParticipants", groupId, fault: "total-more", times: 100 });
    const up = await apply("--skip-preview");
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(/\[doubtful-listing\] ops \(EA1\)/);
    expect(up.out).not.toMatch(/violates/);
    expect(await world.askedFor()).toEqual([BUDI]);
    // What is known of the held group is not lost, and the new one is still to be adopted.
    await world.noFaults();
    const next = await world.preview();
    expect(next.out).toMatch(/ops\s+\S+04\S*\s+Dewi\s+dropped from roster/);
    await world.join("EA3", STRANGER);
    expect((await world.preview()).out).toMatch(/new\s+\S+67\S*\s+undeclared, spared by adoption/);
  });

  test("is refused as a whole for other rosters, in words that say what differs", async () => {
    await adopted();
    world.roster("ops", "EA1", { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra" });
    await plan();
    world.roster("ops", "EA1", { [ANA]: "Ana", [BUDI]: "Budi" });
    world.roster("sales", "EA2", { [ANA]: "Ana" });
    world.roster("new", "EA3", { [ANA]: "Ana", [BUDI]: "Budi" });
    await world.forgetCalls();
    const up = await apply("--skip-preview");
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(/the plan plan\.json is not applied, and nothing is done: it was made of other rosters:/);
    expect(up.out).toMatch(/new: there is a roster, and the plan does not know it/);
    if (display === "full") expect(up.out).toMatch(/ops: declared in the plan, and not now: Citra \(628110000003\)/);
    else expect(up.out).toMatch(/ops: other people are declared/);
    expect(await world.calls()).toEqual([]);
  });

  test("of a part of the groups (`--target`) leaves the others alone, whatever their rosters said then", async () => {
    await adopted();
    world.roster("ops", "EA1", { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra" });
    world.roster("sales", "EA2", { [ANA]: "Ana" });
    const ops = "urn:pulumi:test::rollcall::pulumi-nodejs:dynamic/cams:ChatGroupParticipants::ops";
    passed(await world.preview("--save-plan", "plan.json", "--target", ops));
    const up = passed(await apply("--skip-preview", "--target", ops));
    expect(up.out).not.toMatch(/violates/);
    expect(await world.askedFor()).toEqual([DEWI]);
  });

  test("a plan that can't be applied at all is refused in plain words, before anything is done", async () => {
    await adopted();
    await plan();
    const text = world.read("plan.json");
    await world.forgetCalls();
    const refused = async (content: string | undefined, words: RegExp): Promise<void> => {
      if (content === undefined) world.delete("plan.json");
      else world.write("plan.json", content);
      const env = { ROLLCALL_PLAN: "plan.json" };
      const up = await world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview"], env);
      expect(up.code).not.toBe(0);
      expect(up.out).toMatch(words);
    };
    await refused("{}", /it is no plan/);
    await refused(
      text.replaceAll("urn:pulumi:test::", "urn:pulumi:elsewhere::"),
      /it is a plan of the stack elsewhere in the project rollcall/,
    );
    await refused(text.replaceAll("ChatGroupParticipants", "SomethingElse"), /it names no group/);
    await refused(undefined, /it can't be read/);
    expect(await world.calls()).toEqual([]);
  });
});
