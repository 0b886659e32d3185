import { join } from "node:path";
import { stringify } from "yaml";
import { groupsOf, type LiveGroup } from "../../control";
import { passed } from "../../runs";
import { NO_EXPORT, World } from "./world";

jest.setTimeout(300_000);

/** Sequences of runs in which what is owed to a link or a group could get lost, or be done twice. */
const [ANA, BUDI, CITRA, EKO] = ["6281234567801", "6281234567802", "6281234567803", "6591112233"] as const;
const NAMES: Readonly<Record<string, string>> = { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra" };
const RENEW = "AddChatGroupInviteLink";
const GROUP = "EA1";

let world: World;
afterEach(() => world.stop());

function declare(people: readonly string[], rest: Record<string, unknown> = {}, name = "ops"): void {
  const members = people.map((number) => ({ number: `+${number}`, name: NAMES[number] }));
  world.write(`stacks/test/${name}.yaml`, stringify({ ...rest, members }));
}

const open = { group: GROUP, inviteLink: "open" };
const writes = async (): Promise<readonly string[]> =>
  (await world.calls()).map(({ action }) => action).filter((action) => !action.startsWith("List"));

const live = (): Promise<readonly LiveGroup[]> => groupsOf(world.cams);

async function start(people: readonly string[], settings: Record<string, unknown> = {}): Promise<void> {
  world = await World.start({ [GROUP]: people }, { confirmTimeoutMs: 1_000, readTimeoutMs: 1_000, ...settings });
}

const apply = () =>
  world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview", "--plan", "plan.json"], {
    ROLLCALL_PLAN: "plan.json",
  });

test("a reviewed plan that is applied twice makes a link anew once", async () => {
  await start([ANA]);
  declare([ANA, BUDI], open);
  passed(await world.up());
  declare([ANA, BUDI], { ...open, linkRevision: 1 });
  passed(await world.preview("--save-plan", "plan.json"));
  passed(await apply());
  expect(await writes()).toEqual([RENEW]);
  passed(await apply());
  expect(await writes()).toEqual([RENEW]);
});

/** A group of three that a roster `ops` made. */
async function operations(): Promise<string> {
  await start([]);
  declare([ANA, BUDI, CITRA], { subject: "Operations" });
  passed(await world.up());
  const made = (await live()).find(({ subject }) => subject === "Operations")?.groupId ?? "";
  for (const number of [ANA, BUDI, CITRA]) await world.join(made, number);
  passed(await world.up());
  return made;
}

test.each([
  ["by its subject", { subject: "Operations" }, "and stacks/test/jakarta.yaml has that subject now"],
  ["by its GroupId", {}, "is about the group"],
])("a roster that is renamed, known %s, while a new one takes its name: nobody is removed", async (_, rest, told) => {
  const made = await operations();
  declare([ANA, BUDI, CITRA], "subject" in rest ? rest : { group: made }, "jakarta");
  declare([ANA, CITRA], { subject: "Security" }, "ops");
  const up = await world.up();
  expect(up.code).not.toBe(0);
  expect(up.out).toContain(told);
  expect(await world.participants(made)).toEqual([ANA, BUDI, CITRA]);
  expect((await live()).find(({ groupId }) => groupId === made)?.subject).toBe("Operations");
});

test("a run that can't read the state forgets nobody who may hold a link", async () => {
  await start([ANA]);
  declare([ANA, BUDI], open);
  passed(await world.up());
  declare([ANA], open);
  world.write("no-export.cjs", NO_EXPORT);
  const blind = await world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview"], {
    NODE_OPTIONS: `--require ${join(world.dir, "no-export.cjs")}`,
  });
  expect(blind.code).not.toBe(0);
  expect(blind.out).toContain("[state-not-read] ops (EA1): the group's link is left as it is");
  expect(await writes()).toEqual([]);
  passed(await world.up());
  expect(await writes()).toEqual([RENEW]);
});

test("a stranger who was removed while groups could not be listed is answered later", async () => {
  await start([ANA]);
  declare([ANA, BUDI], open);
  passed(await world.up());
  await world.join(GROUP, EKO);
  await world.fault({ fault: "meta-131207", action: "ListChatGroup", times: 1_000 });
  expect((await world.up()).code).not.toBe(0);
  expect((await world.up()).code).not.toBe(0);
  expect(await world.participants(GROUP)).toEqual([ANA]);
  await world.noFaults();
  passed(await world.up());
  expect(await writes()).toEqual(["DeleteChatGroupParticipants", RENEW]);
  passed(await world.up());
  expect(await writes()).toEqual(["DeleteChatGroupParticipants", RENEW]);
});

test("what is owed is told with masked numbers once they are masked", async () => {
  await start([ANA]);
  declare([ANA, BUDI], open);
  passed(await world.up());
  declare([ANA], open);
  await world.fault({ fault: "link-unchanged", action: RENEW, times: 1 });
  expect((await world.up()).code).not.toBe(0);
  world.configure({ display: "masked" });
  const preview = passed(await world.preview());
  expect(preview.out).toContain("renew: the old link ends with it  Budi (6281•••••••02) may hold it");
  expect(preview.out).not.toContain(BUDI);
});
