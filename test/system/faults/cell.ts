/**
 * One cell of the fault matrix: the real client, the real roll call and the real executor against a local CAMS of its
 * own, with one fault armed at one place of the run.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { authorityOf, CamsError, createClient, openTransport, parseEndpoint, type GroupRef } from "../../../src/cams";
import { startEmulator, type CallEntry, type Emulator, type FaultName } from "../../../src/emulator";
import { approve, type Candidate } from "../../../src/membership/guards";
import { strictMemory } from "../../../src/membership/memory";
import { planGroup } from "../../../src/membership/plan";
import type { Desired, History, Refusal } from "../../../src/membership/types";
import { execute } from "../../../src/execution/execute";
import { observeAll } from "../../../src/observation/roll-call";
import { desire } from "../../membership/world";

export const LIST = "ListChatGroupParticipants";
export const DELETE = "DeleteChatGroupParticipants";

/** The calls of a run on one group, in their order. */
export const PLACES = {
  "roll call": { action: LIST, nth: 1 },
  "list before the delete": { action: LIST, nth: 2 },
  delete: { action: DELETE, nth: 1 },
  "confirming list": { action: LIST, nth: 3 },
} as const;
export type Place = keyof typeof PLACES;

/** Ana, Dewi and Eko are declared; Budi and Citra are not: they were spared when the group was adopted, and are to be removed. */
const [ANA, DEWI, EKO] = ["628110000001", "628140004444", "628150055555"] as const;
export const BUDI = "628120000022";
export const CITRA = "628130000333";
/** Who comes in by the fault `join-race`. */
export const JOINER = "6590000001";
export const DECLARED: readonly string[] = [ANA, DEWI, EKO];
const GROUP = "EA1";
const HEALTHY = "EA2";

const ACCOUNT = { businessNumber: "8613800000000", custSpaceId: "cams-8c8e", channelType: "WHATSAPP" };
const LIMITS = { maxRemovalsPerRun: 10, maxGroupsPerPerson: 3 };
const HISTORY: History = {
  kind: "adopted",
  memory: {
    ...strictMemory(new Map(DECLARED.map((number) => [number, ""]))),
    undeclared: new Map([BUDI, CITRA].map((number) => [number, "adoption"])),
  },
};

/** What one run did and said. */
export interface Seen {
  /** What it says: the kind of the failure, the rule of the guard, or the outcomes of Budi and of Citra. */
  readonly says: string;
  readonly exit: 0 | 1;
  /** Whether the other group was looked at. */
  readonly others: boolean;
}

export interface Cell {
  readonly fault: FaultName;
  readonly place: Place;
  readonly run: Seen;
  /** Who of Budi and Citra is out of the group after the run, really. */
  readonly out: readonly string[];
  readonly calls: readonly CallEntry[];
  /** The run after it, once the trouble is over. */
  readonly next: Seen;
  readonly outInTheEnd: readonly string[];
  readonly callsInTheEnd: readonly CallEntry[];
  /** Who is in the group in the end, really; undefined when the group is gone. */
  readonly there: readonly string[] | undefined;
}

/** @param times how many calls in a row are struck */
export async function cell(fault: FaultName, place: Place, times: number): Promise<Cell> {
  const emulator = await startEmulator({
    seed: {
      businessNumbers: {
        [ACCOUNT.businessNumber]: {
          custSpaceId: ACCOUNT.custSpaceId,
          groups: [
            { groupId: GROUP, subject: "Ops", participants: [BUDI, ANA, CITRA, DEWI, EKO] },
            { groupId: HEALTHY, subject: "Sales", participants: [ANA] },
          ],
        },
      },
    },
  });
  try {
    const { action, nth } = PLACES[place];
    if (nth > 1) await control(emulator, "faults", { fault: "slow", action, groupId: GROUP, times: nth - 1 });
    await control(emulator, "faults", { fault, action, groupId: GROUP, times });
    const run = await oneRun(emulator.url);
    const calls = await callsOf(emulator);
    const out = gone(await people(emulator));

    await fetch(`${emulator.url}/_emulator/faults`, { method: "DELETE" });
    await control(emulator, `groups/${GROUP}/status`, { status: "ACTIVE" });
    const next = await oneRun(emulator.url);
    const there = await people(emulator);
    const callsInTheEnd = await callsOf(emulator);
    return { fault, place, run, out, calls, next, outInTheEnd: gone(there), callsInTheEnd, there };
  } finally {
    await emulator.close();
  }
}

/** What `pulumi up` does, without Pulumi: roll call, plan, guards, execution. */
async function oneRun(url: string): Promise<Seen> {
  const endpoint = parseEndpoint(url);
  if (endpoint.kind === "invalid") throw new Error(endpoint.message);
  const credential = {
    accessKeyId: "rollcall-local",
    accessKeySecret: "rollcall-local-secret",
    securityToken: "",
    type: "access_key",
  };
  const clock = { now: () => performance.now(), sleep: (ms: number) => sleep(ms) };
  const cams = createClient({
    send: openTransport({
      endpoint: endpoint.endpoint,
      connectTimeoutMs: 5_000,
      readTimeoutMs: READ_TIMEOUT_MS,
      credential: () => ({ getCredential: () => Promise.resolve(credential) }),
    }),
    callsPerSecond: 1_000,
    clock,
    deadlineMs: 5_000,
    authority: authorityOf({ stopped: () => false, gone: () => false }),
  });
  const refs = [GROUP, HEALTHY].map((group): GroupRef => ({ ...ACCOUNT, group }));
  const [desired, healthy] = [
    desire({ name: "ops", group: GROUP, members: new Map(DECLARED.map((number) => [number, ""])), maxRemovals: 2 }),
    desire({ name: "sales", group: HEALTHY, members: new Map([[ANA, ""]]) }),
  ] as const;

  let observed;
  try {
    observed = await observeAll(cams, refs, { concurrency: 4 });
  } catch (error) {
    return { says: `run fails: ${told(error)}`, exit: 1, others: false };
  }
  const candidates = [desired, healthy].map((one: Desired): Candidate => {
    const listing = observed.get(one.group)!;
    return listing.kind === "whole"
      ? { desired: one, plan: planGroup(one, listing, HISTORY), history: HISTORY }
      : { desired: one, observed: listing };
  });
  const { run, groups } = approve(candidates, LIMITS, (number) => number);
  const others = groups[1]?.kind === "approved";
  const [verdict] = groups;
  const first = observed.get(GROUP);
  if (run.length > 0 || verdict === undefined) throw new Error("no cell of the matrix goes beyond the run's limits");
  if (verdict.kind === "held" || first?.kind !== "whole") {
    return { says: `held: ${verdict.kind === "held" ? rules(verdict.refusals) : ""}`, exit: 1, others };
  }
  try {
    const { outcomes, refusals } = await execute(
      { ref: refs[0]!, desired, history: HISTORY, observed: first, approved: verdict.approved },
      {
        cams,
        clock,
        show: (number) => number,
        audit: () => undefined,
        warn: () => undefined,
        confirmTimeoutMs: CONFIRM_TIMEOUT_MS,
      },
    );
    if (refusals.length > 0) {
      return { says: `held: ${rules(refusals)}`, exit: 1, others };
    }
    const said = [BUDI, CITRA].map((number) => outcomes.find((one) => one.number === number)?.outcome ?? "not planned");
    const well = outcomes.every(({ outcome }) => outcome === "removed" || outcome === "already gone");
    return { says: [...new Set(said)].sort().join(", "), exit: well ? 0 : 1, others };
  } catch (error) {
    return { says: `held: ${told(error)}`, exit: 1, others };
  }
}

const READ_TIMEOUT_MS = 1_000;
const CONFIRM_TIMEOUT_MS = 3_000;

function rules(refusals: readonly Refusal[]): string {
  return [...new Set(refusals.map(({ rule }) => rule))].join(", ");
}

function told(error: unknown): string {
  if (error instanceof CamsError) return error.kind;
  throw error;
}

async function control(emulator: Emulator, path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${emulator.url}/_emulator/${path}`, { method: "POST", body: JSON.stringify(body) });
  if (!answer.ok && answer.status !== 404) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

async function callsOf(emulator: Emulator): Promise<readonly CallEntry[]> {
  const calls = (await (await fetch(`${emulator.url}/_emulator/calls`)).json()) as CallEntry[];
  return calls.filter(({ groupId }) => groupId === GROUP);
}

async function people(emulator: Emulator): Promise<readonly string[] | undefined> {
  const state = (await (await fetch(`${emulator.url}/_emulator/state`)).json()) as {
    businessNumbers: Record<string, { groups: { groupId: string; participants: string[] }[] }>;
  };
  const groups = Object.values(state.businessNumbers).flatMap((business) => business.groups);
  return groups.find(({ groupId }) => groupId === GROUP)?.participants;
}

/** Who of the two is out. */
function gone(there: readonly string[] | undefined): readonly string[] {
  return [BUDI, CITRA].filter((number) => there?.includes(number) !== true);
}
