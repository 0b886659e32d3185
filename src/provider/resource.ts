import * as pulumi from "@pulumi/pulumi";
import * as ambient from "../ambient";
import { Declarations, type Settled } from "./declarations";
import { LAST_LOOK } from "./last-look";
import { ORDER } from "./order";
import { PROVIDER_TEXT } from "./provider-text";
import { checkSettings, isMasked } from "./settings-checked";
import { PREVIEW, PROVIDER, UNDECIDED } from "./shapes";

/** What is declared of one group. */
export interface ChatGroupParticipantsArgs {
  /** CAMS GroupId: opaque, case-sensitive. */
  readonly group: pulumi.Input<string>;
  /** WhatsApp business number that the group belongs to: digits with country code, no plus. */
  readonly businessNumber: pulumi.Input<string>;
  /** CAMS instance id or sub-customer space id, such as `cams-8c8e`. */
  readonly custSpaceId: pulumi.Input<string>;
  /** Who belongs in the group: number in international form → name. At most 8. */
  readonly members: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** What happens to people who are not declared; default: the setting `rollcall:undeclared`. */
  readonly undeclared?: pulumi.Input<"remove" | "report"> | undefined;
  /** What the first run does to people who are not declared; default: the setting `rollcall:onAdopt`. */
  readonly onAdopt?: pulumi.Input<"spare" | "remove"> | undefined;
  /** Whether everybody may be removed; default: false. */
  readonly allowEmpty?: pulumi.Input<boolean> | undefined;
  /** Most people removed in one run; default: the setting `rollcall:maxRemovalsPerGroup`. */
  readonly maxRemovals?: pulumi.Input<number> | undefined;
  /** Numbers that are never removed from this group, digits only. */
  readonly protect?: pulumi.Input<readonly pulumi.Input<string>[]> | undefined;
  /** Numbers that may be in `members` although no country's plan knows them, because CAMS itself lists them so. */
  readonly asListed?: pulumi.Input<readonly pulumi.Input<string>[]> | undefined;
}

/**
 * The participants of one WhatsApp group on CAMS. People who are not declared are removed with
 * `DeleteChatGroupParticipants`; declared people who are not in the group have to join by its invite link. Deleting
 * the resource removes nobody.
 *
 * It is a dynamic resource: a `CustomResource` of type `pulumi-nodejs:dynamic/<module>:<type>` whose input `__provider`
 * is the provider's text. `pulumi.dynamic.Resource` would add nothing else.
 */
export class ChatGroupParticipants extends pulumi.CustomResource {
  /** CAMS GroupId. */
  declare readonly group: pulumi.Output<string>;
  /** Declared members, digits → name. */
  declare readonly members: pulumi.Output<Record<string, string>>;
  /** Who was in the group when it was last written or refreshed: numbers joined by spaces. */
  declare readonly participants: pulumi.Output<string>;

  /** Why the last removal of this group was not completed; undefined when it was. */
  declare readonly failed: pulumi.Output<string | undefined>;

  /** The run of Rollcall's own program that last carried out removals here. */
  declare readonly run: pulumi.Output<string | undefined>;

  constructor(name: string, args: ChatGroupParticipantsArgs, options?: pulumi.CustomResourceOptions) {
    checkSettings();
    const inputs: Record<string, unknown> = {
      ...args,
      [PROVIDER]: PROVIDER_TEXT,
      participants: undefined,
      failed: undefined,
      run: undefined,
    };
    // Rollcall's own program declares each group once, has looked at all of them, and says in its
    // orders what is a preview.
    if (inputs[ORDER] === undefined) {
      inputs[PREVIEW] = pulumi.runtime.isDryRun();
      inputs[UNDECIDED] = admitted(name, args.group);
    }
    if (isMasked()) {
      inputs.members = pulumi.secret(args.members);
      // `check` fills this input. What it returns for a secret input is a secret, too.
      inputs[LAST_LOOK] = pulumi.secret("");
      if (inputs[ORDER] !== undefined) inputs[ORDER] = pulumi.secret(inputs[ORDER]);
    }
    super("pulumi-nodejs:dynamic/cams:ChatGroupParticipants", name, inputs, options);
  }
}

/** The declarations of each run. With the Automation API, a program may run several times in one process. */
const runs = new WeakMap<object, Declarations>();
const OUTSIDE = {};

function declarationsOfThisRun(): Declarations {
  const run = pulumi.runtime.getStackResource() ?? pulumi.runtime.getMonitor() ?? OUTSIDE;
  const declarations = runs.get(run) ?? new Declarations({ ...ambient, now: () => ambient.clock.now() });
  runs.set(run, declarations);
  return declarations;
}

/**
 * An input that becomes known only when the resource may be sent. It holds the names of resources that may declare the
 * same group, if there are any. When a group is declared twice, this input fails, and with it the program. An input
 * that fails ends a program at once; an error that the program throws would keep the CLI waiting for 16 s.
 */
async function admitted(name: string, group: pulumi.Input<string>): Promise<readonly string[] | undefined> {
  const declarations = declarationsOfThisRun();
  const settled = typeof group === "string" ? ({ kind: "known", group } as const) : settle(group);
  const admission = await declarations.declare(name, settled);
  if (admission.kind === "refused") throw refusal(declarations, admission.message);
  return admission.undecided.length === 0 ? undefined : admission.undecided;
}

/** What `pulumi.Output` has besides its types. `apply` does not tell of values that a preview does not know. */
interface Inside {
  promise(withUnknowns: boolean): Promise<unknown>;
  readonly isKnown: Promise<boolean>;
}

/** When Pulumi continues after errors, an output of a resource that failed is known, and its value is `undefined`. */
async function settle(group: pulumi.Input<string>): Promise<Settled> {
  const output = pulumi.output(group) as unknown as Inside;
  // Pulumi itself reports the failure.
  const [value, known] = await Promise.all([output.promise(true), output.isKnown]).catch(() => [undefined, false]);
  if (known === true && typeof value === "string") return { kind: "known", group: value };
  return pulumi.runtime.isDryRun() ? { kind: "later" } : { kind: "missing" };
}

const refusals = new WeakMap<Declarations, Error>();

/** One error for all resources of a run, so that Pulumi prints it once. */
function refusal(declarations: Declarations, message: string): Error {
  const known = refusals.get(declarations);
  if (known !== undefined) return known;
  const error = new pulumi.RunError(message);
  // Pulumi would put "error serializing property" in front of the message, once for each resource.
  Object.defineProperty(error, "message", { get: () => message, set: () => undefined });
  // Pulumi prints this instead of the message when the program has already ended.
  error.stack = message;
  refusals.set(declarations, error);
  return error;
}
