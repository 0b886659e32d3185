import { z } from "zod";
import { Refusal } from "../errors";
import type { Call } from "./call";

const pageSchema = z.object({ Index: z.int().min(1), Size: z.int().min(1) });

export interface Page {
  /** From 1. */
  readonly index: number;
  readonly size: number;
}

/** The `Page` parameter, a JSON object in the query; Index 1 and Size 10 where it is missing. */
export function pageOf(call: Call): Page {
  const text = call.params.get("Page");
  if (text === undefined || text === "") return { index: 1, size: Math.min(10, call.manner.pageLimit) };
  const page = pageSchema.safeParse(parseJson(text));
  if (!page.success || page.data.Size > call.manner.pageLimit) {
    const wanted = `It must read {"Index":n,"Size":m} with n >= 1 and 1 <= m <= ${call.manner.pageLimit}.`;
    throw new Refusal("InvalidParameter.PageInvalid", wanted);
  }
  return { index: page.data.Index, size: page.data.Size };
}

/** The page that a call asks for, for who changes its answer: it is asked for rightly, or there is no list to change. */
export function asked(params: ReadonlyMap<string, string>): { Index: number; Size: number } {
  const page = parseJson(params.get("Page") ?? "") as { Index?: number; Size?: number } | undefined;
  return { Index: page?.Index ?? 1, Size: page?.Size ?? 10 };
}

export function slice<T>(rows: readonly T[], { index, size }: Page): T[] {
  return rows.slice((index - 1) * size, index * size);
}

/** The value of a JSON text; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
