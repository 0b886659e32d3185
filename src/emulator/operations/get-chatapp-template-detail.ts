import { Refusal } from "../errors";
import type { Json } from "../wire/reply";
import { optional, required, type Call } from "./call";
import { spaceOf, templateOf } from "./space";

/**
 * GetChatappTemplateDetail, by TemplateCode and Language (TemplateName alone is not enough here). AuditStatus is the status of the
 * template as the seed has it. AllowSend is documented for MARKETING templates only.
 */
export function getChatappTemplateDetail(call: Call): Json {
  required(call, "Language");
  const type = optional(call, "TemplateType") ?? "WHATSAPP";
  if (type !== "WHATSAPP") throw new Refusal("InvalidParameter.TemplateTypeNotSupport", `It reads "${type}".`);
  const template = templateOf(call, spaceOf(call));
  const { code, name, language, category, status, body, quality, categoryChangePaused } = template;
  return {
    Data: {
      ...(category === "MARKETING" ? { AllowSend: status === "pass" } : {}),
      AuditStatus: status,
      Category: category,
      CategoryChangePaused: categoryChangePaused,
      Components: [{ Type: "BODY", Text: body }],
      Language: language,
      Name: name,
      QualityScore: quality,
      TemplateCode: code,
      TemplateType: "WHATSAPP",
    },
  };
}
