import { check } from "../../src/provider/check";
import {
  invitations,
  type CarryOutInvitations,
  type InvitationsOrder,
  type OrderedAttempt,
} from "../../src/provider/invitations";
import { AT, MARK, type Script } from "../execution/invitations/world";
import type { Script as PeopleScript } from "../execution/world";
import { adopted, ANA, BOT, BUDI, CITRA, desire, whole } from "../membership/world";
import { open, order as orderOfPeople, ordered as orderedPeople, type Process } from "./world";
import { leftAlone } from "./left-alone";

export const GROUP = "EA93UU0042";
export const account = { businessNumber: BOT, custSpaceId: "cams-8c8e" };
export const known = { resource: "ChatGroupInvitations", group: GROUP, ...account };
export type Bag = Readonly<Record<string, unknown>>;

export const attempt = (over: Partial<OrderedAttempt> = {}): OrderedAttempt => ({
  at: AT,
  people: [{ number: BUDI, name: "Budi", purpose: "first" }],
  template: { code: "1234", language: "id", parameters: { who: "name", what: "subject", where: "link" } },
  ...{ subject: null, open: [], links: {}, earlier: [] },
  ...over,
});
type Order = CarryOutInvitations & Extract<InvitationsOrder, { kind: "carry out" }>;
export const order = (over: Partial<Order> = {}): Order => ({
  ...{ kind: "carry out", root: "/project", preview: false, run: "run-1", plan: undefined },
  ...{ change: { [BUDI]: "Budi" }, attempt: attempt() },
  ...over,
});
export const nobody = (over: Partial<Order> = {}) => order({ change: {}, attempt: null, run: undefined, ...over });
export const leave = leftAlone<InvitationsOrder>;
export const args = (one: InvitationsOrder, over: Bag = {}): Bag => ({ ...known, order: JSON.stringify(one), ...over });

export const people = orderOfPeople({
  desired: desire({
    members: new Map([
      [ANA, "Ana"],
      [BUDI, "Budi"],
    ]),
  }),
  history: adopted(ANA),
  observed: whole(ANA),
});

/** A process that has checked the people of the group. */
export async function checkedPeople(
  script: Script = {},
  listing: PeopleScript = {},
  one: Parameters<typeof orderedPeople>[0] = people,
) {
  const session = open([ANA], listing, {}, undefined, undefined, script);
  await check(session, {}, orderedPeople(one));
  return session;
}

export async function inputsOf(session: Process, olds: Bag, news: Bag): Promise<Bag> {
  const { inputs, failures } = await invitations.check(session, olds, news);
  if (inputs === undefined) throw new Error(JSON.stringify(failures));
  return inputs as Bag;
}

/** A new resource: checked, and made. */
export async function create(session: Process, one: InvitationsOrder = order()) {
  return invitations.create(session, await inputsOf(session, {}, args(one)));
}

/** A resource that the state knows: checked, compared, and updated where it differs. */
export async function up(
  session: Process,
  olds: { readonly inputs: Bag; readonly outputs: Bag },
  one: InvitationsOrder,
  over: Bag = {},
) {
  const inputs = await inputsOf(session, olds.inputs, args(one, over));
  const { changes, replaces } = invitations.diff(session, olds.outputs, inputs);
  const outputs = changes ? await invitations.update(session, olds.outputs, inputs) : undefined;
  return { inputs, changes, replaces, outputs };
}

export const accepted = { outcome: "accepted", id: "message-1", link: MARK };
export const EARLIER = { ended: "2026-11-20T08:00:00.000Z", results: [{ outcome: "accepted", id: "m-0" }] };
export const before = {
  inputs: { ...known, change: { [CITRA]: "Citra" } },
  outputs: { ...known, ...EARLIER, form: 1 },
};
export const sentIn = ({ inviter }: Process) => inviter.sent.map(({ to }) => to);
