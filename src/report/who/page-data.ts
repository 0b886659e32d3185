/** What the page of `rollcall who --format html` is given. Short, since it may hold 10,000 groups. page/ knows this file. */
export interface PageData {
  readonly stack: string;
  readonly headline: string;
  readonly notes: readonly string[];
  /** When the groups were looked at, ISO 8601 in UTC. */
  readonly taken: string;
  /** Names of the states, which people have by their places. */
  readonly states: readonly string[];
  readonly groups: readonly PageGroup[];
}

export type PageGroup = readonly [
  name: string,
  /** CAMS GroupId; empty for a group that is still to be made. */
  group: string,
  /** Empty when it is not known. */
  subject: string,
  remarks: readonly (readonly [state: string, note: string])[],
  people: readonly PagePerson[],
];

/** Numbers as they are shown. */
export type PagePerson = readonly [state: number, number: string, name: string, note: string];
