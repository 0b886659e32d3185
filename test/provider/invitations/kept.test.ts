import { invitations } from "../../../src/provider/invitations";
import { BUDI } from "../../membership/world";
import {
  args,
  before,
  checkedPeople,
  create,
  EARLIER,
  GROUP,
  inputsOf,
  known,
  leave,
  nobody,
  order,
  sentIn,
  up,
} from "../inviting";
import { open } from "../world";

describe("a run in which nobody is invited", () => {
  test("writes nothing, and keeps how the last attempt ended", async () => {
    const { inputs, changes } = await up(await checkedPeople(), before, nobody());
    expect([inputs, changes]).toEqual([known, false]);
  });

  test("clears what failed before, and keeps how the last attempt ended", async () => {
    const failed = { ...before, outputs: { ...before.outputs, failed: "Budi was not invited" } };
    const { outputs } = await up(await checkedPeople(), failed, nobody());
    expect(outputs).toEqual({ ...known, ...EARLIER, form: 1 });
  });

  test("keeps nothing where no attempt is known", async () => {
    const outputs = { ...known, failed: "a guard holds the group", form: 1 };
    expect((await up(await checkedPeople(), { inputs: known, outputs }, nobody())).outputs).toEqual({
      ...known,
      form: 1,
    });
  });
});

describe("invitations that are left alone", () => {
  test("stay as they are, without the names of earlier ones", async () => {
    const session = await checkedPeople();
    const { inputs, changes } = await up(session, before, leave());
    expect([inputs, changes, sentIn(session)]).toEqual([known, false, []]);
  });

  test("stay so when an earlier run failed", async () => {
    const failed = { ...before, outputs: { ...before.outputs, failed: "Budi was not invited" } };
    expect(await up(await checkedPeople(), failed, leave())).toMatchObject({ changes: false });
  });

  test("stay so when Pulumi writes them all the same", async () => {
    const session = await checkedPeople();
    const inputs = await inputsOf(session, before.inputs, args(leave()));
    expect(await invitations.update(session, before.outputs, inputs)).toEqual(before.outputs);
  });

  test("have the inputs of a reviewed plan, which binds them", async () => {
    const plan = { change: { [BUDI]: "Budi" }, writes: true };
    const { inputs, changes } = await up(await checkedPeople(), before, leave({ plan }));
    expect([inputs, changes]).toEqual([{ ...known, change: plan.change }, false]);
  });

  test("that a plan makes are in state, and say that nothing was done", async () => {
    const session = await checkedPeople();
    const { outs } = await create(session, leave({ plan: { change: { [BUDI]: "Budi" }, writes: true } }));
    expect(outs).toMatchObject({
      group: GROUP,
      failed: expect.stringMatching(/nothing was done, since a guard holds/) as string,
    });
    expect(outs).not.toHaveProperty("ended");
    expect(sentIn(session)).toEqual([]);
  });
});

describe("what is compared", () => {
  test("another group is a replacement", async () => {
    const session = await checkedPeople();
    const other = { inputs: { ...known, group: "EA1" }, outputs: { ...known, group: "EA1", form: 1 } };
    const inputs = await inputsOf(session, other.inputs, args(order()));
    expect(invitations.diff(session, other.outputs, inputs)).toEqual({ changes: true, replaces: ["group"] });
  });

  test("a plan that says that the resource stays is kept to, whatever failed", async () => {
    const session = await checkedPeople();
    const failed = { ...before, outputs: { ...before.outputs, failed: "Budi was not invited" } };
    const one = order({ plan: { change: { [BUDI]: "Budi" }, writes: false } });
    expect(await up(session, failed, one)).toMatchObject({ changes: false });
    expect(sentIn(session)).toEqual([]);
  });
});

test("a refresh finds nothing new: what became of messages is read by the program", async () => {
  expect(await invitations.read(open([]), GROUP, before.outputs)).toEqual({ props: before.outputs });
});
