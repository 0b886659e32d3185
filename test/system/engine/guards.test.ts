import { passed } from "../../runs";
import { World } from "./world";

const people = (count: number, from = 628110000001): string[] =>
  Array.from({ length: count }, (_, i) => String(from + i));
const named = (numbers: readonly string[]): Record<string, string> =>
  Object.fromEntries(numbers.map((number) => [number, `N${number.slice(-2)}`]));

describe("guards on the real engine", () => {
  let world: World;
  afterEach(() => world.stop());

  async function adopted(
    groups: Record<string, readonly string[]>,
    settings: Record<string, unknown> = {},
  ): Promise<void> {
    world = await World.start(groups, settings);
    for (const [group, numbers] of Object.entries(groups)) world.roster(group.toLowerCase(), group, named(numbers));
    passed(await world.up());
    await world.forgetCalls();
  }

  test("one group over its limit is held, the others go on, preview warns and up fails", async () => {
    await adopted({ EA1: people(5), EA2: people(3, 628120000001) });
    world.roster("ea1", "EA1", named(people(2)));
    world.roster("ea2", "EA2", named(people(2, 628120000001)));

    const preview = await world.preview("--diff");
    passed(preview);
    expect(preview.out).toMatch(
      /warning: .*\n.*\[max-removals-per-group\] ea1 \(EA1\): 3 removals .*more than this group's limit of 2/,
    );
    expect(preview.out).toContain('628120000003: "dropped from roster"');
    expect(preview.out).not.toContain('628110000003: "dropped from roster"');

    const up = await world.up();
    expect(up.code).not.toBe(0);
    expect(up.out).toContain("[max-removals-per-group] ea1 (EA1)");
    expect(up.out).toContain("maxRemovals: 3");
    expect(await world.askedFor()).toEqual(["628120000003"]);

    // The state still knows who was declared, so the reason stays right once it is permitted.
    world.roster("ea1", "EA1", named(people(2)), { maxRemovals: 3 });
    const permitted = await world.up();
    passed(permitted);
    expect(permitted.out).toMatch(/628110000003\s+N03\s+dropped from roster/);
    expect(await world.participants("EA1")).toEqual(people(2));
  });

  test("more removals than the run's limit refuse the run: nothing is registered, nobody goes", async () => {
    await adopted({ EA1: people(3), EA2: people(3, 628120000001) }, { maxRemovalsPerRun: 1 });
    world.roster("ea1", "EA1", named(people(2)));
    world.roster("ea2", "EA2", named(people(2, 628120000001)));
    for (const run of [await world.preview(), await world.up()]) {
      expect(run.code).not.toBe(0);
      expect(run.out).toMatch(
        /\[max-removals-per-run\] 2 removals in 2 groups \(ea1: 1, ea2: 1\), more than the run's limit of 1.*maxRemovalsPerRun to 2/,
      );
    }
    expect(await world.askedFor()).toEqual([]);
    expect((await world.state()).resources).toHaveLength(2);
    world.configure({ maxRemovalsPerRun: 2 });
    passed(await world.up());
    expect(await world.askedFor()).toEqual(["628110000003", "628120000003"]);
  });

  test("one person out of too many groups refuses the run; every refusal of the run is listed at once", async () => {
    const groups = { EA1: people(3), EA2: people(3), EA3: people(3), EA4: people(6) };
    await adopted(groups, { maxGroupsPerPerson: 2, maxRemovalsPerRun: 2 });
    for (const name of ["ea1", "ea2", "ea3"]) world.roster(name, name.toUpperCase(), named(people(2)));
    world.roster("ea4", "EA4", named(people(2)));
    const run = await world.up();
    expect(run.code).not.toBe(0);
    expect(run.out).toMatch(
      /\[max-groups-per-person\] N03 \(628110000003\) would be removed from 3 groups \(ea1, ea2, ea3\), more than the limit of 2/,
    );
    expect(run.out).toMatch(/\[max-removals-per-run\] 3 removals/);
    expect(run.out).toMatch(/\[max-removals-per-group\] ea4 \(EA4\): 4 removals/);
    expect(await world.askedFor()).toEqual([]);
  });

  test("an empty roster and a removal of everybody need allowEmpty", async () => {
    await adopted({ EA1: people(2), EA2: people(2, 628120000001) });
    world.roster("ea1", "EA1", {});
    world.roster("ea2", "EA2", named(["628199999999"]));
    const held = await world.up();
    expect(held.code).not.toBe(0);
    expect(held.out).toMatch(/\[empty-roster\] ea1 \(EA1\).*allowEmpty: true/);
    expect(held.out).toMatch(/\[removes-everybody\] ea2 \(EA2\).*allowEmpty: true/);
    expect(await world.askedFor()).toEqual([]);
    world.roster("ea1", "EA1", {}, { allowEmpty: true });
    world.roster("ea2", "EA2", named(["628199999999"]), { allowEmpty: true });
    passed(await world.up());
    expect(await world.participants("EA1")).toEqual([]);
    expect(await world.participants("EA2")).toEqual([]);
  });

  test.each([
    ["total-more", /\[doubtful-listing\] ea1 \(EA1\).*not provably whole/],
    ["internal-error", /\[doubtful-listing\] ea1 \(EA1\)/],
  ])("a listing with the fault %s removes nobody, and the other group goes on", async (fault, message) => {
    await adopted({ EA1: people(3), EA2: people(3, 628120000001) });
    world.roster("ea1", "EA1", named(people(2)));
    world.roster("ea2", "EA2", named(people(2, 628120000001)));
    await world.fault({ action: "ListChatGroupParticipants", groupId: "EA1", fault, times: 100 });
    passed(await world.preview());
    const up = await world.up();
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(message);
    expect(await world.askedFor()).toEqual(["628120000003"]);
  });

  test("a near miss of a declared number is held", async () => {
    await adopted({ EA1: ["628123456789", ...people(2)] });
    world.roster("ea1", "EA1", named([...people(2), "628123456798"]));
    const up = await world.up();
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(
      /\[near-miss\] ea1 \(EA1\): 1 of 1 removal .*: N89 \(628123456789\) looks like N98 \(628123456798\): the same number with two digits swapped/,
    );
    expect(await world.askedFor()).toEqual([]);
  });

  test("a group that CAMS does not know is held and not adopted; the others go on", async () => {
    await adopted({ EA1: people(3) });
    world.roster("ea1", "EA1", named(people(2)));
    world.roster("nowhere", "EA404", named(people(2)));
    const up = await world.up();
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(/\[unknown-group\] nowhere \(EA404\): CAMS does not know this group/);
    expect(await world.askedFor()).toEqual(["628110000003"]);
    expect((await world.state()).resources.map(({ inputs }) => inputs.group)).toEqual(["EA1"]);
  });

  test("a listing that lost more than half is read twice and held until the roster agrees", async () => {
    await adopted({ EA1: people(6) });
    await world.join("EA1", "6591234567");
    for (const number of people(4)) await world.leave("EA1", number);
    for (const _ of [1, 2]) {
      await world.forgetCalls();
      const up = await world.up();
      expect(up.code).not.toBe(0);
      expect(up.out).toMatch(
        /\[suspicious-listing\] ea1 \(EA1\): the listing lacks 4 people .* of the 6 who were there/,
      );
      expect((await world.calls()).map(({ action }) => action)).toEqual(Array(2).fill("ListChatGroupParticipants"));
    }
    world.roster("ea1", "EA1", named(people(2, 628110000005)));
    passed(await world.up());
    expect(await world.participants("EA1")).toEqual(people(2, 628110000005));
  });

  test("a release takes exact people out of the limits, is told, and becomes a warning once it is done", async () => {
    await adopted({ EA1: people(6), EA2: people(6, 628120000001) }, { auditLog: "audit.jsonl" });
    world.roster("ea1", "EA1", named(people(3)));
    world.roster("ea2", "EA2", named(people(3, 628120000001)));
    const released = people(2, 628110000004).map((number) => `+${number}`);
    world.write(
      "stacks/test/releases.yaml",
      JSON.stringify({ releases: [{ people: released, groups: ["ea1"], until: "2099-12-31", reason: "moved" }] }),
    );
    const up = await world.up();
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(/ea1\s+628110000004\s+N04\s+dropped from roster, released/);
    expect(up.out).toMatch(/\[max-removals-per-group\] ea2/);
    expect(await world.participants("EA1")).toEqual(people(3));
    expect(await world.participants("EA2")).toHaveLength(6);
    expect(world.read("audit.jsonl")).toMatch(/"number":"628110000004".*"released":true/);
    world.roster("ea2", "EA2", named(people(6, 628120000001)));
    expect(passed(await world.preview()).out).toMatch(/releases\.yaml:\d+.*matches nothing any more/);
  });
});
