/**
 * What has to be true of the template and of the sender's number before anybody is written to. What could not be looked
 * at counts as not true.
 */
import type { NumberInfo, TemplateInfo } from "../../cams/types";
import { clean, quote } from "../../text/clean";
import type { InviteTemplate } from "../types";

/** What was seen, or why it could not be seen. `none`: CAMS has no such thing. */
export type Seen<T> =
  | { readonly kind: "seen"; readonly value: T }
  | { readonly kind: "none" }
  | { readonly kind: "not seen"; readonly why: string };

export interface Objection {
  readonly rule: string;
  /** Without the beginning that says that nobody is invited. */
  readonly message: string;
}

/** AuditStatus of a template that may be sent. The reference says `pass`, and an example of it APPROVED. */
const PASSED = /^(pass|passed|approved)$/i;

/** Why no message may be sent with this template; empty when it may. */
export function objectionsToTemplate(
  { code, language, parameters }: InviteTemplate,
  seen: Seen<TemplateInfo>,
): readonly Objection[] {
  const what = `the template ${quote(code)} in ${quote(language)}`;
  if (seen.kind === "not seen")
    return [{ rule: "template-not-passed", message: `${what} could not be looked at. ${seen.why}` }];
  if (seen.kind === "none") {
    const message = `CAMS does not know ${what}. Check rollcall:invitationTemplate and rollcall:invitationLanguage`;
    return [{ rule: "template-not-passed", message }];
  }
  const { status, category, variables } = seen.value;
  const given = Object.keys(parameters);
  const lacking = (variables ?? []).filter((name) => !given.includes(name));
  const lacksLink = variables !== undefined && !variables.some((name) => parameters[name] === "link");
  // A template of which CAMS tells no category may be one for marketing.
  const isMarketing = category === "" || category.toUpperCase() === "MARKETING";
  return [
    ...(PASSED.test(status)
      ? []
      : [
          {
            rule: "template-not-passed",
            message: `${what} has the status ${quote(status)} and can't be sent before it is "pass". Look at it in the console of CAMS`,
          },
        ]),
    ...(isMarketing
      ? [
          {
            rule: "template-is-marketing",
            message:
              `${what} ${category === "" ? "has no category that CAMS tells, and may count" : "counts"} as marketing. Such messages are capped and cost more. ` +
              "Have a template of the category UTILITY passed, and name it in rollcall:invitationTemplate",
          },
        ]
      : []),
    ...(lacksLink
      ? [
          {
            rule: "template-parameters",
            message: `${what} has no variable that rollcall:invitationParameters gives the link, so nobody could join by the message. Name one there, or have a template with one passed`,
          },
        ]
      : []),
    ...(lacking.length === 0
      ? []
      : [
          {
            rule: "template-parameters",
            message: `${what} has variables that rollcall:invitationParameters does not give: ${lacking.map(clean).join(", ")}. Name them there, or take another template`,
          },
        ]),
  ];
}

/** Why no message may be sent from this business number; empty when it may. */
export function objectionsToNumber(businessNumber: string, seen: Seen<NumberInfo>): readonly Objection[] {
  const rule = "number-not-official";
  if (seen.kind === "not seen")
    return [{ rule, message: `the business number ${businessNumber} could not be looked at. ${seen.why}` }];
  if (seen.kind === "none")
    return [
      {
        rule,
        message: `CAMS does not list the business number ${businessNumber} among those of the account. Check rollcall:businessNumber and rollcall:custSpaceId`,
      },
    ];
  if (seen.value.official === true) return [];
  return [
    {
      rule,
      message: `CAMS does not say that the business number ${businessNumber} is that of an Official Business Account, which groups need. Look at the number in the console of CAMS`,
    },
  ];
}
