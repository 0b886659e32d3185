import { evaluate } from "../setup/support";

/** What the chaos calls wrong, on calls that are made up. */
const LIST = "ListChatGroupParticipants";
const DELETE = "DeleteChatGroupParticipants";
const [ANA, BUDI, CITRA] = ["628110000001", "628110000002", "628110000003"];

interface Call {
  readonly action: string;
  readonly groupId: string;
  readonly numbers: readonly (string | undefined)[];
  readonly code: string;
  readonly httpStatus: number;
  readonly at: string;
}

const at = (second: number) => `2026-11-22T06:00:${String(second).padStart(2, "0")}.000Z`;
const list = (code = "OK"): Call => ({ action: LIST, groupId: "EA1", numbers: [], code, httpStatus: 200, at: at(9) });
const remove = (...numbers: readonly (string | undefined)[]): Call => ({
  action: DELETE,
  groupId: "EA1",
  numbers,
  code: "OK",
  httpStatus: 200,
  at: at(10),
});
const throttled: Call = { ...remove(BUDI), code: "Throttling.User", httpStatus: 400 };
const wish = { groups: [{ group: "EA1", declared: [ANA], protect: [CITRA] }] };
const wishes = [{ from: 0, ...wish }];

function wrong(name: string, ...values: readonly unknown[]): readonly string[] {
  const given = values.map((value) => JSON.stringify(value)).join(", ");
  return evaluate("chaos/invariants.mjs", `m.${name}(${given})`) as readonly string[];
}

test("nobody is asked for who is declared, protected or in no roster, as the rosters were at that time", () => {
  expect(wrong("nobodyUnplanned", [list(), remove(BUDI)], wishes)).toEqual([]);
  expect(wrong("nobodyUnplanned", [list(), remove(ANA, BUDI)], wishes)).toEqual([
    `call 1: ${ANA} was asked for, but is declared in EA1`,
  ]);
  expect(wrong("nobodyUnplanned", [remove(CITRA)], wishes)).toEqual([
    `call 0: ${CITRA} was asked for, but is protected in EA1`,
  ]);
  expect(wrong("nobodyUnplanned", [{ ...remove(BUDI), groupId: "EA2" }], wishes)).toHaveLength(1);
  const later = [...wishes, { from: 1, groups: [{ group: "EA1", declared: [ANA, BUDI], protect: [] }] }];
  expect(wrong("nobodyUnplanned", [remove(BUDI), remove(CITRA)], later)).toEqual([]);
  expect(wrong("nobodyUnplanned", [remove(BUDI), remove(BUDI)], later)).toHaveLength(1);
});

test("nobody is asked for twice without an answered listing in between, unless throttling refused the call", () => {
  expect(wrong("nobodyTwice", [list(), remove(BUDI), list(), remove(BUDI)])).toEqual([]);
  expect(wrong("nobodyTwice", [list(), throttled, remove(BUDI)])).toEqual([]);
  expect(wrong("nobodyTwice", [list(), remove(BUDI), remove(CITRA)])).toEqual([]);
  const again = [`call 2: ${BUDI} of EA1 was asked for again without a listing`];
  expect(wrong("nobodyTwice", [list(), remove(BUDI), remove(BUDI)])).toEqual(again);
  expect(wrong("nobodyTwice", [list(), remove(BUDI), remove(BUDI), list("InternalError")])).toEqual(again);
  expect(wrong("nobodyTwice", [list(), remove(BUDI), list(""), remove(BUDI)])).toHaveLength(1);
  expect(wrong("nobodyTwice", [list(), remove(BUDI), { ...list(), groupId: "EA2" }, remove(BUDI)])).toHaveLength(1);
  expect(wrong("nobodyTwice", [remove(BUDI)])).toHaveLength(1);
});

test("a run that may only look asks CAMS to change nothing", () => {
  const look = (action: string) => ({ ...list(), action });
  const looks = ["ListChatGroup", "ListChatappMessage", "GetChatappTemplateDetail", "QueryChatappPhoneNumbers"].map(
    look,
  );
  expect(wrong("onlyLooked", [list(), ...looks])).toEqual([]);
  expect(wrong("onlyLooked", [list(), remove(BUDI), { ...look("SendChatappMessage"), groupId: null }])).toEqual([
    `${DELETE} (EA1) was sent by a run that may only look`,
    "SendChatappMessage (no group) was sent by a run that may only look",
  ]);
});

test("a delete names one to eight different people", () => {
  expect(wrong("smallCalls", [remove(BUDI), list()])).toEqual([]);
  const nine = Array.from({ length: 9 }, (_, i) => `62811000001${i}`);
  for (const call of [remove(), remove(BUDI, BUDI), remove(...nine)]) {
    expect(wrong("smallCalls", [call])).toHaveLength(1);
  }
});

describe("the audit log", () => {
  const line = (event: string, second: number, number = BUDI) =>
    `${JSON.stringify({ event, group: "EA1", number, at: at(second), ...(event === "outcome" ? { outcome: "removed" } : {}) })}\n`;
  const tellsAll = (text: string, calls: readonly Call[], torn: number) =>
    evaluate(
      "chaos/invariants.mjs",
      `m.auditTellsAll(${JSON.stringify(text)}, ${JSON.stringify(calls)}, (number) => "~" + number, ${torn})`,
    );
  const tells = (text: string, ...calls: readonly Call[]) => tellsAll(text, calls, 0);

  test("has a line of its own before each request", () => {
    expect(tells(line("attempt", 10), remove(BUDI))).toEqual([]);
    expect(tells(line("attempt", 10) + line("outcome", 11), throttled, remove(BUDI))).toEqual([]);
    expect(tells(line("attempt", 10), remove(BUDI), remove(BUDI))).toHaveLength(1);
    expect(tells(line("attempt", 11), remove(BUDI))).toHaveLength(1);
    expect(tells("", remove(BUDI))).toHaveLength(1);
    expect(tells(line("attempt", 10, CITRA), remove(BUDI))).toHaveLength(1);
  });

  test("tells invitations apart from removals, and what became of them by any run", () => {
    const invite = line("attempt", 10).replace("{", '{"act":"invite",');
    expect(tells(invite, remove(BUDI))).toHaveLength(1);
    expect(tells(line("attempt", 10) + line("answer", 11).replace("{", '{"act":"invite",'))).toHaveLength(1);
    expect(tells(line("state", 11).replace("{", '{"act":"invite",'))).toEqual([]);
  });

  test("has no answer without its attempt, and whole lines only", () => {
    expect(tells(line("answer", 11))).toHaveLength(1);
    expect(tells(line("attempt", 11) + line("attempt", 12).slice(0, -9))).toHaveLength(2);
  });

  test("may have one line that a full disk cut off, but none that is glued to the next", () => {
    const fragment = line("attempt", 9).slice(0, -9);
    const [whole, after] = [line("attempt", 10), line("outcome", 11)];
    expect(tellsAll(`${fragment}\n${whole}${after}`, [remove(BUDI)], 1)).toEqual([]);
    expect(tellsAll(`${fragment}\n${whole}${fragment}\n`, [remove(BUDI)], 1)).toHaveLength(2);
    expect(tellsAll(`${fragment}${whole}`, [remove(BUDI)], 1)).toHaveLength(1);
  });

  test("may have numbers in full and masked, as display was then", () => {
    expect(tells(line("attempt", 10, `~${BUDI}`), remove(BUDI))).toEqual([]);
    expect(tells(line("attempt", 10, `~${CITRA}`), remove(BUDI))).toHaveLength(1);
  });
});

test("the groups are as wished, and nobody is barred who was to stay", () => {
  const groups = (participants: unknown, removed: unknown = []) =>
    `new Map([["EA1", ${JSON.stringify({ participants, removed })}]])`;
  const found = (call: string) => evaluate("chaos/invariants.mjs", `m.${call}`);
  const [wanted, all] = [JSON.stringify(wish), JSON.stringify(wishes)];
  expect(found(`asWished(${groups([ANA, CITRA])}, ${wanted})`)).toEqual([]);
  expect(found(`asWished(${groups([ANA, BUDI])}, ${wanted})`)).toEqual([`${BUDI} is still in EA1`]);
  expect(found(`asWished(new Map(), ${wanted})`)).toEqual(["EA1 is gone"]);
  expect(found(`removedRightly(${groups([], [BUDI])}, ${all})`)).toEqual([]);
  expect(found(`removedRightly(${groups([], [ANA, CITRA])}, ${all})`)).toHaveLength(2);
});

test("the state can be read and knows each group once, with nothing pending", () => {
  const group = { type: "pulumi-nodejs:dynamic/cams:ChatGroupParticipants", outputs: { group: "EA1" } };
  const state = (resources: readonly unknown[], pending: readonly unknown[] = []) =>
    JSON.stringify({ deployment: { resources, pending_operations: pending } });
  expect(wrong("stateIsWhole", state([group]), wish)).toEqual([]);
  expect(wrong("stateIsWhole", state([]), wish)).toHaveLength(1);
  expect(wrong("stateIsWhole", state([group, group]), wish)).toHaveLength(1);
  expect(wrong("stateIsWhole", state([group], [{ resource: { urn: "u" } }]), wish)).toEqual(["u is pending"]);
  expect(wrong("stateIsWhole", "error: no stack", wish)).toHaveLength(1);
});

/** The same of runs. */
function wrongInRuns(name: string, ...values: readonly unknown[]): readonly string[] {
  const given = values.map((value) => JSON.stringify(value)).join(", ");
  return evaluate("chaos/run-invariants.mjs", `m.${name}(${given})`) as readonly string[];
}

test("no removal is sent after the end of its run, but for what is on the wire then", () => {
  const run = (...removals: readonly number[]) => ({ name: "run 1", end: 1_000, graceMs: 400, removals });
  expect(wrongInRuns("nothingLate", [run(), run(900, 1_400)])).toEqual([]);
  expect(wrongInRuns("nothingLate", [run(900, 1_401, 5_000)])).toEqual([
    "run 1: a removal was sent 401 ms after its end",
    "run 1: a removal was sent 4000 ms after its end",
  ]);
});

test("of each removal the run is known", () => {
  const calls = [list(), remove(BUDI), remove(CITRA)];
  const counts = (...entries: readonly (readonly [number, number])[]) => wrongInRuns("everyRunKnown", entries, calls);
  expect(counts([1, 1], [3, 1])).toEqual([]);
  expect(counts([1, 3])).toEqual([]);
  expect(counts([1, 1])).toEqual(["CAMS had 2 removals, but the runs of 1 only are known"]);
  expect(counts([1, 1], [NaN, 1])).toHaveLength(1);
});

test("nobody of a held group is asked for until it is released, and undisturbed runs of up end in failure", () => {
  const calls = [remove(BUDI), list(), remove(BUDI), remove(CITRA)];
  const hold = { group: "EA1", from: 1, until: 2 };
  expect(wrongInRuns("heldStays", calls, [hold, { ...hold, group: "EA2", until: 4 }], [])).toEqual([]);
  expect(wrongInRuns("heldStays", calls, [{ ...hold, until: 3 }], [])).toEqual([
    `call 2: ${BUDI} of EA1 were asked for, but the group is held`,
  ]);
  const up = { name: "run 1", code: 1, holding: ["EA1"] };
  expect(wrongInRuns("heldStays", [], [], [up, { ...up, code: 0, holding: [] }])).toEqual([]);
  expect(wrongInRuns("heldStays", [], [], [{ ...up, code: 0 }])).toEqual([
    "run 1 ended with 0, though EA1 was to be held",
  ]);
});

test("while a plan is applied nobody is asked for whom it does not name, and then they are all out", () => {
  const people = { EA1: [BUDI] };
  const plan = { from: 1, until: 3, people };
  expect(wrongInRuns("onlyThePlanned", [remove(CITRA), list(), remove(BUDI), remove(CITRA)], [plan])).toEqual([]);
  const unnamed = [list(), remove(BUDI, CITRA), { ...remove(BUDI), groupId: "EA2" }];
  expect(wrongInRuns("onlyThePlanned", unnamed, [plan])).toEqual([
    `call 1: ${CITRA} of EA1 was asked for, whom the plan does not name`,
    `call 2: ${BUDI} of EA2 was asked for, whom the plan does not name`,
  ]);
  const done = (participants: readonly string[], mayBeHeld: readonly string[] = []) =>
    evaluate(
      "chaos/run-invariants.mjs",
      `m.planDone(new Map([["EA1", ${JSON.stringify({ participants })}]]), ${JSON.stringify(people)}, ${JSON.stringify(mayBeHeld)})`,
    );
  expect(done([ANA, CITRA])).toEqual([]);
  expect(done([ANA, BUDI])).toEqual([`the plan was applied, but ${BUDI} is still in EA1`]);
  expect(done([ANA, BUDI], ["EA1"])).toEqual([]);
});

test("a refresh keeps who was there, who was declared, and why a removal failed; a secret is compared by what it holds", () => {
  const state = (inputs: unknown, outputs: unknown = {}) =>
    JSON.stringify({
      deployment: {
        resources: [{ urn: "u", type: "pulumi-nodejs:dynamic/cams:ChatGroupParticipants", inputs, outputs }],
      },
    });
  const secret = (value: unknown, salt: string) => ({ ciphertext: salt, plaintext: JSON.stringify(value) });
  const before = state({ lastLook: { left: BUDI }, members: { [ANA]: "Ana" } }, { failed: "refused" });
  expect(wrongInRuns("memoryKept", before, before)).toEqual([]);
  for (const after of [
    state({ lastLook: {}, members: { [ANA]: "Ana" } }, { failed: "refused" }),
    state({ lastLook: { left: BUDI }, members: {} }, { failed: "refused" }),
    state({ lastLook: { left: BUDI }, members: { [ANA]: "Ana" } }),
    JSON.stringify({ deployment: {} }),
  ]) {
    expect(wrongInRuns("memoryKept", before, after)).toHaveLength(1);
  }
  expect(wrongInRuns("memoryKept", state({ lastLook: secret({}, "a") }), state({ lastLook: secret({}, "b") }))).toEqual(
    [],
  );
  expect(
    wrongInRuns("memoryKept", state({ lastLook: secret({}, "a") }), state({ lastLook: secret({ left: ANA }, "a") })),
  ).toHaveLength(1);
});
