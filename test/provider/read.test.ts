import { check } from "../../src/provider/check";
import { diff } from "../../src/provider/diff";
import { historyIn } from "../../src/provider/last-look";
import { read } from "../../src/provider/read";
import { ANA, BUDI, CITRA, DEWI } from "../membership/world";
import type { Script } from "../execution/world";
import { args, inputsOf, open } from "./world";

const members = { [ANA]: "Ana", [BUDI]: "Budi" };
const state = { ...args({ members }), participants: `${ANA} ${BUDI}`, form: 2 };

test("nothing changed: the same state", async () => {
  expect(await read(open([ANA, BUDI]), "id", state)).toEqual({ props: state });
});

test("the group of the state is asked for, in its account", async () => {
  const process = open([ANA, BUDI]);
  const { cams } = process;
  const asked: unknown[] = [];
  const listParticipants: typeof cams.listParticipants = (ref) => (asked.push(ref), cams.listParticipants(ref));
  await read({ ...process, cams: { ...cams, listParticipants } }, "id", state);
  const { group, businessNumber, custSpaceId } = state;
  expect(asked).toEqual([{ group, businessNumber, custSpaceId, channelType: "WHATSAPP" }]);
});

test("who joined and who left shows by number in state, and no inputs come back, so that nothing forgets the last look", async () => {
  const process = open([ANA, CITRA]);
  const found = await read(process, "id", state);
  expect(found).toEqual({
    props: { ...state, participants: `${ANA} ${CITRA}`, drift: { [BUDI]: "left", [CITRA]: "joined" } },
  });
  expect(found).not.toHaveProperty("inputs");
  expect(process.executor.log).toEqual(["list"]);
});

test("an awaited person who joined is drift, too", async () => {
  const { props } = await read(open([ANA, BUDI]), "id", { ...state, participants: ANA });
  expect(props.drift).toEqual({ [BUDI]: "joined" });
});

test("an empty group is read as one", async () => {
  const { props } = await read(open([]), "id", { ...state, participants: "" });
  expect(props).toEqual({ ...state, participants: "" });
});

test("drift that is over is gone from the state", async () => {
  const before = { ...state, drift: { [CITRA]: "joined" } };
  expect(await read(open([ANA, BUDI]), "id", before)).toEqual({ props: state });
});

test.each([
  ["nothing changed", [ANA, BUDI]],
  ["somebody left", [ANA]],
])("what is known of a removal that did not come to its end is kept: %s", async (_, there) => {
  const { props } = await read(open(there), "id", { ...state, failed: "Budi was not removed", run: "run-1" });
  expect(props).toMatchObject({ failed: "Budi was not removed", run: "run-1" });
});

test.each<[NonNullable<Script["lists"]>[number], RegExp]>([
  ["doubtful", /^id: not compared: rows short of Total/],
  ["unknown group", /^id: not compared: CAMS does not know this group/],
  ["unknown outcome", /^id: not compared: the listing failed/],
  ["throttled", /^id: not compared: the listing failed/],
])("one group that is %s is warned of and kept as it was, and so does not stop the others", async (step, told) => {
  const before = { ...state, drift: { [CITRA]: "joined" }, failed: "Budi was not removed" };
  const process = open([], { lists: [step] });
  expect(await read(process, "id", before)).toEqual({ props: before });
  expect(process.executor.warnings).toEqual([expect.stringMatching(told)]);
});

test.each(["access", "unreachable"] as const)("a failure by %s would meet every group, and is thrown", async (kind) => {
  await expect(read(open([ANA], { lists: [kind] }), "id", state)).rejects.toMatchObject({ kind });
});

test.each([
  ["masked", `${ANA} ${BUDI}`, (number: string) => `~${number.slice(-2)}`],
  ["full", "~01 ~02", (number: string) => number],
])(
  "state that was written before display became %s is compared with nothing: the next up writes it anew",
  async (...[display, participants, show]) => {
    const before = { ...state, participants };
    const process = open([ANA, CITRA], {}, { display }, show);
    expect(await read(process, "id", before)).toEqual({ props: before });
    expect(process.executor.warnings).toEqual([expect.stringContaining("rollcall:display changed")]);
    await check(process, inputsOf({ members }), args({ members }));
    expect(diff(process, before, args({ members })).changes).toBe(true);
  },
);

test("masked: numbers show masked", async () => {
  const show = (number: string) => `~${number.slice(-2)}`;
  const process = open([ANA, CITRA], {}, { display: "masked" }, show);
  expect(await read(process, "id", { ...state, participants: "~01 ~02" })).toEqual({
    props: { ...state, participants: "~01 ~03", drift: { "~02": "left", "~03": "joined" } },
  });
});

/** There who was there stands in the outputs alone. */
describe("state of the first release", () => {
  const { form: _, ...first } = state;
  const inputs = args({ members });

  test("keeps who was there when it was written, and tells what changed beside it", async () => {
    const { props } = await read(open([ANA, CITRA]), "id", first);
    expect(props).toEqual({ ...first, drift: { [BUDI]: "left", [CITRA]: "joined" } });
  });

  test.each<[string, Record<string, unknown>, readonly (readonly string[])[]]>([
    ["once", {}, [[ANA, CITRA]]],
    ["twice, with the same look", {}, [[CITRA], [CITRA]]],
    ["again and again, while people come and go", {}, [[CITRA], [DEWI], [], [ANA, CITRA]]],
    [
      "after a refresh of that release",
      { participants: `${ANA} ${CITRA}`, drift: { [BUDI]: "left", [CITRA]: "joined" } },
      [[ANA], [DEWI], [ANA, BUDI]],
    ],
  ])("has the same memory after refreshes: %s", async (_what, over, all) => {
    const memory = historyIn(inputs, { ...first, participants: `${ANA} ${BUDI}` });
    let props: object = { ...first, ...over };
    expect(historyIn(inputs, { ...props })).toEqual(memory);
    for (const there of all) {
      ({ props } = await read(open(there), "id", { ...props }));
      expect(historyIn(inputs, { ...props })).toEqual(memory);
    }
  });
});
