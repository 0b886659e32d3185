import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { passed } from "../../runs";
import { World } from "./world";

/** Bytes of state file that a group of 8 may cost. */
const MOST_BYTES_A_GROUP = 2_000;

test("the state file stays small", async () => {
  const numbers = (group: number): string[] =>
    Array.from({ length: 8 }, (_, i) => `62811${String(group).padStart(4, "0")}${String(i).padStart(3, "0")}`);
  const groups = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`EA${String(10_000_000 + i)}`, numbers(i)]));
  const world = await World.start(groups);
  const size = (): number => {
    const folder = join(world.dir, "state/.pulumi/stacks/rollcall");
    const file = readdirSync(folder).find((name) => name.endsWith(".json")) ?? "";
    return statSync(join(folder, file)).size;
  };
  try {
    Object.entries(groups).forEach(([group, members], i) => {
      world.roster(
        `jakarta/team-${i}`,
        group,
        Object.fromEntries(members.map((number, n) => [number, `Person Number ${n}`])),
      );
    });
    passed(await world.up());
    expect(size() / 40).toBeLessThanOrEqual(MOST_BYTES_A_GROUP);
  } finally {
    await world.stop();
  }
});
