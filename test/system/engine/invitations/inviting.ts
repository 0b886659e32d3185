import { stringify } from "yaml";
import { control } from "../../../control";
import { World } from "../world";

/** People of the stories, and the template by which they are invited. */
export const [ANA, BUDI, CITRA, EKO] = ["6281234567801", "6281234567802", "6281234567803", "6591112233"] as const;
export const NAMES: Readonly<Record<string, string>> = { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra", [EKO]: "Eko" };
export const GROUP = "EA1";
const TEMPLATE = { code: "invite_1", name: "join_group", body: "Hi $(name), please join $(group): $(link)" };
const SETTINGS = { invitationTemplate: "invite_1", confirmTimeoutMs: 1_000, readTimeoutMs: 1_000 };

export interface Message {
  readonly messageId: string;
  readonly text: string;
  readonly status: string;
}

/** A project whose stack has a template. */
export const startInviting = (
  groups: Readonly<Record<string, readonly string[]>>,
  settings: Record<string, unknown> = {},
): Promise<World> => World.start(groups, { ...SETTINGS, ...settings }, { templates: [TEMPLATE] });

/** Writes a roster of people who all agreed to be written to. */
export function declare(
  world: World,
  people: readonly string[],
  rest: Record<string, unknown> = {},
  [name, group]: readonly [name: string, group: string | undefined] = ["ops", GROUP],
): void {
  const members = people.map((number) => ({ number: `+${number}`, name: NAMES[number], consent: "2026-01-05" }));
  world.write(`stacks/test/${name}.yaml`, stringify({ ...(group === undefined ? {} : { group }), ...rest, members }));
}

/** What somebody has been sent, as CAMS knows it. */
export const inbox = async (world: World, number: string): Promise<readonly Message[]> =>
  (await control(world.cams, "GET", `inbox/${number}`)) as readonly Message[];

export const linkIn = ({ text }: Message): string => /https:\/\/chat\.whatsapp\.com\/\S+/.exec(text)?.[0] ?? "";

/** Somebody joins by the link of the last message that they got. */
export async function joinByMessage(world: World, number: string, group = GROUP): Promise<void> {
  const last = (await inbox(world, number)).at(-1);
  await control(world.cams, "POST", `groups/${group}/join`, { number, link: last === undefined ? "" : linkIn(last) });
}

export const sends = async (world: World): Promise<number> => (await world.calls("SendChatappMessage")).length;
