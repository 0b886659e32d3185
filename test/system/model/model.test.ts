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
const INVITE_WORLDS = 500;

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
  ["worlds", WORLDS + QUIET_WORLDS + OWN_WORLDS + INVITE_WORLDS],
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
  ["runs that look at invitations", 3_500],
  ["messages that CAMS took", 1_800],
  ["people written to: first", 550],
  ["people written to: new link", 350],
  ["people written to: released", 35],
  ["people written to: reminder", 20],
  ["people written to: again", 15],
  ["groups into which a plan invites people", 600],
  ["groups into which people are invited in bad weather", 550],
  ["groups whose invitations were left out", 20],
  ["attempts without an end", 90],
  ["lost messages that are found at once", 30],
  ["lost messages that stay unknown", 4],
  ["runs killed: in a message", 20],
  ["runs refused: max-invitations-per-run", 200],
  ["invitations refused: groups-not-listed", 45],
  ["invitations refused: number-not-official", 70],
  ["invitations refused: template-not-passed", 55],
  ["invitations refused: template-is-marketing", 25],
  ["invitations refused: plan-spent", 18],
  ["invitations that ended: joined", 220],
  ["invitations that ended: withdrawn", 50],
  ["on record: accepted", 5_000],
  ["on record: delivered", 170],
  ["on record: read", 60],
  ["on record: failed", 650],
  ["on record: unknown", 1_200],
  ["on record: lapsed", 1_400],
  ["standing: to invite: first", 3_000],
  ["standing: to invite: new link", 500],
  ["standing: to invite: released", 75],
  ["standing: to invite: reminder", 75],
  ["standing: to invite: again", 40],
  ["standing: invited", 4_000],
  ["standing: left", 1_200],
  ["standing: removed before", 40],
  ["standing: day came", 400],
  ["standing: held", 1_200],
  ["standing: not listed", 380],
  ["standing: group not active", 650],
  ["standing: no link", 380],
  ["standing: adoption", 2_200],
  ["standing: no consent", 2_700],
  ["standing: failed", 440],
  ["standing: unknown", 1_000],
  ["standing: lapsed", 1_100],
  ["standing: not in the plan", 380],
  ["standing: no room", 90],
])("enough of it was seen: %s", (what, least) => {
  expect(tally.get(what)).toBeGreaterThanOrEqual(least);
});
