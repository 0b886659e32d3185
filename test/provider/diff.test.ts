import { check } from "../../src/provider/check";
import { diff } from "../../src/provider/diff";
import { UNKNOWN } from "../pulumi";
import { adopted, ANA, BUDI, removal, whole } from "../membership/world";
import { args, leave, open, order, ordered } from "./world";

const state = (over: Record<string, unknown> = {}) => ({ ...args(), participants: ANA, ...over });

/** What `diff` says after `check` of `news`. */
async function changes(olds: Record<string, unknown>, news: Record<string, unknown>, there = [ANA], settings = {}) {
  const process = open(there, {}, settings);
  const { inputs = {} } = await check(process, args(), news);
  return diff(process, olds, { ...inputs });
}

test("nothing changed: nothing to write", async () => {
  expect(await changes(state(), args())).toEqual({ changes: false, replaces: [] });
});

test("members in another order are the same members", async () => {
  const [a, b] = [
    { [ANA]: "Ana", [BUDI]: "Budi" },
    { [BUDI]: "Budi", [ANA]: "Ana" },
  ];
  expect(await changes(state({ members: a }), args({ members: b }))).toMatchObject({ changes: false });
});

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ["somebody is declared", state(), args({ members: { [ANA]: "Ana", [BUDI]: "Budi" } })],
  ["somebody is dropped", state({ members: { [ANA]: "Ana", [BUDI]: "Budi" } }), args()],
  ["somebody is exchanged", state({ members: { [BUDI]: "Ana" } }), args()],
  ["another name", state(), args({ members: { [ANA]: "Anna" } })],
  ["another account", state(), args({ custSpaceId: "cams-other" })],
  ["another business number", state(), args({ businessNumber: "8613800000001" })],
  ["drift that a refresh wrote down", state({ drift: { [BUDI]: "joined" } }), args()],
  ["a policy that a preview does not know yet", state(), args({ protect: [UNKNOWN] })],
])("%s: an update", async (_, olds, news) => {
  expect(await changes(olds, news)).toEqual({ changes: true, replaces: [] });
});

test("somebody is to be removed: an update", async () => {
  expect(await changes(state(), args(), [ANA, BUDI])).toEqual({ changes: true, replaces: [] });
});

test("a guard objects: an update, so that up ends in failure", async () => {
  expect(await changes(state(), args(), [ANA, BUDI], { maxRemovalsPerGroup: "0" })).toMatchObject({ changes: true });
});

test("another group: a replacement", async () => {
  expect(await changes(state(), args({ group: "EA1" }))).toEqual({ changes: true, replaces: ["group"] });
});

test.each([
  ["after a drift that a refresh wrote down", { drift: { [BUDI]: "joined" } }],
  ["after a removal that failed half-way", { failed: "EA93UU0042: Budi was not removed" }],
])(
  "another group %s: a replacement all the same, so that nobody of the one is removed from the other",
  async (_, over) => {
    expect(await changes(state(over), args({ group: "EA1" }))).toEqual({ changes: true, replaces: ["group"] });
  },
);

test("a removal that failed half-way, of the same group: an update", async () => {
  expect(await changes(state({ failed: "Budi was not removed" }), args())).toEqual({ changes: true, replaces: [] });
});

test("a group that a guard of the program holds: nothing, whatever is in state", async () => {
  for (const over of [{}, { drift: { [BUDI]: "joined" } }, { failed: "Budi was not removed" }]) {
    const process = open([]);
    const { inputs = {} } = await check(process, args(), ordered(leave()));
    expect(diff(process, state(over), { ...inputs })).toEqual({ changes: false, replaces: [] });
  }
});

test("without a check, as in a refresh, the last run's removals are no change", () => {
  const news = args({ removals: { [BUDI]: "never declared" }, members: {} });
  expect(diff(open([]), state(), news)).toEqual({ changes: false, replaces: [] });
});

test("what this look saw is no reason to write: Pulumi stores it with inputs that stay the same", async () => {
  const process = open([]);
  const { inputs = {} } = await check(process, args(), ordered(order({ observed: whole() })));
  expect(inputs).toMatchObject({ lastLook: { left: ANA } });
  expect(diff(process, state(), { ...inputs })).toEqual({ changes: false, replaces: [] });
});

test("what a preview does not know of this look is no reason to write either", async () => {
  const process = open([]);
  const { inputs = {} } = await check(process, args(), ordered(order({ preview: true })));
  expect(inputs).toMatchObject({ lastLook: UNKNOWN });
  expect(diff(process, state(), { ...inputs })).toEqual({ changes: false, replaces: [] });
});

describe("a reviewed plan that says that the resource stays the same", () => {
  const stays = { removals: {}, invitations: {}, writes: false };

  test.each<[string, Record<string, unknown>]>([
    ["nothing else", {}],
    ["drift", { drift: { [BUDI]: "joined" } }],
    ["a removal that failed half-way", { failed: "Budi was not removed" }],
    ["other members", { members: { [BUDI]: "Budi" } }],
  ])("is never written, for Pulumi would call that a violated plan: %s", async (_, over) => {
    const process = open([]);
    const { inputs = {} } = await check(process, args(), ordered(order({ plan: stays, run: undefined })));
    expect(diff(process, state(over), { ...inputs })).toEqual({ changes: false, replaces: [] });
  });

  test("is written where the plan writes it, though nobody of it is there any more", async () => {
    const process = open([]);
    const plan = { removals: { [BUDI]: "never declared" as const }, invitations: {}, writes: true };
    const { inputs = {} } = await check(process, args(), ordered(order({ plan })));
    expect(inputs).toMatchObject({ removals: { [BUDI]: "never declared" } });
    expect(diff(process, state(), { ...inputs })).toEqual({ changes: true, replaces: [] });
  });

  test("another group is a replacement all the same", async () => {
    const process = open([]);
    const news = ordered(order({ plan: stays, history: adopted(ANA), remove: [removal(BUDI)] }), { group: "EA1" });
    const { inputs = {} } = await check(process, args(), news);
    expect(diff(process, state(), { ...inputs })).toEqual({ changes: true, replaces: ["group"] });
  });
});
