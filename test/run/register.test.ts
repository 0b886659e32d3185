import { failuresOf, registerGroups } from "../../src/run/register";
import { readLastRun } from "../../src/run/last-run";
import { survey } from "../../src/run/survey";
import { ANA, desire, full, members } from "../membership/world";
import { ref } from "../rollcall/world";

jest.mock("@pulumi/pulumi", () => ({ runtime: { isDryRun: () => false } }));
jest.mock("../../src/provider/resource", () => ({
  ChatGroupParticipants: function (name: string): object {
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
