import { endsOf, readLastRun } from "../../../src/run/last-run";
import { invitation, LINK } from "../../invitations/world";
import { ANA, BUDI } from "../../membership/world";
import { cutOff, exported, hidden, OWN, resource, secret, upkeepResource, type KeptUpkeep } from "../state";

/** What the state knows of invitations. */

const AT = "2026-11-29T08:00:00.000Z";
const members = { [ANA]: "Ana", [BUDI]: "Budi" };
const people = (lastLook: unknown, over: object = {}) =>
  resource({ name: "jakarta/ops", group: "G1", members, lastLook, ...over });
const results = [{ outcome: "accepted", id: "m-1", link: LINK.mark }];
const sent: KeptUpkeep = {
  ...{ type: "ChatGroupInvitations", name: "jakarta/ops", inputs: { group: "G1" } },
  outputs: { group: "G1", ended: AT, results, run: "run-1", form: 1 },
};
const ofGroup = (...resources: readonly unknown[]) =>
  readLastRun(exported(...resources), OWN).groups.get("G1")?.invitations;
const sentIn = (json: unknown) => Object.fromEntries(readLastRun(json, OWN).invitations);

describe("the record of a group's invitations", () => {
  const attempt = { at: AT, template: "1234", people: [{ number: BUDI, purpose: "first" }] };
  const written = { invited: { [BUDI]: invitation() }, attempt };
  const read = { invited: new Map([[BUDI, invitation()]]), attempt };

  test("is in its last look", () => {
    expect(ofGroup(people({ awaiting: BUDI, invitations: written }))).toEqual(read);
  });

  test("is read out of a secret, where it is shown", () => {
    expect(ofGroup(people(secret({ invitations: written })))).toEqual(read);
  });

  test.each<[string, unknown]>([
    ["a secret that is not shown", hidden],
    ["something that no release wrote", { invitations: { invited: { [BUDI]: {} } } }],
  ])("%s: it can't be read, and the group is known all the same", (_, lastLook) => {
    const { groups } = readLastRun(exported(people(lastLook)), OWN);
    expect(groups.get("G1")).toHaveProperty("invitations", undefined);
  });

  test.each<[string, unknown]>([
    ["a look of which no invitation is told", { awaiting: BUDI }],
    ["state of the first release", undefined],
  ])("%s: nobody was invited so far", (_, lastLook) => {
    expect(ofGroup(people(lastLook))).toEqual({ invited: new Map(), attempt: undefined });
  });

  test("is that of the resource: what a run that was cut off was about to write is not", () => {
    const before = people({ awaiting: BUDI });
    const state = cutOff(exported(before), people({ invitations: written }));
    expect(readLastRun(state, OWN).groups.get("G1")?.invitations?.attempt).toBeUndefined();
  });
});

describe("what sent a group's invitations", () => {
  test("tells how its last attempt ended", () => {
    const json = exported(people({}), upkeepResource(sent));
    expect(sentIn(json)).toEqual({
      "jakarta/ops": {
        ...{ group: "G1", pending: false, unfinished: false, inputs: { group: "G1" } },
        end: { at: AT, results },
      },
    });
    expect([...readLastRun(json, OWN).groups.keys()]).toEqual(["G1"]);
    expect([readLastRun(json, OWN).links.size, readLastRun(json, OWN).chatGroups.size]).toEqual([0, 0]);
  });

  test("is known by its group, whatever its name is", () => {
    expect([...endsOf(readLastRun(exported(upkeepResource({ ...sent, name: "night" })), OWN))]).toEqual([
      ["G1", { at: AT, results }],
    ]);
    expect(endsOf(undefined).size).toBe(0);
  });

  test.each<[string, object]>([
    ["no attempt", { ended: undefined }],
    ["results that can't be read", { results: [{ outcome: "sent" }] }],
    ["results that are a secret which is not shown", { results: hidden }],
  ])("tells nothing of %s", (_, over) => {
    const json = exported(upkeepResource({ ...sent, outputs: { ...sent.outputs, ...over } }));
    expect(sentIn(json)["jakarta/ops"]).toHaveProperty("end", undefined);
  });

  test("is unfinished when somebody was not invited, or when the run was cut off while it sent", () => {
    const failed = { ...sent, outputs: { ...sent.outputs, failed: "Budi was not invited" } };
    expect(sentIn(exported(upkeepResource(failed)))["jakarta/ops"]?.unfinished).toBe(true);
    const killed = cutOff(exported(upkeepResource(sent)), upkeepResource(sent));
    expect(sentIn(killed)["jakarta/ops"]).toMatchObject({ unfinished: true, end: { at: AT } });
  });

  test.each<[string, unknown]>([
    ["another stack's", upkeepResource({ ...sent, of: { project: "rollcall", stack: "prod" } })],
    ["one that waits to be deleted", { ...upkeepResource(sent), delete: true }],
  ])("%s is not known", (_, one) => expect(sentIn(exported(one))).toEqual({}));
});
