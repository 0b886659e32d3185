/** The roster room's values. Everything here is plain data; `load.ts` is the only file of the room that reads files. */

import type { Digits } from "../numbers";
import type { Code } from "./words/codes";

export type { Digits };

/** The line of a problem, for the text form. */
export interface Excerpt {
  /** As it stands in the file, not cleaned; of a very long line the part around the fault. */
  readonly text: string;
  /** 0-based place of the fault in `text`, and how much of it is at fault (at least 1), in UTF-16 code units. */
  readonly caret: number;
  readonly length: number;
}

/** A fault in a roster file, at the place where a person would look for it. */
export interface Problem {
  /** Path relative to the project root, with forward slashes. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  /** Stable, kebab-case; documented in docs/roster-reference.md. */
  readonly code: Code;
  /** `warning`s never stop a run. */
  readonly severity: "error" | "warning";
  /** What is wrong, and which. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** Undefined where there is no text to show: an empty file, a missing folder. */
  readonly excerpt: Excerpt | undefined;
}

/** How somebody came into a group: the roster's own entry, or a set, or a set within a set. */
export type Path = readonly string[];

/** Somebody who belongs in a group today. */
export interface Member {
  readonly number: Digits;
  readonly name: string;
  /** Key in people.yaml, when declared by it. */
  readonly person: string | undefined;
  /** `[]`: own entry; `["oncall"]`: through that set; `["oncall", "leads"]`: through leads, which oncall includes. */
  readonly via: Path;
  /** Last day of membership (UTC, `YYYY-MM-DD`), when limited. */
  readonly until: string | undefined;
  /** Day (UTC, `YYYY-MM-DD`) on which they agreed to be written to, of their entry, else of people.yaml. */
  readonly consent: string | undefined;
}

/** One roster, resolved for one day: people looked up, sets unfolded, dates applied. */
export interface Roster {
  /** Path without extension, relative to the stack's folder, such as `jakarta/ops`: the resource's name. */
  readonly name: string;
  /** Path relative to the project root. */
  readonly file: string;
  /** Undefined where the roster names none: then Rollcall makes the group. */
  readonly group: string | undefined;
  /** The group's name; never undefined without a `group`. */
  readonly subject: string | undefined;
  readonly description: string | undefined;
  readonly inviteLink: "keep" | "open" | "while-awaited" | undefined;
  readonly linkRevision: number | undefined;
  /** Whether awaited people are invited; undefined: when the stack has a template. */
  readonly invite: boolean | undefined;
  readonly businessNumber: string | undefined;
  readonly custSpaceId: string | undefined;
  readonly undeclared: "remove" | "report" | undefined;
  readonly allowEmpty: boolean;
  readonly maxRemovals: number | undefined;
  readonly protect: readonly Digits[];
  /** Sorted by number. */
  readonly members: readonly Member[];
  /** People whom this roster names or includes, but who are not declared today because of a date; sorted by number. */
  readonly former: readonly (Member & { readonly reason: "expired" | "offboarded" })[];
}

/** What tells a roster's group from all others of its account: its GroupId, or the subject by which it is made. */
export const identityOf = ({ group, subject = "" }: Pick<Roster, "group" | "subject">): string =>
  group ?? `the group to be made: ${subject}`;

/** One entry of releases.yaml that is in force. */
export interface Release {
  readonly people: readonly Digits[];
  /** Names of rosters; undefined: all. */
  readonly groups: readonly string[] | undefined;
  readonly until: string;
  readonly reason: string | undefined;
  /** Where it stands, for messages: `file:line`. */
  readonly at: string;
}

/** All that one stack's folder says, for one day. */
export interface Rosters {
  /** Sorted by name. */
  readonly rosters: readonly Roster[];
  /** Everybody of people.yaml: digits → name. */
  readonly people: ReadonlyMap<Digits, string>;
  /** The same by their keys: key → digits. */
  readonly keys: ReadonlyMap<string, Digits>;
  /** People whose `offboarded` day has come: declared nowhere. */
  readonly offboarded: ReadonlySet<Digits>;
  /** Former number of somebody in people.yaml → the number that they have now, and their name. */
  readonly formerly: ReadonlyMap<Digits, { readonly number: Digits; readonly name: string }>;
  readonly releases: readonly Release[];
}

/** The outcome of loading a folder: with any problem of severity `error` there are no rosters. */
export type Loaded =
  | { readonly kind: "ok"; readonly rosters: Rosters; readonly problems: readonly Problem[] }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] };
