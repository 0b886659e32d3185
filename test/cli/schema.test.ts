import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OUTPUTS, outputSchemaText, type Output } from "../../src/cli/outputs";
import { schemaCommand } from "../../src/cli/schema";
import { Project } from "./project";

const commands = Object.keys(OUTPUTS) as Output[];

test.each(commands)("schema/output/%s.schema.json is what `rollcall schema %s` prints", async (command) => {
  const project = new Project();
  const { out, code } = await project.run(schemaCommand, "schema", command);
  project.remove();
  const committed = join(__dirname, "..", "..", "schema", "output", `${command}.schema.json`);
  expect([code, out]).toEqual([0, outputSchemaText(command)]);
  expect(readFileSync(committed, "utf8")).toBe(out);
});

test("another version may add fields, but none of these may be missing", () => {
  const schema = JSON.parse(outputSchemaText("plan")) as Record<string, unknown>;
  expect(schema).toMatchObject({ required: ["groups", "refusals", "summary"] });
  expect(JSON.stringify(schema)).not.toContain("additionalProperties");
});

test("who tells no invite link", () => expect(outputSchemaText("who")).not.toContain("inviteLink"));
