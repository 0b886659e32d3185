/**
 * What must hold of runs, whatever happens: none acts after its end, a group that is held stays held, a reviewed plan is
 * carried out as it is, and a refresh forgets nothing. Every function returns what is wrong, as sentences.
 *
 * @import { Game, People } from "./types.js"
 * @typedef {import("../local/control.mjs").Call} Call
 *
 * What is read of an exported stack.
 * @typedef {{ lastLook?: unknown, members?: unknown, failed?: unknown }} Memory
 * @typedef {{ deployment: { resources?: { type: string, urn: string, inputs?: Memory, outputs?: Memory }[] } }} Exported
 */

const DELETE = "DeleteChatGroupParticipants";
const TYPE = ":ChatGroupParticipants";

/**
 * No removal is sent after the end of the run that it belongs to, but for what is on the wire at that moment.
 * @param {readonly { name: string, end: number, graceMs: number, removals: readonly number[] }[]} runs times in ms
 */
export function nothingLate(runs) {
  return runs.flatMap(({ name, end, graceMs, removals }) =>
    removals.filter((at) => at > end + graceMs).map((at) => `${name}: a removal was sent ${at - end} ms after its end`),
  );
}

/**
 * Of each removal that CAMS had the run is known, or else `nothingLate` would see nothing.
 * @param {readonly (readonly [run: number, removals: number])[]} counts @param {readonly Call[]} calls
 */
export function everyRunKnown(counts, calls) {
  const had = calls.filter(({ action }) => action === DELETE).length;
  const known = counts.reduce((sum, [run, removals]) => sum + (Number.isInteger(run) ? removals : 0), 0);
  return had <= known ? [] : [`CAMS had ${had} removals, but the runs of ${known} only are known`];
}

/**
 * Nobody of a group is asked for while it is held, and no run that was completed hides that.
 * @param {readonly Call[]} calls
 * @param {Readonly<Game["holds"]>} holds
 * @param {Readonly<Game["ups"]>} ups undisturbed runs of `up`
 */
export function heldStays(calls, holds, ups) {
  const asked = holds.flatMap(({ group, from, until }) =>
    calls
      .slice(from, until)
      .flatMap(({ action, groupId, numbers }, at) =>
        action === DELETE && groupId === group
          ? [`call ${from + at}: ${numbers.join()} of ${group} were asked for, but the group is held`]
          : [],
      ),
  );
  const silent = ups
    .filter(({ code, holding }) => code === 0 && holding.length > 0)
    .map(({ name, holding }) => `${name} ended with 0, though ${holding.join()} was to be held`);
  return [...asked, ...silent];
}

/**
 * While a plan is applied nobody is asked for whom it does not name.
 * @param {readonly Call[]} calls @param {Readonly<Game["plans"]>} plans
 */
export function onlyThePlanned(calls, plans) {
  return plans.flatMap(({ from, until, people }) =>
    calls
      .slice(from, until)
      .flatMap(({ action, groupId, numbers }, at) =>
        action === DELETE
          ? numbers
              .filter((number) => !(people[groupId ?? ""] ?? []).includes(number))
              .map((number) => `call ${from + at}: ${number} of ${groupId} was asked for, whom the plan does not name`)
          : [],
      ),
  );
}

/**
 * Everybody whom a plan names is out when it was carried out.
 * @param {ReadonlyMap<string, { participants: readonly string[] }>} groups
 * @param {People} people @param {readonly string[]} mayBeHeld groups
 */
export function planDone(groups, people, mayBeHeld) {
  return Object.entries(people)
    .filter(([group]) => !mayBeHeld.includes(group))
    .flatMap(([group, numbers]) =>
      numbers
        .filter((number) => groups.get(group)?.participants.includes(number) === true)
        .map((number) => `the plan was applied, but ${number} is still in ${group}`),
    );
}

/**
 * What a refresh may not change: whom the last look saw, and why a removal was not completed.
 * @param {string} before what `pulumi stack export --show-secrets` printed @param {string} after the same, later
 */
export function memoryKept(before, after) {
  const [old, now] = [memories(before), memories(after)];
  return [...old].flatMap(([urn, memory]) => {
    const found = now.get(urn);
    if (found === memory) return [];
    return [`a refresh changed the memory of ${urn}: ${memory} before, ${found ?? "nothing"} after`];
  });
}

/** What each group's resource remembers, as text. @param {string} text */
function memories(text) {
  /** @type {unknown} */
  const read = JSON.parse(text);
  const { deployment } = /** @type {Exported} */ (read);
  return new Map(
    (deployment.resources ?? [])
      .filter(({ type }) => type.endsWith(TYPE))
      .map(({ urn, inputs = {}, outputs = {} }) => [
        urn,
        JSON.stringify({ lastLook: plain(inputs.lastLook), members: plain(inputs.members), failed: outputs.failed }),
      ]),
  );
}

/**
 * A value, or the one within a secret, whose salt is another one every time.
 * @param {unknown} value
 * @returns {unknown}
 */
function plain(value) {
  const isSecret = typeof value === "object" && value !== null && "plaintext" in value;
  return isSecret && typeof value.plaintext === "string" ? JSON.parse(value.plaintext) : value;
}
