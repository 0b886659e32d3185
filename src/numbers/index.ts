export const isPossible = (_: string): boolean => true;
