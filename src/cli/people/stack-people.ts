import { join } from "node:path";
import { today } from "../../ambient";
import { LAST_IMPORT_FILE } from "../../people";
import { type Entry, interpret, isShared, isYaml, loadRosters, type Problem, sizeLimit, type Tree } from "../../roster";
import { checkClearSettings, isTold } from "../../run/clear-settings";
import { InputError } from "../../run/input-error";
import type { Stack } from "../../run/stacks";
import { textIn } from "./replace-file";

export const PEOPLE = "people.yaml";

/** What changing the people of a stack needs of its folder. */
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
  /** Path below the stack's folder → text of each roster, a byte order mark included. */
  rosters(): ReadonlyMap<string, string>;
  /** What would be wrong with the stack's rosters if these files, by their paths below its folder, had these texts. */
  problemsWith(changed: ReadonlyMap<string, string>): readonly Problem[];
}

/** A byte order mark, as Windows writes it. */
export const MARK = "\ufeff";

export async function openPeople(root: string, { folder }: Stack): Promise<StackPeople> {
  const file = join(root, folder, PEOPLE);
  const lastFile = join(root, folder, LAST_IMPORT_FILE);
  const options = { folder, today: today() };
  const { tree, problems } = await loadRosters(folder, { root, today: options.today });
  const shown = `${folder}/${PEOPLE}`;
  const written = textIn(file);
  return {
    file,
    lastFile,
    shown,
    people: written?.replace(MARK, ""),
    last: textIn(lastFile),
    hasMark: written?.startsWith(MARK) === true,
    problems: errorsIn(problems).filter((problem) => problem.file === shown),
    rosters: () => rostersIn(tree),
    problemsWith: (changed) => errorsIn(interpret(withFiles(tree, changed), options).problems),
  };
}

function rostersIn(tree: Tree): ReadonlyMap<string, string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return new Map(
    [...tree].flatMap(([path, entry]) =>
      entry.kind === "file" && isYaml(path) && !isShared(path) ? [[path, decoder.decode(entry.bytes)] as const] : [],
    ),
  );
}

/** The folder as it would be. A file that would be too large is one. */
function withFiles(tree: Tree, changed: ReadonlyMap<string, string>): Tree {
  const entries = [...changed].map(([path, text]): [string, Entry] => {
    const bytes = new TextEncoder().encode(text);
    return [path, bytes.length > sizeLimit(path) ? { kind: "large", size: bytes.length } : { kind: "file", bytes }];
  });
  return new Map([...tree, ...entries]);
}

const errorsIn = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(({ severity }) => severity === "error");

/** Whether numbers are masked: where the stack's files don't tell, they are. */
export function isMasked(stack: Stack): boolean {
  const checked = checkClearSettings(stack);
  if (checked.kind === "invalid") throw new InputError("settings", checked.message);
  return !isTold(stack, "display") || checked.settings.display === "masked";
}
