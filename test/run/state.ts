import { readLastRun, TYPE, type LastRun } from "../../src/run/last-run";

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

export function exported(...resources: readonly unknown[]): unknown {
  const stack = { urn: "urn:pulumi:main::rollcall::pulumi:pulumi:Stack::rollcall-main", type: "pulumi:pulumi:Stack" };
  return JSON.parse(JSON.stringify({ version: 3, deployment: { resources: [stack, ...resources] } }));
}

/** What a run reads out of a state with these groups. */
export const lastRun = (...all: readonly Kept[]): LastRun => readLastRun(exported(...all.map(resource)), OWN);
