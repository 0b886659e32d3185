import { check } from "../../src/provider/check";
import { invitations, type InvitationsOrder } from "../../src/provider/invitations";
import { AT, LINK, type Script } from "../execution/invitations/world";
import { ANA, BUDI, CITRA, desire, whole } from "../membership/world";
import {
  accepted,
  args,
  attempt,
  before,
  checkedPeople,
  create,
  GROUP,
  inputsOf,
  known,
  nobody,
  order,
  people,
  sentIn,
  up,
  type Bag,
} from "./inviting";
import { leave as leavePeople, open, ordered as orderedPeople, type Process } from "./world";

describe("only Rollcall's own program", () => {
  test("has this resource: without its order nobody is invited", async () => {
    const session = await checkedPeople();
    const { failures } = await invitations.check(session, {}, known);
    expect(failures).toEqual([{ property: "group", reason: "only Rollcall's own program sends invitations" }]);
  });

  test("tells the root of the project, from which the audit log's path starts", async () => {
    const session = await checkedPeople();
    await inputsOf(session, {}, args(order({ root: "/elsewhere" })));
    expect(session.root).toBe("/elsewhere");
  });
});

describe("the inputs", () => {
  test("name who is invited, and hold no order", async () => {
    const inputs = await inputsOf(await checkedPeople(), {}, args(order()));
    expect(inputs).toEqual({ ...known, change: { [BUDI]: "Budi" } });
  });

  test("name nobody where nobody is", async () => {
    expect(await inputsOf(await checkedPeople(), {}, args(nobody()))).toEqual(known);
  });

  test("name them in a preview of a group that is still to be made, too", async () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const inputs = await inputsOf(open([]), {}, args(order({ preview: true }), { group: unknown }));
    expect(inputs).toEqual({ ...known, group: unknown, change: { [BUDI]: "Budi" } });
  });

  test("name those whom a reviewed plan names, which binds them", async () => {
    const plan = { change: { [BUDI]: "Budi", [CITRA]: "Citra" }, writes: true };
    const inputs = await inputsOf(await checkedPeople(), {}, args(order({ plan })));
    expect(inputs).toEqual({ ...known, change: plan.change });
  });

  test("two resources may not invite different people into one group", async () => {
    const session = await checkedPeople();
    await inputsOf(session, {}, args(order()));
    const { failures } = await invitations.check(session, {}, args(order({ change: { [CITRA]: "Citra" } })));
    expect(failures).toEqual([{ property: "group", reason: `two resources invite people into ${GROUP}` }]);
  });
});

describe("sends the messages", () => {
  test("and its outputs say how the attempt ended", async () => {
    const session = await checkedPeople();
    expect(await create(session)).toEqual({
      id: GROUP,
      outs: { ...known, ended: AT, results: [accepted], run: "run-1", form: 1 },
    });
    expect(session.inviter.sent).toEqual([
      {
        to: BUDI,
        template: "1234",
        language: "id",
        parameters: { who: "Budi", what: "Jakarta operations", where: LINK },
      },
    ]);
    expect(session.inviter.looks[0]).toBe(session.executor.listings[0]);
  });

  test("with the subject that the run sets", async () => {
    const session = await checkedPeople();
    await create(session, order({ attempt: attempt({ subject: "Night shift" }) }));
    expect(session.inviter.sent[0]?.parameters.what).toBe("Night shift");
  });

  test("an update, too, which replaces how the attempt before it ended", async () => {
    const session = await checkedPeople();
    const { changes, outputs } = await up(session, before, order());
    expect([changes, outputs]).toEqual([true, { ...known, ended: AT, results: [accepted], run: "run-1", form: 1 }]);
  });

  test("what was not done is an output, which names the person, so that other groups go on", async () => {
    const session = await checkedPeople({ sends: ["131026"] });
    const { outs } = (await create(session)) as { outs: Bag };
    expect(outs).toMatchObject({ results: [{ outcome: "failed" }], run: "run-1" });
    expect(outs.failed).toMatch(/^jakarta\/ops \(EA93UU0042\): Budi \(628110000002\) can't be invited: /);
  });

  test("to nobody when the group can't be listed again as it was", async () => {
    const session = await checkedPeople({}, { lists: ["doubtful"] });
    const { outs } = await create(session);
    expect(outs).toMatchObject({
      ended: AT,
      results: [{ outcome: "not sent" }],
      failed: expect.stringMatching(/rows short/) as string,
    });
    expect(sentIn(session)).toEqual([]);
  });

  test("a message that is on record is not the one whose outcome is unknown", async () => {
    const row = {
      id: "m-0",
      to: BUDI,
      state: "failed",
      why: "",
      at: Date.parse(AT),
      template: "1234",
      text: LINK,
    } as const;
    const script: Script = { sends: ["lost"], messages: [row] };
    const { outs } = await create(await checkedPeople(script), order({ attempt: attempt({ earlier: ["m-0"] }) }));
    expect(outs).toMatchObject({ results: [{ outcome: "unknown" }] });
    const found = await create(await checkedPeople(script));
    expect(found.outs).toMatchObject({ results: [{ outcome: "accepted", id: "m-0" }] });
  });

  test("a place is kept for people with an open invitation", async () => {
    const there = [ANA, ...Array.from({ length: 6 }, (_, i) => `62812000000${i}`)];
    const session = open(there);
    await check(
      session,
      {},
      orderedPeople({ ...people, desired: desire({ undeclared: "report" }), observed: whole(...there) }),
    );
    const { outs } = await create(session, order({ attempt: attempt({ open: [CITRA] }) }));
    expect(outs).toMatchObject({
      results: [{ outcome: "not sent" }],
      failed: expect.stringMatching(/no room/) as string,
    });
  });

  test("to nobody while somebody whose removal was approved is listed", async () => {
    const stranger = "6591234567";
    const session = open([ANA, stranger]);
    const remove = [{ number: stranger, name: "", reason: "never declared" as const }];
    await check(session, {}, orderedPeople({ ...people, observed: whole(ANA, stranger), remove }));
    const { outs } = await create(session);
    expect([outs, sentIn(session)]).toMatchObject([
      { failed: expect.stringMatching(/was to be removed/) as string },
      [],
    ]);
  });
});

describe("writes to nobody", () => {
  const ended = (failed?: RegExp) => ({
    ...{ ...known, ended: AT, results: [], run: "run-1", form: 1 },
    ...(failed === undefined ? {} : { failed: expect.stringMatching(failed) as string }),
  });
  async function expectNobody(session: Process, one: InvitationsOrder, failed?: RegExp): Promise<void> {
    expect((await create(session, one)).outs).toEqual(ended(failed));
    expect([session.inviter.sent, session.inviter.audited]).toEqual([[], []]);
  }

  test("where the group's removals or its link were not completed: nothing was sent, and it is known", async () => {
    await expectNobody(await checkedPeople(), order({ attempt: attempt({ people: [] }) }));
  });

  test("where this process has not checked who is in the group", async () => {
    await expectNobody(
      open([ANA]),
      order(),
      /EA93UU0042: nobody was invited, since this process has not checked who is in/,
    );
  });

  test("where a guard holds the group", async () => {
    await expectNobody(await checkedPeople({}, {}, leavePeople()), order(), /has not checked who is in the group/);
  });

  test("where a guard of this process refuses the group's removals", async () => {
    const remove = [{ number: CITRA, name: "Citra", reason: "never declared" as const }];
    const held = { ...people, observed: whole(ANA, CITRA), remove, desired: desire({ maxRemovals: 0 }) };
    await expectNobody(await checkedPeople({}, {}, held), order(), /has not checked who is in the group/);
  });

  test("whom the inputs do not name", async () => {
    const wrong = order({ change: { [CITRA]: "Citra" } });
    await expectNobody(await checkedPeople(), wrong, /these are not the people who were checked/);
  });

  test("whom the reviewed plan does not name", async () => {
    const plan = { change: { [CITRA]: "Citra" }, writes: true };
    await expectNobody(await checkedPeople(), order({ plan }), /these are not the people who were checked/);
  });

  describe("while Pulumi notes nothing of what it begins", () => {
    const { PULUMI_SKIP_CHECKPOINTS: was } = process.env;
    afterEach(() => {
      if (was === undefined) delete process.env.PULUMI_SKIP_CHECKPOINTS;
      else process.env.PULUMI_SKIP_CHECKPOINTS = was;
    });

    test.each(["true", "1"])("PULUMI_SKIP_CHECKPOINTS=%s", async (value) => {
      process.env.PULUMI_SKIP_CHECKPOINTS = value;
      await expectNobody(await checkedPeople(), order(), /PULUMI_SKIP_CHECKPOINTS .* Run pulumi up without it/);
    });

    test("which is no failure where nobody is to be written to", async () => {
      process.env.PULUMI_SKIP_CHECKPOINTS = "true";
      await expectNobody(await checkedPeople(), order({ attempt: attempt({ people: [] }) }));
    });
  });

  test("by inputs that were not checked", async () => {
    const session = await checkedPeople();
    const inputs = await inputsOf(session, {}, args(order()));
    const others = { ...inputs, change: { [CITRA]: "Citra" } };
    await expect(invitations.create(session, others)).rejects.toThrow(
      /the invitations of EA93UU0042: nothing is done, .* not those that were checked/,
    );
    await expect(invitations.create(open([ANA]), inputs)).rejects.toThrow(/this process has not checked it/);
    expect(sentIn(session)).toEqual([]);
  });
});
