import type { GroupPlan } from "../../../src/membership/types";
import type { AttemptEnd, Invitation, InvitationMemory } from "../../../src/invitations/types";
import type { MessageInfo } from "../../../src/cams/types";
import { followMessages } from "../../../src/run/follow-messages";
import type { LastRun } from "../../../src/run/last-run";
import type { InvitingGroup } from "../../../src/run/inviting";
import { settled } from "../../../src/invitations/memory";
import { ref } from "../../execution/world";
import {
  daysAgo,
  EARLIER_LINK,
  group,
  invitation,
  LINK,
  message,
  NOW,
  OTHER_LINK,
  person,
  TOO_MANY,
  wish,
} from "../../invitations/world";
import { ANA, BUDI, desire } from "../../membership/world";
import { lastRun } from "../state";

/** What is on record of a group's invitations, and how its last attempt ended. */
interface Recorded extends InvitationMemory {
  readonly end?: AttemptEnd;
}

/** A state that knows these groups, by GroupId. */
function stateOf(groups: Readonly<Record<string, Recorded>>): LastRun {
  const all = Object.keys(groups).map((id) => ({ name: id, group: id, members: { [ANA]: "Ana" }, lastLook: {} }));
  const last = lastRun(...all);
  const ended = Object.entries(groups).map(([id, { end }]) => {
    return [id, { group: id, pending: false, unfinished: false, inputs: {}, end }] as const;
  });
  return {
    ...last,
    groups: new Map([...last.groups].map(([id, one]) => [id, { ...one, invitations: groups[id] }])),
    invitations: new Map(ended),
  };
}

/** Looks at some groups of the state, each with the link of the same place. */
async function follow(
  last: LastRun,
  looked: Readonly<Record<string, string>>,
  rows: readonly MessageInfo[],
  over: Partial<GroupPlan> = {},
) {
  const asked: string[] = [];
  const all = Object.entries(looked).map(([id, inviteLink]): InvitingGroup => {
    const plan = group({ group: id, ...over });
    const desired = desire({ name: id, group: id, members: new Map([[ANA, "Ana"]]) });
    const one = { ref: { ...ref, group: id }, desired } as InvitingGroup["one"];
    const memory = last.groups.get(id)?.invitations ?? { invited: new Map<string, Invitation>() };
    const row = { group: id, subject: "", description: "", status: "ACTIVE", inviteLink };
    return { one, wish: wish(), plan, invited: settled(memory, last.invitations.get(id)?.end), row };
  });
  const followed = await followMessages(all, {
    reader: {
      listGroups: () => Promise.resolve([]),
      template: () => Promise.resolve(undefined),
      businessNumber: () => Promise.resolve(undefined),
      listMessages: (_, { template }) => {
        asked.push(template);
        return Promise.resolve(rows);
      },
    },
    ...{ last, releases: [], show: (number) => number, limits: { maxInvitationsPerRun: 20 }, now: NOW },
    ...{ dayCame: new Map(), warn: () => undefined },
  });
  return { asked, ana: followed.map(({ invited }) => invited.get(ANA)) };
}

/** Ana's only invitation. */
const only = (one: Invitation): InvitationMemory => ({ invited: new Map([[ANA, one]]) });
const { id: _, ...lost } = invitation({ state: "unknown" });

describe("an outcome that is not known", () => {
  test("is not that of the message before it, which failed", async () => {
    const earlier = message({ id: "m-0", state: "failed", why: TOO_MANY });
    const stays = await follow(stateOf({ G1: only({ ...lost, earlier: ["m-0"] }) }), { G1: LINK.link }, [earlier]);
    expect(stays.ana).toMatchObject([{ state: "unknown" }]);
    const found = await follow(stateOf({ G1: only(lost) }), { G1: LINK.link }, [earlier]);
    expect(found.ana).toMatchObject([{ state: "failed" }]);
  });

  const attempt = { at: daysAgo(3), template: "rollcall_invite", people: [{ number: ANA, purpose: "first" as const }] };

  test("is not that of a message that ended the attempt of a group that is not looked at", async () => {
    const end: AttemptEnd = { at: attempt.at, results: [{ outcome: "accepted", id: "m-2", link: OTHER_LINK.mark }] };
    const sent = message({ id: "m-2" });
    const last = stateOf({ G1: only(lost), G2: { invited: new Map(), attempt, end } });
    expect((await follow(last, { G1: LINK.link }, [sent])).ana).toMatchObject([{ state: "unknown" }]);
  });
});

test("messages are listed once a template, and only while somebody is awaited who has an open invitation", async () => {
  const both = stateOf({ G1: only(invitation()), G2: only(invitation({ id: "m-2" })) });
  expect((await follow(both, { G1: LINK.link, G2: EARLIER_LINK.link }, [])).asked).toEqual(["rollcall_invite"]);
  const there: Partial<GroupPlan> = { awaiting: [], present: [person(ANA)] };
  expect((await follow(both, { G1: LINK.link }, [], there)).asked).toEqual([]);
  const dropped: Partial<GroupPlan> = { awaiting: [person(BUDI)] };
  expect((await follow(both, { G1: LINK.link }, [], dropped)).asked).toEqual([]);
});
