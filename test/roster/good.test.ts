import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadRosters } from "../../src/roster";

/**
 * Every folder of fixtures/good is a valid stack's folder, and `resolved.json` beside its files is what it means on
 * TODAY. `UPDATE_RESOLVED=1 npx jest test/roster` writes it anew.
 */
const GOOD = join(__dirname, "fixtures", "good");
const TODAY = "2026-12-01";

test.each(readdirSync(GOOD).sort())("%s", async (name) => {
  const loaded = await loadRosters(name, { root: GOOD, today: TODAY });
  expect(loaded.problems.map(({ code }) => code)).toEqual([]);
  const rosters = loaded.kind === "ok" ? loaded.rosters : undefined;
  const plain = {
    rosters: rosters?.rosters,
    offboarded: [...(rosters?.offboarded ?? [])],
    releases: rosters?.releases,
    ...(rosters?.formerly.size === 0 ? {} : { formerly: Object.fromEntries(rosters?.formerly ?? []) }),
  };
  const found = `${JSON.stringify(plain, undefined, 2)}\n`;
  const expected = join(GOOD, name, "resolved.json");
  if (process.env.UPDATE_RESOLVED !== undefined) writeFileSync(expected, found);
  expect(found).toBe(existsSync(expected) ? readFileSync(expected, "utf8") : "");
});
