/**
 * `create` and `update`: execute what `check` prepared in this process, and report what really happened. Creating
 * adopts a group; nothing is made at CAMS. What the next run needs to know of this one is in the inputs already
 * (`lastLook`). The outputs say who was seen last, and why a removal was not completed, which makes the next run try
 * again.
 */
import { CamsError } from "../cams";
import type { Approved } from "../membership/guards";
import type { Digits } from "../membership/types";
import { execute } from "../execution/execute";
import type { Execution, Whole } from "../execution/types";
import { PartialFailure, reasonsOf } from "./failure";
import { HELD, type Prepared, type Session } from "./session";
import { FORM, PROVIDER, writeParticipants, type Bag, type Inputs, type State } from "./shapes";
import { undecidedText } from "./undecided";

/** A group that every guard let pass. */
interface Ready extends Prepared {
  readonly observed: Whole;
  readonly approved: Approved;
}

/**
 * @param olds the state of the last run, undefined for a new resource
 * @throws PartialFailure when a removal was not completed and no program waits for the output `failed`; Error when
 *   nothing may be done at all
 */
export async function apply(session: Session, olds: Bag | undefined, news: Bag): Promise<State> {
  const inputs = news as unknown as Inputs;
  // Pulumi writes a resource that failed half-way, or that a plan makes, although a guard
  // holds it. The program reports that.
  if (session.groups.get(inputs.group) === HELD) return (olds ?? toState(session, inputs, [])) as unknown as State;
  const ready = readyFor(session, inputs);
  const { run } = ready;
  if (ready.approved.remove.length === 0) return toState(session, inputs, ready.observed.participants, run);

  const { outcomes, refusals, observed } = await removeFrom(session, ready);
  const reasons = [...refusals.map(({ message }) => message), ...reasonsOf(session, ready.desired, outcomes)];
  const state = toState(session, inputs, (observed ?? ready.observed).participants, run);
  if (reasons.length === 0) return state;

  // A step that fails keeps Pulumi from starting others, and one bad group must not stop the rest. So where a program
  // waits for this output, the program reports the failure when all groups are done.
  if (ready.awaited) return { ...state, failed: reasons.join("\n") };
  throw new PartialFailure(inputs.group, { [PROVIDER]: news[PROVIDER], ...state }, reasons);
}

/** What this process may do with a group: what it checked, with exactly the removals that the inputs name. */
function readyFor(session: Session, inputs: Inputs): Ready {
  const prepared = session.groups.get(inputs.group);
  if (prepared === undefined || prepared === HELD) {
    throw new Error(
      `${inputs.group}: nobody is removed, since this process has not checked the group, or a guard holds it. Run pulumi up again`,
    );
  }
  const { approved, refusals, observed, named } = prepared;
  if (approved === undefined || observed === undefined) {
    throw new Error(refusals.map(({ message }) => message).join("\n"));
  }
  const undecided = session.undecided.get(inputs.group) ?? [];
  if (undecided.length > 0 && approved.remove.length > 0) throw new Error(undecidedText(inputs.group, undecided));
  if (!isSame(prepared.invited, inputs.invitations ?? {})) {
    throw new Error(
      `${inputs.group}: nobody is removed or invited, since the invitations are not those that were checked. Run pulumi up again`,
    );
  }
  const checked = Object.keys(named).sort();
  const given = Object.keys(inputs.removals ?? {}).sort();
  const unnamed = approved.remove.filter(({ number }) => !(session.show(number) in named));
  if (checked.join(" ") !== given.join(" ") || unnamed.length > 0) {
    throw new Error(
      `${inputs.group}: nobody is removed, since the removals are not those that were checked. Run pulumi up again`,
    );
  }
  return { ...prepared, approved, observed };
}

const isSame = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean =>
  Object.keys(one).sort().join(" ") === Object.keys(other).sort().join(" ");

/** Removes the people who were approved. A second look that fails is a refusal: no removal was sent. */
async function removeFrom({ executor }: Session, ready: Ready): Promise<Execution> {
  return execute(ready, executor).catch((error: unknown): Execution => {
    if (!(error instanceof CamsError)) throw error;
    const refusal = { rule: "listing-failed", name: undefined, message: error.message };
    return { outcomes: [], refusals: [refusal], observed: undefined };
  });
}

/** @param run the run that has carried out what it had to do here */
function toState(session: Session, inputs: Inputs, participants: readonly Digits[], run?: string): State {
  const { group, businessNumber, custSpaceId, members } = inputs;
  return {
    group,
    businessNumber,
    custSpaceId,
    members,
    participants: writeParticipants(participants.map(session.show)),
    ...(run === undefined ? {} : { run }),
    form: FORM,
  };
}
