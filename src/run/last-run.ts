import { z } from "zod";
import { strictMemory } from "../membership/memory";
import type { History } from "../membership/types";
import { historyIn, LAST_LOOK } from "../provider/last-look";
import type { Bag } from "../provider/shapes";

/** What Pulumi's state knows from earlier runs. */
export interface LastRun {
  /** By GroupId. */
  readonly groups: ReadonlyMap<string, LastGroup>;
  /** This stack's resources: name → GroupId. */
  readonly names: ReadonlyMap<string, string>;
}

export interface LastGroup {
  /** The name of its resource; undefined when that is another stack's, in a state that came from elsewhere. */
  readonly name: string | undefined;
  readonly history: History;
  /** Whether a removal did not come to its end, or the state names people who were only wished for. */
  readonly unfinished: boolean;
  /** The resource's inputs, secrets revealed. */
  readonly inputs: Bag;
  /** When Pulumi wrote the resource last, ISO 8601; undefined where the state does not say. */
  readonly modified?: string | undefined;
}

/** Which stack's resources are its own. */
export interface StackName {
  readonly project: string;
  /** Without organisation. */
  readonly stack: string;
}

/** The type of this program's resources. */
export const TYPE = "pulumi-nodejs:dynamic/cams:ChatGroupParticipants";

const bag = z.record(z.string(), z.unknown()).optional();
const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  delete: z.boolean().optional(),
  inputs: bag,
  outputs: bag,
  initErrors: z.array(z.unknown()).optional(),
  modified: z.string().optional(),
});
const exported = z.looseObject({ deployment: z.looseObject({ resources: z.array(resource).optional() }).nullish() });

/** Reads the answer of `pulumi stack export`, of which only this program's resources matter. */
export function readLastRun(json: unknown, { project, stack }: StackName): LastRun {
  const resources = exported.parse(json).deployment?.resources ?? [];
  const groups = new Map<string, LastGroup>();
  const names = new Map<string, string>();
  for (const { urn, type, delete: pending, initErrors, modified, ...found } of resources) {
    if (type !== TYPE || pending === true || typeof found.outputs?.group !== "string") continue;
    const { group } = found.outputs;
    const own = urn.startsWith(`urn:pulumi:${stack}::${project}::`);
    const name = own ? resourceName(urn) : undefined;
    if (name !== undefined) names.set(name, group);
    if (groups.get(group)?.name !== undefined) continue;
    const [inputs, outputs] = [revealed(found.inputs ?? {}), revealed(found.outputs)];
    const failed = outputs.failed !== undefined || (initErrors ?? []).length > 0;
    const look = inputs[LAST_LOOK];
    const wished = typeof look === "object" && look !== null && "declared" in look;
    groups.set(group, {
      name,
      history: historyOf(inputs, outputs, own),
      unfinished: failed || wished,
      inputs,
      modified,
    });
  }
  return { groups, names };
}

/** A resource's name, which may have colons in it, but not in pairs. */
export const resourceName = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

/** A group of another stack is new to this one; who was declared there is known all the same, and the guards go by it. */
function historyOf(inputs: Bag, outputs: Bag, own: boolean): History {
  if (Object.values(inputs).includes(HIDDEN) || Object.values(outputs).includes(HIDDEN)) return { kind: "unknown" };
  const history = historyIn(inputs, outputs);
  if (own || history.kind !== "adopted") return history;
  return { kind: "new", memory: strictMemory(history.memory.declared) };
}

/** Whether the state holds secrets, which `pulumi stack export` shows only when it is asked to. */
export function hasSecrets(json: string): boolean {
  return json.includes(SECRET_MARK) && json.includes(`"ciphertext"`);
}

/** Pulumi's mark of a secret value in state (`sdk/go/common/resource/sig`). */
const SECRET_MARK = "4dabf18193072939515e22adb298388d";

/** What stands for a secret that was not shown. */
const HIDDEN = Symbol("hidden");

/** Whether a value is a secret of Pulumi's, be it shown or not. */
export const isSecret = (value: unknown): boolean =>
  typeof value === "object" && value !== null && SECRET_MARK in value;

function revealed(values: Bag): Bag {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, reveal(value)]));
}

function reveal(value: unknown): unknown {
  if (!isSecret(value)) return value;
  const { plaintext } = value as { plaintext?: unknown };
  return typeof plaintext === "string" ? (JSON.parse(plaintext) as unknown) : HIDDEN;
}
