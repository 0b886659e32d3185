import { readFileSync } from "node:fs";
import { join } from "node:path";
import { jsonSchemaText } from "../../../src/roster";

test.each(["roster", "people", "sets", "releases"] as const)(
  "schema/%s.schema.json is what the validator says; else `npm run build && npx rollcall schema`",
  (kind) => {
    const committed = readFileSync(join(__dirname, "../../..", "schema", `${kind}.schema.json`), "utf8");
    expect(committed).toBe(jsonSchemaText(kind));
  },
);
