import { Declarations, type Admission, type Settled } from "../../src/provider/declarations";

const known = (group: string): Settled => ({ kind: "known", group });
const sent = (...undecided: readonly string[]): Admission => ({ kind: "admitted", undecided });
const refused = (...lines: readonly string[]): Admission => ({
  kind: "refused",
  message: [
    ...lines,
    "Each of them would remove the people of the others. Declare each group once, and put all its people into one resource",
  ].join("\n"),
});

/** A run whose clock is moved by the test. */
function run() {
  let now = 0;
  const alarms = new Set<{ readonly at: number; readonly ring: () => void }>();
  const declarations = new Declarations({
    turn: () => new Promise((done) => setImmediate(done)),
    now: () => now,
    alarm: (ms) => {
      let ring = (): void => undefined;
      const rung = new Promise<void>((done) => (ring = done));
      const one = { at: now + ms, ring };
      alarms.add(one);
      return { rung, end: () => void alarms.delete(one) };
    },
  });
  return {
    alarms,
    /** What became of the declaration so far. */
    declare(name: string, group: Settled | Promise<Settled>) {
      const answer: { admission?: Admission } = {};
      void declarations.declare(name, group).then((admission) => (answer.admission = admission));
      return answer;
    },
    async pass(ms = 0): Promise<void> {
      now += ms;
      for (let turn = 0; turn < 3; turn++) {
        for (const { at, ring } of alarms) if (at <= now) ring();
        await new Promise((done) => setImmediate(done));
      }
    },
  };
}

/** An output that comes later. */
function later() {
  let settle: (settled: Settled) => void = () => undefined;
  const promise = new Promise<Settled>((done) => (settle = done));
  return { promise, settle };
}

test("nothing is sent before all declarations of the turn are known", async () => {
  const { declare, pass } = run();
  const ops = declare("ops", known("EA1"));
  for (let step = 0; step < 100; step++) await Promise.resolve();
  expect(ops).toEqual({});
  const leads = declare("leads", known("EA2"));
  await pass();
  expect([ops.admission, leads.admission]).toEqual([sent(), sent()]);
});

test("no resource is sent where two declare one group, and all such groups are told", async () => {
  const { declare, pass } = run();
  const declared: readonly (readonly [string, string])[] = [
    ...[["twin", "EA2"] as const, ["ops", "EA2"] as const, ["leads", "EA3"] as const],
    ...[["c", "EA1"] as const, ["b", "EA1"] as const, ["a", "EA1"] as const],
  ];
  const answers = declared.map(([name, group]) => declare(name, known(group)));
  await pass();
  const expected = refused("EA1 is declared by 3 resources: a, b, c", "EA2 is declared by 2 resources: ops, twin");
  expect(answers.map(({ admission }) => admission)).toEqual(declared.map(() => expected));
});

test("whoever comes later is refused, and so is all that comes after", async () => {
  const { declare, pass } = run();
  const ops = declare("ops", known("EA1"));
  await pass();
  const twin = declare("twin", known("EA1"));
  await pass();
  const leads = declare("leads", known("EA2"));
  await pass();
  const expected = refused("EA1 is declared by 2 resources: ops, twin");
  expect([ops.admission, twin.admission, leads.admission]).toEqual([sent(), expected, expected]);
});

test("a group that is an output is waited for, and no timer is left behind", async () => {
  const { declare, pass, alarms } = run();
  const { promise, settle } = later();
  const ops = declare("ops", known("EA1"));
  const other = declare("other", promise);
  await pass(9_999);
  expect([ops, other]).toEqual([{}, {}]);
  settle(known("EA2"));
  await pass();
  expect([ops.admission, other.admission]).toEqual([sent(), sent()]);
  expect(alarms.size).toBe(0);
});

test("outputs that turn out equal: neither is sent, nor who waits for a third", async () => {
  const { declare, pass, alarms } = run();
  const [one, two, three] = [later(), later(), later()];
  const answers = [
    declare("ops", one.promise),
    declare("twin", two.promise),
    declare("leads", known("EA2")),
    declare("slow", three.promise),
  ];
  await pass();
  one.settle(known("EA1"));
  two.settle(known("EA1"));
  await pass();
  const expected = refused("EA1 is declared by 2 resources: ops, twin");
  expect(answers.map(({ admission }) => admission)).toEqual([expected, expected, expected, expected]);
  expect(alarms.size).toBe(0);
});

test("a group that never comes: after the limit the resource is sent, with the names of those that are not known", async () => {
  const { declare, pass, alarms } = run();
  const [first, second] = [later(), later()];
  const ops = declare("ops", known("EA1"));
  const others = [declare("b", second.promise), declare("a", first.promise)];
  await pass(10_000);
  expect(ops.admission).toEqual(sent("a", "b"));
  expect(others).toEqual([{}, {}]);
  // The time of a resource runs from its declaration: a chain of three waits once.
  first.settle(known("EA2"));
  await pass();
  expect(others[1]?.admission).toEqual(sent("b"));
  second.settle(known("EA1"));
  await pass();
  expect(others[0]?.admission).toEqual(refused("EA1 is declared by 2 resources: b, ops"));
  expect(alarms.size).toBe(0);
});

test("a group that is declared while another is waited for is waited for too", async () => {
  const { declare, pass } = run();
  const [first, second] = [later(), later()];
  const ops = declare("ops", known("EA1"));
  declare("a", first.promise);
  await pass();
  declare("b", second.promise);
  first.settle(known("EA2"));
  await pass();
  expect(ops).toEqual({});
  second.settle(known("EA1"));
  await pass();
  expect(ops.admission).toEqual(refused("EA1 is declared by 2 resources: b, ops"));
});

test("what a preview can't know holds nobody up; what ought to be known and is not holds removals", async () => {
  const { declare, pass } = run();
  const preview = [declare("ops", known("EA1")), declare("other", Promise.resolve({ kind: "later" as const }))];
  await pass();
  expect(preview.map(({ admission }) => admission)).toEqual([sent(), sent()]);
  const failed = run();
  const up = [
    failed.declare("ops", known("EA1")),
    failed.declare("other", Promise.resolve({ kind: "missing" as const })),
  ];
  await failed.pass();
  expect(up.map(({ admission }) => admission)).toEqual([sent("other"), sent()]);
});
