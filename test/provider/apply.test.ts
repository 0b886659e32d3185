import { apply } from "../../src/provider/apply";
import { check } from "../../src/provider/check";
import { PartialFailure } from "../../src/provider/failure";
import { adopted, ANA, BUDI, CITRA, DEWI, removal, whole } from "../membership/world";
import { args, inputsOf, leave, open, order, ordered, type Process } from "./world";

const before = inputsOf({ members: { [ANA]: "Ana", [BUDI]: "Budi" } });
/** What is written: today's members, and who was seen last. */
const stateOf = (participants: string, over: Record<string, unknown> = {}) => ({
  ...args(),
  participants,
  form: 2,
  ...over,
});

/** Checks as Pulumi does before it writes. */
async function checked(process: Process, news = args()) {
  const { inputs } = await check(process, before, news);
  return { ...inputs, __provider: "text" };
}

async function failureOf(act: Promise<unknown>): Promise<PartialFailure> {
  return act.then(
    () => Promise.reject(new Error("did not fail")),
    (error: unknown) => error as PartialFailure,
  );
}

function removedIn({ executor: { log } }: Process): readonly string[] {
  return log.filter((line) => line.startsWith("remove"));
}

test("removes who was checked, and keeps what was seen last", async () => {
  const process = open([ANA, BUDI]);
  const inputs = await checked(process);
  expect(await apply(process, before, inputs)).toEqual(stateOf(ANA));
  expect(removedIn(process)).toEqual([`remove ${BUDI}`]);
});

test("another resource may declare the group: nobody is removed, and who it is is named", async () => {
  const process = open([ANA, BUDI]);
  const inputs = await checked(process, args({ undecided: ["other"] }));
  await expect(apply(process, before, inputs)).rejects.toThrow(/EA93UU0042: nobody is removed.*: other\. Declare/);
  expect(removedIn(process)).toEqual([]);
});

test("another resource may declare the group, and nobody is to go: the group is written", async () => {
  const process = open([ANA]);
  const inputs = await checked(process, args({ undecided: ["other"] }));
  expect(await apply(process, undefined, inputs)).toEqual({ ...args(), participants: ANA, form: 2 });
});

test("nobody to remove: no call beyond that of the check", async () => {
  const process = open([ANA]);
  const inputs = await checked(process);
  expect(await apply(process, undefined, inputs)).toEqual(stateOf(ANA));
  expect(process.executor.log).toEqual(["list"]);
});

describe("removes nobody", () => {
  test("when this process has not checked the group", async () => {
    const process = open([ANA, BUDI]);
    await expect(apply(process, before, args())).rejects.toThrow(/has not checked the group/);
    expect(process.executor.log).toEqual([]);
  });

  test("when a guard holds the group", async () => {
    const process = open([ANA, BUDI]);
    const inputs = await checked(process, args({ maxRemovals: 0 }));
    await expect(apply(process, before, inputs)).rejects.toThrow(/limit of 0/);
    expect(removedIn(process)).toEqual([]);
  });

  test("when a guard of the program holds a group that failed half-way before; it stays as it is", async () => {
    const process = open([ANA, BUDI]);
    const state = { ...before, participants: `${ANA} ${BUDI}` };
    const { inputs } = await check(process, before, ordered(leave()));
    expect(await apply(process, state, { ...inputs })).toEqual(state);
    expect(process.executor.log).toEqual([]);
  });

  test("when a plan makes the resource of a group that is held by then: nobody is known to be there", async () => {
    const process = open([ANA, BUDI]);
    const one = leave({ plan: { removals: {}, invitations: {}, writes: true } });
    const { inputs } = await check(process, {}, ordered(one));
    expect(await apply(process, undefined, { ...inputs })).toEqual(stateOf(""));
    expect(process.executor.log).toEqual([]);
  });

  test.each<[string, Record<string, unknown>]>([
    ["nobody", {}],
    ["somebody else", { removals: { [CITRA]: "never declared" } }],
    ["more people", { removals: { [BUDI]: "never declared", [CITRA]: "never declared" } }],
  ])("when the inputs name %s for removal", async (_, over) => {
    const process = open([ANA, BUDI]);
    await checked(process);
    await expect(apply(process, before, args(over))).rejects.toThrow(/not those that were checked/);
    expect(removedIn(process)).toEqual([]);
  });

  test.each(["doubtful", "access"] as const)(
    "when the second look is %s; the state keeps what the first saw",
    async (step) => {
      const process = open([ANA, BUDI], { lists: ["ok", step] });
      const inputs = await checked(process);
      const failure = await failureOf(apply(process, before, inputs));
      expect(removedIn(process)).toEqual([]);
      expect(failure).toMatchObject({
        id: "EA93UU0042",
        properties: { __provider: "text", members: args().members, participants: `${ANA} ${BUDI}` },
      });
    },
  );
});

test("somebody who joins between check and apply stays", async () => {
  const process = open([ANA, BUDI], { joins: { 1: DEWI } });
  const inputs = await checked(process);
  expect(await apply(process, before, inputs)).toMatchObject({ participants: `${ANA} ${DEWI}` });
  expect(removedIn(process)).toEqual([`remove ${BUDI}`]);
});

describe("half-way", () => {
  test.each([
    ["refused", { odd: [BUDI] }, /^EA93UU0042: Budi \(628110000002\) was not removed\. Op of EA93UU0042: refused/],
    [
      "unknown",
      { removes: ["lost", "lost"] as const },
      /^EA93UU0042: it is not known whether Budi \(628110000002\) was removed\. Run pulumi up again: .*\. Op of/,
    ],
    [
      "still listed",
      { removes: ["ignored"] as const },
      /^EA93UU0042: Budi \(628110000002\) is still listed after .*, though CAMS accepted the removal\. Run pulumi up again later$/,
    ],
  ])("%s: fails, and the state says what is", async (_, script, reason) => {
    const process = open([ANA, BUDI, CITRA], script);
    const failure = await failureOf(apply(process, before, await checked(process, args({ maxRemovals: 2 }))));
    expect(failure).toBeInstanceOf(PartialFailure);
    expect(failure.reasons[0]).toMatch(reason);
    const there = [...process.executor.there].sort().join(" ");
    expect(failure.properties).toEqual(stateOf(there, { __provider: "text" }));
  });

  test("of an adoption: who is declared now is kept", async () => {
    const process = open([ANA, BUDI], { odd: [BUDI] });
    const { inputs } = await check(process, {}, args({ onAdopt: "remove" }));
    const failure = await failureOf(apply(process, undefined, { ...inputs, __provider: "text" }));
    expect(failure.properties).toMatchObject({ members: args().members, participants: `${ANA} ${BUDI}` });
  });

  // Pulumi hands the inputs of the failed run to `check`: they know whose removal was begun.
  test.each([
    ["full", undefined],
    ["masked", (number: string) => `~${number.slice(-2)}`],
  ])("the next run does the rest, for the same reason and by the same name, %s", async (_, show) => {
    const stuck = () => open([ANA, BUDI], { odd: [BUDI] }, {}, show);
    const broken = stuck();
    const failed = await checked(broken);
    const { properties } = await failureOf(apply(broken, before, failed));
    const next = stuck();
    const { inputs } = await check(next, failed, args());
    expect(inputs).toEqual({
      ...args(),
      removals: { [next.show(BUDI)]: "dropped from roster" },
      lastLook: { removing: { [BUDI]: ["Budi", "dropped from roster"] } },
    });
    const failure = await failureOf(apply(next, properties, { ...inputs, __provider: "text" }));
    expect(failure.reasons[0]).toContain(`Budi (${next.show(BUDI)}) was not removed`);
    expect(next.executor.audited[0]).toMatchObject({ name: "Budi", reason: "dropped from roster" });
  });
});

describe("for a program that waits for the outputs", () => {
  const one = order({
    observed: whole(ANA, BUDI),
    history: adopted(ANA, BUDI),
    remove: [removal(BUDI, "dropped from roster")],
  });

  test("the state names the run that has removed somebody, to tell it from one that Pulumi left out", async () => {
    const process = open([ANA, BUDI]);
    expect(await apply(process, before, await checked(process, ordered(one)))).toEqual(stateOf(ANA, { run: "run-1" }));
  });

  test("and no run where nobody was to be removed", async () => {
    const process = open([ANA]);
    const nobody = ordered(order({ run: undefined }));
    expect(await apply(process, before, await checked(process, nobody))).toEqual(stateOf(ANA));
  });

  test("a failure is an output, so that one bad group does not stop the others", async () => {
    const process = open([ANA, BUDI], { odd: [BUDI] });
    const state = await apply(process, before, await checked(process, ordered(one)));
    expect(state).toEqual(
      stateOf(`${ANA} ${BUDI}`, { run: "run-1", failed: expect.stringMatching(/was not removed/) as string }),
    );
  });

  test("a second look that is not believed is such a failure, and the state keeps what the first saw", async () => {
    const process = open([]);
    const state = await apply(process, before, await checked(process, ordered(one)));
    expect(state).toEqual(
      stateOf(`${ANA} ${BUDI}`, { run: "run-1", failed: expect.stringMatching(/lacks 2 of 2 people/) as string }),
    );
    expect(removedIn(process)).toEqual([]);
  });

  test("a reviewed plan that names somebody who is gone is carried out for the others", async () => {
    const process = open([ANA, BUDI, DEWI]);
    const removals = { [BUDI]: "dropped from roster", [CITRA]: "never declared" } as const;
    const plan = { removals, invitations: {}, writes: true };
    const inputs = await checked(process, ordered({ ...one, observed: whole(ANA, BUDI, DEWI), plan }));
    expect(await apply(process, before, inputs)).toMatchObject({ participants: `${ANA} ${DEWI}` });
    expect(removedIn(process)).toEqual([`remove ${BUDI}`]);
  });
});
