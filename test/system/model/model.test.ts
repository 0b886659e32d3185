import fc from "fast-check";
import { seeded } from "../../seeded";
import { inviteStories } from "./inviting-worlds";
import { liveAlone } from "./own-program";
import { engine, register, registerSender } from "./registrations";
import { live } from "./run";
import { tally } from "./tally";
import { ownStories, quietStories, stories } from "./worlds";

jest.mock("@pulumi/pulumi", () => ({ runtime: { isDryRun: () => engine.dryRun } }));
jest.mock("../../../src/provider/resource", () => ({
  ChatGroupParticipants: function (...args: Parameters<typeof register>): object {
    return register(...args);
  },
}));
jest.mock("../../../src/provider/invitations-resource", () => ({
  ChatGroupInvitations: function (...args: Parameters<typeof register>): object {
    return registerSender(...args);
  },
}));
// No group is made here, and no link is kept.
jest.mock("../../../src/provider/upkeep-resources", () => ({}));

const WORLDS = 2_000;
const QUIET_WORLDS = 500;
const OWN_WORLDS = 600;
const INVITE_WORLDS = 1_000;

// On a machine with other work the worlds take their time.
jest.setTimeout(300_000);

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

test("in somebody's own program: the same baseline and the same guards", async () => {
  await fc.assert(fc.asyncProperty(ownStories, liveAlone), { ...seeded, numRuns: OWN_WORLDS });
});

test("in stacks that invite: exactly who may be invited, is, once, and what became of it is on record", async () => {
  await fc.assert(fc.asyncProperty(inviteStories, live), { ...seeded, numRuns: INVITE_WORLDS });
});

/** What has to have happened often enough in all these worlds. */
test.each([
  ["worlds", WORLDS + QUIET_WORLDS + OWN_WORLDS],
  ["runs", 15_000],
  ["runs of own programs", 2_500],
  ["people asked for", 2_000],
  ["worlds that settle whole", 500],
  ["own programs that settle whole", 100],
  ["runs that could not look", 30],
  ["runs without rosters", 50],
  ["refused runs", 200],
  ["no whole listing", 200],
  ["max-removals-per-group", 500],
  ["near-miss", 500],
  ["removes-everybody", 500],
  ["empty-roster", 50],
  ["belongs-elsewhere", 500],
  ["suspicious-listing", 200],
  ["number-change", 200],
  ["unknown-memory", 100],
  ["groups that only the provider holds", 5],
  ["own programs: suspicious-listing", 20],
  ["own programs: number-change", 50],
  ["own programs: max-removals-per-run", 50],
  ["groups that people left", 300],
  ["groups that people left earlier", 300],
  ["groups whose link does not let somebody in", 50],
  ["digits that are nobody's number", 500],
  ["removals that are begun again", 100],
  ["groups that were not looked at", 1_000],
  ["runs that could not read the state", 100],
  ["runs with another display", 1_000],
  ["runs with a refresh: before", 1_000],
  ["runs with a refresh: with", 1_000],
  ["stories that always refresh", 100],
  ["runs killed: between", 100],
  ["runs killed: in write", 100],
  ["runs killed after a refresh", 50],
  ["groups whose removals were left out", 5],
  ["runs of a plan that end well", 500],
  ["runs of a plan with a held group", 100],
  ["plans with people who came or went", 500],
  ["plans of other rosters", 50],
  ["groups in which a plan spares people", 300],
  ["groups that a plan made before", 2],
  ["second looks that lost rows", 30],
  ["confirmations that lost rows", 20],
])("enough of it was seen: %s", (what, least) => {
  expect(tally.get(what)).toBeGreaterThanOrEqual(least);
});
