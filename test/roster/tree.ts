import { type Entry, interpret, type Loaded, type Problem } from "../../src/roster";

export const TODAY = "2026-12-01";

/** A folder from texts, bytes or entries by path. */
export const treeOf = (files: Readonly<Record<string, string | Uint8Array | Entry>>): Map<string, Entry> =>
  new Map(
    Object.entries(files).map(([path, content]) => {
      if (typeof content === "string") return [path, { kind: "file", bytes: new TextEncoder().encode(content) }];
      return [path, content instanceof Uint8Array ? { kind: "file", bytes: content } : content];
    }),
  );

export const load = (files: Parameters<typeof treeOf>[0], today = TODAY): Loaded =>
  interpret(treeOf(files), { folder: "stacks/dev", today });

/** `file:line:column code` of each problem, without the stack's folder. */
export const told = (loaded: Loaded): string[] => loaded.problems.map(short);

const short = ({ file, line, column, code }: Problem): string =>
  `${file.replace("stacks/dev/", "")}:${line}:${column} ${code}`;

/** A member of a valid roster, in two lines. */
export const citra = `  - number: "+62 812-3456-7890"\n    name: Citra\n`;
