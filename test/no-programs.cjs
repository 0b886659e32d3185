/** Stands in for node:child_process in unit tests: a test that starts a program belongs to another project of Jest. */
function refuse() {
  const { testPath = "the test" } = /** @type {typeof globalThis & { expect: jest.Expect }} */ (
    globalThis
  ).expect.getState();
  throw new Error(`Unit tests start no programs: name ${testPath} under "system" in jest.config.cjs.`);
}

const names = ["exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"];
module.exports = Object.fromEntries(names.map((name) => [name, refuse]));
