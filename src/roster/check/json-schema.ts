/** The shapes as JSON Schemas (draft 7), for editors. schema/ holds what this says; a test compares the two. */

import { z } from "zod";
import { type Kind, SHAPES } from "./shape";

export const KINDS = Object.keys(SHAPES) as readonly Kind[];

export const isKind = (text: string): text is Kind => (KINDS as readonly string[]).includes(text);

export function jsonSchema(kind: Kind): object {
  return z.toJSONSchema(SHAPES[kind], { target: "draft-7", io: "input" });
}

/** As `rollcall schema` prints it and schema/<kind>.schema.json holds it. */
export const jsonSchemaText = (kind: Kind): string => `${JSON.stringify(jsonSchema(kind), undefined, 2)}\n`;
