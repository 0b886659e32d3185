/** Worlds of stacks that invite people. */
import fc from "fast-check";
import { CALM, type Weather } from "./cams";
import { NUMBERS, STRANGERS } from "./people";
import { FATES, FINE, type AccountStep, type MessagesStep, type PostWeather, type SendStep } from "./post";
import { GROUPS, type Edit, type PostEdit, type Step, type Story } from "./story";
import { USUAL, type Way } from "./way";
import { calm, edit, group, lossy, plan, race, rarely, storm, way } from "./worlds";

const person = fc.constantFrom(...NUMBERS);
const people = (least: number, most: number) => fc.uniqueArray(person, { minLength: least, maxLength: most });

const template = fc.constantFrom(
  ...[
    ...Array<PostEdit>(6).fill({ kind: "template", is: { status: "pass", category: "UTILITY" } }),
    ...([
      { kind: "template", is: { status: "pass", category: "MARKETING" } },
      { kind: "template", is: { status: "fail", category: "UTILITY" } },
      { kind: "template", is: undefined },
    ] satisfies PostEdit[]),
  ],
);

/** What invitations need comes and goes. */
const need: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("consent"), number: person, is: rarely(false, true, 5) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("link"), group, is: rarely("none" as const, "new" as const, 4) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("invite"),
      group,
      is: fc.constantFrom(false, undefined, true, undefined),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("status"),
      group,
      is: rarely("SUSPENDED" as const, "ACTIVE" as const, 2),
    }),
  },
  { weight: 1, arbitrary: template },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("official"), is: rarely(false, true, 5) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("release"),
      numbers: people(1, 4),
      group: fc.option(group, { nil: undefined }),
      until: fc.constantFrom("2099-12-31", "2098-12-31"),
    }),
  },
);

/** Time passes, messages arrive or fail, and people come by them, or leave. */
const life: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("days"), count: fc.constantFrom(1, 3, 7, 31) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("fate"),
      number: person,
      is: fc.constantFrom(
        ...(["delivered", "delivered", "delivered", "read"] as const),
        ...(Object.keys(FATES) as (keyof typeof FATES)[]),
        "passing",
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("follow"), number: person }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom("declare", "declare", "drop", "leave", "join"),
      group,
      number: person,
    }),
  },
);

const inviteEdits: fc.Arbitrary<readonly Edit[]> = fc
  .tuple(
    fc.array(life, { minLength: 1, maxLength: 5 }),
    fc.array(need, { maxLength: 2 }),
    rarely(true, false, 3).chain((is) => fc.array(edit, { maxLength: is ? 3 : 0 })),
  )
  .map((all) => all.flat());

const send = fc.constantFrom<SendStep>(
  ...([
    "ok",
    "ok",
    "ok",
    "without id",
    "lost",
    "lost but done",
    "lost but done",
    "killed",
    "final",
    "passing",
  ] as const),
  ...(["template", "refused", "throttled", "access", "look too old"] as const),
);
const messages = fc.constantFrom<MessagesStep>("ok", "ok", "late", "late", "mute", "unknown outcome");
const accounts = fc.constantFrom<AccountStep>("ok", "ok", "ok", "old links", "old links", "lacking", "unknown outcome");

const badPost: fc.Arbitrary<PostWeather> = fc.record({
  looks: fc.record({ messages, accounts, unseen: rarely(true, false, 10) }),
  sends: fc.array(send, { maxLength: 6 }),
  messages: fc.array(messages, { maxLength: 6 }),
  accounts: fc.array(accounts, { maxLength: 3 }),
  noAudit: rarely(true, false, 20),
});
/** Only calls for messages go wrong. */
const badSends: fc.Arbitrary<PostWeather> = fc
  .array(send, { minLength: 1, maxLength: 6 })
  .map((sends): PostWeather => ({ ...FINE, sends }));

/** Strangers take places, right before messages are sent. */
const crowd: fc.Arbitrary<Weather> = fc.nat(1).map((at) => {
  const moves = GROUPS.flatMap((one) =>
    STRANGERS.map((stranger) => ({ group: one, number: stranger, joins: true, at })),
  );
  return { ...CALM, moves };
});

const weather: fc.Arbitrary<Weather> = fc.oneof(
  { weight: 4, arbitrary: calm },
  { weight: 3, arbitrary: badSends.map((post): Weather => ({ ...CALM, post })) },
  { weight: 3, arbitrary: badPost.map((post): Weather => ({ ...CALM, post })) },
  {
    weight: 1,
    arbitrary: fc
      .record({ other: fc.oneof(race, storm, lossy), post: badPost })
      .map(({ other, post }) => ({ ...other, post })),
  },
  { weight: 1, arbitrary: race },
  { weight: 1, arbitrary: lossy },
  { weight: 1, arbitrary: crowd },
);

const inviteWay: fc.Arbitrary<Way> = fc
  .record({
    way,
    leavesOut: fc.constantFrom<Way["leavesOut"]>(undefined, "people", "senders"),
    killed: fc.oneof(
      { weight: 7, arbitrary: fc.constant(undefined) },
      {
        weight: 2,
        arbitrary: fc.record({ after: fc.nat(5), when: fc.constantFrom("between" as const, "in write" as const) }),
      },
    ),
  })
  .map(({ way: usual, ...rest }): Way => ({ ...usual, ...rest }));

const between: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom("join" as const, "leave" as const), group, number: person }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("consent"), number: person, is: fc.boolean() }) },
  { weight: 1, arbitrary: life },
  { weight: 1, arbitrary: need },
);

const step: fc.Arbitrary<Step> = fc.record({
  edits: inviteEdits,
  weather,
  way: inviteWay,
  plan: fc
    .tuple(plan(between), rarely(true, false, 4), people(1, 4))
    .map(([one, comes, dayCame]) => (one === undefined || !comes ? one : { ...one, dayCame })),
});

/** The first run adopts the groups, and so invites nobody. */
const adopting: Step = { edits: [], weather: CALM, way: USUAL, plan: undefined };

/** All that invitations need is there again. */
const mended: Step = {
  ...adopting,
  edits: [
    { kind: "template", is: { status: "pass", category: "UTILITY" } },
    { kind: "official", is: true },
    ...GROUPS.map((one): Edit => ({ kind: "status", group: one, is: "ACTIVE" })),
    ...GROUPS.map((one): Edit => ({ kind: "link", group: one, is: "new" })),
  ],
};

/** Some of the declared are there, and sometimes strangers. */
const inviteGroup = fc
  .record({
    members: fc.oneof({ weight: 2, arbitrary: people(3, 8) }, { weight: 1, arbitrary: people(8, 8) }),
    there: fc.nat(3),
    strangers: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 2, arbitrary: people(1, 5) }),
    unidentified: rarely(1, 0),
  })
  .map(({ members, there, strangers, unidentified }) => {
    const all = new Set([...members.slice(0, 1 + there), ...strangers]);
    return { members, there: [...all], unidentified };
  });

/** Lists of messages have no texts. */
function silent({ weather: one, ...rest }: Step): Step {
  const { looks, ...post } = one.post ?? FINE;
  const mute = {
    ...post,
    looks: { ...looks, messages: "mute" as const },
    messages: Array<MessagesStep>(8).fill("mute"),
  };
  return { ...rest, weather: { ...one, post: mute } };
}

/** The links of all groups are made anew. */
const relinked = ({ edits, ...rest }: Step): Step => ({
  ...rest,
  edits: [...edits, ...GROUPS.map((one): Edit => ({ kind: "link", group: one, is: "new" }))],
});

const steps = fc
  .record({
    steps: fc.array(step, { minLength: 2, maxLength: 6 }),
    isAdopted: rarely(false, true, 6),
    isMended: rarely(true, false, 2),
    isSilent: rarely(true, false, 6),
    isRelinked: rarely(true, false, 6),
  })
  .map(({ steps: some, isAdopted, isMended, isSilent, isRelinked }) => {
    const heard = isSilent ? some.map(silent) : some;
    const linked = isRelinked ? heard.map(relinked) : heard;
    return [...(isAdopted ? [adopting] : []), ...linked, ...(isMended ? [mended] : [])];
  });

/** Worlds in which people are invited, and in which little else is in the way. */
export const inviteStories: fc.Arbitrary<Story> = fc.record({
  settings: fc.record({
    maxRemovalsPerGroup: fc.constantFrom(1, 8, 8, 8),
    maxRemovalsPerRun: fc.constantFrom(3, 24, 24, 24),
    maxGroupsPerPerson: fc.constant(3),
    onAdopt: rarely("remove" as const, "spare" as const, 6),
    undeclared: rarely("report" as const, "remove" as const, 4),
    protect: fc.constant([]),
    display: rarely("masked" as const, "full" as const, 4),
    refreshAlways: rarely(true, false, 10),
    inviting: fc.record({
      requireConsent: rarely(false, true, 3),
      maxInvitationsPerRun: rarely(2, 20, 10),
      remindAfterDays: fc.constantFrom(0, 3, 7),
      maxReminders: fc.constantFrom(1, 2),
      invitationLapsesAfterDays: fc.constantFrom(8, 30),
    }),
  }),
  groups: fc.array(inviteGroup, { minLength: 1, maxLength: GROUPS.length }),
  consent: people(4, NUMBERS.length),
  steps,
});
