import { stringify } from "yaml";
import { control } from "../../../control";
import { passed } from "../../../runs";
import { World } from "../world";

jest.setTimeout(300_000);

/** A message that was sent before is not taken for one whose outcome is unknown: else a third one would follow. */
const [ANA, BUDI] = ["6281234567801", "6281234567802"] as const;
const GROUP = "EA1";
const TEMPLATE = { code: "invite_1", name: "join_group", body: "Hi $(name), please join $(group): $(link)" };
const SETTINGS = { invitationTemplate: TEMPLATE.code, confirmTimeoutMs: 1_000, readTimeoutMs: 1_000 };

let world: World;
afterEach(() => world.stop());

const inbox = async (): Promise<readonly unknown[]> =>
  (await control(world.cams, "GET", `inbox/${BUDI}`)) as readonly unknown[];

function declare(people: readonly string[]): void {
  const members = people.map((number) => ({ number: `+${number}`, name: "A", consent: "2026-01-05" }));
  world.write("stacks/test/ops.yaml", stringify({ group: GROUP, members }));
}

test("after a message that failed for now, an attempt without an answer stays unknown", async () => {
  world = await World.start({ [GROUP]: [ANA] }, SETTINGS, { templates: [TEMPLATE] });
  declare([ANA]);
  passed(await world.up());
  declare([ANA, BUDI]);
  await world.fault({ fault: "too-many-to-person", value: "receipt" });
  passed(await world.up());
  expect(await inbox()).toHaveLength(1);

  await world.fault({ fault: "hang", action: "SendChatappMessage" });
  const again = await world.up();
  expect(again.code).not.toBe(0);
  expect(again.out).toContain("was perhaps invited: it is not known whether the message was sent");
  passed(await world.up());
  passed(await world.up());
  expect(await world.calls("SendChatappMessage")).toHaveLength(2);
  expect(await inbox()).toHaveLength(1);
});
