/**
 * The group itself. `create` makes it at CAMS, or takes the group whose id is given as it is, and then sets its texts.
 * Deleting the resource deletes nothing.
 */
import { z } from "zod";
import * as ambient from "../ambient";
import { CamsError, MOST_CHARACTERS, type Account, type GroupList } from "../cams";
import { makeGroup } from "../execution/upkeep/make-group";
import { setTexts } from "../execution/upkeep/set-texts";
import { textsToSet } from "../groups/plan";
import { safeLines, safeTitle, unmarked } from "../text/clean";
import { account, groupId } from "./account-arguments";
import type { CheckFailure, CheckResult } from "./check";
import { CHAT_GROUP, RESOURCE, type Kind } from "./kinds";
import { ORDER } from "./order";
import { HELD, type Session, type UpkeepEnd } from "./session";
import { PREVIEW, PROVIDER, UNKNOWN, type Bag } from "./shapes";
import { bare, carryOut, changeOf, changeText, keepUpkeep, mustWrite, type Change, type UpkeepCommon } from "./upkeep";
import { hasUnknown } from "./unknown";

/** What the program hands over for one group itself. */
export type ChatGroupOrder = UpkeepCommon &
  (
    | {
        readonly kind: "carry out";
        /** The roster's name and file, for messages. */
        readonly name: string;
        readonly file: string;
        /** CAMS GroupId; null for a group that is to be made. */
        readonly group: string | null;
        /** Whether an earlier run asked CAMS to make it, and it is not known whether it was made. */
        readonly asked: boolean;
        readonly change: Change;
      }
    | { readonly kind: "leave alone" }
  );

/** The input that says when the group was asked for, ISO 8601. It puts the intent on record before the call. */
export const ASKED = "asked";
/** The output of a group of which it is not known whether it was made. */
export const PENDING = "pending";

interface Inputs {
  readonly subject: string;
  readonly description?: string | undefined;
  readonly group?: string | undefined;
  readonly businessNumber: string;
  readonly custSpaceId: string;
}

const schema = z.strictObject({
  subject: z
    .string("it has to be the group's name")
    .regex(
      safeTitle(MOST_CHARACTERS.subject),
      `it has to be one line of 1 to ${MOST_CHARACTERS.subject} characters, without blanks at its ends`,
    ),
  description: z
    .string("it has to be text")
    .regex(
      safeLines(MOST_CHARACTERS.description),
      `it may have at most ${MOST_CHARACTERS.description} characters, all of which can be seen`,
    )
    .optional(),
  group: groupId.optional(),
  ...account,
});

export const chatGroup: Kind = {
  check(session, olds, news): CheckResult {
    const order = typeof news[ORDER] === "string" ? (JSON.parse(news[ORDER]) as ChatGroupOrder) : undefined;
    if (order !== undefined) session.root = order.root;
    if (order?.kind === "leave alone") return leaveAlone(session, olds, news, order);
    const { [PROVIDER]: _text, [ORDER]: _order, [PREVIEW]: preview, [RESOURCE]: _kind, ...given } = news;
    if (hasUnknown(given)) return { inputs: { ...given, [RESOURCE]: CHAT_GROUP } };
    const parsed = schema.safeParse(given);
    if (!parsed.success) return { failures: faultsOf(parsed.error) };
    const inputs: Inputs = parsed.data;
    const isNew = typeof olds.subject !== "string";
    const own: Change = isNew && inputs.group === undefined ? { create: inputs.subject } : {};
    const change = order?.plan?.change ?? order?.change ?? own;
    const key = keyOf(inputs);
    const kept = keepUpkeep(session, key, {
      change: changeText(change),
      carryOut: (before) => write(session, inputs, order, change, before),
      isStale: (outputs) => isStale(inputs, outputs),
      stays: order?.plan?.writes === false,
      run: order?.run,
      awaited: order !== undefined,
    });
    if (!kept) return { failures: [{ property: "subject", reason: `two resources are about ${describe(inputs)}` }] };
    const isPreview = order?.preview ?? preview === true;
    const asked = "create" in change ? (isPreview ? UNKNOWN : ambient.now()) : olds[ASKED];
    return {
      inputs: {
        ...{ [RESOURCE]: CHAT_GROUP, ...inputs },
        ...changeOf(change),
        ...(asked === undefined ? {} : { [ASKED]: asked }),
      },
    };
  },

  diff: (session, olds, news) => ({ changes: mustWrite(session, keyOf(news), olds, news), replaces: [] }),

  async create(session, news) {
    const outs = await carryOut(session, keyOf(news), describe(news), undefined, news, idOf);
    return { id: idOf(outs), outs };
  },

  update: (session, olds, news) => carryOut(session, keyOf(news), describe(news), olds, news, idOf),

  async read(session, id, props) {
    const { drift: _, ...state } = props;
    const asItWas = (why: string) => {
      session.keeper.warn(`${id}: not compared: ${why}`);
      return { props };
    };
    const { group } = props;
    if (typeof group !== "string" || group === "") return { props };
    const listed = await listedOnce(session, accountOf(session, props)).catch((error: unknown) => {
      if (error instanceof CamsError && error.kind !== "access" && error.kind !== "unreachable") return error;
      throw error;
    });
    if (listed instanceof CamsError) return asItWas(listed.message);
    const row = listed.find((one) => one.group === group);
    if (row === undefined) return asItWas("CAMS does not list the group");
    const { subject, description } = props as unknown as Inputs;
    const differs = Object.entries(textsToSet({ subject, description }, row)).map(([key, { from }]) => [
      key,
      unmarked(from),
    ]);
    return { props: differs.length === 0 ? state : { ...state, drift: Object.fromEntries(differs) as object } };
  },
};

/** One listing of an account serves all resources that only look. Throws `CamsError`. */
export const listedOnce = ({ keeper }: Session, account: Account): Promise<GroupList> =>
  keeper.lists.list(account, -Infinity);

export function accountOf({ settings }: Session, bag: Bag): Account {
  const { businessNumber, custSpaceId } = bag as unknown as Pick<Account, "businessNumber" | "custSpaceId">;
  return { businessNumber, custSpaceId, channelType: settings.channelType };
}

export const faultsOf = (error: z.ZodError): readonly CheckFailure[] =>
  error.issues.map((issue) => ({
    property: issue.code === "unrecognized_keys" ? issue.keys.join(", ") : issue.path.join("."),
    reason: issue.code === "unrecognized_keys" ? "there is no such argument" : issue.message,
  }));

/** A group without an id is identified by its subject. */
const keyOf = (bag: Bag | Inputs): string => {
  const { group, subject, businessNumber, custSpaceId } = bag as Partial<Inputs>;
  return JSON.stringify([CHAT_GROUP, businessNumber, custSpaceId, group ?? null, group === undefined ? subject : null]);
};

const describe = (bag: Bag | Inputs): string => {
  const { group, subject = "" } = bag as Partial<Inputs>;
  return group ?? `the group "${subject}"`;
};

const idOf = ({ group, subject }: Bag): string =>
  typeof group === "string" && group !== "" ? group : `not known yet: ${String(subject)}`;

function isStale(inputs: Inputs, outputs: Bag): boolean {
  return (
    outputs.group === "" ||
    (inputs.group !== undefined && inputs.group !== outputs.group) ||
    inputs.subject !== outputs.subject ||
    inputs.description !== outputs.description
  );
}

/**
 * A group that is left alone keeps the inputs of the last run. If a reviewed plan binds them, it has those of the plan.
 */
function leaveAlone(session: Session, olds: Bag, news: Bag, { plan }: UpkeepCommon): CheckResult {
  const inputs = plan === undefined ? bare(olds) : { ...bare(news), ...changeOf(plan.change) };
  session.upkeep.set(keyOf(inputs), HELD);
  const asked = olds[ASKED];
  return { inputs: { ...inputs, [RESOURCE]: CHAT_GROUP, ...(asked === undefined ? {} : { [ASKED]: asked }) } };
}

const noRecord = (name: string): string =>
  `${name}: the group was not made, since PULUMI_SKIP_CHECKPOINTS keeps Pulumi from noting what it begins: a run that is killed could not tell ` +
  "that it has asked for the group. Run pulumi up without it until the group is made";

/** Makes the group where it has to be, and sets its texts. */
async function write(
  session: Session,
  inputs: Inputs,
  order: Extract<ChatGroupOrder, { kind: "carry out" }> | undefined,
  change: Change,
  olds: Bag | undefined,
): Promise<UpkeepEnd> {
  const { subject, description, businessNumber, custSpaceId } = inputs;
  const account = accountOf(session, inputs as unknown as Bag);
  const outputsOf = (group: string, more: Bag = {}): Bag => ({
    ...{ [RESOURCE]: CHAT_GROUP, group, subject, businessNumber, custSpaceId },
    ...(description === undefined ? {} : { description }),
    ...more,
  });
  const recorded = typeof olds?.group === "string" && olds.group !== "" ? olds.group : undefined;
  const known = inputs.group ?? order?.group ?? recorded;
  const name = order?.name ?? describe(inputs);
  const file = order?.file ?? "the arguments of the resource";
  // The record that the group was asked for stays until it is known whether the group was made.
  const asked = order?.asked === true || olds?.[PENDING] === true;
  const pending: Bag = asked ? { [PENDING]: true } : {};
  const notMade = (why: string): UpkeepEnd => {
    if (order === undefined && olds === undefined) throw new Error(why);
    return { outputs: outputsOf("", pending), failed: why };
  };
  try {
    if (known !== undefined) {
      // What the program ordered is all that is set: nobody has reviewed a difference that came since.
      const isOrdered = (text: "subject" | "description"): boolean => order === undefined || text in change;
      const texts = {
        subject: isOrdered("subject") ? subject : undefined,
        description: isOrdered("description") ? description : undefined,
      };
      const failed = await setTexts(known, texts, { account, name }, session.keeper);
      return { outputs: outputsOf(known), failed };
    }
    if (order?.plan !== undefined && !("create" in change))
      return notMade(`${name}: the group was not made, since the reviewed plan does not name it. Make a new plan`);
    // A killed run must leave behind that it has asked for a group.
    if (ambient.skipsCheckpoints()) return notMade(noRecord(name));
    // Pulumi makes this call once for each resource.
    if (session.asked.has(keyOf(inputs)))
      return notMade(
        `${name}: another resource makes a group with this subject, too, and CAMS could not tell the two apart`,
      );
    session.asked.add(keyOf(inputs));
    const made = await makeGroup({ account, name, file, subject, description, asked }, session.keeper);
    switch (made.kind) {
      case "made":
        return {
          outputs: outputsOf(made.group),
          failed:
            made.status === "ACTIVE"
              ? undefined
              : `${name} (${made.group}): the group is made, and is still ${made.status}: nobody can join before it is ACTIVE. Run pulumi up again later`,
        };
      case "not made":
        return notMade(made.why);
      case "not known":
        return { outputs: outputsOf("", { [PENDING]: true }), failed: made.why };
    }
  } catch (error) {
    if (!(error instanceof CamsError)) throw error;
    if (order === undefined && olds === undefined && known === undefined) throw error;
    return {
      outputs: known === undefined ? outputsOf("", pending) : outputsOf(known),
      failed: `${name}: ${error.message}`,
    };
  }
}
