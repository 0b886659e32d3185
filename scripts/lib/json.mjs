import { readFileSync } from "node:fs";

/**
 * What a file of JSON holds; undefined when it can't be read.
 * @param {string} file
 * @returns {unknown}
 */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
