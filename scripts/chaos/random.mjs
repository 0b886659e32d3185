/** Chance that can be had again: the same seed draws the same numbers (mulberry32). */

/** @param {number} seed */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** A whole number from `least` to `most`, both included. @param {number} least @param {number} most */
  const between = (least, most) => least + Math.floor(next() * (most - least + 1));
  /**
   * One of a list that is not empty.
   * @template T
   * @param {readonly T[]} list
   */
  const pick = (list) => {
    const found = list[between(0, list.length - 1)];
    return /** @type {T} */ (found);
  };
  /** @param {number} share */
  const chance = (share) => next() < share;
  /**
   * `count` different ones of a list, in the list's order.
   * @template T
   * @param {readonly T[]} list @param {number} count
   */
  const some = (list, count) => {
    const left = [...list.keys()];
    /** @type {Set<number | undefined>} */
    const taken = new Set();
    while (taken.size < Math.min(count, list.length)) {
      taken.add(left.splice(between(0, left.length - 1), 1)[0]);
    }
    return list.filter((_, at) => taken.has(at));
  };
  return { between, pick, chance, some };
}
