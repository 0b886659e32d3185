import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./markdown";

test("the pictures show what today's code says, by real runs", () => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts/screenshots.mjs"), "--check"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}, 300_000);

test.each(["pull-request", "who"])("the picture %s.png is small", (name) => {
  expect(statSync(join(root, `docs/${name}.png`)).size).toBeLessThan(150_000);
});
