/**
 * What happens in one run of the chaos: who is dropped, who comes in, and what goes wrong at which call. All of it is
 * drawn from the run's seed.
 */
import { random } from "./random.mjs";

/** Who is in which group when the run begins. The last group is not adopted yet. */
export const WORLD = people();
export const GROUPS = Object.keys(WORLD);
export const NOT_ADOPTED = GROUPS.at(-1);
export const rosterOf = (group) => `teams/${group.toLowerCase()}`;

const LIST = "ListChatGroupParticipants";
const DELETE = "DeleteChatGroupParticipants";

/** The calls of one group in one run, by the place where they stand in it. */
const STEPS = [
  { step: "roll call", action: LIST, nth: 1 },
  { step: "list before the delete", action: LIST, nth: 2 },
  { step: "delete", action: DELETE, nth: 1 },
  { step: "confirming list", action: LIST, nth: 3 },
];

/** Where to kill: half of the time around the delete. */
const MOMENTS = [...STEPS, STEPS[2], STEPS[2]];

/** What CAMS does with the call at which everything is killed. */
const DEATHS = [
  { manner: "call never carried out", fault: "hang" },
  { manner: "call carried out, no answer", fault: "hang-applied" },
  { manner: "call carried out just after", fault: "slow", afterMs: 150 },
  { manner: "call carried out during the next run", fault: "slow", afterMs: 4_000 },
  { manner: "call answered" },
  { manner: "call answered" },
];

const VICTIMS = ["everything", "everything", "everything", "everything", "provider", "program"];

/** Faults after which the group can't come to rest: it is gone, or shows somebody for ever who is out. */
const WITHOUT_END = { "group-gone": "gone", "removal-never-shows": "shows for ever" };

/** Faults that change nothing here: they need a second page, and groups fit on one. */
const SECOND_PAGE = /^(total-changes|page-empty|page-repeated|page-unstable)$/;

/** Every fault at every step where it can strike. */
function everyFault(faults) {
  return faults
    .filter(({ name }) => !SECOND_PAGE.test(name))
    .flatMap(({ name, actions }) =>
      STEPS.filter(({ action }) => actions === null || actions.includes(action)).map((step) => ({
        kind: "fault",
        ...step,
        fault: name,
        end: WITHOUT_END[name],
      })),
    );
}

/**
 * Even seeds begin with a fault, one after the other, so that twice as many runs as there are pairs of fault and step
 * have had each; odd seeds begin with a kill. Some have a second mischief, of either kind, in the run that follows.
 * @param {number} seed
 * @param {readonly { name: string, actions: readonly string[] | null }[]} faults that the local CAMS knows
 */
export function drawScenario(seed, faults) {
  const { between, pick, chance, some } = random(seed);
  const adopting = chance(0.3);
  const dropped = new Map(GROUPS.map((group) => [group, some(WORLD[group], between(group === GROUPS[0] ? 1 : 0, 3))]));
  const drops = (group) => dropped.get(group) ?? [];
  const groups = GROUPS.filter((group) => adopting || group !== NOT_ADOPTED).map((group) => {
    const strangers = some(strangersOf(group), between(0, 2));
    return {
      group,
      name: rosterOf(group),
      declared: WORLD[group].filter((number) => !drops(group).includes(number)),
      strangers,
      protect: chance(0.3) ? strangers.slice(0, 1) : [],
    };
  });

  const leaving = groups.filter(
    ({ group, strangers, protect }) => drops(group).length + strangers.length - protect.length > 0,
  );

  const killing = () => {
    const victim = pick(VICTIMS);
    if (chance(0.15)) return { kind: "kill", victim, step: "any time", manner: "", afterMs: between(0, 1_200) };
    const thenMs = pick([0, 0, 5, 20, 60, 150]);
    return { kind: "kill", victim, group: pick(leaving).group, ...pick(MOMENTS), ...pick(DEATHS), thenMs };
  };
  const failing = (fault) => ({ ...fault, group: pick(leaving).group, times: pick([1, 1, 2, 3]) });
  const all = everyFault(faults);
  const first = seed % 2 === 0 ? failing(all[(seed / 2) % all.length]) : killing();
  const second = chance(0.5) ? killing() : failing(pick(all.filter(({ end }) => end === undefined)));
  const mischiefs = chance(0.3) ? [first, second] : [first];

  const changeable = leaving.flatMap(({ group }) => drops(group).map((number) => ({ group, number })));
  const change = {
    joins: chance(0.25) ? { group: pick(groups).group, number: LATE } : undefined,
    declares: chance(0.25) ? pick(changeable) : undefined,
  };
  return { seed, display: chance(0.2) ? "masked" : "full", groups, mischiefs, change };
}

/** Comes in by the link between two runs. */
const LATE = "6598765432";

function strangersOf(group) {
  return [`65812${group.charCodeAt(2)}471`, `65931${group.charCodeAt(2)}083`];
}

/** Numbers without a near miss among them. Some people are in every group. */
function people() {
  const { between } = random(8);
  const number = () => `6281${between(10_000_000, 99_999_999)}`;
  const everywhere = [number(), number()];
  return Object.fromEntries(
    ["EA1", "EA2", "EA3", "EA4"].map((id) => [id, [...everywhere, ...Array.from({ length: 4 }, number)]]),
  );
}
