import { readLastRun, type LastRun } from "../../src/run/last-run";
import { TYPE } from "../pulumi";

/** What `pulumi stack export` prints, as far as this program reads it. */

export const OWN = { project: "rollcall", stack: "main" } as const;

/** The mark of a secret. */
const MARK = "4dabf18193072939515e22adb298388d";
export const secret = (value: unknown) => ({
  [MARK]: "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});
export const hidden = { [MARK]: "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:xyz" };

/** A group's resource. */
export interface Kept {
  readonly name: string;
  readonly group: string;
  readonly members: Readonly<Record<string, string>>;
  readonly lastLook?: unknown;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly of?: { readonly project: string; readonly stack: string };
}

export function resource({ name, group, members, lastLook, inputs, outputs, of = OWN }: Kept): Record<string, unknown> {
  const bag = { group, businessNumber: "8613800000000", custSpaceId: "cams-8c8e", members };
  return {
    urn: `urn:pulumi:${of.stack}::${of.project}::${TYPE}::${name}`,
    type: TYPE,
    inputs: { ...bag, ...(lastLook === undefined ? {} : { lastLook }), ...inputs },
    outputs: { ...bag, participants: Object.keys(members).join(" "), form: 2, ...outputs },
  };
}

/** The resource of a group itself, of a link, or of invitations. */
export interface KeptUpkeep {
  readonly type: "ChatGroup" | "ChatGroupInviteLink" | "ChatGroupInvitations";
  readonly name: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly of?: { readonly project: string; readonly stack: string };
}

export function upkeepResource({
  type,
  name,
  inputs = {},
  outputs = {},
  of = OWN,
}: KeptUpkeep): Record<string, unknown> {
  const token = `pulumi-nodejs:dynamic/cams:${type}`;
  return { urn: `urn:pulumi:${of.stack}::${of.project}::${token}::${name}`, type: token, inputs, outputs };
}

export function exported(...resources: readonly unknown[]): unknown {
  const stack = { urn: "urn:pulumi:main::rollcall::pulumi:pulumi:Stack::rollcall-main", type: "pulumi:pulumi:Stack" };
  return JSON.parse(JSON.stringify({ version: 3, deployment: { resources: [stack, ...resources] } }));
}

/** The note that Pulumi keeps of operations that were cut off, with the inputs that were to be written. */
export const cutOff = (state: unknown, ...resources: readonly unknown[]): unknown =>
  pending("updating", state, ...resources);

/** The same, of any kind: `creating`, `updating`. */
export function pending(type: string, state: unknown, ...resources: readonly unknown[]): unknown {
  const { deployment } = state as { deployment: object };
  const operations = resources.map((one) => ({ type, resource: one }));
  return JSON.parse(JSON.stringify({ version: 3, deployment: { ...deployment, pending_operations: operations } }));
}

/** What a run reads out of a state with these groups. */
export const lastRun = (...all: readonly Kept[]): LastRun => readLastRun(exported(...all.map(resource)), OWN);
