/** The group itself and its invite link, as resources of programs. See `resource.ts` for what a dynamic resource is. */
import * as pulumi from "@pulumi/pulumi";
import { LAST_LINK } from "./invite-link";
import { CHAT_GROUP, INVITE_LINK, RESOURCE } from "./kinds";
import { ORDER } from "./order";
import { PROVIDER_TEXT } from "./provider-text";
import { checkSettings, isMasked } from "./settings-checked";
import { PREVIEW, PROVIDER } from "./shapes";

/** What is declared of a group itself. */
export interface ChatGroupArgs {
  /** The group's name, 1 to 128 characters. */
  readonly subject: pulumi.Input<string>;
  /** At most 2,048 characters; without it, the description that the group has stays. */
  readonly description?: pulumi.Input<string> | undefined;
  /** CAMS GroupId of a group that is there; without it, the group is made. */
  readonly group?: pulumi.Input<string> | undefined;
  /** WhatsApp business number that owns the group: digits with country code, no plus. */
  readonly businessNumber: pulumi.Input<string>;
  /** CAMS instance id or sub-customer space id, such as `cams-8c8e`. */
  readonly custSpaceId: pulumi.Input<string>;
}

/**
 * One WhatsApp group on CAMS. It is made with `AddChatGroup`, or taken as it is when `group` is given. Its texts are
 * set with `UpdateChatGroup`. Deleting the resource deletes no group.
 */
export class ChatGroup extends pulumi.CustomResource {
  /** CAMS GroupId. A preview does not know the id of a group that is still to be made. */
  declare readonly group: pulumi.Output<string>;
  declare readonly subject: pulumi.Output<string>;
  /** Why the last change was not completed; undefined when it was. */
  declare readonly failed: pulumi.Output<string | undefined>;
  /** The run of Rollcall's own program that changed it last. */
  declare readonly run: pulumi.Output<string | undefined>;

  constructor(name: string, args: ChatGroupArgs, options?: pulumi.CustomResourceOptions) {
    checkSettings();
    const inputs = { group: undefined, ...args, ...inputsOf(CHAT_GROUP, args) };
    super("pulumi-nodejs:dynamic/cams:ChatGroup", name, inputs, options);
  }
}

/** What is declared of a group's invite link. */
export interface ChatGroupInviteLinkArgs {
  /** CAMS GroupId. */
  readonly group: pulumi.Input<string>;
  /** WhatsApp business number that owns the group: digits with country code, no plus. */
  readonly businessNumber: pulumi.Input<string>;
  /** CAMS instance id or sub-customer space id, such as `cams-8c8e`. */
  readonly custSpaceId: pulumi.Input<string>;
  /**
   * `open`: there is always a link. `while-awaited`: there is a link while somebody declared is not in the group. This
   * needs a `ChatGroupParticipants` of the group, on which this resource depends.
   */
  readonly inviteLink: pulumi.Input<"open" | "while-awaited">;
  /** Whenever it changes, the link is renewed. A whole number. */
  readonly linkRevision?: pulumi.Input<number> | undefined;
}

/**
 * The invite link of one group (`AddChatGroupInviteLink`, `DeleteChatGroupInviteLink`). Let this resource depend on the
 * group's `ChatGroupParticipants`. Then the link is renewed after a stranger was removed, and when somebody who may
 * hold it is not declared any more. Deleting the resource changes no link.
 */
export class ChatGroupInviteLink extends pulumi.CustomResource {
  /** CAMS GroupId. */
  declare readonly group: pulumi.Output<string>;
  /** `https://chat.whatsapp.com/…`, empty when there is none. A secret: whoever has it can join. */
  declare readonly link: pulumi.Output<string>;
  /** Why the last change was not completed; undefined when it was. */
  declare readonly failed: pulumi.Output<string | undefined>;
  /** The run of Rollcall's own program that changed it last. */
  declare readonly run: pulumi.Output<string | undefined>;

  constructor(name: string, args: ChatGroupInviteLinkArgs, options?: pulumi.CustomResourceOptions) {
    checkSettings();
    const inputs: Record<string, unknown> = { ...args, link: undefined, ...inputsOf(INVITE_LINK, args) };
    // The order holds the link.
    if (inputs[ORDER] !== undefined) inputs[ORDER] = pulumi.secret(inputs[ORDER]);
    // `check` fills this input. What it returns for a secret input is a secret, too.
    if (isMasked()) inputs[LAST_LINK] = pulumi.secret("");
    const secret = { additionalSecretOutputs: ["link", ...(options?.additionalSecretOutputs ?? [])] };
    super("pulumi-nodejs:dynamic/cams:ChatGroupInviteLink", name, inputs, { ...options, ...secret });
  }
}

/** The inputs that all of these resources have. */
export function inputsOf(resource: string, args: object): Record<string, unknown> {
  const preview = ORDER in args ? {} : { [PREVIEW]: pulumi.runtime.isDryRun() };
  return { [PROVIDER]: PROVIDER_TEXT, [RESOURCE]: resource, failed: undefined, run: undefined, ...preview };
}
