/**
 * `create` and `update`: execute what `check` prepared in this process, and tell the truth about it. Creating adopts a
 * group; nothing is made at CAMS. A failure half-way leaves in state who was seen there last, and keeps the members of
 * the last run that came to its end, so that the next run finds the same people to remove for the same reasons.
 */
import { CamsError } from "../cams";
import type { Digits } from "../membership/types";
import { execute } from "../rollcall/execute";
import type { Outcome, Whole } from "../rollcall/types";
import type { Session } from "./session";
import { PROVIDER, readRecord, writeParticipants, type Inputs, type State } from "./shapes";

/**
 * An error that keeps the resource in state. Pulumi's dynamic provider looks for exactly these fields
 * (`grpcResponseFromError` of `@pulumi/pulumi/cmd/dynamic-provider`); without `__provider` among `properties` the
 * resource could not be used again.
 */
export class PartialFailure extends Error {
  constructor(
    readonly id: string,
    readonly properties: Readonly<Record<string, unknown>>,
    readonly reasons: readonly string[],
  ) {
    super(reasons.join("\n"));
  }
}

type Bag = Readonly<Record<string, unknown>>;

/** @param olds the state of the last run, undefined for a new resource */
export async function apply(session: Session, olds: Bag | undefined, news: Bag): Promise<State> {
  const inputs = news as unknown as Inputs;
  const prepared = session.prepared.get(inputs.group);
  // Pulumi writes again by itself what failed half-way. A guard holds it now, which the program tells.
  if (prepared === undefined && olds !== undefined && session.held.has(inputs.group)) return olds as unknown as State;
  if (prepared === undefined) {
    throw new Error(
      `${inputs.group}: nobody is removed, since this process has not checked the group, or a guard holds it. Run pulumi up again`,
    );
  }
  const { approved, refusals, observed } = prepared;
  if (refusals.length > 0 || approved === undefined || observed === undefined) {
    throw new Error(refusals.map(({ message }) => message).join("\n"));
  }
  const planned = approved.remove.map(({ number }) => session.show(number)).sort();
  if (
    planned.join(" ") !==
    Object.keys(inputs.removals ?? {})
      .sort()
      .join(" ")
  ) {
    throw new Error(
      `${inputs.group}: nobody is removed, since the removals are not those that were checked. Run pulumi up again`,
    );
  }
  if (approved.remove.length === 0) return toState(session, inputs, observed.participants);

  const {
    outcomes,
    refusals: objections,
    observed: last,
  } = await execute({ ...prepared, approved }, session.executor).catch((error: unknown) => {
    if (!(error instanceof CamsError)) throw error;
    return {
      outcomes: [],
      refusals: [{ rule: "listing-failed", name: undefined, message: error.message }],
      observed: undefined,
    };
  });
  const reasons = [
    ...objections.map(({ message }) => message),
    ...outcomes.filter(failed).map((one) => describe(session, inputs, one)),
  ];
  if (reasons.length === 0) return toState(session, inputs, (last ?? observed).participants);
  const state = toState(session, inputs, (last ?? (observed satisfies Whole)).participants);
  const members = olds === undefined ? state.members : readRecord(olds.members);
  // A step that fails stops Pulumi from starting others, and one bad group must not stop the rest: where a program waits
  // for this output, it tells of the failure when all groups are done.
  if (prepared.awaited) return { ...state, members, failed: reasons.join("\n") };
  throw new PartialFailure(inputs.group, { [PROVIDER]: news[PROVIDER], ...state, members }, reasons);
}

function toState(session: Session, inputs: Inputs, participants: readonly Digits[]): State {
  const { group, businessNumber, custSpaceId, members } = inputs;
  return {
    group,
    businessNumber,
    custSpaceId,
    members,
    participants: writeParticipants(participants.map(session.show)),
  };
}

function failed({ outcome }: Outcome): boolean {
  return outcome !== "removed" && outcome !== "already gone";
}

const WHAT_NOW: Record<Outcome["outcome"], string> = {
  removed: "",
  "already gone": "",
  "still listed":
    "CAMS accepted the removal, but still lists them after rollcall:confirmTimeoutMs. Run pulumi up again later",
  refused: "CAMS refused the removal",
  unknown: "it is not known whether they were removed. Run pulumi up again: the group is listed first",
};

function describe(session: Session, { group }: Inputs, { number, name, outcome, detail }: Outcome): string {
  const who = name === "" ? session.show(number) : `${name} (${session.show(number)})`;
  return `${group}: ${who}: ${outcome}: ${WHAT_NOW[outcome]}${detail === "" ? "" : `. ${detail}`}`;
}
