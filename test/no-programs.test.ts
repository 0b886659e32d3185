import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";

/** jest.config.cjs puts test/no-programs.cjs in the place of node:child_process. */
test("a unit test that starts a program is told where it belongs", async () => {
  const refusal = /Unit tests start no programs: name .*no-programs\.test\.ts under "system" in jest\.config\.cjs/;
  expect(() => spawnSync("true")).toThrow(refusal);
  await expect(promisify(execFile)("true")).rejects.toThrow(refusal);
});

test("a unit test has five seconds", () => {
  const { [Symbol.for("TEST_TIMEOUT_SYMBOL")]: limit } = globalThis as unknown as Record<symbol, number>;
  expect(limit).toBe(5_000);
});
