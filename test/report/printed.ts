/** What Pulumi prints, as the reports read it: steps of `pulumi preview --json`, and events of a log. */
import { readPulumiOutput, type Told } from "../../src/report/pulumi-output";

const urn = (type: string, name: string) => `urn:pulumi:dev::rollcall::${type}::${name}`;

/** A step of `pulumi preview --json`. */
export const step = (type: string, name: string, inputs: object, op = "update") => ({
  ...{ op, urn: urn(type, name) },
  newState: { inputs },
});
/** An event of a log. */
export function event(kind: string, type: string, name: string, state: object, more: object = {}) {
  const metadata = { op: "update", urn: urn(type, name), old: {}, new: state };
  return { [kind]: { metadata: { ...metadata, ...more }, ...more } };
}
export const log = (...events: readonly object[]) =>
  events.map((one, sequence) => JSON.stringify({ sequence, ...one })).join("\n");

export function read(printed: string): Told {
  const told = readPulumiOutput(printed);
  if (told === undefined) throw new Error("neither a preview nor a log");
  return told;
}
