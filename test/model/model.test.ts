import fc from "fast-check";
import { seeded } from "../seeded";
import { registrations, type Registration } from "./registrations";
import { live, tally } from "./run";
import { quietStories, stories } from "./worlds";

jest.mock("@pulumi/pulumi", () => ({ runtime: { isDryRun: () => false } }));
jest.mock("../../src/provider/resource", () => ({
  ChatGroupParticipants: function (name: string, args: Registration["args"], options: Registration["options"]): object {
    registrations.push({ name, args, options });
    return { urn: { apply: (told: () => void) => told() } };
  },
}));

const WORLDS = 2_500;
const QUIET_WORLDS = 500;

/**
 * Worlds of a few people and groups live through several runs: rosters are edited, people come and go, CAMS fails, the
 * state is unreadable, and each run of the real code is compared with what the contract says may and must happen.
 */
test("in any world, run after run: exactly who may go, goes", async () => {
  await fc.assert(fc.asyncProperty(stories, live), { ...seeded, numRuns: WORLDS });
});

test("in quiet worlds: who left and who was never there is told apart, whatever the last runs were like", async () => {
  await fc.assert(fc.asyncProperty(quietStories, live), { ...seeded, numRuns: QUIET_WORLDS });
});

test.each([
  ["worlds", WORLDS + QUIET_WORLDS],
  ["runs", 10_000],
  ["people asked for", 1_000],
  ["worlds that settle whole", 500],
  ["runs that could not look", 50],
  ["refused runs", 200],
  ["no whole listing", 200],
  ["max-removals-per-group", 500],
  ["near-miss", 500],
  ["removes-everybody", 500],
  ["empty-roster", 50],
  ["belongs-elsewhere", 50],
  ["suspicious-listing", 50],
  ["groups that people left", 300],
  ["groups that were not looked at", 1_000],
])("enough of it was seen: %s", (what, least) => {
  expect(tally.get(what)).toBeGreaterThanOrEqual(least);
});
