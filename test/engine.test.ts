import { transformFileSync } from "@swc/core";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type ClientHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { watchEngine } from "../src/engine";

/** A provider's server, and a connection to it, as the engine has one. */
async function provider(): Promise<{
  readonly engine: ClientHttp2Session;
  readonly url: string;
  readonly close: () => void;
}> {
  const server = createServer().on("stream", (stream) => stream.respond({ ":status": 200 }, { endStream: true }));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const engine = connect(url);
  return {
    engine,
    url,
    close: () => {
      engine.destroy();
      server.close();
    },
  };
}

/** Calls a gRPC server as the engine does. */
function call(engine: ClientHttp2Session, method: string): Promise<unknown> {
  return new Promise((done) => {
    const stream = engine.request({ ":method": "POST", ":path": `/pulumirpc.ResourceProvider/${method}` });
    stream.on("response", done).end();
    stream.resume();
  });
}

describe("Pulumi's word that the run is to stop", () => {
  test("is heard on the provider's server, and is no other call", async () => {
    const { engine, close } = await provider();
    try {
      await call(engine, "Configure");
      const { stopped } = watchEngine();
      await call(engine, "Update");
      expect(stopped()).toBe(false);
      await call(engine, "Cancel");
      expect(stopped()).toBe(true);
      await call(engine, "Update");
      expect(stopped()).toBe(true);
    } finally {
      close();
    }
  });

  test("is not there where there is no such server", () => {
    expect(watchEngine().stopped()).toBe(false);
  });
});

describe("an engine that is killed", () => {
  test("is gone when its connection is, and does not come back with another one", async () => {
    const { engine, url, close } = await provider();
    try {
      await call(engine, "Configure");
      const { gone } = watchEngine();
      expect(gone()).toBe(false);
      engine.destroy();
      for (let waited = 0; !gone() && waited < 2_000; waited += 5) await sleep(5);
      expect(gone()).toBe(true);
      const another = connect(url);
      await call(another, "Update");
      expect(gone()).toBe(true);
      another.destroy();
    } finally {
      close();
    }
  });

  test("is not told from none where nobody was connected in the first place", () => {
    const { gone } = watchEngine();
    expect(gone()).toBe(false);
  });

  const onLinux = process.platform === "linux" ? test : test.skip;
  /** Watches without ever giving the event loop a turn: for so long, or until the engine is gone. */
  onLinux.each([
    ["is gone as soon as nobody can write to standard input, between two turns of the event loop", "sleep 0.7 |", true],
    ["is still there while somebody can", "sleep 4 |", false],
    [
      "does not count as gone where standard input was at its end from the outset",
      'true | sh -c \'sleep 0.3; exec "$0" "$1"\'',
      undefined,
    ],
    ["does not count as gone where standard input is no pipe", "", undefined],
  ])("%s", (_, before, gone) => {
    const { status, stdout, stderr } = spawnSync("sh", ["-c", `${before} "$0" "$1"`, process.execPath, program()], {
      encoding: "utf8",
      input: "",
    });
    const [first, ...rest] = stdout.trim().split("\n");
    expect({ status, stderr, first, rest }).toMatchObject({ status: 0, first: "there" });
    expect(rest).toEqual(gone === true ? ["gone"] : ["there"]);
  });
});

const folder = mkdtempSync(join(tmpdir(), "rollcall-watch-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(): string {
  const file = join(folder, "watch.cjs");
  const { code } = transformFileSync(join(__dirname, "../src/engine.ts"), {
    jsc: { parser: { syntax: "typescript" }, target: "es2023" },
    module: { type: "commonjs" },
  });
  const watch = `
    const { gone } = watchEngine();
    const say = () => require("node:fs").writeSync(1, gone() ? "gone\\n" : "there\\n");
    say();
    const end = Date.now() + 2_000;
    while (!gone() && Date.now() < end);
    say();`;
  writeFileSync(file, code + watch);
  return file;
}
