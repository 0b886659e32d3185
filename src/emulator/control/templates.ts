import { z } from "zod";
import { categories, qualities, templateStatuses } from "../messages/types";
import { failed, ok, type ControlAnswer, type ControlParts } from "./answer";

const changeSchema = z.strictObject({
  language: z.string().min(1).optional(),
  status: z.enum(templateStatuses).exactOptional(),
  category: z.enum(categories).exactOptional(),
  quality: z.enum(qualities).exactOptional(),
});

/** `POST /_emulator/templates/<code>`: what Meta makes of a template, in one language or in all: the templates. */
export function changeTemplate({ world }: ControlParts, code: string, body: unknown): ControlAnswer {
  const change = changeSchema.safeParse(body);
  if (!change.success) {
    const wanted = '{"status":"…","category":"…","quality":"…","language":"…"}, all optional';
    return failed(400, `The body must read ${wanted}: ${z.prettifyError(change.error)}`);
  }
  const { language, ...changed } = change.data;
  const found = [...world.businesses.values()].flatMap((business) =>
    [...business.templates.values()]
      .filter((template) => template.code === code && (language ?? template.language) === template.language)
      .map((template) => ({ business, template: { ...template, ...changed } })),
  );
  if (found.length === 0)
    return failed(404, `There is no template ${code}${language === undefined ? "" : ` in ${language}`}.`);
  for (const { business, template } of found) world.putTemplate(business, template);
  return ok(found.map(({ template }) => template));
}
