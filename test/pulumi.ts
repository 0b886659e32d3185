/** What Pulumi and Rollcall's users know by these very words. Tests state them, and do not ask the code for them. */

/** The type token of the resource, as states and plans have it. */
export const TYPE = "pulumi-nodejs:dynamic/cams:ChatGroupParticipants";

/** What Pulumi writes for a value that a preview does not know yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
