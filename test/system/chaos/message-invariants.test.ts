import { evaluate } from "../setup/support";

/** What the chaos calls wrong of messages, on histories that are made up. */
const LIST = "ListChatGroupParticipants";
const SEND = "SendChatappMessage";
const DELETE = "DeleteChatGroupParticipants";
const [ANA, BUDI, CITRA] = ["628110000001", "628110000002", "628110000003"];
const [LINK, OTHER] = ["https://chat.whatsapp.com/one", "https://chat.whatsapp.com/two"];
const START = Date.parse("2026-11-22T06:00:00Z");

const at = (second: number): number => START + second * 1_000;
const iso = (second: number): string => new Date(at(second)).toISOString();

interface Ask {
  readonly to?: string;
  readonly group?: string;
  readonly link?: string;
  readonly run?: number;
}

const ask = (second: number, { to = BUDI, group = "EA1", link = LINK, run = 1 }: Ask = {}) => ({
  ...{ at: at(second), to, group, link, run },
});
const message = (second: number, of: Ask = {}, code?: string) => {
  const { run: _, ...rest } = ask(second, of);
  return { ...rest, ...(code === undefined ? {} : { failure: { at: at(second), code } }) };
};
const known = (second: number, of: Ask = {}) => ({ ...message(second, of), asked: ask(second, of) });
const call = (action: string, second: number, more: object = {}) => ({
  ...{ action, groupId: null, numbers: [], code: "OK", httpStatus: 200, at: iso(second) },
  ...more,
});
const sendCall = (second: number, code = "OK") => call(SEND, second, { to: BUDI, code });

/** An expression, for what JSON can't hold. */
class Raw {
  constructor(readonly text: string) {}
}
const groups = (group: object) => new Raw(`new Map([["EA1", ${JSON.stringify(group)}]])`);

/** What an invariant is given, and what it calls wrong: the sentences, or how many there are. */
type Case = readonly [given: readonly unknown[], wrong: readonly string[] | number];

/** Judges all of them in one Node.js. */
function judge(name: string, ...cases: readonly Case[]): void {
  const text = (value: unknown): string => (value instanceof Raw ? value.text : JSON.stringify(value));
  const calls = cases.map(([given]) => `m.${name}(${given.map(text).join(", ")})`);
  const found = evaluate("chaos/message-invariants.mjs", `[${calls.join(", ")}]`) as readonly (readonly string[])[];
  const asked = found.map((problems, nth) => (typeof cases[nth]?.[1] === "number" ? problems.length : problems));
  expect(asked).toEqual(cases.map(([, wrong]) => wrong));
}

test("of each message the request and its run are known", () => {
  const unasked = [`${BUDI} of EA1 has a message for which there was no request`];
  const others = [ask(1, { to: ANA }), ask(1, { group: "EA2" }), ask(1, { link: OTHER }), ask(3)];
  judge(
    "everySenderKnown",
    [[[sendCall(1)], [message(1)], [ask(1)]], []],
    // One that was throttled, and one that CAMS carried out later.
    [[[sendCall(1), sendCall(2)], [message(9)], [ask(1), ask(2)]], []],
    [
      [[sendCall(1), sendCall(2)], [], [ask(1)]],
      ["CAMS had 2 requests for messages, but the runs of 1 only are known"],
    ],
    [[[sendCall(1)], [], [{ ...ask(1), run: null }]], 1],
    ...others.map((other): Case => [[[sendCall(1)], [message(2)], [other]], unasked]),
  );
});

test("nobody gets two messages with one link, unless a release names them or the first one failed for a reason that passes", () => {
  const twice = [`${BUDI} of EA1 has 2 messages with the same link, and 1 may be`];
  const own = { group: "EA1", number: BUDI, at: at(1) };
  judge(
    "onceALink",
    [[[message(1)], []], []],
    [[[message(1), message(2)], []], twice],
    [[[message(1), message(2, { link: OTHER })], []], []],
    [[[message(1), message(2, { group: "EA2" }), message(3, { to: ANA })], []], []],
    [[[message(1), message(2)], [own]], []],
    [[[message(1), message(2), message(3)], [own]], 1],
    [[[message(1), message(2)], [{ ...own, group: "EA2" }]], twice],
    [[[message(1), message(2)], [{ ...own, number: ANA }]], twice],
    [[[message(1, {}, "131056"), message(2)], []], []],
    [[[message(1, {}, "131026"), message(2)], []], twice],
    [[[message(1), message(2, {}, "131056")], []], twice],
  );
});

test("nobody gets more than five messages for one group, whatever happens to its links", () => {
  const six = [1, 2, 3, 4, 5, 6].map((second) => message(second, { link: `${LINK}${second}` }));
  judge("onceALink", [[six.slice(1), []], []], [[six, []], [`${BUDI} of EA1 has 6 messages, more than 5`]]);
});

test("nobody is sent a message after their removal", () => {
  const calls = [call(DELETE, 5, { groupId: "EA1", numbers: [BUDI] })];
  const removed = groups({ participants: [], removed: [BUDI] });
  judge(
    "nobodyRemoved",
    [[[known(6)], calls, removed], [`${BUDI} of EA1 was sent a message after the removal of ${iso(5)}`]],
    [[[known(4)], calls, removed], []],
    [[[known(6, { to: ANA }), known(6, { group: "EA2" })], calls, removed], []],
    [[[known(6)], calls, groups({ participants: [BUDI], removed: [] })], []],
    // Asked for before the removal, and carried out after it.
    [[[{ ...known(6), asked: ask(4) }], calls, removed], []],
  );
});

test("nobody is sent a message after they left, unless their roster declared them anew", () => {
  const left = [{ group: "EA1", number: BUDI, at: at(5) }];
  const wish = (second: number, ...declared: readonly string[]) => ({
    ...{ from: 0, at: at(second), groups: [{ group: "EA1", declared, protect: [] }] },
  });
  const stays = [wish(0, ANA, BUDI), wish(6, BUDI)];
  judge(
    "nobodyWhoLeft",
    [[[known(7)], left, stays], [`${BUDI} of EA1 was sent a message after they left`]],
    [[[known(4)], left, stays], []],
    [[[known(7, { to: ANA })], left, stays], []],
    [[[known(9)], left, [...stays, wish(7, ANA), wish(8, BUDI)]], []],
    [[[known(9)], left, [wish(4, ANA), wish(8, BUDI)]], 1],
  );
});

test("only who is declared and has agreed is sent a message, as the rosters were at that time", () => {
  const wish = (second: number, declared: readonly string[], consents: readonly string[]) => ({
    ...{ from: 0, at: at(second), groups: [{ group: "EA1", declared, protect: [], consents }] },
  });
  const wishes = [wish(0, [ANA, BUDI], [BUDI, CITRA]), wish(5, [ANA], [BUDI])];
  judge(
    "onlyDeclared",
    [[[ask(1)], wishes], []],
    [[[ask(6)], wishes], [`${BUDI} of EA1 was sent a message, and is not declared`]],
    [[[ask(1, { to: CITRA })], wishes], 1],
    [[[ask(1, { group: "EA2" })], wishes], 1],
    [[[ask(-1)], wishes], 1],
    [[[ask(1, { to: ANA })], wishes], [`${ANA} of EA1 was sent a message, and has not agreed`]],
  );
});

test("only runs of up send messages, within the limit, and none after the end", () => {
  const run = { ...{ name: "run 1", number: 1, command: "up", end: at(9), graceMs: 400 }, mostMessages: 2 };
  const three = [ask(1), ask(2, { to: ANA }), ask(3, { to: CITRA })];
  judge(
    "asRunsMay",
    [[[run], three.slice(1)], []],
    [[[run], three], ["run 1 sent 3 messages, and its limit is 2"]],
    [[[run], [ask(1), ask(2), ask(3)]], []],
    [[[run], [ask(1), ask(2, { group: "EA2" }), ask(3, { group: "EA3" })]], 1],
    [[[{ ...run, number: 2 }], three], []],
    ...["plan", "refresh", "destroy"].map((command): Case => [
      [[{ ...run, command }], [ask(1)]],
      ["run 1 sent 1 messages"],
    ]),
    [[[run], [ask(9.4)]], []],
    [[[run], [ask(9.5)]], ["run 1: a message was sent 500 ms after its end"]],
  );
});

test("while a plan is applied nobody is sent a message whom it can't name", () => {
  const plans = [{ run: 2, people: { EA1: [BUDI] } }];
  judge(
    "onlyPlannedMessages",
    [[[ask(1, { run: 2 }), ask(1, { to: ANA })], plans], []],
    [[[ask(1, { to: ANA, run: 2 })], plans], 1],
    [[[ask(1, { group: "EA2", run: 2 })], plans], 1],
  );
});

test("nothing is sent by a template that counts as marketing", () => {
  const spans = [{ from: at(1), until: at(3) }];
  judge("nothingByMarketing", [[[ask(0), ask(3)], spans], []], [[[ask(2)], spans], 1]);
});

describe("in the end", () => {
  const wish = { groups: [{ group: "EA1", declared: [ANA, BUDI], protect: [], consents: [BUDI] }] };
  const record = (messages: number, since = 0, id = "m1") => ({
    ...{ EA1: { [BUDI]: { state: "accepted", since: iso(since), at: iso(since), messages, id } } },
  });

  test("each message that CAMS accepted is on record", () => {
    const own = { group: "EA1", number: BUDI, at: at(2) };
    const of = (...[messages, records, came = [], lets = []]: readonly unknown[]) => {
      return [messages, records, wish, came, lets] as const;
    };
    judge(
      "allOnRecord",
      [of([message(1)], record(1)), []],
      [of([message(1)], {}), [`${BUDI} of EA1 has a message, and the state knows of none`]],
      [of([message(1)], { EA2: record(1).EA1 }), 1],
      [of([message(1), message(2)], record(1)), [`${BUDI} of EA1 has 2 messages, and the state knows of 1`]],
      [of([message(1)], record(1, 5)), 1],
      // A later attempt that came to nothing is on record beside it.
      [of([message(1)], record(2, 5)), []],
      // Who came in is forgotten, and so is who is declared no more; a release begins anew.
      [of([message(1)], {}, [own]), []],
      [of([message(3)], {}, [own]), 1],
      [of([message(1, { to: CITRA })], {}), []],
      [of([message(1), message(2)], record(1, 2), [], [own]), []],
      [of([message(1), message(2)], {}, [], [own]), 1],
    );
  });

  test("a record has the MessageId of a message to its own person for its own group", () => {
    judge(
      "ownIds",
      [[[{ ...message(1), id: "m1" }], record(1)], []],
      [[[], record(1)], []],
      [
        [[{ ...message(1, { group: "EA2" }), id: "m1" }], record(1)],
        [`${BUDI} of EA1 is on record with the message of ${BUDI} of EA2`],
      ],
      [[[{ ...message(1, { to: ANA }), id: "m1" }], record(1)], 1],
    );
  });

  test("everybody who may be invited is on record", () => {
    const of = (records: object, group: object = {}, left: readonly unknown[] = []) => {
      return [records, groups({ participants: [ANA], removed: [], ...group }), wish, left] as const;
    };
    judge(
      "everybodyInvited",
      [of(record(1)), []],
      [of({}), [`${BUDI} of EA1 may be invited, and was not`]],
      [of({}, { participants: [ANA, BUDI] }), []],
      [of({}, { removed: [BUDI] }), []],
      [of({}, { participants: ["1", "2", "3", "4", "5", "6", "7", "8"] }), []],
      [of({}, {}, [{ group: "EA1", number: BUDI, at: at(1) }]), []],
      [of({}, {}, [{ group: "EA2", number: BUDI, at: at(1) }]), 1],
    );
  });
});

test("each request for a message has a line of the audit log before it", () => {
  const line = (second: number, more: object = {}) =>
    `${JSON.stringify({ act: "invite", event: "attempt", group: "EA1", number: BUDI, at: iso(second), ...more })}\n`;
  const of = (text: string, ...calls: readonly unknown[]) =>
    [text, calls, new Raw('(number) => "~" + number')] as const;
  const others = ["", line(3), line(1, { event: "answer" }), line(1, { act: undefined }), line(1, { number: ANA })];
  judge(
    "auditTellsMessages",
    [of(line(1), call(LIST, 1), sendCall(1)), []],
    [of(line(1), sendCall(1, "Throttling.User"), sendCall(2)), []],
    [of(`${line(1).slice(0, 9)}\n${line(1, { number: `~${BUDI}` })}`, sendCall(2)), []],
    ...others.map((text): Case => [of(text, sendCall(2)), 1]),
    [of(line(1), sendCall(2), sendCall(3)), [`call 1: 2 messages went to ${BUDI}, but 1 attempts were noted before`]],
  );
});

test("a request on the wire says to whom it is, for which group and with which link; a state is read as it is written", () => {
  const parameters = encodeURIComponent(JSON.stringify({ name: "Budi", group: "EA1", link: LINK }));
  const request = `POST /?To=${BUDI}&TemplateParams=${parameters} HTTP/1.1\r\nx-acs-action: ${SEND}\r\n\r\n`;
  expect(evaluate("chaos/wire.mjs", `m.messageIn(${JSON.stringify(request)})`)).toEqual({
    ...{ to: BUDI, group: "EA1", link: LINK },
  });
  const invitations = { invited: { [BUDI]: { state: "accepted" } } };
  const states = [{ invitations }, { plaintext: JSON.stringify({ invitations }) }].map((lastLook) => {
    const type = "pulumi-nodejs:dynamic/cams:ChatGroupParticipants";
    return JSON.stringify({ deployment: { resources: [{ type, inputs: { group: "EA1", lastLook } }] } });
  });
  const read = evaluate("chaos/message-invariants.mjs", `${JSON.stringify(states)}.map(m.recordsIn)`);
  expect(read).toEqual([{ EA1: invitations.invited }, { EA1: invitations.invited }]);
});
