/** The files of which the page is made: they lie in the package, beside dist/. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PageParts } from "../../report/who/page";

/** @param folder the package's */
export function pagePartsIn(folder: string): PageParts {
  const read = (name: string): string => readFileSync(join(folder, "page", name), "utf8");
  return { html: read("who.html"), style: read("who.css"), script: read("search.js") + read("who.js") };
}

/** In base64. */
export const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64");
