/** A roster file for a live group as it is, which plans to no removal. */
import { clean } from "../text/clean";

export interface LiveGroup {
  readonly group: string;
  /** Empty when it is not known. */
  readonly subject: string;
  /** Empty when there is none, or when it is not to be told. */
  readonly description: string;
  /** Which of the two become keys: the roster keeps them from then on. Others are comments. */
  readonly keys: readonly ("subject" | "description")[];
  /** Sorted by number. */
  readonly people: readonly LivePerson[];
  /** Rows without a plain number. */
  readonly unidentified: number;
}

export interface LivePerson {
  readonly number: string;
  /** Undefined when people.yaml does not know the person. */
  readonly name: string | undefined;
  /** `offboarded`: people.yaml says so; `impossible`: no roster takes the number. Neither can be a member. */
  readonly cannot: "offboarded" | "impossible" | undefined;
}

/** What stands for a name until somebody writes the right one. */
const NOBODY_KNOWS = "unnamed";

export function rosterText({ group, subject, description, keys, people, unidentified }: LiveGroup): string {
  const members = people.filter(({ cannot }) => cannot === undefined);
  const offboarded = people.filter(({ cannot }) => cannot === "offboarded");
  const impossible = people.filter(({ cannot }) => cannot === "impossible");
  const texts = { subject, description };
  const lines = [
    ...(subject === "" || keys.includes("subject") ? [] : [`# ${clean(subject)}`]),
    ...(description === "" || keys.includes("description") ? [] : [`# description: ${clean(description)}`]),
    `group: ${quoted(group)}`,
    ...keys.map((key) => `${key}: ${quoted(texts[key])}`),
  ];
  if (impossible.length > 0) {
    lines.push(
      "# These are in the group, and no roster takes their numbers; while that is so, people are only reported:",
    );
    lines.push(...impossible.map(({ number }) => `#   +${number}`));
  } else if (members.length === 0) {
    lines.push("# Nobody is declared: as long as that is so, people who join are only reported.");
  }
  if (impossible.length > 0 || members.length === 0) lines.push("undeclared: report");
  if (offboarded.length > 0) {
    lines.push(
      "# Offboarded in people.yaml, and in the group all the same. Whoever is taken out of this list is removed:",
    );
    lines.push(
      "protect:",
      ...offboarded.map(({ number, name }) => `  - "+${number}"${name === undefined ? "" : ` # ${clean(name)}`}`),
    );
  }
  if (unidentified > 0) {
    lines.push(`# ${unidentified} in the group cannot be told by number, and so are never removed.`);
  }
  lines.push(members.length === 0 ? "members: []" : "members:");
  for (const { number, name } of members) {
    lines.push(`  - number: "+${number}"`, `    name: ${quoted(name ?? NOBODY_KNOWS)}`);
  }
  return `${lines.join("\n")}\n`;
}

/** JSON's strings are YAML's. */
const quoted = (text: string): string => JSON.stringify(text);

/** Names of files in a stack's folder that are no rosters. */
const TAKEN = ["people", "sets", "releases"];
const LONGEST_NAME = 60;

/** A file's name, without extension, after the group's subject; one that no other has. */
export function rosterName(subject: string, group: string, taken: ReadonlySet<string>): string {
  const slug = (text: string) =>
    text
      .normalize("NFC")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}]+/gu, "-")
      .replace(/^[-\p{M}]+/u, "")
      .slice(0, LONGEST_NAME)
      .replace(/-+$/, "");
  const base = slug(subject) || slug(group) || "group";
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(name) && !TAKEN.includes(name)) return name;
  }
}
