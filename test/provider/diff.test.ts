import { check } from "../../src/provider/check";
import { diff } from "../../src/provider/diff";
import { UNKNOWN } from "../../src/provider/shapes";
import { ANA, BUDI } from "../membership/world";
import { args, open, rolled } from "./world";

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

test("a group that a guard of the roll call holds: nothing, whatever is in state", async () => {
  for (const over of [{}, { drift: { [BUDI]: "joined" } }, { failed: "Budi was not removed" }]) {
    const process = open([]);
    const { inputs = {} } = await check(process, args(), rolled({ held: true }));
    expect(diff(process, state(over), { ...inputs })).toEqual({ changes: false, replaces: [] });
  }
});

test("without a check, as in a refresh, the last run's removals are no change", () => {
  const news = args({ removals: { [BUDI]: "never declared" }, members: {} });
  expect(diff(open([]), state(), news)).toEqual({ changes: false, replaces: [] });
});
