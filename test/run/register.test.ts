import { failuresOf, registerGroups } from "../../src/run/register";
import { readLastRun } from "../../src/run/last-run";
import { survey } from "../../src/run/survey";
import { ANA, BUDI, CITRA, desire, full, members } from "../membership/world";
import { ref } from "../rollcall/world";

jest.mock("@pulumi/pulumi", () => ({ runtime: { isDryRun: () => false } }));
const mockRegistered: Record<string, unknown>[] = [];
jest.mock("../../src/provider/resource", () => ({
  ChatGroupParticipants: function (name: string, args: Record<string, unknown>): object {
    mockRegistered.push(args);
    const value = <T>(told: T) => ({ apply: (tell: (value: T) => void) => tell(told) });
    return { urn: value(name), failed: value(`${name}: not gone`) };
  },
}));

const TYPE = "pulumi-nodejs:dynamic/cams:ChatGroupParticipants";

test("failures are those of approved groups: what one that stays as it is says of them is an earlier run's", async () => {
  const names = ["asked", "held", "left-alone"];
  const last = readLastRun({
    deployment: {
      resources: names.map((name) => ({
        urn: `urn:pulumi:main::rollcall::${TYPE}::${name}`,
        type: TYPE,
        outputs: { group: name, members: { [ANA]: "" }, participants: ANA },
      })),
    },
  });
  const seen = await survey(
    names.map((name) => ({
      ref: { ...ref, group: name },
      desired: desire({ name, group: name, members: members(ANA) }),
    })),
    {
      reader: {
        listParticipants: ({ group }) =>
          Promise.resolve(
            group === "held"
              ? { kind: "doubtful", why: "rows short of Total" }
              : { kind: "whole", participants: [ANA], unidentified: 0 },
          ),
      },
      limits: { maxRemovalsPerRun: 10, maxGroupsPerPerson: 3 },
      show: full,
      last,
      concurrency: 1,
      only: new Set(["asked", "held"]),
    },
  );
  expect(await failuresOf(await registerGroups(seen, last, "/project"))).toEqual(["asked: not gone"]);
});

test("the provider is told whose a former number is, since the new one may look like it", async () => {
  const desired = desire({
    members: members(ANA, CITRA),
    former: new Map([[BUDI, "changed number"]]),
    formerly: new Map([
      [BUDI, CITRA],
      ["628110000009", ANA],
    ]),
    onAdopt: "remove",
  });
  const seen = await survey([{ ref, desired }], {
    reader: { listParticipants: () => Promise.resolve({ kind: "whole", participants: [ANA, BUDI], unidentified: 0 }) },
    limits: { maxRemovalsPerRun: 10, maxGroupsPerPerson: 3 },
    show: full,
    last: readLastRun({ deployment: { resources: [] } }),
    concurrency: 1,
  });
  mockRegistered.length = 0;
  await registerGroups(seen, undefined, "/project");
  const [args] = mockRegistered;
  expect(JSON.parse(String(args?.rollCall))).toMatchObject({
    removals: { [BUDI]: { reason: "changed number" } },
    formerly: { [BUDI]: CITRA },
  });
});
