import { check } from "../../src/provider/check";
import { diff } from "../../src/provider/diff";
import { NOT_DECLARED, read } from "../../src/provider/read";
import { ANA, BUDI, CITRA } from "../membership/world";
import { args, open } from "./world";

const state = { ...args({ members: { [ANA]: "Ana", [BUDI]: "Budi" } }), participants: `${ANA} ${BUDI}` };

test("nothing changed: the same state, and no inputs", async () => {
  expect(await read(open([ANA, BUDI]), "id", state)).toEqual({ props: state });
});

test("who joined and who left shows by number in state and inputs; who is declared stays known", async () => {
  const process = open([ANA, CITRA]);
  expect(await read(process, "id", state)).toEqual({
    props: { ...state, participants: `${ANA} ${CITRA}`, drift: { [BUDI]: "left", [CITRA]: "joined" } },
    inputs: args({ members: { [ANA]: "Ana", [CITRA]: NOT_DECLARED } }),
  });
  expect(process.executor.log).toEqual(["list"]);
});

test("an awaited person who joined is no stranger", async () => {
  const { props, inputs } = await read(open([ANA, BUDI]), "id", { ...state, participants: ANA });
  expect(props.drift).toEqual({ [BUDI]: "joined" });
  expect(inputs).toEqual(args({ members: state.members }));
});

test("an empty group is read as one", async () => {
  const { props } = await read(open([]), "id", { ...state, participants: "" });
  expect(props).toEqual({ ...state, participants: "" });
});

test("a doubtful listing is an error, not a change", async () => {
  await expect(read(open([], { lists: ["doubtful"] }), "id", state)).rejects.toThrow(/^id: rows short of Total/);
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
    await check(process, args(), args({ members: state.members }));
    expect(diff(process, before, args({ members: state.members })).changes).toBe(true);
  },
);

test("masked: numbers show masked, and the secret members stay out of the inputs", async () => {
  const show = (number: string) => `~${number.slice(-2)}`;
  const process = open([ANA, CITRA], {}, { display: "masked" }, show);
  expect(await read(process, "id", { ...state, participants: "~01 ~02" })).toEqual({
    props: { ...state, participants: "~01 ~03", drift: { "~02": "left", "~03": "joined" } },
  });
});
