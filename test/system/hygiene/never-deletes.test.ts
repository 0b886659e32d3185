import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../package/repository";

/** Rollcall never deletes a group at CAMS: no path of it can, since nothing but the local CAMS knows the operation. */
const DELETES_A_GROUP = /DeleteChatGroup(?!Participants|InviteLink)/;

const files = (folder: string, end: RegExp): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => end.test(name))
    .map((name) => `${folder}/${name}`);

test("no source names the operation, but for the local CAMS", () => {
  const sources = files("src", /\.ts$/);
  expect(sources.length).toBeGreaterThan(100);
  const naming = sources.filter((file) => DELETES_A_GROUP.test(readFileSync(join(ROOT, file), "utf8")));
  expect(naming.filter((file) => !file.startsWith("src/emulator/"))).toEqual([]);
  expect(naming).toContain("src/emulator/operations/delete-chat-group.ts");
});

test("no policy allows it, by name or by a pattern", () => {
  const policies = files("policies", /\.json$/);
  expect(policies.length).toBeGreaterThan(1);
  for (const file of policies)
    expect(readFileSync(join(ROOT, file), "utf8")).not.toMatch(/cams:(?:DeleteChatGroup"|[^"]*\*)/);
});
