import pMap from "p-map";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { faultNames, type FaultName } from "../../../src/emulator";
import { catalogue } from "../../../src/emulator/faults/catalogue";
import { BUDI, cell, CITRA, DECLARED, DELETE, JOINER, LIST, PLACES, type Cell, type Place } from "./cell";
import { generated, type Matrix } from "./table";

const page = join(__dirname, "../../../docs/internals/faults.md");

/** More calls than any run makes. */
const FOR_GOOD = 1_000;

/** @param atOnce cells mostly wait, the more the longer the trouble lasts, so many are played at once */
function played(times: number, atOnce: number): Promise<readonly Cell[]> {
  const cells = faultNames.flatMap((fault) =>
    (Object.keys(PLACES) as Place[]).filter((place) => strikes(fault, place)).map((place) => ({ fault, place })),
  );
  return pMap(cells, ({ fault, place }) => cell(fault, place, times), { concurrency: atOnce });
}

/** Groups fit on one page, so faults of later pages strike nothing. */
function strikes(fault: FaultName, place: Place): boolean {
  const { actions, laterPages } = catalogue[fault];
  return laterPages !== true && (actions === undefined || actions.includes(PLACES[place].action));
}

let matrix: Matrix;
let cells: readonly Cell[];
beforeAll(async () => {
  matrix = { once: await played(1, 16), forGood: await played(FOR_GOOD, 48) };
  cells = [...matrix.once, ...matrix.forGood];
}, 180_000);

/** Every cell is right, or the wrong ones are named. */
function everyCell(right: (cell: Cell) => boolean): void {
  const wrong = cells.filter((one) => !right(one));
  expect(wrong.map(({ fault, place, run }) => `${fault} at the ${place}: ${run.says}`)).toEqual([]);
}

const asked = (calls: Cell["calls"]) =>
  calls.filter(({ action }) => action === DELETE).flatMap(({ numbers }) => numbers);

test("docs/internals/faults.md tells what every fault does at every call (UPDATE_DOCS=1 writes it anew)", () => {
  const before = readFileSync(page, "utf8");
  if (process.env.UPDATE_DOCS === "1") writeFileSync(page, generated(before, matrix));
  expect(readFileSync(page, "utf8")).toBe(generated(before, matrix));
});

test("nobody is asked for but the two who are planned, and in the next run whoever came in meanwhile", () => {
  const planned = [BUDI, CITRA];
  everyCell(({ calls }) => asked(calls).every((number) => planned.includes(number)));
  everyCell(({ callsInTheEnd }) => asked(callsInTheEnd).every((n) => [...planned, JOINER].includes(n)));
});

test("whoever is declared stays", () => {
  everyCell(
    ({ fault, there }) => there === undefined || fault === "leave-race" || DECLARED.every((n) => there.includes(n)),
  );
});

test("nobody is asked for again without a listing in between, unless throttling refused the call", () => {
  everyCell(({ callsInTheEnd }) => {
    let since = new Set<string>();
    return callsInTheEnd.every(({ action, code, numbers, httpStatus }) => {
      if (action === LIST && code === "OK") since = new Set();
      if (action !== DELETE || /^(Throttling|131208)/.test(code) || httpStatus === 429) return true;
      const again = numbers.some((number) => since.has(number));
      numbers.forEach((number) => since.add(number));
      return !again;
    });
  });
});

test("nobody is asked for when the run fails or the group is held, and then the exit code says so", () => {
  everyCell(
    ({ run, calls }) =>
      !/^(held|run fails)/.test(run.says) || (run.exit === 1 && !calls.some(({ action }) => action === DELETE)),
  );
});

test("a listing that is not whole holds the group", () => {
  const doubtful = /^(rows-duplicate|list-missing|total-more|total-less|total-missing)$/;
  everyCell(
    ({ fault, place, run }) =>
      !doubtful.test(fault) || place === "confirming list" || run.says === "held: doubtful-listing",
  );
});

test("a run that says that somebody was removed is right", () => {
  everyCell(({ run, out }) => !run.says.split(", ").includes("removed") || out.length >= 1);
  everyCell(({ run, out }) => run.says !== "removed" || out.length === 2);
});

test("what a fault holds up for one group, it does not hold up for others, unless the credentials are at fault", () => {
  everyCell(({ run }) => run.others || run.says === "run fails: access");
});

test("once the trouble is over the next run removes whoever is left", () => {
  everyCell(({ outInTheEnd }) => outInTheEnd.length === 2);
});
