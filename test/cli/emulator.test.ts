import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { emulatorCommand } from "../../src/cli/emulator";
import { businessNumber, custSpaceId, groupId, people, rowsOf, sender, stopAll } from "../emulator/client";

let folder: string;
let out: string[];
let err: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-emulator-"));
  [out, err] = [[], []];
  jest.spyOn(process.stdout, "write").mockImplementation((text) => Boolean(out.push(String(text))));
  jest.spyOn(process.stderr, "write").mockImplementation((text) => Boolean(err.push(String(text))));
});
afterEach(async () => {
  await stopAll();
  process.exitCode = 0;
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

async function rollcall(...args: string[]): Promise<void> {
  const program = new Command().exitOverride();
  emulatorCommand(program);
  program.commands.forEach((command) => command.exitOverride());
  await program.parseAsync(["emulator", ...args], { from: "user" });
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe("rollcall emulator", () => {
  it("says where it listens, serves its seed, and stops at SIGTERM", async () => {
    const seed = write(
      "seed.yaml",
      `businessNumbers: {"${businessNumber}": {custSpaceId: ${custSpaceId}, groups: [{groupId: ${groupId}, participants: ${JSON.stringify(people)}}]}}`,
    );
    await rollcall("--port", "0", "--seed", seed, "--access-key-id", "me", "--access-key-secret", "mine");
    expect(out[0]).toMatch(/^rollcall emulator listening on http:\/\/127\.0\.0\.1:\d+\n$/);
    expect(err).toEqual([]);
    const port = Number(/:(\d+)\n/.exec(out[0]!)![1]);
    const send = sender(port, { accessKeyId: "me", accessKeySecret: "mine" });
    expect(rowsOf(await send("ListChatGroupParticipants", { GroupId: groupId }))).toEqual(people);

    process.emit("SIGTERM");
    await expect(send("ListChatGroup")).rejects.toMatchObject({ code: expect.stringMatching(/^ECONN/) as string });
    expect(process.listenerCount("SIGTERM")).toBe(0);
  });

  it("tells what is wrong with a seed, or that there is none", async () => {
    await rollcall("--port", "0", "--seed", write("bad.yaml", "business: 1"));
    expect(process.exitCode).toBe(2);
    expect(err.join("")).toContain("bad.yaml: 2 problems\n");
    await rollcall("--port", "0", "--seed", join(folder, "none.yaml"));
    expect(process.exitCode).toBe(1);
    expect(err.join("")).toMatch(/the seed file .*none\.yaml does not exist; give another with --seed/);
    expect(out).toEqual([]);
  });

  it("tells when its port is taken", async () => {
    await rollcall("--port", "0");
    const port = /:(\d+)\n/.exec(out[0]!)![1]!;
    await rollcall("--port", port);
    expect(process.exitCode).toBe(1);
    expect(err.at(-1)).toBe(
      `rollcall emulator: port ${port} is taken; give another with --port, or --port 0 for a free one.\n`,
    );
    process.emit("SIGINT");
    expect(process.listenerCount("SIGINT")).toBe(0);
  });

  it.each([
    [["--port", "x"], "0 to 65535"],
    [["--port", "70000"], "0 to 65535"],
    [["--qps", "0"], "1 to 100000"],
    [["--throttle-status", "500"], "400, 429, 503"],
  ])("refuses %s", async (args, named) => {
    await expect(rollcall(...args)).rejects.toMatchObject({ code: "commander.invalidArgument" });
    expect(err.join("")).toContain(named);
  });
});
