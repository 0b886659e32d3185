import { driftCommand } from "../../src/cli/drift";
import { LiveProject } from "./live-project";

const [ANA, BUDI, STRANGER] = ["628110000001", "628110000002", "6591234567"];
const TEAM = { [ANA]: "Ana", [BUDI]: "Budi" };

describe("rollcall drift", () => {
  let project: LiveProject;
  afterEach(() => project.stop());

  /** @param absent who was not there at the last run */
  async function run(participants: readonly string[], absent: readonly string[], rest: Record<string, unknown> = {}) {
    project = await LiveProject.start({ A: participants });
    project.roster("ops", "A", TEAM, rest);
    project.last({ ops: { group: "A", members: TEAM, absent } });
    const { code, out } = await project.run(driftCommand, "drift", "--format", "json");
    const { groups, summary } = JSON.parse(out) as {
      groups: Record<string, { number: string }[]>[];
      summary: Record<string, number>;
    };
    const numbers = (key: string) => groups[0]?.[key]?.map(({ number }) => number);
    return { code, summary, joined: groups[0]?.joined, left: numbers("left"), awaiting: numbers("awaiting") };
  }

  test("as the last run left it: 0", async () => {
    const { code, summary } = await run([ANA, BUDI], []);
    const nothing = { joined: 0, left: 0, awaiting: 0, removals: 0, refusals: 0, newGroups: 0, changes: 0, links: 0 };
    expect([code, summary]).toEqual([0, { groups: 1, ...nothing, invitations: 0 }]);
    expect((await project.run(driftCommand, "drift")).out).toBe("Stack dev: no drift; 1 group\n");
  });

  test("a declared person came: 5", async () => {
    expect(await run([ANA, BUDI], [BUDI])).toMatchObject({
      code: 5,
      joined: [{ number: BUDI, name: "Budi", declared: true }],
    });
    expect((await project.run(driftCommand, "drift")).out).toContain(
      `Joined: declared, and not there at the last run (1)\n  ops  ${BUDI}  Budi\n`,
    );
  });

  test("somebody left, and somebody is awaited: 5", async () => {
    expect(await run([ANA], [])).toMatchObject({ code: 5, left: [BUDI], awaiting: [] });
    await project.stop();
    expect(await run([ANA], [BUDI])).toMatchObject({ code: 5, left: [], awaiting: [BUDI] });
  });

  test("a stranger who would be removed: 4; one who is only reported: 5; a protected one: 0; too many: 6", async () => {
    const stranger = { joined: [{ number: STRANGER, name: "", declared: false }] };
    const all = [ANA, BUDI, STRANGER];
    expect(await run(all, [])).toMatchObject({ code: 4, ...stranger, summary: { removals: 1 } });
    await project.stop();
    expect(await run(all, [], { undeclared: "report" })).toMatchObject({ code: 5, ...stranger });
    await project.stop();
    expect(await run(all, [], { protect: [`+${STRANGER}`] })).toMatchObject({ code: 0, joined: [] });
    await project.stop();
    expect(await run(all, [], { maxRemovals: 0 })).toMatchObject({ code: 6, ...stranger, summary: { removals: 0 } });
  });
});
