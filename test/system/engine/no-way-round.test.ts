import { setTimeout as sleep } from "node:timers/promises";
import { passed } from "../../runs";
import { World } from "./world";

const [ANA, BUDI, CITRA, DEWI] = ["628110000001", "628110000002", "628110000003", "628110000004"] as const;
const [STRANGER, OTHER] = ["6591234567", "447911123456"] as const;
const BOTH = { [ANA]: "Ana", [BUDI]: "Budi" };
const FOUR = { ...BOTH, [CITRA]: "Citra", [DEWI]: "Dewi" };

/** Ordinary ways of working that once led round a guard, or let a run say of something that it was done. */
describe("no way leads round the guards", () => {
  let world: World;
  afterEach(() => world.stop());

  const nobodyAskedFor = async () => expect(await world.askedFor()).toEqual([]);

  /** Waits for the first listing of a run that is under way, then does something. */
  async function afterFirstListing(act: () => Promise<unknown>): Promise<void> {
    while ((await world.calls("ListChatGroupParticipants")).length === 0) await sleep(10);
    await act();
  }

  test("a listing right before the removal that says Total 0: nobody is already gone, and it is not remembered", async () => {
    world = await World.start({ EA1: [ANA, BUDI, CITRA, DEWI] });
    world.roster("ops", "EA1", FOUR);
    passed(await world.up());
    world.roster("ops", "EA1", { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra" });
    await world.forgetCalls();
    const [up] = await Promise.all([
      world.up(),
      afterFirstListing(() =>
        world.fault({ action: "ListChatGroupParticipants", groupId: "EA1", fault: "list-empty", times: 1 }),
      ),
    ]);
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(/\[?suspicious-listing|the listing lacks 4 of 4 people .* who were there seconds before/);
    await nobodyAskedFor();
    const next = passed(await world.up());
    expect(next.out).toMatch(/1 to remove, 0 awaiting, 0 left/);
    expect(next.out).toMatch(/Dewi\s+dropped from roster/);
    expect(await world.participants("EA1")).toEqual([ANA, BUDI, CITRA]);
  });

  test("resources that Pulumi is told to leave out: the run names who was not removed, and does not count them", async () => {
    world = await World.start({ EA1: [ANA, BUDI], EA2: [ANA, CITRA] });
    world.roster("ops", "EA1", BOTH);
    world.roster("sales", "EA2", { [ANA]: "Ana", [CITRA]: "Citra" });
    passed(await world.up());
    world.roster("ops", "EA1", { [ANA]: "Ana" });
    world.roster("sales", "EA2", { [ANA]: "Ana" });
    const urn = (await world.state()).resources.find(({ inputs }) => inputs.group === "EA1")?.urn ?? "";
    for (const how of ["--exclude", "--target"]) {
      const up = passed(await world.up(how, urn));
      const out = how === "--exclude" ? "ops (EA1): Budi (628110000002)" : "sales (EA2): Citra (628110000003)";
      expect(up.out).toContain(
        "Pulumi was told to leave these out (--target, --exclude), so nobody was removed from them:",
      );
      expect(up.out).toContain(`${out} was not removed`);
      expect((await world.outputs()).summary).toMatchObject({ removals: how === "--exclude" ? 1 : 0 });
      if (how === "--exclude") {
        expect(await world.askedFor()).toEqual([CITRA]);
        await world.join("EA2", CITRA).catch(() => undefined);
        world.roster("sales", "EA2", { [ANA]: "Ana", [CITRA]: "Citra" });
        passed(await world.up("--target", urn.replace("::ops", "::sales")));
        return;
      }
    }
  });

  test("a removal that failed is tried again after a refresh, also by a run that looks only at what changed", async () => {
    world = await World.start({ EA1: [ANA, BUDI] });
    world.roster("ops", "EA1", BOTH);
    passed(await world.up());
    world.roster("ops", "EA1", { [ANA]: "Ana" });
    await world
      .fault({ action: "DeleteChatGroupParticipants", fault: "suspended-131207", times: 5 })
      .catch(() => world.fault({ action: "DeleteChatGroupParticipants", fault: "forbidden-ram", times: 5 }));
    const failed = await world.up();
    expect(failed.code).not.toBe(0);
    await world.join("EA1", STRANGER);
    passed(await world.pulumi(["refresh", "--stack", "test", "--yes"]));
    const { resources } = await world.state();
    expect(resources[0]?.outputs.failed).toMatch(/Budi \(628110000002\) was not removed/);
    expect((await world.preview("--diff")).out).toMatch(/Budi\s+dropped from roster/);
  });

  test("with --refresh a group that CAMS does not know blocks no other, not even once its roster is gone", async () => {
    world = await World.start({ EA1: [ANA, BUDI], EA2: [ANA, BUDI] });
    world.roster("ops", "EA1", BOTH);
    world.roster("sales", "EA2", BOTH);
    passed(await world.up());
    await world.fault({ groupId: "EA2", action: "ListChatGroupParticipants", fault: "group-gone", times: 100 });
    world.roster("ops", "EA1", { [ANA]: "Ana" });
    const up = await world.up("--refresh");
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(/\[unknown-group\] sales \(EA2\)/);
    expect(await world.askedFor()).toEqual([BUDI]);
    world.delete("stacks/test/sales.yaml");
    passed(await world.up("--refresh"));
  });

  test("whoever left stays `left` in every later run, until they are back", async () => {
    world = await World.start({ EA1: [ANA, BUDI] });
    world.roster("ops", "EA1", { ...BOTH, [CITRA]: "Citra" });
    passed(await world.up());
    await world.leave("EA1", BUDI);
    for (let i = 0; i < 3; i++) {
      expect(passed(await world.up()).out).toMatch(/0 to remove, 1 awaiting, 1 left/);
      expect(await world.outputs()).toMatchObject({
        left: { ops: { [BUDI]: "Budi" } },
        awaiting: { ops: { [CITRA]: "Citra" } },
      });
    }
    await world.join("EA1", BUDI);
    expect(passed(await world.up()).out).toMatch(/0 to remove, 1 awaiting, 0 left/);
  });

  test("whoever was removed and is declared again: the run says that the link does not let them in", async () => {
    world = await World.start({ EA1: [ANA, BUDI] });
    world.roster("ops", "EA1", BOTH);
    passed(await world.up());
    world.roster("ops", "EA1", { [ANA]: "Ana" });
    passed(await world.up());
    world.roster("ops", "EA1", BOTH);
    for (let i = 0; i < 2; i++) {
      const up = passed(await world.up());
      expect(up.out).toMatch(
        /awaiting, but removed from this group before: the invite link does not let them in\s+ops\s+628110000002\s+Budi/,
      );
    }
    const plan = JSON.parse((await world.rollcall("plan", "--format", "json")).stdout) as {
      groups: { awaiting: unknown }[];
    };
    expect(plan.groups[0]?.awaiting).toEqual([{ number: BUDI, name: "Budi", removedBefore: true }]);
  });

  test("groups that moved on by one roster: the record of each stays, and the advice of the refusal works", async () => {
    world = await World.start({ G1: [ANA, BUDI], G2: [ANA, CITRA], G3: [ANA, DEWI] });
    world.roster("a", "G1", BOTH);
    world.roster("b", "G2", { [ANA]: "Ana", [CITRA]: "Citra" });
    world.roster("c", "G3", { [ANA]: "Ana", [DEWI]: "Dewi" });
    passed(await world.up());
    world.delete("stacks/test/a.yaml");
    world.roster("b", "G1", BOTH);
    world.roster("c", "G2", { [ANA]: "Ana" });
    for (let i = 0; i < 3; i++) {
      const up = await world.up();
      expect(up.code).not.toBe(0);
      expect(up.out).toMatch(/\[belongs-elsewhere\] b \(G1\)/);
      expect(up.out).toMatch(/\[belongs-elsewhere\] c \(G2\)/);
      await nobodyAskedFor();
      expect((await world.state()).resources.map(({ inputs }) => inputs.group).sort()).toEqual(["G1", "G2", "G3"]);
    }
    world.delete("stacks/test/b.yaml");
    world.delete("stacks/test/c.yaml");
    world.roster("x", "G1", BOTH);
    world.roster("y", "G2", { [ANA]: "Ana" });
    const up = passed(await world.up());
    expect(up.out).toMatch(/y\s+628110000003\s+Citra\s+dropped from roster/);
    expect(await world.askedFor()).toEqual([CITRA]);
  });

  test("a roster that takes the name of a renamed one is held with it, and the dropped person is not spared later", async () => {
    world = await World.start({ G1: [ANA, BUDI], G2: [ANA, CITRA] });
    world.roster("b", "G1", BOTH);
    passed(await world.up());
    world.roster("c", "G1", { [ANA]: "Ana" });
    world.roster("b", "G2", { [ANA]: "Ana", [CITRA]: "Citra" });
    const held = await world.up();
    expect(held.code).not.toBe(0);
    expect(held.out).toMatch(/\[belongs-elsewhere\] c \(G1\): the group belongs to the resource b/);
    expect(held.out).toMatch(/\[belongs-elsewhere\] b \(G2\): the name of this roster belongs to the group G1/);
    world.delete("stacks/test/b.yaml");
    world.roster("d", "G2", { [ANA]: "Ana", [CITRA]: "Citra" });
    expect(passed(await world.up()).out).toMatch(/c\s+628110000002\s+Budi\s+dropped from roster/);
    expect(await world.participants("G1")).toEqual([ANA]);
  });

  test("two stacks of one project folder that declare the same group: neither removes the other's people", async () => {
    world = await World.start({ EA1: [ANA, BUDI] });
    world.roster("ops", "EA1", BOTH);
    passed(await world.up());
    world.roster("ops", "EA1", { [ANA]: "Ana" });
    // Of the same CAMS: without settings of its own it would be another one.
    world.write("stacks/Pulumi.other.yaml", world.read("stacks/Pulumi.test.yaml"));
    world.write("stacks/other/ops.yaml", `group: EA1\nmembers:\n  - { number: "+${BUDI}", name: Budi }\n`);
    const up = await world.up();
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(
      /\[belongs-elsewhere\] ops \(EA1\): the stack other declares the group, too \(stacks\/other\/ops\.yaml\)/,
    );
    await nobodyAskedFor();
  });

  test("a state that was imported from another stack is no adoption", async () => {
    world = await World.start({ EA1: [ANA, BUDI] });
    world.roster("ops", "EA1", BOTH);
    passed(await world.up());
    world.write("state.json", (await world.state()).text);
    passed(await world.pulumi(["stack", "init", "other"]));
    world.write("stacks/Pulumi.other.yaml", world.read("stacks/Pulumi.test.yaml").replace(/^encryptionsalt.*\n/m, ""));
    await world.pulumi(["stack", "import", "--stack", "other", "--file", "state.json", "--force"]);
    world.delete("stacks/test/ops.yaml");
    world.write("stacks/other/ops.yaml", `group: EA1\nmembers:\n  - { number: "+${ANA}", name: Ana }\n`);
    await world.forgetCalls();
    const up = await world.pulumi(["up", "--stack", "other", "--yes", "--skip-preview"]);
    expect(up.out).toMatch(/spared by adoption/);
    await nobodyAskedFor();
  });

  test("a replaced resource whose removal fails half-way keeps name and reason", async () => {
    world = await World.start({ EA1: [ANA, BUDI], EA2: [ANA, BUDI, OTHER] }, { onAdopt: "remove" });
    world.roster("ops", "EA1", BOTH);
    passed(await world.up());
    world.roster("ops", "EA2", BOTH);
    await world.fault({ action: "DeleteChatGroupParticipants", fault: "reset", times: 9 });
    expect((await world.up()).code).not.toBe(0);
    world.roster("ops", "EA2", { [ANA]: "Ana" });
    const up = await world.up();
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(/628110000002\s+Budi\s+dropped from roster/);
    world.roster("ops", "EA2", BOTH);
    expect((await world.preview()).out).toMatch(/447911123456\s+never declared/);
  });
});
