/** Keys of people.yaml for people who are new in it. */

/** Room for a number behind it, of the 64 characters that a key may have. */
const LONGEST = 40;

/** What a key may have of letters: as `KEY_PATTERN` of rosters. */
const FOREIGN = /[^0-9a-z\u00c0-\u05ff\u0620-\u167f\u1e00-\u1fff\u3040-\ud7ff]+/gu;

/**
 * A key from the name, such as `budi-santoso`; where somebody has it, from name and id, such as `budi-santoso-e-1042`: so
 * a key does not depend on who else is new.
 * @param taken keys that are in use
 */
export function keyFor(name: string, id: string, taken: Pick<ReadonlySet<string>, "has">): string {
  const [plain, own] = [slug(name), slug(id)];
  // A key of digits alone looks like a number.
  const base = /\p{L}/u.test(plain) ? plain : ["person", plain || own].filter((part) => part !== "").join("-");
  if (!taken.has(base)) return base;
  const withId = own === "" ? base : `${base}-${own}`.slice(0, LONGEST + 20);
  for (let n = 1; ; n += 1) {
    const key = n === 1 ? withId : `${withId}-${n}`;
    if (!taken.has(key)) return key;
  }
}

const slug = (text: string): string =>
  text.normalize("NFC").toLowerCase().replace(FOREIGN, "-").replace(/^-+/, "").slice(0, LONGEST).replace(/-+$/, "");
