import { ORDER, writeOrder, type CarryOut, type GroupOrder, type LeaveAlone } from "../../src/provider/order";
import type { Session } from "../../src/provider/session";
import { parseSettings } from "../../src/settings";
import { adopted, ANA, BOT, desire, whole } from "../membership/world";
import { world, type Script, type World } from "../execution/world";
import {
  inviterIn,
  type World as InvitationsWorld,
  type Script as InvitationsScript,
} from "../execution/invitations/world";
import { world as groupsWorld, type World as GroupsWorld } from "../execution/upkeep/world";

/** One provider process over a scripted CAMS. */
export interface Process extends Session {
  readonly executor: World;
  readonly keeper: GroupsWorld;
  readonly inviter: InvitationsWorld;
}

export function open(
  participants: readonly string[],
  script: Script = {},
  raw: Record<string, unknown> = {},
  show = (number: string): string => number,
  keeper = groupsWorld([]),
  messages: InvitationsScript = {},
): Process {
  const parsed = parseSettings(raw);
  if (parsed.kind === "invalid") throw new Error(parsed.problems.join());
  const executor = { ...world(participants, script), show };
  const inviter = { ...inviterIn(executor, messages), show };
  const notAsked = { listGroups: () => Promise.reject(new Error("not asked for")) };
  const cams = { ...executor.cams, ...keeper.cams, ...inviter.cams, ...notAsked };
  return {
    settings: parsed.settings,
    cams,
    show,
    executor,
    keeper,
    inviter,
    root: "/",
    groups: new Map(),
    upkeep: new Map(),
    asked: new Set(),
    unsure: new Set(),
    undecided: new Map(),
  };
}

/** Arguments of a resource that declares Ana. */
export function args(over: Record<string, unknown> = {}) {
  return { group: "EA93UU0042", businessNumber: BOT, custSpaceId: "cams-8c8e", members: { [ANA]: "Ana" }, ...over };
}

/** `args` as `check` leaves them: with what its look saw; where nothing differs, everybody declared was there. */
export function inputsOf(over: Record<string, unknown> = {}, lastLook: unknown = {}) {
  return { ...args(over), lastLook };
}

/** What the program hands over of a group under management: Ana is declared, `there` are in it, and `remove` are to go. */
export function order(over: Partial<CarryOut> = {}): CarryOut {
  return {
    kind: "carry out",
    root: "/project",
    preview: false,
    plan: undefined,
    run: "run-1",
    desired: desire({ members: new Map([[ANA, "Ana"]]) }),
    history: adopted(ANA),
    observed: whole(ANA),
    remove: [],
    invite: {},
    ...over,
  };
}

/** What the program hands over of a group that stays as it is. */
export function leave(over: Partial<LeaveAlone> = {}): LeaveAlone {
  const common = { root: "/project", preview: false, plan: undefined };
  return { kind: "leave alone", held: false, ...common, history: adopted(ANA), ...over };
}

/** Arguments of a resource with the order of the program. */
export function ordered(one: GroupOrder, over: Record<string, unknown> = {}) {
  const members = one.kind === "carry out" ? { members: Object.fromEntries(one.desired.members) } : {};
  return args({ [ORDER]: writeOrder(one), ...members, ...over });
}
