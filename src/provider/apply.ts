/**
 * `create` and `update`: execute what `check` prepared in this process, and tell the truth about it. Creating adopts a
 * group; nothing is made at CAMS. A failure half-way leaves in state who was seen there last, and keeps the members of
 * the last run that came to its end, so that the next run finds the same people to remove for the same reasons.
 */
import { CamsError } from "../cams";
import type { Approved } from "../membership/guards";
import type { Digits, Person } from "../membership/types";
import { execute } from "../rollcall/execute";
import type { Execution, Whole } from "../rollcall/types";
import { PartialFailure, reasonsOf } from "./failure";
import { HELD, type Prepared, type Session } from "./session";
import { PROVIDER, readRecord, writeParticipants, type Bag, type Inputs, type Members, type State } from "./shapes";

/** A group that every guard let pass. */
interface Ready extends Prepared {
  readonly observed: Whole;
  readonly approved: Approved;
}

/**
 * @param olds the state of the last run, undefined for a new resource
 * @throws PartialFailure when a removal did not come to its end and no program waits to be told of it; Error when
 *   nothing may be done at all
 */
export async function apply(session: Session, olds: Bag | undefined, news: Bag): Promise<State> {
  const inputs = news as unknown as Inputs;
  // Pulumi writes again by itself what failed half-way. A guard holds it now, which the program tells.
  if (olds !== undefined && session.groups.get(inputs.group) === HELD) return olds as unknown as State;
  const ready = readyFor(session, inputs);
  if (ready.approved.remove.length === 0) return toState(session, inputs, ready.observed.participants);

  const { outcomes, refusals, observed } = await removeFrom(session, ready, readRecord(olds?.members));
  const reasons = [...refusals.map(({ message }) => message), ...reasonsOf(session, ready.desired, outcomes)];
  const state = toState(session, inputs, (observed ?? ready.observed).participants);
  if (reasons.length === 0) return state;

  const members = olds === undefined ? state.members : readRecord(olds.members);
  // A step that fails stops Pulumi from starting others, and one bad group must not stop the rest: where a program waits
  // for this output, it tells of the failure when all groups are done.
  if (ready.awaited) return { ...state, members, failed: reasons.join("\n") };
  throw new PartialFailure(inputs.group, { [PROVIDER]: news[PROVIDER], ...state, members }, reasons);
}

/** What this process may do with a group: what it checked, with the very removals that the inputs name. */
function readyFor(session: Session, inputs: Inputs): Ready {
  const prepared = session.groups.get(inputs.group);
  if (prepared === undefined || prepared === HELD) {
    throw new Error(
      `${inputs.group}: nobody is removed, since this process has not checked the group, or a guard holds it. Run pulumi up again`,
    );
  }
  const { approved, refusals, observed } = prepared;
  if (approved === undefined || observed === undefined) {
    throw new Error(refusals.map(({ message }) => message).join("\n"));
  }
  const checked = approved.remove.map(({ number }) => session.show(number)).sort();
  const named = Object.keys(inputs.removals ?? {}).sort();
  if (checked.join(" ") !== named.join(" ")) {
    throw new Error(
      `${inputs.group}: nobody is removed, since the removals are not those that were checked. Run pulumi up again`,
    );
  }
  return { ...prepared, approved, observed };
}

/**
 * Removes who was approved. A second look that fails is a refusal: nobody was asked for.
 * @param before the members of the last run that came to its end: they still have the names of people whose removal
 *   failed half-way since, which `check` can't know
 */
async function removeFrom({ executor }: Session, ready: Ready, before: Members): Promise<Execution> {
  const named = <P extends Person>(one: P): P => ({ ...one, name: one.name || (before[one.number] ?? "") });
  const audit: typeof executor.audit = (entry) => executor.audit(named(entry));
  const done = await execute(ready, { ...executor, audit }).catch((error: unknown): Execution => {
    if (!(error instanceof CamsError)) throw error;
    const refusal = { rule: "listing-failed", name: undefined, message: error.message };
    return { outcomes: [], refusals: [refusal], observed: undefined };
  });
  return { ...done, outcomes: done.outcomes.map(named) };
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
