import { transformFileSync } from "@swc/core";
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appendLine } from "../src/ambient";

/** The lines of the audit log, on real files: somebody is removed only after such a line is on disk. */
const folder = mkdtempSync(join(tmpdir(), "rollcall-append-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let serial = 0;
const fresh = (name = "log.jsonl"): string => join(folder, String(++serial), name);
const made = (text: string | Buffer): string => {
  const file = fresh();
  mkdirSync(join(file, ".."));
  writeFileSync(file, text);
  return file;
};

describe("a line that is appended", () => {
  test("is the whole line, in a file that only its owner may read, in a folder that is made for it", () => {
    const file = fresh("logs/2026/log.jsonl");
    appendLine(file, '{"name":"Анна 安娜"}');
    appendLine(file, "{}");
    expect(readFileSync(file, "utf8")).toBe('{"name":"Анна 安娜"}\n{}\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("begins on a line of its own after a line that was torn", () => {
    const file = made('{"a":1}\n{"b":');
    appendLine(file, '{"c":3}');
    appendLine(file, '{"d":4}');
    expect(readFileSync(file, "utf8")).toBe('{"a":1}\n{"b":\n{"c":3}\n{"d":4}\n');
  });

  test("begins on a line of its own after one that was torn within a letter", () => {
    const file = made(Buffer.from([0xe5, 0xae]));
    appendLine(file, "{}");
    expect(readFileSync(file).subarray(2).toString()).toBe("\n{}\n");
  });

  test("is whole though the disk takes it in parts", () => {
    const file = fresh();
    const inParts = (handle: number, bytes: Buffer, at: number, most: number) =>
      writeSync(handle, bytes, at, Math.min(3, most));
    appendLine(file, '{"name":"Анна"}', inParts as typeof writeSync);
    expect(readFileSync(file, "utf8")).toBe('{"name":"Анна"}\n');
  });

  test("is an error when the disk takes a part and then nothing, and the next line is not glued to that part", () => {
    const file = fresh();
    let calls = 0;
    const once = (handle: number, bytes: Buffer, at: number) => (++calls === 1 ? writeSync(handle, bytes, at, 4) : 0);
    expect(() => appendLine(file, '{"a":1}', once as typeof writeSync)).toThrow("only 4 of 8 bytes");
    appendLine(file, "{}");
    expect(readFileSync(file, "utf8")).toBe('{"a"\n{}\n');
  });

  test("is an error on a file system that has room for a part of it", () => {
    const file = made("x".repeat(500) + "\n");
    const { error, text } = appended(file, JSON.stringify({ reason: "r".repeat(2_000) }), { blocks: 1 });
    expect(error).toMatch(/EFBIG|ENOSPC/);
    expect(text.length).toBeLessThan(1_500);
  });

  test("follows a link to a file, and makes the file that a link leads to", () => {
    const file = made("");
    const [soft, hard, ahead] = [`${file}.soft`, `${file}.hard`, `${file}.ahead`];
    symlinkSync(file, soft);
    linkSync(file, hard);
    symlinkSync(`${file}.later`, ahead);
    for (const name of [soft, hard, ahead]) appendLine(name, "{}");
    expect(readFileSync(file, "utf8")).toBe("{}\n{}\n");
    expect(readFileSync(`${file}.later`, "utf8")).toBe("{}\n");
  });
});

describe("what is no regular file is refused in words:", () => {
  const refusal = (file: string): string => {
    try {
      appendLine(file, "{}");
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error(`${file} was taken`);
  };
  const pipe = (): string => {
    const file = made("");
    rmSync(file);
    execFileSync("mkfifo", [file]);
    return file;
  };

  test("a pipe without a reader, which would wait for ever", () => {
    const file = pipe();
    expect(refusal(file)).toBe(`can't append to ${file}: it is a pipe or a device: name a regular file`);
    symlinkSync(file, `${file}.link`);
    expect(refusal(`${file}.link`)).toContain("it is a pipe or a device");
  });

  test("devices, the one that swallows everything too", () => {
    for (const file of ["/dev/null", "/dev/zero"]) expect(refusal(file)).toContain("it is a pipe or a device");
  });

  test("a folder", () => {
    const file = fresh();
    mkdirSync(file, { recursive: true });
    expect(refusal(file)).toBe(`can't append to ${file}: it is a folder: name a file in it`);
  });

  test("a socket", async () => {
    const file = made("");
    rmSync(file);
    const server = createServer();
    await new Promise<void>((listening) => server.listen(file, listening));
    expect(refusal(file)).toContain("it is a socket");
    server.close();
  });

  test("links in a circle", () => {
    const file = made("");
    symlinkSync(`${file}.b`, `${file}.a`);
    symlinkSync(`${file}.a`, `${file}.b`);
    expect(refusal(`${file}.a`)).toContain("its links lead in a circle");
  });

  test("a file without permission", () => {
    const file = made("");
    for (const folder of [join(file, "../.."), join(file, "..")]) chmodSync(folder, 0o755);
    for (const mode of [0o400, 0o200, 0o000]) {
      chmodSync(file, mode);
      expect(appended(file, "{}", { asNobody: true }).error).toContain("this user may not read and write it");
    }
  });

  test("a file whose folder is a file", () => {
    expect(refusal(join(made(""), "log.jsonl"))).toMatch(/EEXIST|ENOTDIR/);
  });
});

/**
 * Appends in a process of its own.
 * @param with_ blocks: as many as a file may have, of which the kernel takes a part, as a full disk does; asNobody: not as
 *   root, who may write everything
 */
function appended(
  file: string,
  line: string,
  with_: { readonly blocks?: number; readonly asNobody?: boolean },
): { error: string; text: string } {
  const program = `${file}.cjs`;
  const { code } = transformFileSync(join(__dirname, "../src/ambient.ts"), {
    jsc: { parser: { syntax: "typescript" }, target: "es2023" },
    module: { type: "commonjs" },
  });
  writeFileSync(program, `${code}\nappendLine(process.argv[2], process.argv[3]);`);
  const uid = with_.asNobody === true && process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const script = `ulimit -f ${with_.blocks ?? "unlimited"}; exec "$0" "$@"`;
  const child = spawnSync("sh", ["-c", script, process.execPath, program, file, line], {
    encoding: "utf8",
    env: { ...process.env, NODE_PATH: join(__dirname, "../node_modules") },
    ...uid,
  });
  return { error: child.status === 0 ? "" : child.stderr, text: readFileSync(file, "utf8") };
}
