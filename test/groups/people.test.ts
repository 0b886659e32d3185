import { linkPeople } from "../../src/groups/people";
import { planGroup } from "../../src/membership/plan";
import type { Desired, Digits, History, Memory } from "../../src/membership/types";
import { ANA, BUDI, CITRA, desire, DEWI, EKO, fresh, remembered, unknown, whole } from "../membership/world";

/** Ana and Budi are declared; `there` are in the group. */
function peopleOf(there: readonly Digits[], history: History, over: Partial<Desired> = {}) {
  const members = new Map([
    [ANA, "Ana"],
    [BUDI, "Budi"],
  ]);
  const desired = desire({ members, onAdopt: "remove", ...over });
  return linkPeople(desired, planGroup(desired, whole(...there), history), history);
}

const after = (over: Partial<Memory>): History => remembered({ declared: new Map([[ANA, "Ana"]]), ...over });

test("whoever is declared and was never there, or left, is let in by a link", () => {
  const { declared, absent } = peopleOf([], after({}));
  expect([...declared]).toEqual([ANA, BUDI]);
  expect(absent).toEqual([
    { number: BUDI, name: "Budi" },
    { number: ANA, name: "Ana" },
  ]);
});

test("whoever was declared at the last look, is no more and is not there may come back by a link", () => {
  const history = after({
    declared: new Map([
      [ANA, "Ana"],
      [CITRA, "Citra"],
      [DEWI, "Dewi"],
    ]),
  });
  expect(peopleOf([ANA, DEWI], history).dropped).toEqual([{ number: CITRA, name: "Citra" }]);
});

test("whoever has another number now is declared by that one", () => {
  const history = after({
    declared: new Map([
      [ANA, "Ana"],
      [CITRA, "Budi"],
    ]),
  });
  const seen = peopleOf([ANA], history, { formerly: new Map([[CITRA, BUDI]]) });
  expect([...seen.declared]).toEqual([ANA, BUDI, CITRA]);
});

test("whoever was removed before is let in by no link, and so is not awaited", () => {
  const { absent, barred } = peopleOf([ANA], after({ removed: new Set([BUDI, EKO]) }));
  expect([absent, [...barred]]).toEqual([[], [BUDI, EKO]]);
});

test("whoever is removed now is barred; of them only strangers came by the link", () => {
  const history = after({
    declared: new Map([
      [ANA, "Ana"],
      [CITRA, "Citra"],
    ]),
  });
  const { barred, strangers } = peopleOf([ANA, BUDI, CITRA, DEWI], history);
  expect([...barred]).toEqual([CITRA, DEWI]);
  expect(strangers).toMatchObject([{ number: DEWI, name: "" }]);
});

test("a removal that an earlier run began counts once it has come to its end", () => {
  const removing = new Map([
    [CITRA, { name: "Citra", reason: "dropped from roster" as const }],
    [DEWI, { name: "", reason: "never declared" as const }],
  ]);
  const gone = peopleOf([ANA, BUDI], after({ removing }));
  expect([[...gone.barred], gone.strangers]).toEqual([[CITRA, DEWI], [{ number: DEWI, name: "" }]]);
  const still = peopleOf([ANA, BUDI, DEWI], after({ removing }));
  expect([[...still.barred].sort(), still.strangers]).toMatchObject([[CITRA, DEWI], [{ number: DEWI, name: "" }]]);
});

test("strangers whom earlier runs removed are known as such", () => {
  const { strangers, earlier } = peopleOf([ANA, BUDI], after({ strangers: new Set([DEWI]) }));
  expect([strangers, earlier]).toEqual([[], new Set([DEWI])]);
});

test("strangers who stay, since a rule spares them, are none who have to be shut out", () => {
  const { barred, strangers } = peopleOf([ANA, BUDI, DEWI], after({}), { undeclared: "report" });
  expect([[...barred], strangers]).toEqual([[], []]);
});

test.each([
  ["is new", fresh],
  ["can't be read", unknown],
])("of a group whose state %s nobody is known to have been removed", (_, history) => {
  expect(peopleOf([ANA], history)).toEqual({
    ...{ declared: new Set([ANA, BUDI]), dropped: [], barred: new Set(), strangers: [] },
    absent: [{ number: BUDI, name: "Budi" }],
  });
});
