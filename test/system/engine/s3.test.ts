/** State on an S3-compatible store: a real server, https://github.com/versity/versitygw, pinned in tools/s3-server. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describeProgram, folder, prepared, type Program } from "../conformance/program";
import { passed } from "../../runs";
import { World } from "./world";

const root = resolve(__dirname, "../../..");
const KEYS = { AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local-secret" };
const BUCKET = "rollcall-state";
const LIST = "ListChatGroupParticipants";
const [ANA, BUDI, STRANGER] = ["628110000001", "628110000002", "6591234567"];

/** Builds the server once for each state of its go.sum. */
function s3Server(): Program {
  const sources = join(root, "tools/s3-server");
  const place = folder("s3-server", [join(sources, "go.sum")]);
  const program = join(place, process.platform === "win32" ? "versitygw.exe" : "versitygw");
  const what = "github.com/versity/versitygw/cmd/versitygw";
  return prepared(place, [program], [["go", "build", "-C", sources, "-trimpath", "-o", program, what]]);
}

/** A port that is free now. */
function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await sleep(100);
  }
  throw new Error(`nothing answers at ${url}`);
}

describeProgram("state on an S3-compatible store", s3Server(), ([program = ""]) => {
  const store = mkdtempSync(join(tmpdir(), "rollcall-s3-"));
  let server: ChildProcess;
  let world: World;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    for (const name of [`data/${BUCKET}`, "meta"]) mkdirSync(join(store, name), { recursive: true });
    const port = await freePort();
    const args = ["--port", `127.0.0.1:${port}`, "posix", "--sidecar", join(store, "meta"), join(store, "data")];
    const keys = { ROOT_ACCESS_KEY: KEYS.AWS_ACCESS_KEY_ID, ROOT_SECRET_KEY: KEYS.AWS_SECRET_ACCESS_KEY };
    server = spawn(program, args, { stdio: "ignore", env: { PATH: process.env.PATH, ...keys } });
    await answers(`http://127.0.0.1:${port}`);
    const how = `endpoint=http://127.0.0.1:${port}&use_path_style=true&region=us-east-1`;
    env = { ...KEYS, PULUMI_BACKEND_URL: `s3://${BUCKET}?${how}` };

    world = await World.start({ EA1: [ANA, BUDI] });
    world.roster("ops", "EA1", { [ANA]: "Ana", [BUDI]: "Budi" });
    passed(await world.pulumi(["stack", "init", "test"], env));
  });
  afterAll(async () => {
    await world.stop();
    const ended = new Promise((done) => server.once("close", done));
    server.kill();
    await ended;
    rmSync(store, { recursive: true, force: true });
  });

  const up = (...args: string[]) => world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview", ...args], env);
  const slowly = (forMs: number) => world.fault({ fault: "slow", action: LIST, afterMs: forMs, times: 1 });
  const locks = () => {
    const kept = join(store, "data", BUCKET, ".pulumi/locks/organization/rollcall/test");
    return existsSync(kept) ? readdirSync(kept) : [];
  };
  const locked = async () => {
    for (let tries = 0; locks().length === 0; tries++) {
      if (tries > 300) throw new Error("the run takes no lock");
      await sleep(50);
    }
  };

  test("up adopts, up again changes nothing and knows the last run, and a removal is carried out", async () => {
    expect(passed(await up()).out).toMatch(/created/);
    expect(existsSync(join(store, "data", BUCKET, ".pulumi/stacks/rollcall/test.json"))).toBe(true);
    passed(await up("--expect-no-changes"));
    await world.join("EA1", STRANGER);
    const { out } = passed(await up());
    expect(out).not.toContain("could not be read");
    expect(await world.participants("EA1")).toEqual([ANA, BUDI]);
  });

  test("of two runs at once the second is refused before it asks anything, and the first ends well", async () => {
    await slowly(5_000);
    const first = up("--expect-no-changes");
    await locked();
    await world.forgetCalls();
    const second = await up();
    expect(second.code).not.toBe(0);
    expect(second.out).toContain("the stack is currently locked by 1 lock(s)");
    passed(await first);
    expect(await world.calls(LIST)).toHaveLength(1);
    expect(locks()).toEqual([]);
  });

  test("a run that was killed leaves its lock, and pulumi cancel takes it away", async () => {
    await slowly(5_000);
    const first = world.begin(["up", "--stack", "test", "--yes", "--skip-preview"], env);
    await locked();
    first.kill();
    await first.ended;
    expect((await up()).out).toContain("the stack is currently locked by 1 lock(s)");
    passed(await world.pulumi(["cancel", "--stack", "test", "--yes"], env));
    passed(await up("--expect-no-changes"));
  });
});
