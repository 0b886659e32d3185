import { z } from "zod";
import { strictMemory } from "../membership/memory";
import type { History, Memory } from "../membership/types";
import type { AttemptEnd, InvitationMemory } from "../invitations/types";
import { readEnd, readInvitations } from "../provider/invitation-memory";
import { historyIn, LAST_LOOK } from "../provider/last-look";
import type { Bag } from "../provider/shapes";

/** What Pulumi's state knows from earlier runs. */
export interface LastRun {
  /** By GroupId. */
  readonly groups: ReadonlyMap<string, LastGroup>;
  /** This stack's resources: name → GroupId. */
  readonly names: ReadonlyMap<string, string>;
  /** This stack's groups themselves, by resource name. */
  readonly chatGroups: ReadonlyMap<string, LastUpkeep>;
  /** This stack's invite links, by resource name. */
  readonly links: ReadonlyMap<string, LastUpkeep>;
  /** What sent this stack's invitations, by resource name. */
  readonly invitations: ReadonlyMap<string, LastUpkeep>;
}

/** A group itself or its link, as the last run left it. */
export interface LastUpkeep {
  /** CAMS GroupId; empty when it is not known which group it is. */
  readonly group: string;
  /** Whether a group was asked for, and it is not known whether it was made. */
  readonly pending: boolean;
  /** Whether a change was not completed. */
  readonly unfinished: boolean;
  /** The resource's inputs, secrets revealed. */
  readonly inputs: Bag;
  /** Of what sends invitations: how its last attempt ended. */
  readonly end?: AttemptEnd | undefined;
}

export interface LastGroup {
  /** The name of its resource; undefined for a resource of another stack, in a state that came from elsewhere. */
  readonly name: string | undefined;
  readonly history: History;
  /**
   * Whether a removal was not completed, the last run was cut off here, or the state's members are newer than its look.
   */
  readonly unfinished: boolean;
  /** The resource's inputs, secrets revealed. */
  readonly inputs: Bag;
  /** What is on record of invitations; undefined when it can't be read. */
  readonly invitations?: InvitationMemory | undefined;
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
export const CHAT_GROUP_TYPE = "pulumi-nodejs:dynamic/cams:ChatGroup";
export const LINK_TYPE = "pulumi-nodejs:dynamic/cams:ChatGroupInviteLink";
export const INVITATIONS_TYPE = "pulumi-nodejs:dynamic/cams:ChatGroupInvitations";

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
const operation = z.looseObject({
  type: z.string().optional(),
  resource: z.looseObject({ urn: z.string(), type: z.string(), inputs: bag }),
});
const exported = z.looseObject({
  deployment: z
    .looseObject({
      resources: z.array(resource).optional(),
      pending_operations: z.array(operation).nullish(),
    })
    .nullish(),
});

/** Reads the answer of `pulumi stack export`. Only this program's resources matter in it. */
export function readLastRun(json: unknown, { project, stack }: StackName): LastRun {
  const { resources = [], pending_operations: operations } = exported.parse(json).deployment ?? {};
  const isOwn = (urn: string): boolean => urn.startsWith(`urn:pulumi:${stack}::${project}::`);
  const cutOff = begunIn(operations ?? []);
  const groups = new Map<string, LastGroup>();
  const names = new Map<string, string>();
  for (const { urn, type, delete: pending, initErrors, modified, ...found } of resources) {
    if (type !== TYPE || pending === true || typeof found.outputs?.group !== "string") continue;
    const { group } = found.outputs;
    const own = isOwn(urn);
    const name = own ? resourceName(urn) : undefined;
    if (name !== undefined) names.set(name, group);
    if (groups.get(group)?.name !== undefined) continue;
    const [inputs, outputs] = [revealed(found.inputs ?? {}), revealed(found.outputs)];
    const failed = outputs.failed !== undefined || (initErrors ?? []).length > 0 || cutOff.has(urn);
    const look = inputs[LAST_LOOK];
    const wished = typeof look === "object" && look !== null && "declared" in look;
    groups.set(group, {
      name,
      history: withBegun(historyOf(inputs, outputs, own), cutOff.get(urn)),
      unfinished: failed || wished,
      inputs,
      modified,
      invitations: readInvitations(inputs),
    });
  }
  const own = resources.filter(({ urn, delete: pending }) => pending !== true && isOwn(urn));
  return {
    groups,
    names,
    chatGroups: new Map([...asked(operations ?? [], isOwn), ...upkeepIn(own, CHAT_GROUP_TYPE, cutOff)]),
    links: new Map(upkeepIn(own, LINK_TYPE, cutOff)),
    invitations: new Map(upkeepIn(own, INVITATIONS_TYPE, cutOff)),
  };
}

type Resource = z.infer<typeof resource>;

function upkeepIn(
  resources: readonly Resource[],
  wanted: string,
  cutOff: ReadonlyMap<string, unknown>,
): readonly (readonly [string, LastUpkeep])[] {
  return resources
    .filter(({ type }) => type === wanted)
    .map(({ urn, inputs = {}, outputs = {}, initErrors = [] }) => {
      const group = typeof outputs.group === "string" ? outputs.group : "";
      const interrupted = cutOff.has(urn);
      return [
        resourceName(urn),
        {
          group,
          pending: group === "" && (outputs.pending === true || interrupted),
          unfinished: outputs.failed !== undefined || initErrors.length > 0 || interrupted,
          inputs: revealed(inputs),
          end: readEnd(revealed(outputs)),
        },
      ] as const;
    });
}

/**
 * Groups that a run had asked for, or was about to, when it was cut off: Pulumi notes that before it asks the provider.
 */
function asked(
  operations: readonly z.infer<typeof operation>[],
  isOwn: (urn: string) => boolean,
): readonly (readonly [string, LastUpkeep])[] {
  return operations
    .filter(({ type, resource: made }) => type === "creating" && made.type === CHAT_GROUP_TYPE && isOwn(made.urn))
    .map(({ resource: { urn, inputs = {} } }) => [
      resourceName(urn),
      { group: "", pending: true, unfinished: true, inputs: revealed(inputs) },
    ]);
}

/** A resource's name. It may have single colons in it, but no two in a row. */
export const resourceName = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

/** What is known of a group. A group of another stack is new here, but the guards still use who was declared there. */
function historyOf(inputs: Bag, outputs: Bag, own: boolean): History {
  if (Object.values(inputs).includes(HIDDEN) || Object.values(outputs).includes(HIDDEN)) return { kind: "unknown" };
  const history = historyIn(inputs, outputs);
  if (own || history.kind !== "adopted") return history;
  return { kind: "new", memory: strictMemory(history.memory.declared) };
}

/**
 * Removals of runs that were cut off. Pulumi notes an operation, with the new inputs, before it asks the provider for
 * it. When the engine is killed, the note stays in state (`pending_operations`).
 * @returns by URN
 */
function begunIn(operations: readonly z.infer<typeof operation>[]): ReadonlyMap<string, Memory["removing"]> {
  return new Map(
    operations.map(({ resource: { urn, type, inputs } }) => {
      if (type !== TYPE) return [urn, new Map<never, never>()];
      const history = historyIn(revealed(inputs ?? {}), undefined);
      return [urn, history.kind === "adopted" ? history.memory.removing : new Map<never, never>()];
    }),
  );
}

/** Adds the people whom a run that was cut off was to remove. The next look shows whether they were removed. */
function withBegun(history: History, begun: Memory["removing"] | undefined): History {
  if (begun === undefined || history.kind === "unknown" || history.memory === undefined) return history;
  return { ...history, memory: { ...history.memory, removing: new Map([...history.memory.removing, ...begun]) } };
}

/** How the last attempt to invite people into each group ended, by GroupId; undefined where the state does not tell. */
export const endsOf = (last: LastRun | undefined): ReadonlyMap<string, AttemptEnd | undefined> =>
  new Map([...(last?.invitations.values() ?? [])].map(({ group, end }) => [group, end] as const));

/** Whether the state holds secrets, which `pulumi stack export` shows only with `--show-secrets`. */
export function hasSecrets(json: string): boolean {
  return json.includes(SECRET_MARK) && json.includes(`"ciphertext"`);
}

/** Pulumi's mark of a secret value in state (`sdk/go/common/resource/sig`). */
const SECRET_MARK = "4dabf18193072939515e22adb298388d";

/** Whether a secret that was not shown is one that runs need for their decisions. */
export const isHidden = ({ groups, links }: LastRun): boolean =>
  [...groups.values()].some(({ history }) => history.kind === "unknown") ||
  [...links.values()].some(({ inputs }) => Object.values(inputs).includes(HIDDEN));

/** What stands for a secret that was not shown. */
const HIDDEN = Symbol("hidden");

/** Whether a value is a secret of Pulumi, shown or not. */
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
