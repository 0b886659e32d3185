import type { Session } from "../../src/provider/session";
import { ROLL_CALL, type RollCall } from "../../src/provider/shapes";
import { parseSettings } from "../../src/settings";
import { ANA, BOT } from "../membership/world";
import { world, type Script, type World } from "../rollcall/world";

/** One provider process over a scripted CAMS. */
export interface Process extends Session {
  readonly executor: World;
}

export function open(
  participants: readonly string[],
  script: Script = {},
  raw: Record<string, unknown> = {},
  show = (number: string): string => number,
): Process {
  const parsed = parseSettings(raw);
  if (parsed.kind === "invalid") throw new Error(parsed.problems.join());
  const executor = { ...world(participants, script), show };
  const cams = { ...executor.cams, listGroups: () => Promise.reject(new Error("not asked for")) };
  return {
    settings: parsed.settings,
    cams,
    show,
    executor,
    root: "/",
    groups: new Map(),
    unsure: new Set(),
    undecided: new Map(),
  };
}

/** Arguments of a resource that declares Ana. */
export function args(over: Record<string, unknown> = {}) {
  return { group: "EA93UU0042", businessNumber: BOT, custSpaceId: "cams-8c8e", members: { [ANA]: "Ana" }, ...over };
}

/** The same with the word of a roll call. */
export function rolled(over: Partial<RollCall> = {}, more: Record<string, unknown> = {}) {
  const roll: RollCall = {
    name: "jakarta/ops",
    file: "stacks/main/jakarta/ops.yaml",
    root: "/project",
    held: false,
    participants: [ANA],
    unidentified: 0,
    removals: {},
    released: [],
    adopted: true,
    undeclared: "remove",
    onAdopt: "spare",
    allowEmpty: false,
    maxRemovals: 2,
    protect: [],
    ...over,
  };
  return args({ [ROLL_CALL]: JSON.stringify(roll), ...more });
}
