import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { readOnlyError, replaceFile, textIn } from "../people/replace-file";
import { MARK, type StackPeople } from "../people/stack-people";

type Where = Pick<StackPeople, "file" | "lastFile" | "people" | "last" | "hasMark">;

type Wanted = Pick<StackPeople, "people" | "last">;

/** Why the two files can't be written as planned, if they can't. */
export function whyNotWritten(where: Where, wanted: Wanted): string | undefined {
  const { file, lastFile, people, last } = where;
  if (textIn(file)?.replace(MARK, "") !== people || textIn(lastFile) !== last)
    return `${file} was changed during the import. Nothing is written: run the import again`;
  const toWrite = [...(people === wanted.people ? [] : [file]), ...(last === wanted.last ? [] : [lastFile])];
  return toWrite.map(readOnlyError).find((reason) => reason !== undefined);
}

/**
 * Writes what has changed. people.yaml comes first: if the run is killed between the two, the next import of this table on
 * the same day finds in people.yaml already what it wants, and completes the other file. On a later day, the `offboarded`
 * of those who are missing looks as if it was written by hand, and stays until somebody takes it out. In the other order
 * everything that people.yaml lacks would look as if it was taken out by hand: those who left would stay.
 */
export function writeImported({ file, lastFile, hasMark, ...before }: Where, { people, last }: Wanted): void {
  mkdirSync(dirname(file), { recursive: true });
  if (people !== undefined && people !== before.people) replaceFile(file, `${hasMark ? MARK : ""}${people}`);
  if (last !== undefined && last !== before.last) replaceFile(lastFile, last);
}
