/**
 * What happens in one run of the chaos, drawn from its seed: who is dropped, who comes in, and then one act after the
 * other. An act is a run of Pulumi, perhaps with a mischief in it, or something that happens between two runs:
 *
 *   { act: "run", command, by, mischief, kept }   command: up, up --refresh, refresh, plan (save one), apply (that plan)
 *   { act: "world", joins, leaves, changes, declares, drops }
 *   { act: "display" }                            masked and full change places
 *   { act: "hold", group }, { act: "release", group }   in between, nobody of the group may be asked for
 *   { act: "wait", untilMs }                      since the last kill
 *   { act: "let", people }                        releases let them be written to once more
 *   { act: "set", settings }, { act: "template", is }
 */
import { drawInvitationPlan, drawInvitations } from "./invitation-stories.mjs";
import { everyMessageFault, ofTheMessage } from "./message-mischief.mjs";
import { everyFault } from "./mischief.mjs";
import { random } from "./random.mjs";
import { drawHeld, drawLateRun, drawPlan, drawRemoval } from "./stories.mjs";
import { GROUPS, NOT_ADOPTED, peopleOf, rosterOf, strangersOf } from "./world.mjs";

/**
 * @import { Dice, DrawnGroup, Scenario } from "./types.js"
 */

/** Stories that take turns with the removal that meets a fault or a kill. */
const OTHERS = [drawHeld, drawLateRun, drawPlan, drawLateRun];

/** Stories of invitations take turns too: those of the first place begin with a fault, one after the other. */
const OF_INVITATIONS = [drawInvitations, drawInvitations, drawInvitationPlan, drawInvitations];

/**
 * Every second seed tells a story of invitations. Of eight seeds one begins with a fault, one after the other, so that
 * eight times as many runs as there are pairs of fault and step have had each; one with a kill; two tell another story.
 * @param {number} seed
 * @param {readonly import("./cams.mjs").KnownFault[]} faults that the local CAMS knows
 * @returns {Scenario}
 */
export function drawScenario(seed, faults) {
  const chance = random(seed);
  const all = everyFault(faults);
  const ofMessages = everyMessageFault(faults);
  const turn = Math.floor(seed / 8);
  const first = seed % 8 === 0 ? all[turn % all.length] : undefined;
  const isFirst = seed % 4 === 1;
  const ofTheSend = ofTheMessage(ofMessages);
  const firstOfMessages = isFirst ? ofTheSend[Math.floor(seed / 4) % ofTheSend.length] : undefined;
  const story = storyOf(seed);
  const groups = drawGroups(chance);
  const display = chance.chance(0.2) ? "masked" : "full";
  const {
    acts,
    settings = {},
    groups: told = groups,
    slowness,
  } = story(chance, {
    ...{ groups, all, first, ofMessages, firstOfMessages },
  });
  const mischiefs = acts.flatMap((act) =>
    act.act === "run" && act.mischief !== undefined ? [{ command: act.command, ...act.mischief }] : [],
  );
  return { seed, display, settings, slowness, groups: told, acts, mischiefs };
}

/** @param {number} seed */
function storyOf(seed) {
  const turn = Math.floor(seed / 8);
  if (seed % 2 === 1) return OF_INVITATIONS[Math.floor((seed % 8) / 2)] ?? drawInvitations;
  if (seed % 8 < 4) return drawRemoval;
  return OTHERS[(2 * turn + (seed % 8 === 6 ? 1 : 0)) % OTHERS.length] ?? drawRemoval;
}

/**
 * Rosters from which somebody is dropped, and who comes in uninvited.
 * @param {Dice} dice
 * @returns {DrawnGroup[]}
 */
function drawGroups({ between, chance, some }) {
  const adopting = chance(0.3);
  const dropped = new Map(
    GROUPS.map((group) => [group, some(peopleOf(group), between(group === GROUPS[0] ? 1 : 0, 3))]),
  );
  return GROUPS.filter((group) => adopting || group !== NOT_ADOPTED).map((group) => {
    const strangers = some(strangersOf(group), between(0, 2));
    const drops = dropped.get(group) ?? [];
    return {
      group,
      name: rosterOf(group),
      declared: peopleOf(group).filter((number) => !drops.includes(number)),
      drops,
      strangers,
      protect: chance(0.3) ? strangers.slice(0, 1) : [],
    };
  });
}
