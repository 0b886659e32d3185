import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { today } from "../../ambient";
import { LAST_IMPORT_FILE } from "../../people";
import { interpret, loadRosters, type Problem, sizeLimit, type Tree } from "../../roster";
import { checkClearSettings, isTold } from "../../run/clear-settings";
import { InputError } from "../../run/input-error";
import type { Stack } from "../../run/stacks";

const PEOPLE = "people.yaml";

/** What an import needs of a stack's folder. */
export interface StackPeople {
  /** Absolute paths. */
  readonly file: string;
  readonly lastFile: string;
  /** Relative to the project's root, for messages. */
  readonly shown: string;
  /** Undefined: the file is not there. */
  readonly people: string | undefined;
  readonly last: string | undefined;
  /** Whether people.yaml begins with a byte order mark, which `people` has not. */
  readonly hasMark: boolean;
  /** What is wrong with people.yaml itself. */
  readonly problems: readonly Problem[];
  /** What would be wrong with the stack's rosters if people.yaml were this text; undefined: as it is. */
  problemsWith(people: string | undefined): readonly Problem[];
}

/** A byte order mark, as Windows writes it. */
export const MARK = "\ufeff";

export async function openPeople(root: string, { folder }: Stack): Promise<StackPeople> {
  const file = join(root, folder, PEOPLE);
  const lastFile = join(root, folder, LAST_IMPORT_FILE);
  const options = { folder, today: today() };
  const { tree, problems } = await loadRosters(folder, { root, today: options.today });
  const shown = `${folder}/${PEOPLE}`;
  const written = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  return {
    file,
    lastFile,
    shown,
    people: written?.replace(MARK, ""),
    last: existsSync(lastFile) ? readFileSync(lastFile, "utf8") : undefined,
    hasMark: written?.startsWith(MARK) === true,
    problems: errorsIn(problems).filter((problem) => problem.file === shown),
    problemsWith: (people) =>
      errorsIn(interpret(people === undefined ? tree : withPeople(tree, people), options).problems),
  };
}

/** The folder as it would be. A file that would be too large is one. */
function withPeople(tree: Tree, people: string): Tree {
  const bytes = new TextEncoder().encode(people);
  const isLarge = bytes.length > sizeLimit(PEOPLE);
  return new Map([...tree, [PEOPLE, isLarge ? { kind: "large", size: bytes.length } : { kind: "file", bytes }]]);
}

const errorsIn = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(({ severity }) => severity === "error");

/** Whether numbers are masked: where the stack's files don't tell, they are. */
export function isMasked(stack: Stack): boolean {
  const checked = checkClearSettings(stack);
  if (checked.kind === "invalid") throw new InputError("settings", checked.message);
  return !isTold(stack, "display") || checked.settings.display === "masked";
}
