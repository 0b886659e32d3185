import { linkMark, planLink, type LinkCase } from "../../src/groups/link";
import type { LinkAct, LinkMemory, LinkPeople } from "../../src/groups/types";
import type { Digits } from "../../src/membership/types";
import { ANA, BUDI, CITRA, DEWI, full } from "../membership/world";

const [OLD, NEW] = ["https://chat.whatsapp.com/old", "https://chat.whatsapp.com/new"];
/** `linkMark` of OLD, as state has it. */
const OLD_MARK = "gaNqzCAYB-";

const person = (number: Digits, name = "") => ({ number, name });

/** Ana and Budi are declared, and there. */
const people = (over: Partial<LinkPeople> = {}): LinkPeople => ({
  ...{ declared: new Set([ANA, BUDI]), absent: [], dropped: [], barred: new Set<Digits>(), strangers: [] },
  ...over,
});

const memory = (over: Partial<LinkMemory> = {}): LinkMemory => ({
  ...{ holders: new Set<Digits>(), owed: undefined, strangers: new Set<Digits>() },
  ...over,
});

/** A link that is under management, with a group of which nothing changes. */
const linkCase = (over: Partial<LinkCase> = {}): LinkCase => ({
  ...{ policy: "open", revision: undefined, live: OLD, people: people() },
  before: { memory: memory(), revision: undefined },
  names: new Map([
    [BUDI, "Budi"],
    [CITRA, "Citra"],
  ]),
  ...over,
});

const awaitingBudi = people({ absent: [person(BUDI, "Budi")] });
const held = (...holders: readonly Digits[]) => ({
  memory: memory({ holders: new Set(holders) }),
  revision: undefined,
});

describe("what happens to a link", () => {
  test.each<[string, Partial<LinkCase>, LinkAct | undefined]>([
    ["open, there is one, and nothing changed", {}, undefined],
    ["open, and there is none", { live: "" }, { kind: "make", why: "there is none" }],
    [
      "open, there is none, and somebody is awaited",
      { live: "", people: awaitingBudi },
      { kind: "make", why: "there is none" },
    ],
    [
      "while-awaited, and everybody is there",
      { policy: "while-awaited" },
      { kind: "close", why: "everybody declared is there" },
    ],
    ["while-awaited, everybody is there, and there is none", { policy: "while-awaited", live: "" }, undefined],
    ["while-awaited, and somebody is not there", { policy: "while-awaited", people: awaitingBudi }, undefined],
    [
      "while-awaited, somebody is not there, and there is none",
      { policy: "while-awaited", live: "", people: awaitingBudi },
      { kind: "make", why: `there is none, and Budi (${BUDI}) is awaited` },
    ],
    [
      "while-awaited, several are not there, and there is none",
      { policy: "while-awaited", live: "", people: people({ absent: [person(ANA, "Ana"), person(BUDI, "Budi")] }) },
      { kind: "make", why: `there is none, and Ana (${ANA}), Budi (${BUDI}) are awaited` },
    ],
    [
      "an awaited person is declared no more",
      { before: held(CITRA) },
      { kind: "renew", why: `Citra (${CITRA}) may hold it, and is declared no more` },
    ],
    [
      "several are declared no more, by number",
      { before: held(DEWI, CITRA) },
      { kind: "renew", why: `Citra (${CITRA}), ${DEWI} may hold it, and are declared no more` },
    ],
    [
      "somebody came, left, and is declared no more: the link lets them in again",
      { people: people({ dropped: [person(DEWI, "Dewi")] }) },
      { kind: "renew", why: `Dewi (${DEWI}) may hold it, and is declared no more` },
    ],
    [
      "the same, and they were awaited at the last look",
      { before: held(DEWI), people: people({ dropped: [person(DEWI, "Dewi")] }) },
      { kind: "renew", why: `Dewi (${DEWI}) may hold it, and is declared no more` },
    ],
    [
      "somebody was removed in the last run",
      { people: people({ dropped: [person(DEWI, "Dewi")], barred: new Set([DEWI]) }) },
      undefined,
    ],
    ["an awaited person came", { before: held(BUDI) }, undefined],
    ["an awaited person is still awaited", { before: held(BUDI), people: awaitingBudi }, undefined],
    [
      "an awaited person came, is declared no more and removed: no link lets them in",
      { before: held(CITRA), people: people({ barred: new Set([CITRA]) }) },
      undefined,
    ],
    [
      "a stranger came",
      { people: people({ strangers: [person(DEWI)], barred: new Set([DEWI]) }) },
      { kind: "renew", why: `${DEWI} came by it, declared by nobody` },
    ],
    [
      "strangers came, one of whom was known before",
      {
        before: { memory: memory({ strangers: new Set([DEWI]) }), revision: undefined },
        people: people({ strangers: [person(CITRA, "Citra"), person(DEWI)] }),
      },
      { kind: "renew", why: `Citra (${CITRA}) came by it, declared by nobody` },
    ],
    [
      "a stranger for whom it was renewed before",
      {
        before: { memory: memory({ strangers: new Set([DEWI]) }), revision: undefined },
        people: people({ strangers: [person(DEWI)] }),
      },
      undefined,
    ],
    [
      "a stranger who was removed by a run that could not change it",
      { people: people({ earlier: new Set([DEWI]), barred: new Set([DEWI]) }) },
      { kind: "renew", why: `${DEWI} came by it, declared by nobody` },
    ],
    [
      "a stranger who was removed before it was under management",
      { before: undefined, people: people({ earlier: new Set([DEWI]) }) },
      undefined,
    ],
    [
      "another revision",
      { revision: 3, before: { memory: memory(), revision: 2 } },
      { kind: "renew", why: "linkRevision 2 → 3" },
    ],
    [
      "a smaller revision",
      { revision: 0, before: { memory: memory(), revision: 2 } },
      { kind: "renew", why: "linkRevision 2 → 0" },
    ],
    ["a revision for the first time", { revision: 0 }, { kind: "renew", why: "linkRevision none → 0" }],
    ["the same revision", { revision: 2, before: { memory: memory(), revision: 2 } }, undefined],
    ["no revision any more", { before: { memory: memory(), revision: 2 } }, undefined],
    ["a revision of a link that was not under management before", { revision: 2, before: undefined }, undefined],
    [
      "a stranger in a group whose link was not under management before",
      { before: undefined, people: people({ strangers: [person(DEWI)] }) },
      { kind: "renew", why: `${DEWI} came by it, declared by nobody` },
    ],
    [
      "all reasons at once, in one order",
      {
        revision: 3,
        before: { memory: memory({ holders: new Set([CITRA]) }), revision: 2 },
        people: people({ strangers: [person(DEWI)] }),
      },
      {
        kind: "renew",
        why: `linkRevision 2 → 3; ${DEWI} came by it, declared by nobody; Citra (${CITRA}) may hold it, and is declared no more`,
      },
    ],
    [
      "everybody is there, and there are reasons to renew it: it is closed",
      { policy: "while-awaited", before: held(CITRA) },
      { kind: "close", why: "everybody declared is there" },
    ],
    [
      "somebody is awaited, and another one who may hold it is declared no more",
      { policy: "while-awaited", before: held(BUDI, CITRA), people: awaitingBudi },
      { kind: "renew", why: `Citra (${CITRA}) may hold it, and is declared no more` },
    ],
    [
      "there is no link any more: nobody can hold one",
      { policy: "while-awaited", live: "", before: held(CITRA), people: awaitingBudi },
      { kind: "make", why: `there is none, and Budi (${BUDI}) is awaited` },
    ],
  ])("%s", (_, over, act) => expect(planLink(linkCase(over), full).act).toEqual(act));

  test("while-awaited, and the only one who is not there was removed before: they do not count as awaited", () => {
    const removedBefore = people({ absent: [], barred: new Set([BUDI]) });
    const { act } = planLink(linkCase({ policy: "while-awaited", live: "", people: removedBefore }), full);
    expect(act).toBeUndefined();
  });

  test("numbers in the reason are written as people may see them", () => {
    const { act } = planLink(linkCase({ before: held(CITRA) }), () => "6281•••••••03");
    expect(act?.why).toBe("Citra (6281•••••••03) may hold it, and is declared no more");
  });
});

describe("what is remembered", () => {
  test("of a link that there is: who may hold it, and for which strangers it is renewed", () => {
    const { memory: seen } = planLink(
      linkCase({ people: people({ absent: [person(BUDI, "Budi")], strangers: [person(DEWI)] }) }),
      full,
    );
    expect(seen).toEqual({
      holders: new Set([BUDI]),
      strangers: new Set([DEWI]),
      owed: { link: OLD_MARK, why: [`${DEWI} came by it, declared by nobody`] },
    });
  });

  test("nothing is owed where nothing is to be renewed", () => {
    expect(planLink(linkCase(), full).memory).toEqual(memory());
    const made = planLink(linkCase({ live: "", people: awaitingBudi }), full);
    expect(made.memory).toEqual(memory({ holders: new Set([BUDI]) }));
  });

  test("a renewal is owed until CAMS lists another link, though its reason is gone from the memory", () => {
    const dropped = planLink(linkCase({ before: held(CITRA) }), full);
    const why = [`Citra (${CITRA}) may hold it, and is declared no more`];
    expect(dropped.memory).toEqual(memory({ owed: { link: OLD_MARK, why } }));

    const before = { memory: dropped.memory, revision: undefined };
    const again = planLink(linkCase({ before }), full);
    expect(again).toEqual({ act: { kind: "renew", why: why[0] }, memory: dropped.memory });
    expect(planLink(linkCase({ before, live: NEW }), full)).toEqual({ act: undefined, memory: memory() });
    expect(planLink(linkCase({ before, live: "" }), full).act).toEqual({ kind: "make", why: "there is none" });
  });

  test("what was owed before numbers were masked is told with masked ones", () => {
    const owed = { link: OLD_MARK, why: [`Citra (${CITRA}) may hold it, and is declared no more`] };
    const { act } = planLink(linkCase({ before: { memory: memory({ owed }), revision: undefined } }), () => "masked");
    expect(act?.why).toBe("Citra (6281••••••03) may hold it, and is declared no more");
  });

  test("strangers of earlier runs are known from then on", () => {
    const { memory: seen } = planLink(
      linkCase({ before: undefined, people: people({ earlier: new Set([DEWI]) }) }),
      full,
    );
    expect(seen).toEqual(memory({ strangers: new Set([DEWI]) }));
  });

  test("new reasons join those that are owed, each once", () => {
    const owed = {
      link: OLD_MARK,
      why: ["linkRevision 1 → 2", `Citra (${CITRA}) may hold it, and is declared no more`],
    };
    const before = { memory: memory({ holders: new Set([CITRA]), owed }), revision: 2 };
    const { act, memory: seen } = planLink(linkCase({ before, revision: 3 }), full);
    const why = [...owed.why, "linkRevision 2 → 3"];
    expect(act).toEqual({ kind: "renew", why: why.join("; ") });
    expect(seen.owed).toEqual({ link: OLD_MARK, why });
  });

  test("nobody held a link that is to be closed, and was not under management before", () => {
    expect(planLink(linkCase({ policy: "while-awaited", before: undefined }), full)).toEqual({
      act: { kind: "close", why: "everybody declared is there" },
      memory: memory(),
    });
  });

  test("who held a link that is to be closed is remembered until it is gone", () => {
    const closing = planLink(linkCase({ policy: "while-awaited", before: held(CITRA) }), full);
    expect(closing.memory.holders).toEqual(new Set([CITRA]));
    const before = { memory: closing.memory, revision: undefined };
    const closed = planLink(linkCase({ policy: "while-awaited", before, live: "" }), full);
    expect(closed).toEqual({ act: undefined, memory: memory({ owed: closing.memory.owed }) });
  });

  test("what is owed for a link is owed still after a listing that lacks it, and no more once another one is listed", () => {
    const owed = { link: OLD_MARK, why: ["linkRevision 1 → 2"] };
    const lacking = planLink(
      linkCase({ before: { memory: memory({ owed }), revision: 2 }, revision: 2, live: "" }),
      full,
    );
    expect(lacking).toEqual({ act: { kind: "make", why: "there is none" }, memory: memory({ owed }) });
    const before = { memory: lacking.memory, revision: 2 };
    expect(planLink(linkCase({ before, revision: 2 }), full).act).toEqual({ kind: "renew", why: "linkRevision 1 → 2" });
    expect(planLink(linkCase({ before, revision: 2, live: NEW }), full)).toEqual({ act: undefined, memory: memory() });
  });

  test("a link that was to be closed, is there still, and is wanted again, is made anew for who held it", () => {
    const closing = planLink(linkCase({ policy: "while-awaited", before: held(CITRA) }), full);
    const wanted = linkCase({
      ...{ policy: "while-awaited", people: awaitingBudi },
      before: { memory: closing.memory, revision: undefined },
    });
    expect(planLink(wanted, full).act).toEqual({
      kind: "renew",
      why: `Citra (${CITRA}) may hold it, and is declared no more`,
    });
  });

  test("strangers are forgotten once they are seen no more, so that a later visit counts again", () => {
    const before = { memory: memory({ strangers: new Set([DEWI]) }), revision: undefined };
    expect(planLink(linkCase({ before }), full).memory.strangers).toEqual(new Set());
  });
});

test("the mark of a link tells one from another, and not the link", () => {
  expect([linkMark(OLD), linkMark(NEW), linkMark("")]).toEqual([OLD_MARK, "apv6es1Hj7", ""]);
});
