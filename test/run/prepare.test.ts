import * as ambient from "../../src/ambient";
import { readLastRun } from "../../src/run/last-run";
import { laterText } from "../../src/run/day-came";
import { prepareRun } from "../../src/run/prepare";
import { TYPE, UNKNOWN } from "../pulumi";
import { ACCOUNT, LiveProject } from "../cli/live-project";

const [ANA, BUDI, STRANGER] = ["628110000001", "628110000002", "6591234567"] as const;
const BOTH = { [ANA]: "Ana", [BUDI]: "Budi" };
const OWN = { project: "rollcall", stack: "dev" };
const URN = `urn:pulumi:dev::rollcall::${TYPE}::ops`;

let project: LiveProject;
beforeAll(async () => {
  project = await LiveProject.start({ EA1: [ANA, BUDI, STRANGER] });
  project.write({
    "stacks/dev/ops.yaml":
      "group: EA1\nmembers:\n" +
      `  - { number: "+${ANA}", name: Ana }\n` +
      `  - { number: "+${BUDI}", name: Budi, until: 2031-06-15 }\n`,
    "plan.json": JSON.stringify({
      manifest: { time: "2031-06-15T20:00:00.000+08:00", version: "v3.255.0" },
      resourcePlans: {
        [URN]: {
          goal: {
            type: TYPE,
            name: "ops",
            inputDiff: { adds: { removals: { [STRANGER]: "never declared" } }, updates: { lastLook: UNKNOWN } },
          },
          steps: ["update"],
        },
      },
    }),
  });
});
afterAll(() => project.stop());

const prepareOn = (today: string, planFile?: string) =>
  prepareRun({
    ...{ root: project.root, ...OWN, today, planFile, now: Date.parse(today) },
    raw: { ...ACCOUNT, endpoint: project.cams.url, callsPerSecond: "200" },
    clock: ambient.clock,
    credential: ambient.defaultCredential,
    sharedSecret: () => undefined,
    warn: () => undefined,
    lastRun: () => {
      const bag = { group: "EA1", ...ACCOUNT, members: BOTH };
      const resource = { urn: URN, type: TYPE, inputs: { ...bag, lastLook: {} }, outputs: bag };
      return Promise.resolve(readLastRun({ deployment: { resources: [resource] } }, OWN));
    },
  });

const goingIn = ({ plan }: Awaited<ReturnType<typeof prepareOn>>) =>
  plan.groups.map(({ verdict }) =>
    (verdict.kind === "approved" ? verdict.approved.remove : []).map(({ number }) => number),
  );

test("whose day came since the plan was made stays until the next one, and is named", async () => {
  const looked = await prepareOn("2031-06-17", "plan.json");
  expect(goingIn(looked)).toEqual([[STRANGER]]);
  expect(looked.later).toEqual([`ops: Budi (${BUDI})`]);
  expect(laterText(looked.later)).toContain(`\n  ops: Budi (${BUDI})`);
});

test("on the day of the plan nobody's day has come since; the day is that of UTC", async () => {
  expect((await prepareOn("2031-06-15", "plan.json")).later).toEqual([]);
});

test("without a plan the person goes on the day after the last one", async () => {
  expect(goingIn(await prepareOn("2031-06-16"))).toEqual([[BUDI, STRANGER]]);
});
