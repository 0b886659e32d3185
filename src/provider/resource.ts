import * as pulumi from "@pulumi/pulumi";
import * as ambient from "../ambient";
import { parseConfig } from "../settings";
import { Declarations, type Settled } from "./declarations";
import { LAST_LOOK } from "./last-look";
import { ORDER } from "./order";
import { PREVIEW, PROVIDER, UNDECIDED, type Policy } from "./shapes";

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
  /** Numbers that CAMS itself lists so and that may stand in `members`, though no country's plan knows them. */
  readonly asListed?: pulumi.Input<readonly pulumi.Input<string>[]> | undefined;
}

/**
 * The provider's text, as it stands in every resource's state. Pulumi's own way would serialise the whole provider by
 * value into each resource, twice: 6.5 kB a group, and old code living on in state. This line loads the installed
 * package instead, from the program's folder, so state stays small and always runs the code that is reviewed. It must
 * never change: state of every release holds it.
 */
const PROVIDER_TEXT =
  'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("cams-rollcall/provider")';

/**
 * The participants of one WhatsApp group on CAMS. People who are not declared are removed with
 * `DeleteChatGroupParticipants`; declared people who are not in the group have to join by its invite link. Deleting
 * the resource removes nobody.
 *
 * A dynamic resource: a `CustomResource` of type `pulumi-nodejs:dynamic/<module>:<type>` whose input `__provider` is
 * the provider's text, which is all that `pulumi.dynamic.Resource` adds to it.
 */
export class ChatGroupParticipants extends pulumi.CustomResource {
  /** CAMS GroupId. */
  declare readonly group: pulumi.Output<string>;
  /** Declared members, digits → name. */
  declare readonly members: pulumi.Output<Record<string, string>>;
  /** Who was in the group when it was last written or refreshed: numbers joined by spaces. */
  declare readonly participants: pulumi.Output<string>;

  /** Why the last removal of this group did not come to its end, when it did not. */
  declare readonly failed: pulumi.Output<string | undefined>;

  /** The run of Rollcall's own program that carried out removals here last. */
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
    // Rollcall's own program has one resource a group, has looked at all of them, and says in its orders what is a preview.
    if (inputs[ORDER] === undefined) {
      inputs[PREVIEW] = pulumi.runtime.isDryRun();
      inputs[UNDECIDED] = admitted(name, args.group);
    }
    if (new pulumi.Config("rollcall").get("display") === "masked") {
      inputs.members = pulumi.secret(args.members);
      // What `check` makes of an input that is a secret is a secret, too.
      inputs[LAST_LOOK] = pulumi.secret("");
      if (inputs[ORDER] !== undefined) inputs[ORDER] = pulumi.secret(inputs[ORDER]);
    }
    super("pulumi-nodejs:dynamic/cams:ChatGroupParticipants", name, inputs, options);
  }
}

/** The declarations of each run: programs of the Automation API may run several times in one process. */
const runs = new WeakMap<object, Declarations>();
const OUTSIDE = {};

function declarationsOfThisRun(): Declarations {
  const run = pulumi.runtime.getStackResource() ?? pulumi.runtime.getMonitor() ?? OUTSIDE;
  const declarations = runs.get(run) ?? new Declarations({ ...ambient, now: () => ambient.clock.now() });
  runs.set(run, declarations);
  return declarations;
}

/**
 * An input that is there only once the resource may be sent: the names of resources of which nobody can tell whether
 * they declare the same group, if there are any. When a group is declared twice, it fails, and with it the program:
 * an input that fails ends a program at once, an error that is thrown out of it keeps the CLI waiting for 16 s.
 */
async function admitted(name: string, group: pulumi.Input<string>): Promise<readonly string[] | undefined> {
  const declarations = declarationsOfThisRun();
  const settled = typeof group === "string" ? ({ kind: "known", group } as const) : settle(group);
  const admission = await declarations.declare(name, settled);
  if (admission.kind === "refused") throw refusal(declarations, admission.message);
  return admission.undecided.length === 0 ? undefined : admission.undecided;
}

/** What `pulumi.Output` has besides its types: `apply` says nothing of values that a preview does not know. */
interface Inside {
  promise(withUnknowns: boolean): Promise<unknown>;
  readonly isKnown: Promise<boolean>;
}

/** An output of a resource that failed is known to be `undefined` where Pulumi goes on after errors. */
async function settle(group: pulumi.Input<string>): Promise<Settled> {
  const output = pulumi.output(group) as unknown as Inside;
  // Pulumi tells of a failure itself.
  const [value, known] = await Promise.all([output.promise(true), output.isKnown]).catch(() => [undefined, false]);
  if (known === true && typeof value === "string") return { kind: "known", group: value };
  return pulumi.runtime.isDryRun() ? { kind: "later" } : { kind: "missing" };
}

const refusals = new WeakMap<Declarations, Error>();

/** One error for all resources of a run, which Pulumi tells once. */
function refusal(declarations: Declarations, message: string): Error {
  const known = refusals.get(declarations);
  if (known !== undefined) return known;
  const error = new pulumi.RunError(message);
  // Pulumi would put "error serializing property" before it, once for each resource.
  Object.defineProperty(error, "message", { get: () => message, set: () => undefined });
  // Told instead of the message where the program has come to its end already.
  error.stack = message;
  refusals.set(declarations, error);
  return error;
}

let settingsAreChecked = false;

/** A misspelt setting, or one in a misspelt namespace, would leave a limit at its default without a word. */
function checkSettings(): void {
  if (settingsAreChecked) return;
  const parsed = parseConfig(pulumi.runtime.allConfig(), pulumi.getProject());
  if (parsed.kind === "invalid") throw new pulumi.RunError(`wrong settings:\n${parsed.problems.join("\n")}`);
  settingsAreChecked = true;
}

/** The same resource, with the order of Rollcall's own program. */
export type OrderedArgs = Omit<ChatGroupParticipantsArgs, keyof Policy> & { readonly [ORDER]: string };
