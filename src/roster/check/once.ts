import { quote } from "../../text/clean";
import { type Fault, fault, type Path, type Place, valueAt } from "../fault";
import { digitsOf } from "./numbers";
import { texts } from "../yaml/raw";
import { NUMBER_PATTERN } from "./shape";

/** Remembers where a thing was first seen, and faults the later ones. */
export class Once {
  private readonly seen = new Map<string, Place>();

  constructor(
    private readonly code:
      "duplicate-entry" | "duplicate-number" | "duplicate-id" | "duplicate-group" | "duplicate-subject",
  ) {}

  see(identity: string | undefined, place: Place, message: string, hint: string): Fault[] {
    if (identity === undefined) return [];
    const first = this.seen.get(identity);
    if (first !== undefined) return [fault(place, this.code, message, hint, first)];
    this.seen.set(identity, place);
    return [];
  }
}

export type Check = (text: string, place: Place) => Fault[];

/** Each text of a list is checked, and none may stand there twice. `path` leads to the list, `value` holds its last key. */
export function listFaults(file: string, value: unknown, path: Path, checkOne: Check): Fault[] {
  const twice = new Once("duplicate-entry");
  return texts(value, String(path.at(-1))).flatMap(([index, text]) => {
    const place = valueAt(file, ...path, index);
    const identity = NUMBER_PATTERN.test(text) ? digitsOf(text) : text;
    return [
      ...checkOne(text, place),
      ...twice.see(identity, place, `${quote(text)} is in the list twice.`, "Delete one of the two."),
    ];
  });
}
