/** The invitations of one group, as a resource of Rollcall's own program. It is no part of the library. */
import * as pulumi from "@pulumi/pulumi";
import { INVITATIONS } from "./kinds";
import { ORDER } from "./order";
import { checkSettings, isMasked } from "./settings-checked";
import { inputsOf } from "./upkeep-resources";

/** What the invitations of one group are made of. */
export interface ChatGroupInvitationsArgs {
  /** CAMS GroupId. */
  readonly group: pulumi.Input<string>;
  readonly businessNumber: pulumi.Input<string>;
  readonly custSpaceId: pulumi.Input<string>;
  /** `InvitationsOrder` as JSON. */
  readonly [ORDER]: string;
}

/**
 * The invitations of one group (`SendChatappMessage`), for Rollcall's own program alone. It comes after the group's
 * people and its link. Deleting the resource changes nothing.
 */
export class ChatGroupInvitations extends pulumi.CustomResource {
  /** Which attempt the results are of, ISO 8601. */
  declare readonly ended: pulumi.Output<string | undefined>;
  /** Why somebody was not invited; undefined when everybody was. */
  declare readonly failed: pulumi.Output<string | undefined>;
  /** The run that sent them last. */
  declare readonly run: pulumi.Output<string | undefined>;

  constructor(name: string, args: ChatGroupInvitationsArgs, options?: pulumi.CustomResourceOptions) {
    checkSettings();
    const inputs: Record<string, unknown> = {
      ...{ ...args, ended: undefined, results: undefined },
      ...inputsOf(INVITATIONS, args),
    };
    if (isMasked()) inputs[ORDER] = pulumi.secret(args[ORDER]);
    super("pulumi-nodejs:dynamic/cams:ChatGroupInvitations", name, inputs, options);
  }
}
