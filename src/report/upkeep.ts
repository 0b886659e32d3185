/**
 * What a run does for groups themselves and for their links, as every report tells it: before who goes, and all of it. A group
 * that is made is there for good, and a new link ends the old one.
 */
import type { LinkAct, Upkeep } from "../groups/types";
import { plural } from "../text/plural";
import type { Section } from "./document";

/** A group as far as that is concerned. */
export interface KeptGroup {
  readonly name: string;
  /** What a group that is made is called. */
  readonly subject?: string | undefined;
  readonly upkeep?: Upkeep | undefined;
}

/** Counts, as summaries give them. */
export interface UpkeepCounts {
  /** Groups that are made. */
  readonly newGroups: number;
  /** Links that are made, renewed or closed. */
  readonly links: number;
}

/** Titles of what is to be done, in the order in which it is told. */
export const TO_MAKE = "groups to make";
export const TO_CHANGE = "groups to change";
export const LINKS = "links";

export type UpkeepTitle = typeof TO_MAKE | typeof TO_CHANGE | typeof LINKS;

/** Names of the columns. */
export const UPKEEP_COLUMNS: Readonly<Record<UpkeepTitle, readonly string[]>> = {
  [TO_MAKE]: ["Group", "Subject"],
  [TO_CHANGE]: ["Group", "What", "From → to"],
  [LINKS]: ["Group", "Link", "Why"],
};

/** What an act does to a link, in words. */
export const LINK_WORDS: Readonly<Record<LinkAct["kind"], string>> = {
  make: "make",
  renew: "renew: the old link ends with it",
  close: "close: nobody can join by it any more",
};

/** Rows of all groups by their titles; cells as they are, in one line. */
export function upkeepRows(groups: readonly KeptGroup[]): readonly (readonly [UpkeepTitle, string[][]])[] {
  return [
    [TO_MAKE, groups.flatMap(({ name, subject = "", upkeep }) => (upkeep?.create === true ? [[name, subject]] : []))],
    [TO_CHANGE, groups.flatMap(({ name, upkeep }) => changesOf(upkeep).map((change) => [name, ...change]))],
    [
      LINKS,
      groups.flatMap(({ name, upkeep }) =>
        upkeep?.link === undefined ? [] : [[name, LINK_WORDS[upkeep.link.kind], upkeep.link.why]],
      ),
    ],
  ];
}

/** Texts that are set: which, and from what to what. */
const changesOf = (upkeep: Upkeep | undefined): string[][] =>
  Object.entries(upkeep?.set ?? {}).map(([text, { from, to }]) => [text, lineEndsShown(`"${from}" → "${to}"`)]);

/** Descriptions may have several lines. */
export const lineEndsShown = (text: string): string => text.replaceAll("\n", " ⏎ ");

export function countUpkeep(groups: readonly KeptGroup[]): UpkeepCounts {
  return {
    newGroups: groups.filter(({ upkeep }) => upkeep?.create === true).length,
    links: groups.filter(({ upkeep }) => upkeep?.link !== undefined).length,
  };
}

/** Groups of which a text is set. */
export const countChanges = (groups: readonly KeptGroup[]): number =>
  groups.filter(({ upkeep }) => changesOf(upkeep).length > 0).length;

/** `1 group to make`, `2 links to renew`: what a headline says of it, nothing where there is nothing to do. */
export function upkeepFacts(groups: readonly KeptGroup[]): readonly string[] {
  const acts = groups.flatMap(({ upkeep }) => upkeep?.link?.kind ?? []);
  const counted = (count: number, noun: string, what: string): readonly string[] =>
    count === 0 ? [] : [`${plural(count, noun)} to ${what}`];
  return [
    ...counted(countUpkeep(groups).newGroups, "group", "make"),
    ...counted(countChanges(groups), "group", "change"),
    ...(["make", "renew", "close"] as const).flatMap((kind) =>
      counted(acts.filter((act) => act === kind).length, "link", kind),
    ),
  ];
}

/** The JSON of one group: only what there is to do. */
export function upkeepJson({ subject, upkeep }: KeptGroup): object {
  if (upkeep === undefined) return {};
  const { create, set, link } = upkeep;
  return {
    ...(create ? { create, subject } : {}),
    ...(Object.keys(set).length === 0 ? {} : { set }),
    ...(link === undefined ? {} : { link: link.kind, linkReason: link.why }),
  };
}

/** Characters of rows: what does not fit is still named. Who goes keeps the rest. */
const MOST_ROWS = 6_000;

export const upkeepSection = (title: string, kind: UpkeepTitle, rows: readonly (readonly string[])[]): Section => ({
  title,
  tone: "plain",
  columns: UPKEEP_COLUMNS[kind],
  rows,
  most: MOST_ROWS,
  namesAll: true,
});
