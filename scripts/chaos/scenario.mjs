/**
 * What happens in one run of the chaos, drawn from its seed: who is dropped, who comes in, and then one act after the
 * other. An act is a run of Pulumi, perhaps with a mischief in it, or something that happens between two runs:
 *
 *   { act: "run", command, by, mischief, kept }   command: up, up --refresh, refresh, plan (save one), apply (that plan)
 *   { act: "world", joins, leaves, changes, declares, drops }
 *   { act: "display" }                            masked and full change places
 *   { act: "hold", group }, { act: "release", group }   in between, nobody of the group may be asked for
 *   { act: "wait", untilMs }                      since the last kill
 */
import { everyFault } from "./mischief.mjs";
import { random } from "./random.mjs";
import { drawHeld, drawLateRun, drawPlan, drawRemoval } from "./stories.mjs";
import { GROUPS, NOT_ADOPTED, peopleOf, rosterOf, strangersOf } from "./world.mjs";

/**
 * @import { Dice, DrawnGroup, Scenario } from "./types.js"
 */

/** Stories that take turns with the removal that meets a fault or a kill. */
const OTHERS = [drawHeld, drawLateRun, drawPlan, drawLateRun];

/**
 * Of four seeds one begins with a fault, one after the other, so that four times as many runs as there are pairs of
 * fault and step have had each; one with a kill; two tell another story.
 * @param {number} seed
 * @param {readonly import("./cams.mjs").KnownFault[]} faults that the local CAMS knows
 * @returns {Scenario}
 */
export function drawScenario(seed, faults) {
  const chance = random(seed);
  const all = everyFault(faults);
  const turn = Math.floor(seed / 4);
  const first = seed % 4 === 0 ? all[turn % all.length] : undefined;
  const other = OTHERS[(turn + 2 * (seed % 2)) % OTHERS.length];
  const story = seed % 4 < 2 || other === undefined ? drawRemoval : other;
  const groups = drawGroups(chance);
  const display = chance.chance(0.2) ? "masked" : "full";
  const { acts, settings = {}, groups: told = groups } = story(chance, { groups, all, first });
  const mischiefs = acts.flatMap((act) =>
    act.act === "run" && act.mischief !== undefined ? [{ command: act.command, ...act.mischief }] : [],
  );
  return { seed, display, settings, groups: told, acts, mischiefs };
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
