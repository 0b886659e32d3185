/** Pulumi's state and plans as JSON, and how Pulumi holds a run to a plan (`pkg/resource/deploy/plan.go`). */
import { isDeepStrictEqual } from "node:util";
import { TYPE, UNKNOWN } from "../../pulumi";

export const OWN = { project: "rollcall", stack: "test" } as const;

export interface Resource {
  readonly inputs: Bag;
  readonly outputs: Bag;
  /** The last write failed half-way: Pulumi writes again by itself. */
  readonly failed: boolean;
}

export type Bag = Readonly<Record<string, unknown>>;
export type Op = "create" | "update" | "replace" | "same";

/** What a saved plan says of one resource. */
export interface PlannedResource {
  readonly op: Op;
  readonly adds: Bag;
  readonly updates: Bag;
  readonly deletes: readonly string[];
}

const urnOf = (type: string, name: string): string => `urn:pulumi:${OWN.stack}::${OWN.project}::${type}::${name}`;

/** Resources of a group's people, and of what sends its invitations, by name. */
interface Kinds<R> {
  readonly people: ReadonlyMap<string, R>;
  readonly senders: ReadonlyMap<string, R>;
}

const SENDER_TYPE = "pulumi-nodejs:dynamic/cams:ChatGroupInvitations";

const typed = <R>({ people, senders }: Kinds<R>): readonly (readonly [type: string, name: string, one: R])[] => [
  ...[...people].map(([name, one]) => [TYPE, name, one] as const),
  ...[...senders].map(([name, one]) => [SENDER_TYPE, name, one] as const),
];

/** As `pulumi stack export --show-secrets` writes it. */
export function exported(resources: Kinds<Resource>, masked: boolean): unknown {
  const all = typed(resources).map(([type, name, { inputs, outputs, failed }]) => ({
    urn: urnOf(type, name),
    type,
    inputs: masked ? withSecrets(inputs, "plaintext") : inputs,
    outputs: masked ? withSecrets(outputs, "plaintext") : outputs,
    ...(failed ? { initErrors: ["half-way"] } : {}),
  }));
  const stack = { urn: urnOf("pulumi:pulumi:Stack", "rollcall-test"), type: "pulumi:pulumi:Stack" };
  return JSON.parse(JSON.stringify({ deployment: { resources: [stack, ...all] } })) as unknown;
}

/** As `pulumi preview --save-plan` writes it. */
export function planFile(resources: Kinds<PlannedResource>, masked: boolean): string {
  const all = typed(resources).map(([type, name, { op, adds, updates, deletes }]) => {
    const written = (bag: Bag): Bag => (masked ? withSecrets(bag, "ciphertext") : bag);
    const inputDiff = { adds: written(adds), updates: written(updates), deletes };
    return [urnOf(type, name), { goal: { type, inputDiff }, steps: [op] }] as const;
  });
  return JSON.stringify({ manifest: { time: "2026-11-22T08:00:00Z" }, resourcePlans: Object.fromEntries(all) });
}

function withSecrets(bag: Bag, as: "plaintext" | "ciphertext"): Bag {
  const secrets = ["members", "lastLook"].filter((key) => bag[key] !== undefined && bag[key] !== UNKNOWN);
  const secret = (key: string): Bag => ({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    [as]: as === "plaintext" ? JSON.stringify(bag[key]) : "v1:secret",
  });
  return { ...bag, ...Object.fromEntries(secrets.map((key) => [key, secret(key)])) };
}

export function planned(op: Op, olds: Bag, news: Bag): PlannedResource {
  const has = (bag: Bag) => (key: string) => bag[key] !== undefined;
  const some = (keep: (key: string) => boolean): Bag =>
    Object.fromEntries(Object.entries(news).filter(([key, value]) => value !== undefined && keep(key)));
  return {
    op,
    adds: some((key) => !has(olds)(key)),
    updates: some((key) => has(olds)(key) && !isDeepStrictEqual(olds[key], news[key])),
    deletes: Object.keys(olds).filter((key) => has(olds)(key) && !has(news)(key)),
  };
}

/** What may be done instead of what was planned. */
const NO_MORE_THAN: Readonly<Record<Op, readonly Op[]>> = {
  same: ["same"],
  create: ["same", "create"],
  update: ["same", "update"],
  replace: ["same", "update", "replace"],
};

/** In what a step violates the plan; none when it does not. */
export function violations(plan: PlannedResource | undefined, op: Op, olds: Bag, news: Bag): readonly string[] {
  if (plan === undefined) return [`${op} is not allowed by the plan: no steps were expected for this resource`];
  const { adds, updates, deletes } = plan;
  const keys = new Set([olds, news, adds, updates].flatMap(Object.keys).concat(deletes));
  const changes = [...keys].filter((key) => {
    if (deletes.includes(key)) return news[key] !== undefined;
    const expected = adds[key] ?? updates[key];
    if (expected === UNKNOWN) return key in updates && olds[key] === undefined && news[key] !== undefined;
    return !isDeepStrictEqual(news[key], expected ?? olds[key]);
  });
  return [
    ...(NO_MORE_THAN[plan.op].includes(op) ? [] : [`${op} is not allowed by the plan: constrained to ${plan.op}`]),
    ...changes.map((key) => `properties changed: ${key}`),
  ];
}
