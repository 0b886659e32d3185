import type { GroupWish } from "../../../src/groups/types";
import type { Declared } from "../../../src/run/desired";
import { readLastRun, type LastRun } from "../../../src/run/last-run";
import { differences, readPlan, readPlanText, type ReviewedPlan } from "../../../src/run/reviewed-plan";
import { ref } from "../../execution/world";
import { ANA, desire, full } from "../../membership/world";
import { exported, OWN, pending, resource, upkeepResource } from "../state";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const TYPES = "pulumi-nodejs:dynamic/cams:";
const account = { businessNumber: "8613800000000", custSpaceId: "cams-8c8e" };
const members = { [ANA]: "Ana" };

interface Diff {
  readonly adds?: Readonly<Record<string, unknown>>;
  readonly updates?: Readonly<Record<string, unknown>>;
  readonly deletes?: readonly string[];
}

/** A saved plan: `Type name` → difference of inputs, steps. */
function saved(all: Readonly<Record<string, readonly [Diff, ...string[]]>>): string {
  const plans = Object.entries(all).map(([key, [inputDiff, ...steps]]) => {
    const [type = "", name = ""] = key.split(" ");
    const goal = { type: `${TYPES}${type}`, name, inputDiff };
    return [`urn:pulumi:main::rollcall::${TYPES}${type}::${name}`, { goal, steps }];
  });
  return JSON.stringify({
    manifest: { time: "2026-11-25T16:25:50Z" },
    resourcePlans: Object.fromEntries(plans) as object,
  });
}

const chatGroup = (name: string, group: string, subject: string) =>
  upkeepResource({ type: "ChatGroup", name, inputs: { subject, ...account }, outputs: { group, subject } });
const link = (name: string, group: string, inputs: object = {}) =>
  upkeepResource({
    ...{ type: "ChatGroupInviteLink", name, outputs: { group } },
    inputs: { group, inviteLink: "open", linkRevision: 1, change: { make: "there is none" }, lastLink: {}, ...inputs },
  });
const participants = (name: string, group: string) => resource({ name, group, members, lastLook: {} });

const STATE = exported(
  ...[participants("ops", "G1"), chatGroup("ops", "G1", "Operations"), link("ops", "G1")],
  ...[participants("sales", "G2"), chatGroup("sales", "G2", "Sales"), link("sales", "G2")],
);
const last: LastRun = readLastRun(STATE, OWN);

const looked: Diff = { updates: { lastLook: UNKNOWN } };
/** The group ops gets another subject and another link, sales stays the same, and new is made. */
const PLAN = saved({
  "ChatGroupParticipants ops": [looked, "same"],
  "ChatGroupParticipants sales": [looked, "same"],
  "ChatGroupParticipants new": [{ adds: { ...account, group: UNKNOWN, members, lastLook: UNKNOWN } }, "create"],
  "ChatGroup ops": [{ adds: { change: { subject: "Operations → Night" } }, updates: { subject: "Night" } }, "update"],
  "ChatGroup sales": [{}, "same"],
  "ChatGroup new": [
    { adds: { ...account, resource: "ChatGroup", subject: "New", change: { create: "New" }, asked: UNKNOWN } },
    "create",
  ],
  "ChatGroupInviteLink ops": [
    { updates: { linkRevision: 2, change: { renew: "linkRevision 1 → 2" }, lastLink: UNKNOWN } },
    "update",
  ],
  "ChatGroupInviteLink sales": [{ updates: { lastLink: UNKNOWN }, deletes: ["change"] }, "same"],
  "ChatGroupInviteLink new": [
    {
      adds: {
        ...{ ...account, resource: "ChatGroupInviteLink", group: UNKNOWN, inviteLink: "open", lastLink: UNKNOWN },
        change: { make: "there is none" },
      },
    },
    "create",
  ],
});

const wish = (name: string, over: Partial<GroupWish>): GroupWish => ({
  ...{ name, file: `stacks/main/${name}.yaml`, account: { ...account, channelType: "WHATSAPP" }, group: undefined },
  ...{ subject: undefined, description: undefined, link: "keep", linkRevision: undefined },
  ...over,
});
const declared = (name: string, group: string, over: Partial<GroupWish> | undefined): Declared => ({
  ref: { ...ref, group },
  desired: desire({ name, group, members: new Map(Object.entries(members)) }),
  ...(over === undefined ? {} : { wish: wish(name, over) }),
});
const ops = declared("ops", "G1", { subject: "Night", link: "open", linkRevision: 2 });
const sales = declared("sales", "G2", { subject: "Sales", link: "open", linkRevision: 1 });
const fresh = declared("new", "", { subject: "New", link: "open" });

function planOf(text = PLAN, known = last): ReviewedPlan {
  const read = readPlanText(text, OWN);
  if (read.kind === "fault") throw new Error(read.why);
  return readPlan(read, [ops, sales, fresh], known);
}

describe("what a plan says, with the state that it was made from", () => {
  const { chatGroups, links } = planOf();

  test("of a group whose texts are set", () => {
    expect(chatGroups.get("ops")).toEqual({
      inputs: { subject: "Night", ...account, change: { subject: "Operations → Night" } },
      writes: true,
    });
  });

  test("of a group that is made: all of its inputs are in the plan", () => {
    expect(chatGroups.get("new")).toMatchObject({
      inputs: { subject: "New", change: { create: "New" } },
      writes: true,
    });
  });

  test("of a link that is made anew", () => {
    expect(links.get("ops")).toEqual({
      inputs: {
        ...{ group: "G1", inviteLink: "open", linkRevision: 2, lastLink: UNKNOWN },
        change: { renew: "linkRevision 1 → 2" },
      },
      writes: true,
    });
  });

  test("of what stays the same: it may not be written, and what was done before is not done again", () => {
    expect(chatGroups.get("sales")).toEqual({ inputs: { subject: "Sales", ...account }, writes: false });
    expect(links.get("sales")).toEqual({
      inputs: { group: "G2", inviteLink: "open", linkRevision: 1, lastLink: UNKNOWN },
      writes: false,
    });
  });

  test("of a group that it makes, once that is made: Pulumi lets nobody write it then", () => {
    const after = readLastRun(exported(...resourcesOf(STATE), chatGroup("new", "MADE1", "New")), OWN);
    expect(planOf(PLAN, after).chatGroups.get("new")).toMatchObject({ writes: false });
  });

  test("of a group that it makes, while a killed run has left only its intent: it may be written", () => {
    const killed = readLastRun(pending("creating", STATE, chatGroup("new", "", "New")), OWN);
    expect(planOf(PLAN, killed).chatGroups.get("new")).toMatchObject({ writes: true });
  });

  test("of a renamed roster: the state knows its link by the former name", () => {
    const before = readLastRun(exported(participants("former", "G2"), link("former", "G2")), OWN);
    const text = saved({
      "ChatGroupParticipants sales": [looked, "same"],
      "ChatGroupInviteLink sales": [{ updates: { lastLink: UNKNOWN } }, "same"],
    });
    expect(planOf(text, before).links.get("sales")?.inputs).toMatchObject({ group: "G2", inviteLink: "open" });
  });

  test("of a stack without groups and links of its own: nothing", () => {
    const plan = planOf(saved({ "ChatGroupParticipants ops": [looked, "same"] }));
    expect([plan.chatGroups.size, plan.links.size, plan.groups.size]).toEqual([0, 0, 1]);
  });
});

const resourcesOf = (state: unknown): unknown[] =>
  (state as { deployment: { resources: unknown[] } }).deployment.resources.slice(1);

describe("a plan of other rosters", () => {
  const differ = (...now: readonly Declared[]) => differences(planOf(), now, last, full);

  test("of the same rosters nothing differs", () => expect(differ(ops, sales, fresh)).toEqual([]));

  const salesNow = (over: Partial<GroupWish> | undefined) => declared("sales", "G2", over);
  const same = { subject: "Sales", link: "open", linkRevision: 1 } as const;
  test.each<[string, Partial<GroupWish> | undefined, readonly string[]]>([
    ["another subject", { ...same, subject: "Sales 2" }, ['sales: subject is "Sales 2", and "Sales" in the plan']],
    ["a description", { ...same, description: "Shifts" }, ['sales: description is "Shifts", and none in the plan']],
    [
      "another rule of the link",
      { ...same, link: "while-awaited" },
      ['sales: inviteLink is "while-awaited", and "open" in the plan'],
    ],
    ["another revision", { ...same, linkRevision: 2 }, ["sales: linkRevision is 2, and 1 in the plan"]],
    ["no revision any more", { ...same, linkRevision: undefined }, ["sales: linkRevision is none, and 1 in the plan"]],
    [
      "nothing of the group itself any more",
      undefined,
      [
        'sales: inviteLink is "keep", and "open" in the plan',
        "sales: linkRevision is none, and 1 in the plan",
        'sales: subject is none, and "Sales" in the plan',
      ],
    ],
  ])("is refused when they want %s", (_, over, lines) => {
    expect(differ(ops, salesNow(over), fresh)).toEqual(lines);
  });

  test("is refused when a group that it makes has another subject now", () => {
    expect(differ(ops, sales, declared("new", "", { subject: "Newer", link: "open" }))).toEqual([
      'new: subject is "Newer", and "New" in the plan',
    ]);
  });

  test("a GroupId that is known by now is none that differs", () => {
    expect(differ(ops, sales, declared("new", "MADE1", { subject: "New", link: "open" }))).toEqual([]);
  });

  test("of a group that a guard held then, nothing is compared", () => {
    const held = saved({
      "ChatGroupParticipants ops": [{ adds: { held: true } }, "same"],
      "ChatGroup ops": [{}, "same"],
    });
    expect(differences(planOf(held), [ops], last, full)).toEqual([]);
  });
});
