/**
 * Which groups of a stack rosters of other stacks of the project declare too. Each of the stacks would remove the other
 * one's people, and no run lists the people of both.
 *
 * The other stacks' files need not be in order: what can't be understood there counts against the group, since the group
 * may well be theirs.
 */
import { resolve } from "node:path";
import type { Digits } from "../membership/types";
import { type Claim, type Claims, collide, loadClaims } from "../roster";
import type { Settings } from "../settings";
import { whereaboutsOf, worldOf } from "./clear-settings";
import { anyStacksOf } from "./stack-files";
import type { Stack } from "./stacks";

/** A group that the stack declares. */
export interface OwnGroup {
  readonly group: string;
  readonly businessNumber: Digits;
  /** Its roster, relative to the project root. */
  readonly file: string;
}

export interface OwnStack {
  /** The folder of Pulumi.yaml. */
  readonly root: string;
  readonly stack: string;
  /** Of its rosters; absolute, or relative to the project root. */
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
  /** Whether the file is in order; else it only may declare the group. */
  readonly sure: boolean;
}

/** @returns GroupId → who else declares it; of several rosters the first by stack and file, those in order before others */
export function groupsOfOtherStacks(
  groups: readonly OwnGroup[],
  { root, stack: name, folder: own, endpoint, today }: OwnStack,
): ReadonlyMap<string, OtherRoster> {
  const ours = new Map(groups.map((one) => [one.group, { ...one, world: worldOf(endpoint) }]));
  const lengths = new Set([...ours.keys()].map(({ length }) => length));
  const others = anyStacksOf(root).filter(
    ({ name: other, folder }) => other !== name && resolve(root, folder) !== resolve(root, own),
  );
  const loaded = new Map<string, Claims>();
  const [sure, unsure] = [new Map<string, OtherRoster>(), new Map<string, OtherRoster>()];
  const add = (claim: Claim, stack: Stack, found: Map<string, OtherRoster>): void => {
    const our = ours.get(claim.group);
    if (our === undefined || found.has(claim.group) || !collide(our, claim)) return;
    found.set(claim.group, { stack: stack.name, file: claim.file, sure: found === sure });
  };

  for (const stack of ours.size === 0 ? [] : others) {
    const claims = loaded.get(stack.folder) ?? loadClaims(stack.folder, { root, today });
    loaded.set(stack.folder, claims);
    const { world, businessNumber: ofStack } = whereaboutsOf(stack);
    for (const { file, group, businessNumber = ofStack } of claims.rosters)
      add({ file, group, world, businessNumber }, stack, sure);
    for (const { file, text } of claims.faulty) {
      const named = text === undefined ? ours.keys() : namedIn(text, ours, lengths);
      for (const group of named) add({ file, group, world, businessNumber: undefined }, stack, unsure);
    }
  }
  return new Map([...unsure, ...sure]);
}

/** GroupIds that stand in a text, wherever. Looked up piece by piece: thousands of files may have faults at once. */
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
