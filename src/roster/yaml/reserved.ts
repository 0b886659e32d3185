/**
 * The one name that JavaScript keeps for itself: an object that is given such a key loses it without a word. Rosters'
 * names are keys of the stack's outputs and of reports, and people's and sets' are keys of their files.
 */
export const isReserved = (name: string): boolean => name === "__proto__";
