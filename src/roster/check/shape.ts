/**
 * The shape of the four kinds of files: the only description of it. The validator runs these schemas, and the JSON
 * Schemas of schema/ are generated from them. What a pattern's or a length's failure is called stands with it: the
 * message of a check is the code of the problem.
 */

import { z } from "zod";
import { MOST_CHARACTERS } from "../../cams/limits";
import { safeLines, SAFE_TEXT, safeTitle } from "../../text/clean";
import type { Code } from "../words/codes";

const code = (name: Code): Code => name;

/** A plus, then digits; spaces, dashes, dots and brackets between them mean nothing. */
export const NUMBER_PATTERN = /^\+[0-9(][0-9 ().-]{0,38}$/;
/** A name that people, sets and rosters are called by. */
export const KEY_PATTERN =
  /^[0-9A-Za-z_\u00c0-\u05ff\u0620-\u167f\u1e00-\u1fff\u3040-\ud7ff][0-9A-Za-z_.\u00c0-\u05ff\u0620-\u167f\u1e00-\u1fff\u3040-\ud7ff-]{0,63}$/;
const GROUP_PATTERN = /^[\x21-\x7e]{1,128}$/;

const text = (most: number) => z.string().max(most, code("bad-text")).regex(SAFE_TEXT, code("bad-text"));
/** What editors show instead of the pattern. */
const editor = (patternErrorMessage: string) => ({ patternErrorMessage });
const key = () =>
  z.string().regex(KEY_PATTERN, code("bad-key")).meta(editor("A key: letters, digits, dots, dashes and underscores."));
const day = () => z.iso.date(code("bad-date")).meta(editor("A day: year, month and day, such as 2027-01-31."));
const whatsapp = () =>
  z
    .string()
    .regex(NUMBER_PATTERN, code("bad-number"))
    .meta(editor('A number with plus and country code, in quotes: "+62 812-3456-7890".'));
const keys = () => z.array(key());

const name = text(100).describe("The name that plans and reports show.");
const number = whatsapp()
  .describe("WhatsApp number in quotes, in international form. Spaces, dashes, dots and brackets are allowed.")
  .meta({ examples: ["+62 812-3456-7890"] });
const asListed = z
  .boolean()
  .optional()
  .describe("true: CAMS itself lists the number so, though no country's plan knows it.");
const reason = text(300).optional().describe("Why; for the readers of the roster.");
const until = day()
  .optional()
  .describe("Last day of membership (UTC), such as 2027-01-31. From the next day on the person is removed.");

const ownConsent = day()
  .optional()
  .describe("The day (UTC) on which they agreed to be written to. It goes before that of people.yaml.");

const memberByPerson = z
  .strictObject({ person: key().describe("Key of the person in people.yaml."), until, consent: ownConsent, reason })
  .meta({ title: "A person of people.yaml" });
const memberByNumber = z
  .strictObject({ number, asListed, name, until, consent: ownConsent, reason })
  .meta({ title: "A number and a name" });

/** The largest whole number that a key may have. */
export const MOST = { maxRemovals: 1_000, linkRevision: 1_000_000 } as const;

export const rosterFile = z
  .strictObject({
    group: z
      .string()
      .regex(GROUP_PATTERN, code("bad-group"))
      .optional()
      .describe(
        "GroupId of CAMS, opaque and case-sensitive, such as EA93UU0042. May be left out beside a subject: then the group is made.",
      ),
    subject: z
      .string()
      .regex(safeTitle(MOST_CHARACTERS.subject), code("bad-text"))
      .meta(editor(`One line of at most ${MOST_CHARACTERS.subject} characters, without blanks at its ends.`))
      .optional()
      .describe("The group's name in WhatsApp. Without it, the name that the group has stays."),
    description: z
      .string()
      .regex(safeLines(MOST_CHARACTERS.description), code("bad-text"))
      .meta(editor(`At most ${MOST_CHARACTERS.description} characters that can be seen.`))
      .optional()
      .describe("What the group is for, as WhatsApp shows it. Without it, the description that the group has stays."),
    inviteLink: z
      .enum(["keep", "open", "while-awaited"])
      .optional()
      .describe(
        "keep: the invite link is never touched. open: there is always one. while-awaited: there is one while somebody declared is not in the group. Default: the stack's.",
      ),
    linkRevision: z
      .int()
      .min(0)
      .max(MOST.linkRevision)
      .optional()
      .describe("Whenever it changes, the invite link is made anew: the answer to a link that leaked."),
    invite: z
      .boolean()
      .optional()
      .describe(
        "Whether people who are declared and not in the group are sent its link. Default: true where the stack has a template (invitationTemplate).",
      ),
    businessNumber: z
      .string()
      .regex(/^\+?[0-9][0-9 ().-]{0,38}$/, code("bad-number"))
      .optional()
      .describe("The business number that owns the group, in quotes. Default: the stack's."),
    custSpaceId: z
      .string()
      .regex(GROUP_PATTERN, code("bad-group"))
      .optional()
      .describe("The CAMS space of the business number. Default: the stack's."),
    undeclared: z
      .enum(["remove", "report"])
      .optional()
      .describe("What happens to people in the group who are not declared. Default: the stack's."),
    allowEmpty: z
      .boolean()
      .optional()
      .describe("Permits an empty roster, or the removal of everybody. Default: false."),
    maxRemovals: z
      .int()
      .min(0)
      .max(MOST.maxRemovals)
      .optional()
      .describe("Most people that one run may remove from this group. Default: the stack's maxRemovalsPerGroup."),
    include: keys().optional().describe("Sets of sets.yaml whose people belong in the group."),
    exclude: keys().optional().describe("People (keys of people.yaml) taken out of the included sets."),
    protect: z.array(whatsapp()).optional().describe("Numbers that may be in the group though they are not declared."),
    members: z
      .array(z.union([memberByPerson, memberByNumber]))
      .optional()
      .describe("Who belongs in the group: at most 8 people, with those of the included sets."),
  })
  .meta({
    title: "Roster: the people of one WhatsApp group",
    allOf: [
      { anyOf: [{ required: ["members"] }, { required: ["include"] }] },
      { anyOf: [{ required: ["group"] }, { required: ["subject"] }] },
    ],
  });

/** Most characters of an `id`, in UTF-16 code units. */
export const LONGEST_ID = 128;

const person = z.strictObject({
  number,
  asListed,
  name,
  id: text(LONGEST_ID)
    .optional()
    .describe("Key of the person's record in the source that `rollcall import` reads. No two people have the same."),
  formerly: z.array(whatsapp()).optional().describe("Numbers that were the person's. They are declared nowhere."),
  offboarded: day().optional().describe("From this day (UTC) on the person is declared in no group."),
  consent: day()
    .optional()
    .describe(
      "The day (UTC) on which they agreed to be written to. Without it they are not invited, as the stack says.",
    ),
  reason,
});

export const peopleFile = z
  .strictObject({ people: z.record(key(), person).describe("Everybody whom rosters and sets may name, by key.") })
  .meta({ title: "People whom rosters and sets may name" });

const set = z.strictObject({
  members: keys().optional().describe("Keys of people.yaml."),
  include: keys().optional().describe("Other sets whose people belong to this one."),
  until,
  reason,
});

export const setsFile = z
  .strictObject({ sets: z.record(key(), set).describe("Named sets of people, for `include` in rosters.") })
  .meta({ title: "Sets of people" });

const release = z.strictObject({
  people: z
    .array(z.string().regex(SAFE_TEXT, code("bad-text")))
    .min(1, code("empty-list"))
    .describe("Keys of people.yaml, or numbers in quotes."),
  groups: z
    .array(z.string().regex(SAFE_TEXT, code("bad-text")))
    .min(1, code("empty-list"))
    .optional()
    .describe("Names of rosters, such as jakarta/ops. Default: all."),
  until: day().describe("Last day (UTC) on which the release holds."),
  reason,
});

export const releasesFile = z
  .strictObject({
    releases: z
      .array(release)
      .describe(
        "Removals of exactly these people from exactly these groups count against no limit and are held as no near miss. An invitation of them that failed, lapsed or is unknown may be sent once more.",
      ),
  })
  .meta({ title: "Releases: removals that pass the limits once" });

export const SHAPES = { roster: rosterFile, people: peopleFile, sets: setsFile, releases: releasesFile } as const;
export type Kind = keyof typeof SHAPES;

export type RosterFile = z.output<typeof rosterFile>;
export type PeopleFile = z.output<typeof peopleFile>;
export type SetsFile = z.output<typeof setsFile>;
export type ReleasesFile = z.output<typeof releasesFile>;
