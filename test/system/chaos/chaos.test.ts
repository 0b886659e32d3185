import { execFile } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../setup/support";

/** Some runs of the chaos, with each of its stories in them; `npm run chaos -- --runs N --seed S` plays more. */
const RUNS = 12;
const SEED = 4;

test(`pulumi up that is killed, stopped or meets a fault comes to rest, and wrongs nobody: ${RUNS} runs`, async () => {
  const args = [join(ROOT, "scripts/chaos.mjs"), "--runs", `${RUNS}`, "--seed", `${SEED}`, "--jobs", "2"];
  const { code, text } = await new Promise<{ code: number; text: string }>((done) => {
    const child = execFile(process.execPath, args, { maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : (child.exitCode ?? 1), text: stdout + stderr });
    });
  });
  if (code !== 0) throw new Error(text);
  expect(text).toMatch(new RegExp(`^${RUNS} runs of seed ${SEED}: ${RUNS} passed, 0 failed`, "m"));
  const struck = [...text.matchAll(/^(?:everything|engine|provider|program) killed .*?(\d+) +\d+ +\d+ *$/gm)];
  expect(struck.reduce((sum, [, times]) => sum + Number(times), 0)).toBeGreaterThanOrEqual(4);
}, 600_000);
