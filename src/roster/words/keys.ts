/** Unknown and missing keys: what is said about them. */

import { quote } from "../../text/clean";
import type { IssueContext, Words } from "./describe";
import { didYouMean } from "../../text/nearest";
import { isMapping } from "../yaml/raw";
import { type Kind, SHAPES } from "../check/shape";

export function unknownKey(key: string, { kind, path, found }: IssueContext): Words {
  if (path.length === 0 && kind === "roster" && ["people", "sets", "releases"].includes(key)) {
    const message = `A roster has no key "${key}".`;
    return { code: "unknown-key", message, hint: `Write it in ${key}.yaml at the top of the stack's folder.` };
  }
  const inMember = kind === "roster" && path[0] === "members";
  if (inMember && ["number", "name", "asListed"].includes(key) && isMapping(found) && "person" in found) {
    const message = `The member has both "person" and "${key}".`;
    const person = quote(String(found.person));
    const hint =
      key === "asListed"
        ? `Delete it: \`asListed\` stands beside the number of ${person} in people.yaml.`
        : `Delete one: number and name of ${person} come from people.yaml.`;
    return { code: "conflicting-keys", message, hint };
  }
  const known = keysAt(kind, path);
  return {
    code: "unknown-key",
    message: `The key ${quote(key)} is not known here.`,
    hint: didYouMean(key, known, `Known keys: ${known.join(", ")}.`),
  };
}

/** The keys that the shape knows at a path. */
function keysAt(kind: Kind, path: readonly (string | number)[]): string[] {
  if (path.length === 0) return Object.keys(SHAPES[kind].shape);
  if (kind === "roster") return ["person", "number", "asListed", "name", "until", "consent", "reason"];
  if (kind === "people") return Object.keys(SHAPES.people.shape.people.valueType.shape);
  if (kind === "sets") return Object.keys(SHAPES.sets.shape.sets.valueType.shape);
  return Object.keys(SHAPES.releases.shape.releases.element.shape);
}

export function missingKey({ kind, path, parent }: IssueContext): Words {
  const key = String(path.at(-1) ?? "");
  const example = kind === "releases" && key === "people" ? "people: [ana]" : (EXAMPLES[key] ?? `${key}: …`);
  if (kind === "roster" && key === "person") {
    const hint = "Write `person:` with a key of people.yaml, or `number:` and `name:`.";
    return { code: "missing-key", message: "The member has neither person nor number.", hint };
  }
  const of = path.length > 1 && !isMapping(parent) ? "" : path.length > 1 ? ` of ${place(path)}` : "";
  return { code: "missing-key", message: `The key "${key}"${of} is missing.`, hint: `Add \`${example}\`.` };
}

const place = (path: readonly (string | number)[]): string => {
  const above = path.at(-2);
  return typeof above === "string" ? quote(above) : `item ${Number(above) + 1} of ${quote(String(path.at(-3)))}`;
};

/** A line that starts the value of a key. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  group: "group: EA93UU0042",
  subject: "subject: Jakarta operations",
  number: 'number: "+62 812-3456-7890"',
  name: "name: Ana",
  people: "people: {}",
  sets: "sets: {}",
  releases: "releases: []",
  until: "until: 2027-01-31",
};
