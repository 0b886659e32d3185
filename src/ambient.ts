/**
 * The one place where this program touches what surrounds it: the clock, the environment, the files that are not
 * rosters. Everything else takes these as parameters.
 */
import Credential from "@alicloud/credentials";
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "./cams";

export const clock: Clock = {
  now: () => performance.now(),
  sleep: (ms) => sleep(ms),
};

/** Until all that is under way without waiting has been carried out. */
export const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

/** A timer that can be ended: while it runs, Node.js does not end. */
export function alarm(ms: number): { readonly rung: Promise<void>; end(): void } {
  let timer: NodeJS.Timeout | undefined;
  const rung = new Promise<void>((done) => (timer = setTimeout(done, ms)));
  return { rung, end: () => clearTimeout(timer) };
}

/** Today in UTC, `YYYY-MM-DD`: the day on which dates in rosters are judged. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** This moment, ISO 8601 in UTC. */
export function now(): string {
  return new Date().toISOString();
}

/**
 * A secret that a stack's runs share, to key the digests of masked numbers with: the stack's passphrase, else the secret
 * of a static access key. An empty passphrase is no key, because then masked numbers could be found by trying all numbers.
 * @param root what PULUMI_CONFIG_PASSPHRASE_FILE is relative to
 */
export function sharedSecret(root: string): string | undefined {
  const { PULUMI_CONFIG_PASSPHRASE: text, PULUMI_CONFIG_PASSPHRASE_FILE: file } = process.env;
  const passphrase =
    text ?? (file === undefined || file === "" ? "" : readFileSync(resolve(root, file), "utf8").trim());
  if (passphrase !== "") return passphrase;
  const { ALIBABA_CLOUD_ACCESS_KEY_SECRET: key, ALIBABA_CLOUD_SECURITY_TOKEN: session } = process.env;
  return session === undefined && key !== undefined && key !== "" ? key : undefined;
}

/**
 * The git revision with which rosters are compared, so that only groups are looked at that a change concerns; blank is none.
 * Not a stack setting: `--config` writes settings to the stack's file, where it would go unnoticed.
 */
export function changedSince(given = process.env.ROLLCALL_CHANGED_SINCE): string | undefined {
  const reference = given?.trim();
  return reference === "" ? undefined : reference;
}

/** Whether Pulumi was told not to note in the state what it begins (`PULUMI_SKIP_CHECKPOINTS`). */
export const skipsCheckpoints = (): boolean => /^(?:1|t|true)$/i.test(process.env.PULUMI_SKIP_CHECKPOINTS ?? "");

/** The file of the reviewed plan that is applied, relative to the project root; blank is none. */
export function reviewedPlan(): string | undefined {
  const file = process.env.ROLLCALL_PLAN?.trim();
  return file === "" ? undefined : file;
}

/** The environment of programs that are started. */
export const environment = (): NodeJS.ProcessEnv => process.env;

/**
 * The default chain of `@alicloud/credentials`: environment, OIDC, CLI profile, credentials file, ECS role, URI. The
 * ECS step asks an address that answers on Alibaba Cloud machines only and is waited for elsewhere, so it is asked only
 * there, or where ALIBABA_CLOUD_ECS_METADATA names the role.
 */
export function defaultCredential(): { getCredential(): Promise<unknown> } {
  if (process.env.ALIBABA_CLOUD_ECS_METADATA === undefined && !onAlibabaCloud()) {
    process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED = "true";
  }
  return new Credential();
}

function onAlibabaCloud(): boolean {
  const product = "/sys/class/dmi/id/product_name";
  return existsSync(product) && /alibaba/i.test(readFileSync(product, "utf8"));
}

/** Names of the project's own file, as Pulumi looks for them. */
export const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml"] as const;

/**
 * The project root, which relative paths in settings are relative to: the folder of the nearest Pulumi.yaml at or above
 * `from`. A Pulumi.yaml below node_modules is a package's own, not the project's.
 */
export function projectRoot(from: string): string {
  const isProject = (folder: string): boolean =>
    !folder.split(sep).includes("node_modules") && PROJECT_FILES.some((name) => existsSync(join(folder, name)));
  return foldersUp(resolve(from)).find(isProject) ?? resolve(from);
}

/** A folder, and all above it, the nearest first. */
export function foldersUp(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersUp(above)];
}

/** What a file that can't be opened is, by Node's code, and what to do. */
const NOT_OPENED: Readonly<Record<string, string>> = {
  EISDIR: "it is a folder: name a file in it",
  ENXIO: "it is a socket: name a regular file",
  EACCES: "this user may not read and write it: give it both permissions, or name another file",
  ELOOP: "its links lead in a circle: name a regular file",
};

/**
 * Appends a line to a regular file and has all of it on disk when it returns, or throws. The rest of a line that an
 * earlier run could not finish, as on a full disk, is ended first, so that only that line is torn.
 *
 * Pipes, sockets and devices are refused, /dev/null too: a pipe without a reader would wait for ever, and none of them
 * keeps what it is given. O_NONBLOCK makes the opening itself not wait.
 * @param write how bytes are written; may write fewer than it is given
 */
export function appendLine(file: string, line: string, write: typeof writeSync = writeSync): void {
  const handle = openForLines(file);
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile()) throw new Error(`can't append to ${file}: it is a pipe or a device: name a regular file`);
    writeAll(handle, Buffer.from(`${endsInside(handle, stats.size) ? "\n" : ""}${line}\n`), write);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function openForLines(file: string): number {
  const { O_RDWR, O_APPEND, O_CREAT, O_NONBLOCK } = constants;
  try {
    mkdirSync(dirname(file), { recursive: true });
    return openSync(file, O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK, 0o600);
  } catch (error) {
    const what = NOT_OPENED[(error as NodeJS.ErrnoException).code ?? ""];
    throw what === undefined ? error : new Error(`can't append to ${file}: ${what}`, { cause: error });
  }
}

/** Whether the file's last line has no end. */
function endsInside(handle: number, size: number): boolean {
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  return readSync(handle, last, 0, 1, size - 1) === 1 && last.toString("latin1") !== "\n";
}

/** One write may take a part only: what a full disk has room for. The next one then tells why. */
function writeAll(handle: number, bytes: Buffer, write: typeof writeSync): void {
  for (let at = 0; at < bytes.length;) {
    const written = write(handle, bytes, at, bytes.length - at);
    if (written === 0) throw new Error(`only ${at} of ${bytes.length} bytes of a line could be written`);
    at += written;
  }
}
