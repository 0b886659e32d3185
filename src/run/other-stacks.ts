/**
 * Which groups of a stack are also declared by rosters of other stacks of the project. Each of the stacks would remove
 * the people of the other one, and no run lists the people of both.
 *
 * The other stacks' files may have faults. A file that can't be understood counts against a group, because it may
 * declare that group.
 */
import { resolve } from "node:path";
import type { Digits } from "../membership/types";
import { type Claim, type Claims, collide, identityOf, loadClaims } from "../roster";
import type { Settings } from "../settings";
import { whereaboutsOf, worldOf } from "./clear-settings";
import { anyStacksOf } from "./stack-files";
import type { Stack } from "./stacks";

/** A group that the stack declares. */
export interface OwnGroup {
  /** Its GroupId; `identity` for a group that is still to be made. */
  readonly group: string;
  /** `identityOf` its roster. */
  readonly identity: string;
  readonly businessNumber: Digits;
  /** Its roster, relative to the project root. */
  readonly file: string;
}

export interface OwnStack {
  /** The folder of Pulumi.yaml. */
  readonly root: string;
  readonly stack: string;
  /** The folder of its rosters; absolute, or relative to the project root. */
  readonly folder: string;
  readonly endpoint: Settings["endpoint"];
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
}

/** Who else declares a group. */
export interface OtherRoster {
  readonly stack: string;
  /** Relative to the project root. */
  readonly file: string;
  /** Whether the file has no faults; if it has, it only may declare the group. */
  readonly sure: boolean;
}

/** @returns GroupId → who else declares it: the first by stack and file, but files without faults before others */
export function groupsOfOtherStacks(
  groups: readonly OwnGroup[],
  { root, stack: name, folder: own, endpoint, today }: OwnStack,
): ReadonlyMap<string, OtherRoster> {
  const world = worldOf(endpoint);
  const ours = new Map(
    groups.flatMap((one) => [
      [one.group, { ...one, world }],
      [one.identity, { ...one, world }],
    ]),
  );
  const lengths = new Set([...ours.keys()].map(({ length }) => length));
  const others = anyStacksOf(root).filter(
    ({ name: other, folder }) => other !== name && resolve(root, folder) !== resolve(root, own),
  );
  const loaded = new Map<string, Claims>();
  const [sure, unsure] = [new Map<string, OtherRoster>(), new Map<string, OtherRoster>()];
  const add = (claim: Claim, stack: Stack, found: Map<string, OtherRoster>): void => {
    const our = ours.get(claim.identity);
    if (our === undefined || found.has(our.group) || !collide({ ...our, identity: claim.identity }, claim)) return;
    found.set(our.group, { stack: stack.name, file: claim.file, sure: found === sure });
  };

  for (const stack of ours.size === 0 ? [] : others) {
    const claims = loaded.get(stack.folder) ?? loadClaims(stack.folder, { root, today });
    loaded.set(stack.folder, claims);
    const { world, businessNumber: ofStack } = whereaboutsOf(stack);
    for (const { file, businessNumber = ofStack, ...roster } of claims.rosters)
      add({ file, identity: identityOf(roster), world, businessNumber }, stack, sure);
    for (const { file, text } of claims.faulty) {
      const named = text === undefined ? ours.keys() : namedIn(text, ours, lengths);
      for (const identity of named) add({ file, identity, world, businessNumber: undefined }, stack, unsure);
    }
  }
  return new Map([...unsure, ...sure]);
}

/**
 * GroupIds that occur anywhere in a text. It is looked up piece by piece: thousands of files may have faults at once.
 */
function* namedIn(
  text: string,
  ids: ReadonlyMap<string, unknown>,
  lengths: ReadonlySet<number>,
): Generator<string, void> {
  for (const length of lengths) {
    for (let at = 0; at + length <= text.length; at += 1) {
      const piece = text.slice(at, at + length);
      if (ids.has(piece)) yield piece;
    }
  }
}
