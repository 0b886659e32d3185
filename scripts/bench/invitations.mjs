/** People who are awaited in groups of the same size, and invited: what that costs in calls and in state. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startBenchCams } from "./cams.mjs";
import { AT_THE_END, UNPACED, UP } from "./phases.mjs";
import { BenchProject } from "./project.mjs";
import { ACCOUNT, groupsOf, seedOf, withLink } from "./world.mjs";

/**
 * @import { Bench } from "./phases.mjs"
 * @import { Group } from "./world.mjs"
 * @import { Invitations } from "./result.js"
 */

const TEMPLATE = { code: "1119000000000000001", name: "invitation", body: "Hello $(name), join $(group): $(link)" };
const CONSENT = "2026-01-01";

/**
 * The first of each group's people has consent, and is not there. Four runs: the groups are adopted; the people are
 * invited; nobody has come; nobody has come, and nothing changes any more.
 * @param {Bench} bench
 * @param {{ folder: string, groups: number }} options
 * @returns {Promise<Invitations>}
 */
export async function invitations({ tell, rollcall }, { folder, groups }) {
  const project = BenchProject.rollcall(folder, rollcall.folder);
  const seed = join(folder, "seed.json");
  writeFileSync(seed, JSON.stringify(seedWithout(groupsOf(groups))));
  const cams = await startBenchCams(`${rollcall.folder}/dist`, seed);
  const limits = { maxInvitationsPerRun: groups };
  project.configure({ endpoint: cams.url, callsPerSecond: UNPACED, invitationTemplate: TEMPLATE.code, ...limits });
  await project.pulumi(["stack", "init"]);
  project.declare(groupsOf(groups).map((group) => ({ ...withLink(group), consent: CONSENT })));

  tell(`${groups} groups with one awaited person each: up, which adopts them`);
  await project.pulumi(UP, AT_THE_END);
  const stateBytes = project.stateBytes();
  /** @param {string} what @param {readonly string[]} args */
  const run = async (what, args) => {
    tell(`${groups} groups with one awaited person each: ${what}`);
    await cams.forget();
    const { seconds: runSeconds } = await project.pulumi(args);
    return { ...(await cams.calls()), runSeconds };
  };
  const sent = await run("up, which invites them", UP);
  const followed = await run("up, which looks at what became of the messages", UP);
  const open = await run("up without changes", [...UP, "--expect-no-changes"]);
  const openBytes = project.stateBytes();
  await cams.stop();
  return { groups, sent, followed, open, stateBytes: { adopted: stateBytes, open: openBytes } };
}

/** The world at CAMS in which the first person of each group is missing. @param {readonly Group[]} groups */
function seedWithout(groups) {
  const others = groups.map((group) => ({
    ...group,
    members: Object.fromEntries(Object.entries(group.members).slice(1)),
  }));
  const [account] = Object.values(seedOf(others).businessNumbers);
  return { businessNumbers: { [ACCOUNT.businessNumber]: { ...account, templates: [TEMPLATE] } } };
}
