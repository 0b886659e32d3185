/** What has to be true of every message that CAMS took, whatever the runs say: told from the messages alone, and from who went where. */
import { DAY_MS } from "./book";
import { FATES, type Message } from "./post";
import { count, same } from "./tally";
import { memoryKey, type World } from "./world";

/** Each message of this run went to somebody who may get one, and, if it is not the first into the group, for a reason. */
export function onlyWithReason(world: World): void {
  const { cams } = world;
  for (const call of cams.sends()) {
    const message = cams.post.messages.find(({ id }) => id === call.id);
    if (message === undefined) continue;
    count("messages that CAMS took");
    same(
      faultsOf(world, message),
      [],
      `what is wrong with the message ${message.id} to ${message.to} into ${message.group}`,
    );
  }
}

function faultsOf(world: World, message: Message): readonly string[] {
  const { files, story, memory } = world;
  const { group, to } = message;
  const roster = files.rosters.get(group)!;
  const lost = memory.lost.get(group) ?? 0;
  const met = memory.met.get(memoryKey(group, to)) ?? 0;
  const removed = memory.removed.get(memoryKey(group, to)) ?? 0;
  const faults: readonly (readonly [boolean, string])[] = [
    [!files.declared(roster).has(to), "they are not declared"],
    [story.settings.inviting?.requireConsent === true && !files.consent.has(to), "they have no consent"],
    [roster.invite === false, "the roster invites nobody"],
    [removed > Math.max(lost, met), "they were removed"],
    [!isFirst(world, message) && !hasReason(world, message), "they have one already"],
  ];
  return faults.flatMap(([is, what]) => (is ? [what] : []));
}

/** The message before this one, of those that the state can know. */
function before({ cams, memory }: World, { group, to, id }: Message): Message | undefined {
  const since = Math.max(memory.lost.get(group) ?? 0, memory.met.get(memoryKey(group, to)) ?? 0);
  const all = cams.post.messages.filter((one) => one.group === group && one.to === to && one.at > since);
  return all[all.findIndex((one) => one.id === id) - 1];
}

const isFirst = (world: World, message: Message): boolean => before(world, message) === undefined;

function hasReason(world: World, message: Message): boolean {
  const { files, story } = world;
  const { remindAfterDays = 0, invitationLapsesAfterDays = 0 } = story.settings.inviting ?? {};
  const last = before(world, message)!;
  const days = (message.at - last.at) / DAY_MS;
  return (
    files.releasesOf(message.group, message.to).length > 0 ||
    last.link !== message.link ||
    last.why === FATES.passing.why ||
    (remindAfterDays > 0 && days >= remindAfterDays) ||
    // The record of somebody who is declared no more ends when their invitation would have lapsed.
    days >= invitationLapsesAfterDays
  );
}
