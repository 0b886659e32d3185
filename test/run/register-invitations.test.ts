import type { PlannedGroup, RunPlan } from "../../src/run/plan-run";
import { registerGroups } from "../../src/run/register";
import { invitationsOf, recordOf } from "../../src/run/invitation-inputs";
import { registerInvitations } from "../../src/run/register-invitations";
import { readLastRun } from "../../src/run/last-run";
import { daysAgo, invitation, wish } from "../invitations/world";
import { ANA, BUDI, CITRA, DEWI, EKO } from "../membership/world";
import { reviewedPlan } from "./inviting";
import { budi, group, groupOf, held, inviting, OPTIONS, planOf, Registrations, removing } from "./registering";
import { exported, OWN, resource, upkeepResource } from "./state";

/** What a run hands over to the resources that put an attempt on record and that send the messages. */

const mockRegistered = new Registrations();
let mockPreview = false;
jest.mock("@pulumi/pulumi", () => ({ runtime: { isDryRun: () => mockPreview } }));
jest.mock("../../src/provider/resource", () => ({
  ChatGroupParticipants: function (...of: Parameters<Registrations["add"]>[1]): object {
    return mockRegistered.add("people", of);
  },
}));
jest.mock("../../src/provider/upkeep-resources", () => ({}));
jest.mock("../../src/provider/invitations-resource", () => ({
  ChatGroupInvitations: function (...of: Parameters<Registrations["add"]>[1]): object {
    return mockRegistered.add("invitations", of);
  },
}));
beforeEach(() => {
  mockPreview = false;
  mockRegistered.clear();
});

/** What the state has: name of what sends invitations → GroupId. */
const stateOf = (sent: Readonly<Record<string, string>>) =>
  readLastRun(
    exported(
      ...Object.entries(sent).flatMap(([name, group]) => [
        resource({ name, group, members: { [ANA]: "Ana" }, lastLook: {} }),
        upkeepResource({ type: "ChatGroupInvitations", name, inputs: { group }, outputs: { group } }),
      ]),
    ),
    OWN,
  );

async function register(
  groups: readonly PlannedGroup[],
  {
    sent,
    isDone = () => true,
    options = {},
    over = {},
  }: {
    readonly sent?: Readonly<Record<string, string>>;
    readonly isDone?: (one: PlannedGroup) => boolean;
    readonly options?: Partial<typeof OPTIONS>;
    readonly over?: Partial<RunPlan>;
  } = {},
) {
  const parts = { plan: planOf(groups, over), last: sent && stateOf(sent), groupOf };
  const registered = await registerInvitations(
    groups,
    parts,
    { isRecorded: () => true, isDone },
    { ...OPTIONS, ...options },
  );
  return registered.map(({ one }) => one.desired.name);
}

const orderOf = (name = "ops") => mockRegistered.invitationsOf(name);

describe("which groups have such a resource", () => {
  test("those in which somebody is invited, and those that the state knows", async () => {
    const quiet = { invitations: inviting([]) };
    const groups = [
      group("ops"),
      group("quiet", quiet),
      group("before", quiet),
      held("held", { invitations: undefined }),
    ];
    expect(await register(groups, { sent: { before: "BEFORE", held: "HELD" } })).toEqual(["ops", "before", "held"]);
  });

  test("without the state, all in which people may be invited: Pulumi deletes what is not registered", async () => {
    const quiet = { invitations: undefined };
    expect(await register([group("ops", quiet), group("mute", { ...quiet, invite: undefined })])).toEqual(["ops"]);
    expect(orderOf()).toMatchObject({ kind: "leave alone" });
  });

  test("not one whose former name another roster has now", async () => {
    const taken = held("night", { ref: group("ops").ref, invitations: undefined });
    await register([taken, held("ops", { ref: group("hr").ref })], { sent: { ops: "OPS" } });
    expect(mockRegistered.made.map(({ name }) => name)).toEqual(["ops"]);
  });

  test("not one that was to be made in this run, and was not", async () => {
    const parts = { plan: planOf([group("ops")]), last: undefined, groupOf: () => undefined };
    expect(
      await registerInvitations([group("ops")], parts, { isRecorded: () => true, isDone: () => true }, OPTIONS),
    ).toEqual([]);
  });

  test("those that a reviewed plan knows, and no others", async () => {
    const reviewed = reviewedPlan({ ops: { invitations: { [BUDI]: "Budi" } } });
    expect(await register([group("ops"), group("hr")], { over: { reviewed }, sent: { hr: "HR" } })).toEqual(["ops"]);
  });

  test("a renamed roster takes over the resource that its group had, unless another roster has that name", async () => {
    await register([group("night", { ref: { ...group("ops").ref } })], { sent: { ops: "OPS" } });
    expect(mockRegistered.made.map(({ name, options }) => [name, options])).toEqual([
      ["night", { aliases: [{ name: "ops" }] }],
    ]);
    mockRegistered.clear();
    await register([group("night", { ref: { ...group("ops").ref } }), group("ops", { ref: group("hr").ref })], {
      sent: { ops: "OPS" },
    });
    expect(mockRegistered.made.map(({ options }) => options)).toEqual([{}, {}]);
  });
});

describe("the order", () => {
  const template = wish().template;

  test("names whom to write to, by which attempt, and with what", async () => {
    await register([group("ops")]);
    expect(mockRegistered.made[0]?.args).toMatchObject({
      group: "OPS",
      businessNumber: "8613800000000",
      custSpaceId: "cams-8c8e",
    });
    expect(orderOf()).toEqual({
      ...{ kind: "carry out", root: "/project", preview: false, run: "run-1", change: { [BUDI]: "Budi" } },
      attempt: { at: OPTIONS.at, people: [budi()], template, subject: null, open: [], links: {}, earlier: [] },
    });
  });

  test("names numbers as display writes them, and names without marks of Pulumi", async () => {
    const odd = { invitations: inviting([budi({ name: "Bu<{%di" })]) };
    await register([group("ops", odd)], { options: { show: (number) => `~${number.slice(-2)}` } });
    expect(orderOf()).toMatchObject({ change: { "~02": "Bu<{ %di" } });
    expect(orderOf()).toMatchObject({ attempt: { people: [{ number: BUDI, name: "Bu<{%di" }] } });
  });

  test("gives the subject that the roster wants", async () => {
    await register([group("ops", { wish: { subject: "Night shift" } as unknown as PlannedGroup["wish"] })]);
    expect(orderOf()).toMatchObject({ attempt: { subject: "Night shift" } });
  });

  test("keeps places for people with an open invitation who may still come", async () => {
    const invited = new Map([
      [BUDI, invitation()],
      [CITRA, invitation({ state: "unknown" })],
      [DEWI, invitation({ state: "failed" })],
      [EKO, invitation()],
    ]);
    const people = [BUDI, CITRA, DEWI].map((number) => budi({ number }));
    await register([group("ops", { invitations: inviting(people, { invited }) })]);
    expect(orderOf()).toMatchObject({ attempt: { open: [BUDI, CITRA] } });
  });

  test("gives the ids of all messages that are on record of the group", async () => {
    const invited = new Map([
      [BUDI, invitation({ id: "m-1" })],
      [CITRA, invitation({ id: undefined })],
      [DEWI, invitation({ id: "m-3" })],
    ]);
    await register([group("ops", { invitations: inviting([budi(), budi({ number: CITRA })], { invited }) })]);
    expect(orderOf()).toMatchObject({ attempt: { earlier: ["m-1", "m-3"] } });
  });

  test("names nobody to write to where the removals or the link were not completed, and says so by its attempt", async () => {
    await register([group("ops")], { isDone: () => false });
    expect(orderOf()).toMatchObject({
      kind: "carry out",
      change: { [BUDI]: "Budi" },
      attempt: { at: OPTIONS.at, people: [] },
    });
  });

  test("has no attempt, and no run, where nobody is invited", async () => {
    await register([group("ops", { invitations: inviting([]) })], { sent: { ops: "OPS" } });
    expect(orderOf()).toEqual({ kind: "carry out", root: "/project", preview: false, change: {}, attempt: null });
  });

  test("leaves alone a group of which nothing is planned", async () => {
    await register([held("ops", { invitations: undefined })], { sent: { ops: "OPS" } });
    expect(orderOf()).toEqual({ kind: "leave alone", root: "/project", preview: false });
  });

  test("leaves a held group alone: the resource of its name may be another group's", async () => {
    await register([held("ops")], { sent: { ops: "HR" } });
    expect(orderOf().kind).toBe("leave alone");
  });

  test("says nothing of a plan that leaves another group's resource under this name", async () => {
    const invitations = new Map([["ops", { inputs: { group: "HR" }, writes: false }]]);
    await register([held("ops")], { over: { reviewed: reviewedPlan({ ops: {} }, { invitations }) } });
    expect(orderOf()).not.toHaveProperty("plan");
  });

  test("says what the reviewed plan says", async () => {
    const plan = { inputs: { change: { [BUDI]: "Budi", [CITRA]: "Citra" } }, writes: true };
    const reviewed = reviewedPlan({ ops: {} }, { invitations: new Map([["ops", plan]]) });
    await register([group("ops")], { over: { reviewed } });
    expect(orderOf()).toMatchObject({ plan: { change: plan.inputs.change, writes: true }, change: { [BUDI]: "Budi" } });
  });

  test("of a preview says so", async () => {
    mockPreview = true;
    await register([group("ops")]);
    expect(orderOf().preview).toBe(true);
  });
});

describe("what the group's people are told of it", () => {
  const people = async (one: PlannedGroup) => {
    await registerGroups([one], { plan: planOf([one]), last: undefined, groupOf }, OPTIONS);
    return mockRegistered.peopleOf(one.desired.name);
  };
  const INVITED = new Map([[CITRA, invitation({ at: daysAgo(1) })]]);

  test("who is invited, and the attempt that is on record before anything is sent", async () => {
    expect(await people(group("ops", { invitations: inviting([budi()], { invited: INVITED }) }))).toMatchObject({
      ...{ kind: "carry out", run: "run-1", invite: { [BUDI]: "Budi" } },
      invitations: {
        invited: { [CITRA]: invitation({ at: daysAgo(1) }) },
        attempt: { at: OPTIONS.at, template: "rollcall_invite", people: [{ number: BUDI, purpose: "first" }] },
      },
    });
  });

  test("names are not on record, and the release is", () => {
    const invite = [budi({ purpose: "released", release: "2026-12-31" })];
    const record = recordOf(group("ops", { invitations: inviting(invite) }), OPTIONS.at);
    expect(record?.attempt).toMatchObject({ people: [{ number: BUDI, purpose: "released", release: "2026-12-31" }] });
    expect(JSON.stringify(record)).not.toContain("Budi");
  });

  test.each<[string, Partial<PlannedGroup>, unknown]>([
    ["nobody was ever invited: the record is empty", { invitations: inviting([]) }, {}],
    [
      "nobody is invited now: no attempt",
      { invitations: inviting([], { invited: INVITED }) },
      { invited: Object.fromEntries(INVITED) },
    ],
    ["nothing is planned: the record stays", { invitations: undefined }, undefined],
    ["nobody is to be invited any more: the record stays", { invite: undefined }, undefined],
    ["the record can't be read: it stays", { invitations: inviting([], { unread: true }) }, undefined],
  ])("%s", (_, over, expected) => expect(recordOf(group("ops", over), OPTIONS.at)).toEqual(expected));

  test("no run is named where nobody is invited or removed", async () => {
    expect(await people(group("ops", { invitations: inviting([]) }))).toMatchObject({ run: undefined, invite: {} });
    expect(await people(removing("hr", { invitations: undefined }))).toMatchObject({ run: "run-1", invite: {} });
  });

  test("inputs name people as display writes numbers", () => {
    expect(invitationsOf(group("ops"), (number) => `~${number.slice(-2)}`)).toEqual({ "~02": "Budi" });
    expect(invitationsOf(group("ops", { invitations: undefined }), OPTIONS.show)).toEqual({});
  });
});
