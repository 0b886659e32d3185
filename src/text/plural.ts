/** `1 removal`, `2 removals`; `more` where the plural is another word. */
export const plural = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`;
