/** `1 removal`, `2 removals`; `more` is the plural when it is not formed with `s`. */
export const plural = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`;
