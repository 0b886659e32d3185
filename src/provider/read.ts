/**
 * `read`, as `pulumi refresh` calls it: looks, and changes nothing. What it finds goes into outputs and inputs, so that
 * the refresh and the next preview show by number who joined and who left since. The declared members in the outputs
 * stay as they are: they are what tells "dropped from roster" from "never declared" later.
 */
import type { GroupRef } from "../cams";
import { shownOtherwise } from "./display";
import type { Session } from "./session";
import { readParticipants, readRecord, writeParticipants, type Bag, type State } from "./shapes";

/** What stands for the name of somebody in refreshed inputs whom nobody declared. */
export const NOT_DECLARED = "(not declared)";

export async function read(
  session: Session,
  id: string,
  props: Bag,
): Promise<{ props: State; inputs?: Record<string, unknown> }> {
  const state = props as unknown as State;
  // Numbers in full and masked ones can't be compared: the next up writes the whole state anew, secrets as such.
  if (shownOtherwise(session.settings, readParticipants(state.participants))) {
    session.executor.warn(`${id}: not compared, since rollcall:display changed: run pulumi up first`);
    return { props: state };
  }
  const { group, businessNumber, custSpaceId } = state;
  const ref: GroupRef = { group, businessNumber, custSpaceId, channelType: session.settings.channelType };
  const listing = await session.cams.listParticipants(ref);
  if (listing.kind === "doubtful") throw new Error(`${id}: ${listing.why}`);

  const before = readParticipants(state.participants);
  const now = new Map(listing.participants.map((number) => [session.show(number), number]));
  const members = readRecord(state.members);
  const joined = [...now].filter(([shown]) => !before.has(shown));
  const left = [...before].filter((shown) => !now.has(shown));
  const drift = Object.fromEntries([
    ...joined.map(([shown]) => [shown, "joined"] as const),
    ...left.map((shown) => [shown, "left"] as const),
  ]);
  const outputs: State = { group, businessNumber, custSpaceId, members, participants: writeParticipants(now.keys()) };
  if (Object.keys(drift).length === 0) return { props: outputs };

  // Masked members are a secret in state, and Pulumi does not mark refreshed inputs as secrets: they stay as they were.
  if (session.settings.display === "masked") return { props: { ...outputs, drift } };
  const gone = new Set(left);
  const declared = Object.entries(members).filter(([number]) => !gone.has(session.show(number)));
  const strangers = joined.filter(([, number]) => !(number in members)).map(([, number]) => [number, NOT_DECLARED]);
  const inputs = {
    group,
    businessNumber,
    custSpaceId,
    members: Object.fromEntries([...declared, ...strangers]) as Record<string, string>,
  };
  return { props: { ...outputs, drift }, inputs };
}
