/** The entries of people.yaml as they stand there, for whoever changes the file. */

import { peopleFile, type PeopleFile } from "./check/shape";
import { read } from "./yaml/document";

/** @param text of a people.yaml without a problem */
export function peopleOf(text: string): ReadonlyMap<string, PeopleFile["people"][string]> {
  return new Map(Object.entries(peopleFile.parse(read("people.yaml", text).value).people));
}
