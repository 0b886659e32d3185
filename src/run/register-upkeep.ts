/** Registers groups themselves before their people, and links after their people. */
import * as pulumi from "@pulumi/pulumi";
import type { GroupWish, Upkeep } from "../groups/types";
import type { ChatGroupOrder } from "../provider/chat-group";
import { linkChange, writeLastLink, type InviteLinkOrder } from "../provider/invite-link";
import { ORDER } from "../provider/order";
import type { Change, UpkeepCommon } from "../provider/upkeep";
import { CHANGE } from "../provider/upkeep";
import type { ChatGroupInvitations } from "../provider/invitations-resource";
import { ChatGroup, ChatGroupInviteLink } from "../provider/upkeep-resources";
import { readRecord, UNKNOWN } from "../provider/shapes";
import { unmarked } from "../text/clean";
import { inTurn, valueOf } from "./in-turn";
import type { LastRun, LastUpkeep } from "./last-run";
import type { PlannedGroup, RunPlan } from "./plan-run";
import type { RegisterOptions, RunParts } from "./register";
import type { PlannedResource } from "./reviewed-plan";

/** A group or a link that was registered. */
export interface RegisteredUpkeep<R> {
  readonly one: PlannedGroup;
  readonly resource: R;
}

interface Wishful extends PlannedGroup {
  readonly wish: GroupWish;
}

const isWishful = (one: PlannedGroup): one is Wishful => one.wish !== undefined;

/** What differs between the kinds of resources when they are registered. */
export interface Kind {
  readonly last: ReadonlyMap<string, LastUpkeep> | undefined;
  readonly planned: ReadonlyMap<string, PlannedResource> | undefined;
}

/**
 * Whether a resource is registered. If a guard holds the group, or it was not looked at, the resource is registered as
 * it was. If the state does not know the resource, it is then not registered, which loses nothing. When a reviewed plan
 * binds the run, a resource that the plan does not know can't be registered.
 */
function isRegistered(one: Wishful, { last, planned }: Kind): boolean {
  if (planned !== undefined) return planned.has(one.desired.name);
  return one.upkeep !== undefined || nameIn(one, last) !== undefined;
}

/**
 * Whether the state knows a resource of this group that keeps its record under the roster's name. It does not when the
 * roster was renamed and another roster has its former name now.
 */
export function isKnown(one: PlannedGroup, { last }: Kind, names: ReadonlySet<string>): boolean {
  const was = nameIn(one, last);
  return was === one.desired.name || (was !== undefined && !names.has(was));
}

/** The name by which the state knows a resource of this group: the roster's name, or the name before it was renamed. */
function nameIn({ desired, ref }: PlannedGroup, last: Kind["last"]): string | undefined {
  if (last?.has(desired.name) === true) return desired.name;
  return [...(last ?? [])].find(([, record]) => record.group !== "" && record.group === ref.group)?.[0];
}

export function optionsFor(
  one: PlannedGroup,
  { last }: Kind,
  names: ReadonlySet<string>,
): pulumi.CustomResourceOptions {
  const was = nameIn(one, last);
  return was === undefined || was === one.desired.name || names.has(was) ? {} : { aliases: [{ name: was }] };
}

/**
 * What a plan says of a resource of this group. When a guard holds a roster that has taken the name of another one, the
 * plan leaves the resource of that name as it was, and that one is about another group.
 */
export function ownPlan({ desired, ref }: PlannedGroup, { planned }: Kind): PlannedResource | undefined {
  const found = planned?.get(desired.name);
  const group = found?.inputs.group ?? ref.group;
  return group === ref.group || group === UNKNOWN ? found : undefined;
}

const namesOf = ({ groups }: RunPlan): ReadonlySet<string> => new Set(groups.map(({ desired }) => desired.name));

/** @param own what the plan says of the resource (`ownPlan`); undefined when it does not bind it */
export function commonOf(
  { root, run }: RegisterOptions,
  own: PlannedResource | undefined,
  change: Change,
): UpkeepCommon {
  const plan = own === undefined ? undefined : { change: readRecord(own.inputs[CHANGE]), writes: own.writes };
  return { root, preview: pulumi.runtime.isDryRun(), run: Object.keys(change).length > 0 ? run : undefined, plan };
}

/** What is to be done, as the inputs name it. */
function groupChange({ create, set }: Upkeep, { subject = "" }: GroupWish): Change {
  if (create) return { create: unmarked(subject) };
  return Object.fromEntries(Object.entries(set).map(([text, { from, to }]) => [text, unmarked(`${from} → ${to}`)]));
}

/** Registers every group whose roster gives a subject. */
export async function registerChatGroups(
  plan: RunPlan,
  last: LastRun | undefined,
  options: RegisterOptions,
): Promise<readonly RegisteredUpkeep<ChatGroup>[]> {
  const kind: Kind = { last: last?.chatGroups, planned: plan.reviewed?.chatGroups };
  const names = namesOf(plan);
  const some = plan.groups.filter(isWishful).filter(({ wish }) => wish.subject !== undefined);
  const registered = some.filter((one) => isRegistered(one, kind));
  const resources = await inTurn(registered, (one) => {
    const { businessNumber, custSpaceId } = one.ref;
    const { subject = "", description } = one.wish;
    const args = {
      ...{ subject, businessNumber, custSpaceId, [ORDER]: JSON.stringify(orderOf(one)) },
      ...(description === undefined ? {} : { description }),
      ...(givenGroup(one) === undefined ? {} : { group: one.ref.group }),
    };
    return new ChatGroup(one.desired.name, args, optionsFor(one, kind, names));
  });
  return pairs(registered, resources);

  /** The GroupId as the roster itself gives it. */
  function givenGroup(one: Wishful): string | undefined {
    return one.named === true ? one.ref.group : undefined;
  }

  function orderOf(one: Wishful): ChatGroupOrder {
    const { upkeep, wish, ref, make } = one;
    const change = upkeep === undefined ? {} : groupChange(upkeep, wish);
    const common = commonOf(options, kind.planned?.get(one.desired.name), change);
    if (upkeep === undefined) return { kind: "leave alone", ...common };
    return {
      ...{ kind: "carry out", ...common, name: wish.name, file: wish.file, change },
      ...{ group: ref.group === "" ? null : ref.group, asked: make?.intent === "asked" },
    };
  }
}

/**
 * Registers every link that is to be managed. Only links of groups whose removals were completed (`isDone`) are
 * changed.
 */
export async function registerLinks(
  groups: readonly PlannedGroup[],
  { plan, last, groupOf }: RunParts,
  isDone: (one: PlannedGroup) => boolean,
  options: RegisterOptions,
): Promise<readonly RegisteredUpkeep<ChatGroupInviteLink>[]> {
  const kind: Kind = { last: last?.links, planned: plan.reviewed?.links };
  const names = namesOf(plan);
  const some = groups.filter(isWishful).filter(({ wish }) => wish.link !== "keep");
  const registered = some.filter((one) => isRegistered(one, kind) && groupOf(one) !== undefined);
  const resources = await inTurn(registered, (one) => {
    const { businessNumber, custSpaceId } = one.ref;
    const { link, linkRevision } = one.wish;
    const args = {
      ...{ group: groupOf(one) ?? "", businessNumber, custSpaceId },
      ...{ inviteLink: link === "open" ? ("open" as const) : ("while-awaited" as const) },
      ...(linkRevision === undefined ? {} : { linkRevision }),
      ...{ [ORDER]: JSON.stringify(orderOf(one)) },
    };
    return new ChatGroupInviteLink(one.desired.name, args, optionsFor(one, kind, names));
  });
  return pairs(registered, resources);

  function orderOf(one: Wishful): InviteLinkOrder {
    const { upkeep, link } = one;
    const change = linkChange(upkeep?.link);
    const common = commonOf(options, ownPlan(one, kind), change);
    if (upkeep === undefined || link === undefined || !isDone(one)) return { kind: "leave alone", ...common };
    const { live, memory } = link;
    const act = upkeep.link ?? null;
    return { kind: "carry out", ...common, name: one.desired.name, act, live, memory: writeLastLink(memory) };
  }
}

export const pairs = <R>(all: readonly PlannedGroup[], resources: readonly R[]): readonly RegisteredUpkeep<R>[] =>
  all.flatMap((one, index) => {
    const resource = resources[index];
    return resource === undefined ? [] : [{ one, resource }];
  });

/** What became of groups themselves, or of links. Not for previews. */
export interface UpkeepEnded {
  /** Why changes were not completed, a line each. */
  readonly failures: readonly string[];
  /** Names of their resources. */
  readonly unfinished: readonly string[];
  /** Names of resources that were to be changed, but that Pulumi left out. */
  readonly leftOut: readonly string[];
}

/** Waits for all of them. If a resource was left alone, its `failed` is from an earlier run, and does not count. */
export async function endOfUpkeep(
  registered: readonly RegisteredUpkeep<ChatGroup | ChatGroupInviteLink | ChatGroupInvitations>[],
  isPlanned: (one: PlannedGroup) => boolean,
  run: string,
): Promise<UpkeepEnded> {
  const ends = await Promise.all(
    registered.map(async ({ one, resource }) => {
      const [failed, by] = await Promise.all([valueOf(resource.failed), valueOf(resource.run)]);
      const { name } = one.desired;
      if (!isPlanned(one)) return { name, failed: undefined, leftOut: undefined };
      return by === run ? { name, failed, leftOut: undefined } : { name, failed: undefined, leftOut: name };
    }),
  );
  return {
    failures: ends.flatMap(({ failed }) => failed ?? []).sort(),
    unfinished: ends.flatMap(({ name, failed }) => (failed === undefined ? [] : [name])),
    leftOut: ends.flatMap(({ leftOut }) => leftOut ?? []),
  };
}
