import type { InvitationsOrder, OrderedAttempt } from "../../src/provider/invitations";
import { invitations } from "../../src/provider/invitations";
import { adopted, ANA, BOT, BUDI, CITRA, desire, whole } from "../membership/world";
import { AT, MARK } from "../execution/invitations/world";
import { ref } from "../execution/world";
import { open, type Process } from "./world";

const GROUP = "EA93UU0042";
const INVITED = { [BUDI]: "Budi" };
const EARLIER = { ended: "2026-11-01T08:00:00.000Z", results: [{ outcome: "accepted", id: "m-0", link: MARK }] };
type Bag = Record<string, unknown>;

const attempt = (over: Partial<OrderedAttempt> = {}): OrderedAttempt => ({
  ...{ at: AT, people: [{ number: BUDI, name: "Budi", purpose: "first" }], subject: null },
  template: { code: "1234", language: "id", parameters: { where: "link" } },
  ...{ open: [], links: {}, earlier: [] },
  ...over,
});

const args = (over: Partial<Extract<InvitationsOrder, { kind: "carry out" }>> = {}): Bag => {
  const common = { root: "/project", preview: false, run: "run-1", plan: undefined };
  const order = { kind: "carry out", ...common, change: INVITED, attempt: attempt(), ...over };
  return {
    ...{ resource: "ChatGroupInvitations", group: GROUP, businessNumber: BOT, custSpaceId: "cams-8c8e" },
    order: JSON.stringify(order),
  };
};

/** A process that has checked the group's people: Ana is there, and Budi and Citra are declared. */
function process(): Process {
  const session = open([ANA]);
  const members = new Map([ANA, BUDI, CITRA].map((number) => [number, "Somebody"]));
  const desired = desire({ members });
  session.groups.set(GROUP, {
    ...{ ref, desired, history: adopted(ANA), observed: whole(ANA), approved: { remove: [] } as never },
    ...{ refusals: [], named: {}, invited: INVITED, stays: false, run: "run-1", awaited: true },
  });
  return session;
}

/** Checks and writes the resource, whose outputs say how the attempt before ended. */
async function updated(news: Bag, session = process()) {
  const { inputs = {}, failures } = await invitations.check(session, {}, news);
  expect(failures).toBeUndefined();
  const outs = await invitations.update(session, { ...EARLIER, group: GROUP }, inputs as Bag);
  return { outs, sent: session.inviter.sent.map(({ to }) => to) };
}

test("an attempt is sent, and its end takes the place of the one before", async () => {
  const { outs, sent } = await updated(args());
  expect(sent).toEqual([BUDI]);
  expect(outs).toMatchObject({ ended: AT, results: [{ outcome: "accepted", id: "message-1" }], run: "run-1" });
  expect(outs).not.toHaveProperty("failed");
});

test("an attempt that is on record and sends nothing ends so", async () => {
  const { outs, sent } = await updated(args({ attempt: attempt({ people: [] }) }));
  expect(sent).toEqual([]);
  expect(outs).toMatchObject({ ended: AT, results: [] });
});

test("without an attempt on record nothing is sent, and the end of the one before stays", async () => {
  const { outs, sent } = await updated(args({ attempt: null }));
  expect(sent).toEqual([]);
  expect(outs).toMatchObject(EARLIER);
});

test("nobody is written to whom the inputs, or the reviewed plan, do not name", async () => {
  const both = attempt({
    people: [BUDI, CITRA].map((number) => ({ number, name: "Somebody", purpose: "first" })),
  });
  const { outs, sent } = await updated(args({ attempt: both }));
  expect(sent).toEqual([]);
  expect(outs).toMatchObject({
    ended: AT,
    results: [],
    failed: expect.stringContaining("nobody was invited") as string,
  });
  const plan = { change: { [CITRA]: "Citra" }, writes: true };
  expect((await updated(args({ plan }))).sent).toEqual([]);
});

test("nobody is written to in a group whose people this process has not checked", async () => {
  const session = process();
  session.groups.clear();
  const { outs, sent } = await updated(args(), session);
  expect(sent).toEqual([]);
  expect(outs).toMatchObject({ ended: AT, results: [], failed: expect.stringContaining("has not checked") as string });
});

test("without an order of Rollcall's own program there are no invitations", async () => {
  const { order: _, ...bare } = args();
  expect((await invitations.check(process(), {}, bare)).failures).toHaveLength(1);
});
