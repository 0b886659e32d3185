/**
 * Every code that the local CAMS can answer with, and when it does. The table is the behaviour and the documentation
 * (`docs/emulator.md` is generated from it).
 *
 * `gateway` codes come from Alibaba Cloud's front door, with an HTTP status of their own and HostId and Recommend in the
 * body; `cams` and `meta` codes are answers of the product: HTTP 200, and only `Code` tells. Meta's codes are passed
 * through as six digits: that they come in `Code` is a guess (the public record shows `#131215` without saying where).
 */
export type Layer = "gateway" | "cams" | "meta";

export interface ErrorEntry {
  readonly layer: Layer;
  readonly http: number;
  readonly message: string;
  /** When the emulator itself answers so; without it the code comes by a fault only. */
  readonly when?: string;
}

export const errors = {
  "InvalidAction.NotFound": {
    layer: "gateway",
    http: 404,
    message: "Specified api is not found, please check your url and method.",
    when: "an action that is not played, or a path other than /",
  },
  InvalidVersion: {
    layer: "gateway",
    http: 400,
    message: "Specified parameter Version is not valid.",
    when: "a version other than 2020-06-06, or none",
  },
  UnsupportedHTTPMethod: {
    layer: "gateway",
    http: 405,
    message: "This HTTP method is not supported.",
    when: "a method other than POST and GET",
  },
  RequestTooLarge: {
    layer: "gateway",
    http: 413,
    message: "The request body is too large.",
    when: "a body of more than 64 KiB",
  },
  IncompleteSignature: {
    layer: "gateway",
    http: 400,
    message: "The request signature does not conform to Aliyun standards.",
    when: "no signature, one that cannot be read, or one over fewer headers than must be there and signed",
  },
  "InvalidAccessKeyId.NotFound": {
    layer: "gateway",
    http: 404,
    message: "Specified access key is not found.",
    when: "an access key id other than the emulator's",
  },
  SignatureDoesNotMatch: {
    layer: "gateway",
    http: 400,
    message: "Specified signature is not matched with our calculation.",
    when: "a signature made with another secret or over other contents, or a body whose hash is not the one that was signed",
  },
  "InvalidTimeStamp.Format": {
    layer: "gateway",
    http: 400,
    message: "Specified time stamp or date value is not well formatted.",
    when: "x-acs-date or Timestamp not of the form YYYY-MM-DDThh:mm:ssZ",
  },
  "InvalidTimeStamp.Expired": {
    layer: "gateway",
    http: 400,
    message: "Specified time stamp or date value is expired.",
    when: "a date more than 15 minutes off",
  },
  SignatureNonceUsed: {
    layer: "gateway",
    http: 400,
    message: "Specified signature nonce was used already.",
    when: "a nonce seen before",
  },
  MissingParameter: {
    layer: "gateway",
    http: 400,
    message: "A required parameter is missing.",
    when: "as Missing<Name>, such as MissingGroupId: a required parameter is not there",
  },
  "Throttling.User": {
    layer: "gateway",
    http: 400,
    message: "Request was denied due to user flow control.",
    when: "more calls a second than --qps, or with --qps than an operation's own limit (the status is --throttle-status)",
  },
  Throttling: { layer: "gateway", http: 400, message: "Request was denied due to request throttling." },
  "Throttling.Api": { layer: "gateway", http: 400, message: "Request was denied due to api flow control." },
  "Forbidden.RAM": {
    layer: "gateway",
    http: 403,
    message: "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
  },
  "InvalidAccessKeyId.Inactive": { layer: "gateway", http: 400, message: "Specified access key is disabled." },
  "InvalidSecurityToken.Expired": { layer: "gateway", http: 400, message: "Specified SecurityToken is expired." },
  "InvalidSecurityToken.Malformed": { layer: "gateway", http: 400, message: "Specified SecurityToken is malformed." },
  "Account.Arrearage": { layer: "gateway", http: 403, message: "Your account has an outstanding payment." },
  InternalError: {
    layer: "gateway",
    http: 500,
    message: "The request processing has failed due to some unknown error.",
    when: "an error of the emulator itself; please report it",
  },
  ServiceUnavailable: {
    layer: "gateway",
    http: 503,
    message: "The request has failed due to a temporary failure of the server.",
  },
  "DetailError.TemplateNotExist": {
    layer: "gateway",
    http: 400,
    message: "The template is not exist.",
    when: "a TemplateCode that the CustSpaceId doesn't have in this Language",
  },
  "Authentication.NoAuth": {
    layer: "cams",
    http: 200,
    message: "The business number does not belong to the CustSpaceId.",
    when: "BusinessNumber (or From) and CustSpaceId that do not belong together, or are not in the seed",
  },
  "InvalidParameter.FromOnlyNumeric": {
    layer: "cams",
    http: 200,
    message: "The business number may consist of digits only.",
    when: "a BusinessNumber or From with a plus, spaces or dashes",
  },
  "InvalidParameter.ToOnlyNumeric": {
    layer: "cams",
    http: 200,
    message: "A person's number may consist of digits only.",
    when: "a ParticipantNumber that is neither digits nor a business-scoped user id; a To or UserNumber that is not digits",
  },
  "InvalidParameter.ChannelTypeNotSupport": {
    layer: "cams",
    http: 200,
    message: "The channel type is not supported.",
    when: "a ChannelType other than WHATSAPP, and other than whatsapp for SendChatappMessage",
  },
  "InvalidParameter.PageInvalid": {
    layer: "cams",
    http: 200,
    message: "The page is not valid.",
    when: "a Page that is not {Index >= 1, 1 <= Size <= --page-limit}",
  },
  "InvalidParameter.ListInvalid": {
    layer: "cams",
    http: 200,
    message: "The participant list is not valid.",
    when: "a delete without List, with an empty one, with more than 8 entries, or one that cannot be read; nothing is removed",
  },
  "InvalidParameter.SubjectInvalid": {
    layer: "cams",
    http: 200,
    message: "The subject or the description is not valid.",
    when: "a Subject that is missing, blank or longer than 128, or a Description longer than 2048",
  },
  "InvalidParameter.PhoneNumberError": {
    layer: "cams",
    http: 200,
    message: "The phone number is invalid.",
    when: "a To of less than 5 or more than 15 digits",
  },
  "InvalidParameter.TemplateCodeNotEmpty": {
    layer: "cams",
    http: 200,
    message: "The template code must be specified.",
    when: "a template message or a GetChatappTemplateDetail without TemplateCode",
  },
  "InvalidParameter.LanguageNotEmpty": {
    layer: "cams",
    http: 200,
    message: "The language must be specified.",
    when: "a template message without Language",
  },
  "InvalidParameter.LanguageNotSupport": { layer: "cams", http: 200, message: "The language is not supported." },
  "InvalidParameter.TemplateTypeNotSupport": {
    layer: "cams",
    http: 200,
    message: "The template type is not supported.",
    when: "a TemplateType other than WHATSAPP",
  },
  "InvalidParameter.MessageInvalid": {
    layer: "cams",
    http: 200,
    message: "The message is not valid.",
    when: "TemplateParams that are no JSON object of texts, that lack a variable, or whose value Meta doesn't take",
  },
  "InvalidParameter.MessageTypeNotSupport": {
    layer: "cams",
    http: 200,
    message: "The message type is not supported.",
    when: "a Type other than template and message",
  },
  "InvalidParameter.MessageTypeNotEmpty": {
    layer: "cams",
    http: 200,
    message: "The message type must be specified.",
    when: "a message without template and without MessageType",
  },
  "InvalidParameter.ContentNotEmpty": {
    layer: "cams",
    http: 200,
    message: "The message content must be specified.",
    when: "a message without template and without Content",
  },
  "InvalidParameter.ContentError": { layer: "cams", http: 200, message: "The message content is not valid." },
  "InvalidParameter.TimeInvalid": {
    layer: "cams",
    http: 200,
    message: "The time is not valid.",
    when: "a StartTime or EndTime that is not milliseconds since 1970",
  },
  "130429": { layer: "meta", http: 200, message: "Too many messages from this business number in a short time." },
  "131000": { layer: "meta", http: 200, message: "Something went wrong." },
  "131026": { layer: "meta", http: 200, message: "Message undeliverable." },
  "131041": {
    layer: "meta",
    http: 200,
    message: "Group unknown, or the business is not a member of it.",
    when: "a GroupId that the business number does not have, or a write on a group that is CREATING or DELETING",
  },
  "131047": {
    layer: "meta",
    http: 200,
    message: "More than 24 hours have passed since the person last wrote.",
    when: "a message without template: nobody writes to a business number here",
  },
  "131049": { layer: "meta", http: 200, message: "Not delivered, to keep the number of marketing messages low." },
  "131050": { layer: "meta", http: 200, message: "The person has opted out of marketing messages." },
  "131056": { layer: "meta", http: 200, message: "Too many messages to the same person in a short time." },
  "131201": { layer: "meta", http: 200, message: "Some participants could not be removed." },
  "131202": {
    layer: "meta",
    http: 200,
    message: "Duplicate participants in the request.",
    when: "a delete list that names somebody twice; nothing is removed",
  },
  "131204": { layer: "meta", http: 200, message: "The group is over the participant limit." },
  "131207": {
    layer: "meta",
    http: 200,
    message: "The group is suspended.",
    when: "a write on a SUSPENDED group",
  },
  "131208": { layer: "meta", http: 200, message: "Too many group operations from this business number." },
  "131209": { layer: "meta", http: 200, message: "The profile picture is not square." },
  "131210": { layer: "meta", http: 200, message: "The profile picture is too small." },
  "131211": {
    layer: "meta",
    http: 200,
    message: "The business number has reached its number of groups.",
    when: "a group beyond 10,000 of one business number",
  },
  "131212": {
    layer: "meta",
    http: 200,
    message: "The participant is not a member of the group.",
    when: "a delete list of which nobody is in the group",
  },
  "131214": { layer: "meta", http: 200, message: "Creating groups is disabled for the time being." },
  "131215": { layer: "meta", http: 200, message: "The business number is not eligible for groups." },
  "132001": {
    layer: "meta",
    http: 200,
    message: "The template does not exist in this language, or it has not been approved.",
    when: "a message by a template that is fail, auditing or unaudit",
  },
  "132015": {
    layer: "meta",
    http: 200,
    message: "The template is paused for low quality.",
    when: "a message by a template that is paused",
  },
  "132016": {
    layer: "meta",
    http: 200,
    message: "The template is disabled for low quality.",
    when: "a message by a template that is disabled",
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errors;

/** An answer that is not OK. `code` may differ from the entry's, as in `MissingGroupId`. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly layer: Layer;
  readonly http: number;
  readonly code: string;

  constructor(entry: ErrorCode, detail?: string, code: string = entry) {
    const { layer, http, message } = errors[entry];
    const prefix = layer === "meta" ? `(#${entry}) ` : "";
    super(prefix + (detail === undefined ? message : `${message} ${detail}`));
    this.layer = layer;
    this.http = http;
    this.code = code;
  }
}

/** `MissingGroupId` and the like: how Alibaba Cloud's gateway names a required parameter that is not there. */
export function missing(name: string): Refusal {
  return new Refusal("MissingParameter", `${name} is mandatory for this action.`, `Missing${name}`);
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errors, code);
}
