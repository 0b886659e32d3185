/**
 * `read`, as `pulumi refresh` calls it. It looks, and changes nothing by which runs decide. What it finds goes into
 * outputs: who is there, and who joined and who left since. The inputs stay as they are. So the memory of the last look
 * stays, too, and what is known of a removal that was not completed.
 */
import { observeGroup } from "../observation/observe-group";
import { shownOtherwise } from "./display";
import { thereBefore } from "./last-look";
import type { Session } from "./session";
import { FORM, readParticipants, writeParticipants, type Bag, type State } from "./shapes";

/**
 * @returns the outputs; unchanged, with a warning, when they can't be compared, since one group must not stop the rest
 */
export async function read(session: Session, id: string, props: Bag): Promise<{ props: State }> {
  const state = props as unknown as State;
  const asItWas = (why: string): { props: State } => {
    session.executor.warn(`${id}: not compared: ${why}`);
    return { props: state };
  };
  // Full and masked numbers can't be compared. The next up writes the whole state anew, with its secrets as secrets.
  if (shownOtherwise(session.settings, readParticipants(state.participants)))
    return asItWas("rollcall:display changed: run pulumi up first");
  const { group, businessNumber, custSpaceId } = state;
  const seen = await observeGroup(session.cams, {
    group,
    businessNumber,
    custSpaceId,
    channelType: session.settings.channelType,
  });
  if (seen.kind !== "whole") return asItWas(seen.why);

  // State of the first release has its memory in the outputs, so these keep who was there before.
  const isFirst = props.form !== FORM;
  const before = isFirst ? thereBefore(props) : readParticipants(state.participants);
  const now = new Set(seen.participants.map(session.show));
  const drift = Object.fromEntries([
    ...[...now].filter((shown) => !before.has(shown)).map((shown) => [shown, "joined"] as const),
    ...[...before].filter((shown) => !now.has(shown)).map((shown) => [shown, "left"] as const),
  ]);
  const changed = Object.keys(drift).length > 0;
  const { drift: _, ...rest } = state;
  const participants = writeParticipants(isFirst ? before : now);
  return { props: { ...rest, participants, ...(changed ? { drift } : {}) } };
}
