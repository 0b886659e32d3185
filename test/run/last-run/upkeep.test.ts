import { readLastRun, type LastUpkeep } from "../../../src/run/last-run";
import { ANA } from "../../membership/world";
import { cutOff, exported, hidden, OWN, pending, resource, secret, upkeepResource, type KeptUpkeep } from "../state";

const account = { businessNumber: "8613800000000", custSpaceId: "cams-8c8e" };
const inputs = { resource: "ChatGroup", subject: "Operations", ...account };
const outputs = { ...inputs, group: "MADE1", form: 1 };
const made: KeptUpkeep = { type: "ChatGroup", name: "jakarta/ops", inputs, outputs };
const link: KeptUpkeep = {
  ...{ type: "ChatGroupInviteLink", name: "jakarta/ops" },
  inputs: { group: "MADE1", inviteLink: "open", linkRevision: 2, lastLink: { holders: ANA } },
  outputs: { group: "MADE1", link: "https://chat.whatsapp.com/x" },
};

const chatGroups = (json: unknown) => Object.fromEntries(readLastRun(json, OWN).chatGroups);
const links = (json: unknown) => Object.fromEntries(readLastRun(json, OWN).links);
const one = (json: unknown): LastUpkeep | undefined => chatGroups(json)["jakarta/ops"];

test("a stack that knows no groups and links", () => {
  const { chatGroups, links, groups } = readLastRun(exported(), OWN);
  expect([chatGroups.size, links.size, groups.size]).toEqual([0, 0, 0]);
});

test("groups and links are known by their names, and are no participants", () => {
  const json = exported(
    upkeepResource(made),
    upkeepResource(link),
    upkeepResource({ ...made, name: "medan:ops", outputs: { ...outputs, group: "EA1" } }),
    resource({ name: "jakarta/ops", group: "MADE1", members: {}, lastLook: {} }),
  );
  expect(chatGroups(json)).toEqual({
    "jakarta/ops": { group: "MADE1", pending: false, unfinished: false, inputs },
    "medan:ops": { group: "EA1", pending: false, unfinished: false, inputs },
  });
  expect(links(json)).toEqual({
    "jakarta/ops": { group: "MADE1", pending: false, unfinished: false, inputs: link.inputs },
  });
  expect([...readLastRun(json, OWN).groups.keys()]).toEqual(["MADE1"]);
});

test.each([
  ["another stack's", { ...made, of: { project: "rollcall", stack: "prod" } }],
  ["another project's", { ...made, of: { project: "other", stack: "main" } }],
])("%s is not this stack's", (_, kept) => {
  expect(chatGroups(exported(upkeepResource(kept)))).toEqual({});
});

test("one that waits to be deleted is not known any more", () => {
  expect(chatGroups(exported({ ...upkeepResource(made), delete: true }))).toEqual({});
});

test("secrets are shown as they are, where the export shows them", () => {
  const masked = { ...link.inputs, lastLink: secret({ holders: ANA }) };
  expect(links(exported(upkeepResource({ ...link, inputs: masked })))["jakarta/ops"]?.inputs).toEqual(link.inputs);
  const closed = links(exported(upkeepResource({ ...link, inputs: { ...masked, lastLink: hidden } })))["jakarta/ops"];
  expect(typeof closed?.inputs.lastLink).toBe("symbol");
});

describe("what became of a group that was asked for", () => {
  const unknown = upkeepResource({ ...made, outputs: { ...outputs, group: "", pending: true } });
  const refused = upkeepResource({ ...made, outputs: { ...outputs, group: "", failed: "refused" } });
  const creating = upkeepResource({ ...made, outputs: {} });

  test.each<[string, unknown, Partial<LastUpkeep> | undefined]>([
    ["is known", exported(upkeepResource(made)), { group: "MADE1", pending: false, unfinished: false }],
    ["is not known: the run said so", exported(unknown), { group: "", pending: true, unfinished: false }],
    ["is known: CAMS refused", exported(refused), { group: "", pending: false, unfinished: true }],
    [
      "is not known: the run was killed, and left only Pulumi's note of what it began",
      pending("creating", exported(), creating),
      { group: "", pending: true, unfinished: true, inputs },
    ],
    [
      "is not known: the run was killed when it tried again",
      cutOff(exported(refused), refused),
      { group: "", pending: true, unfinished: true },
    ],
    [
      "is known, and only a change of its texts was cut off",
      cutOff(exported(upkeepResource(made)), upkeepResource(made)),
      { group: "MADE1", pending: false, unfinished: true },
    ],
    [
      "is known, since a later run wrote it down",
      pending("creating", exported(upkeepResource(made)), creating),
      { group: "MADE1" },
    ],
    ["was never begun: a read was cut off", pending("reading", exported(), creating), undefined],
    [
      "is another stack's matter",
      pending("creating", exported(), upkeepResource({ ...made, of: { project: "rollcall", stack: "prod" } })),
      undefined,
    ],
    ["is no matter of a link", pending("creating", exported(), upkeepResource(link)), undefined],
  ])("%s", (_, json, expected) => {
    if (expected === undefined) expect(one(json)).toBeUndefined();
    else expect(one(json)).toMatchObject(expected);
  });

  test("the note of a kill knows secrets, too", () => {
    const json = pending(
      "creating",
      exported(),
      upkeepResource({ ...made, inputs: { ...inputs, subject: secret("Operations") } }),
    );
    expect(one(json)?.inputs).toEqual(inputs);
  });
});

describe("a change did not come to its end", () => {
  test.each<[string, Record<string, unknown>, boolean]>([
    ["a program told of it", upkeepResource({ ...link, outputs: { ...link.outputs, failed: "not closed" } }), true],
    ["Pulumi told of it", { ...upkeepResource(link), initErrors: ["not closed"] }, true],
    ["no errors are left", { ...upkeepResource(link), initErrors: [] }, false],
  ])("%s", (_, kept, unfinished) => {
    expect(links(exported(kept))["jakarta/ops"]?.unfinished).toBe(unfinished);
  });

  test("the engine was killed there, or elsewhere", () => {
    const other = upkeepResource({ ...link, name: "medan/ops" });
    const json = cutOff(exported(upkeepResource(link), other), other);
    expect(Object.entries(links(json)).map(([name, { unfinished }]) => [name, unfinished])).toEqual([
      ["jakarta/ops", false],
      ["medan/ops", true],
    ]);
  });
});
