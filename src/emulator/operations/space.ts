import { Refusal } from "../errors";
import type { Business } from "../groups/types";
import { templateKey } from "../messages/rules";
import type { Template } from "../messages/types";
import { optional, type Call } from "./call";

/**
 * The business numbers of the call's CustSpaceId; of all, where none is given: it is documented as optional for the operations
 * that are about templates and business numbers.
 */
export function spaceOf(call: Call): Business[] {
  const custSpaceId = optional(call, "CustSpaceId");
  const businesses = [...call.world.businesses.values()];
  if (custSpaceId === undefined) return businesses;
  const own = businesses.filter((business) => business.custSpaceId === custSpaceId);
  if (own.length === 0) throw new Refusal("Authentication.NoAuth");
  return own;
}

/** The template that the call names by TemplateCode and Language. A template belongs to all numbers of its CustSpaceId. */
export function templateOf(call: Call, businesses: readonly Business[]): Template {
  const [code, language] = [optional(call, "TemplateCode"), optional(call, "Language")];
  if (code === undefined) throw new Refusal("InvalidParameter.TemplateCodeNotEmpty");
  if (language === undefined) throw new Refusal("InvalidParameter.LanguageNotEmpty");
  const key = templateKey({ code, language });
  const [found] = businesses.flatMap(({ templates }) => templates.get(key) ?? []);
  if (found === undefined) {
    throw new Refusal("DetailError.TemplateNotExist", `TemplateCode ${code}, Language ${language}.`);
  }
  return found;
}

/** A parameter that is a whole number of milliseconds; undefined when it is not given. */
export function timeOf(call: Call, name: string): number | undefined {
  const text = optional(call, name);
  if (text === undefined) return undefined;
  if (!/^[0-9]{1,15}$/.test(text)) {
    throw new Refusal("InvalidParameter.TimeInvalid", `${name} must be milliseconds since 1970.`);
  }
  return Number(text);
}
