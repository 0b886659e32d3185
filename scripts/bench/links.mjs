/** Groups of which rosters keep subject and invite link too: what looking after these costs in calls. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startBenchCams } from "./cams.mjs";
import { AT_THE_END, PHASES, UNPACED, UP } from "./phases.mjs";
import { BenchProject } from "./project.mjs";
import { groupsOf, seedOf, withLink } from "./world.mjs";

/**
 * @import { BenchCams } from "./cams.mjs"
 * @import { Bench } from "./phases.mjs"
 * @import { Links, LinkPhases, Phase } from "./result.js"
 */

/**
 * Previews and ups that change nothing, of the same groups without these keys and with them. A CAMS of its own has just
 * these groups: how many pages a list of groups has depends on all groups of the account.
 * @param {Bench} bench
 * @param {{ folder: string, groups: number }} options
 * @returns {Promise<Links>}
 */
export async function links({ tell, rollcall }, { folder, groups }) {
  const project = BenchProject.rollcall(folder, rollcall.folder);
  const seed = join(folder, "seed.json");
  writeFileSync(seed, JSON.stringify(seedOf(groupsOf(groups))));
  const cams = await startBenchCams(`${rollcall.folder}/dist`, seed);
  project.configure({ endpoint: cams.url, callsPerSecond: UNPACED });
  await project.pulumi(["stack", "init"]);

  tell(`${groups} groups: up, preview and up, of their people only`);
  project.declare(groupsOf(groups));
  const without = await phases(project, cams);
  tell(`${groups} groups: the same with subject and invite link`);
  project.declare(groupsOf(groups).map(withLink));
  const kept = await phases(project, cams);
  await cams.stop();
  return { groups, without, with: kept };
}

/**
 * @param {BenchProject} project @param {BenchCams} cams
 * @returns {Promise<LinkPhases>}
 */
async function phases(project, cams) {
  /** @param {Phase} name */
  const phase = async (name) => {
    await cams.forget();
    const { seconds: runSeconds } = await project.pulumi(PHASES[name]);
    return { ...(await cams.calls()), runSeconds };
  };
  await project.pulumi(UP, AT_THE_END);
  return { preview: await phase("preview"), up: await phase("up") };
}
