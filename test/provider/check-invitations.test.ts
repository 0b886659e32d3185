import { apply } from "../../src/provider/apply";
import { check } from "../../src/provider/check";
import { diff } from "../../src/provider/diff";
import { readOrder, writeOrder, type CarryOut } from "../../src/provider/order";
import { adopted, ANA, BUDI, CITRA, desire, fresh, remembered, removal, members, whole } from "../membership/world";
import { args, inputsOf, leave, open, order, ordered } from "./world";

/** What the resource of a group's people tells and keeps of invitations. */

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const INVITED = { [BUDI]: { state: "delivered", at: "2026-11-20T08:00:00.000Z" } };
const RECORD = { invited: INVITED };
const ATTEMPT = { attempt: { at: "2026-11-29T08:00:00.000Z", people: [{ number: BUDI, purpose: "first" }] } };
const MEMBERS = { [ANA]: "Ana", [BUDI]: "Budi" };
const NAMED = { [BUDI]: "Budi" };

const inviting = (over: Partial<CarryOut> = {}): CarryOut =>
  order({
    desired: desire({ members: new Map(Object.entries(MEMBERS)) }),
    ...{ history: adopted(ANA), observed: whole(ANA), invite: NAMED, invitations: ATTEMPT },
    ...over,
  });
/** Inputs of the last run, with invitations on record. */
const before = (over: Record<string, unknown> = {}) =>
  inputsOf({ members: MEMBERS, ...over }, { awaiting: BUDI, invitations: RECORD });

async function checked(
  one: Parameters<typeof ordered>[0],
  olds: Record<string, unknown> = before(),
  over: Record<string, unknown> = {},
) {
  const process = open([ANA]);
  const { inputs = {}, failures } = await check(process, olds, ordered(one, over));
  expect(failures).toBeUndefined();
  return { process, inputs: { ...inputs } as Record<string, unknown> };
}
const lookOf = ({ inputs }: Awaited<ReturnType<typeof checked>>) => inputs.lastLook;

describe("the inputs name who is invited", () => {
  test("in a preview, which remembers nothing", async () => {
    const { inputs } = await checked(inviting({ preview: true }));
    expect(inputs).toMatchObject({ invitations: NAMED, lastLook: UNKNOWN });
  });

  test("in an up, beside the attempt that is on record before anything is sent", async () => {
    const { inputs } = await checked(inviting());
    expect(inputs).toEqual({
      ...args({ members: MEMBERS }),
      invitations: NAMED,
      lastLook: { awaiting: BUDI, invitations: ATTEMPT },
    });
  });

  test("and nobody where nobody is", async () => {
    const { inputs } = await checked(inviting({ invite: {} }));
    expect(inputs).not.toHaveProperty("invitations");
  });

  test("as the reviewed plan names them, which binds them", async () => {
    const plan = { removals: {}, invitations: { ...NAMED, [CITRA]: "Citra" }, writes: true };
    const { inputs } = await checked(inviting({ plan }));
    expect(inputs.invitations).toEqual(plan.invitations);
    expect(lookOf(await checked(inviting({ plan })))).toMatchObject({ invitations: ATTEMPT });
  });

  test("in a preview of a group that is still to be made", async () => {
    const one = inviting({ preview: true, history: fresh, observed: whole() });
    const { inputs } = await checked(one, {}, { group: UNKNOWN });
    expect(inputs).toMatchObject({ group: UNKNOWN, invitations: NAMED, lastLook: UNKNOWN });
  });

  test("in an up by a plan that was made of it, as the plan does", async () => {
    const plan = { removals: {}, invitations: { [CITRA]: "Citra" }, writes: true };
    const { inputs } = await checked(inviting({ plan, preview: true }), {}, { group: UNKNOWN });
    expect(inputs.invitations).toEqual({ [CITRA]: "Citra" });
  });

  test("in somebody's own program, nobody", async () => {
    const { inputs } = await check(open([ANA]), before(), args({ members: MEMBERS }));
    expect(inputs).not.toHaveProperty("invitations");
  });
});

describe("what is on record of invitations", () => {
  test("is what the order says of it", async () => {
    expect(lookOf(await checked(inviting({ invite: {}, invitations: {} })))).toEqual({
      awaiting: BUDI,
      invitations: {},
    });
  });

  test.each<[string, Parameters<typeof ordered>[0]]>([
    ["an order that says nothing of it", inviting({ invite: {}, invitations: undefined })],
    ["a group that is left alone", leave()],
    [
      "a group that is left alone, though a plan binds its inputs",
      leave({ plan: { removals: {}, invitations: {}, writes: true } }),
    ],
  ])("stays with %s", async (_, one) => {
    expect(lookOf(await checked(one, before(), { members: MEMBERS }))).toMatchObject({ invitations: RECORD });
  });

  test("stays, as it is written, even where it can't be read", async () => {
    const olds = inputsOf({ members: MEMBERS }, { invitations: { invited: 7 } });
    const { inputs } = await checked(inviting({ invite: {}, invitations: undefined }), olds);
    expect(inputs).toMatchObject({ lastLook: { invitations: { invited: 7 } } });
  });

  test("stays with a group that a guard of the provider holds", async () => {
    const remove = [removal("6591112233")];
    const held = inviting({ observed: whole(ANA, "6591112233"), remove, desired: desire({ maxRemovals: 0 }) });
    expect(lookOf(await checked(held))).toEqual(before().lastLook);
  });

  test("stays in somebody's own program", async () => {
    const { inputs } = await check(open([ANA]), before(), args({ members: MEMBERS }));
    expect(inputs).toMatchObject({ lastLook: { invitations: RECORD } });
  });

  test.each<[string, Parameters<typeof ordered>[0]]>([
    ["an order that says nothing of it", inviting({ invitations: undefined })],
    [
      "a group that is left alone by a plan",
      leave({ plan: { removals: {}, invitations: {}, writes: true }, history: remembered({ declared: members(ANA) }) }),
    ],
  ])("is not taken from another group's record: %s", async (_, one) => {
    expect(lookOf(await checked(one, before({ group: "EA1" })))).not.toHaveProperty("invitations");
  });

  test("is not kept twice: a group that is left alone names nobody as invited", async () => {
    const { inputs } = await checked(leave(), { ...before(), invitations: NAMED });
    expect(inputs).not.toHaveProperty("invitations");
  });

  test("names whom the plan names where that binds a group that is left alone", async () => {
    const plan = { removals: {}, invitations: NAMED, writes: true };
    expect((await checked(leave({ plan }))).inputs.invitations).toEqual(NAMED);
  });
});

describe("a group in which somebody is invited", () => {
  const state = { ...args({ members: MEMBERS }), participants: ANA, form: 2 };

  test("is written, so that the attempt is on record; one in which nobody is stays the same", async () => {
    const { process, inputs } = await checked(inviting());
    expect(diff(process, state, inputs)).toEqual({ changes: true, replaces: [] });
    const quiet = await checked(inviting({ invite: {} }));
    expect(diff(quiet.process, state, quiet.inputs)).toEqual({ changes: false, replaces: [] });
  });

  test("stays the same where the reviewed plan says so", async () => {
    const plan = { removals: {}, invitations: NAMED, writes: false };
    const { process, inputs } = await checked(inviting({ plan }));
    expect(diff(process, state, inputs)).toEqual({ changes: false, replaces: [] });
  });

  test("is written without a call, and its state names the run", async () => {
    const { process, inputs } = await checked(inviting());
    expect(await apply(process, state, inputs)).toEqual({ ...state, run: "run-1" });
    expect(process.executor.log).toEqual([]);
  });

  test.each<[string, Record<string, string> | undefined]>([
    ["nobody", undefined],
    ["somebody else", { [CITRA]: "Citra" }],
    ["more people", { ...NAMED, [CITRA]: "Citra" }],
  ])("is not written when the inputs name %s for an invitation", async (_, invitations) => {
    const { process, inputs } = await checked(inviting());
    await expect(apply(process, state, { ...inputs, invitations })).rejects.toThrow(
      /EA93UU0042: nobody is removed or invited, since the invitations are not those that were checked\. Run pulumi up again/,
    );
  });

  test("removes nobody either when the inputs name others", async () => {
    const stranger = "6591112233";
    const process = open([ANA, stranger]);
    const one = inviting({ observed: whole(ANA, stranger), remove: [removal(stranger)] });
    const { inputs } = await check(process, before(), ordered(one));
    await expect(apply(process, state, { ...inputs, invitations: {} })).rejects.toThrow(/not those that were checked/);
    expect(process.executor.log).toEqual([]);
  });
});

test("an order hands over who is invited and what is to be remembered", () => {
  const one = inviting({ plan: { removals: {}, invitations: NAMED, writes: true } });
  expect(readOrder(writeOrder(one))).toMatchObject({
    invite: NAMED,
    invitations: ATTEMPT,
    plan: { invitations: NAMED },
  });
  expect(readOrder(writeOrder(inviting({ invitations: undefined })))).not.toHaveProperty("invitations");
});
