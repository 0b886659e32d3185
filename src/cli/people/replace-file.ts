import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/** Bits of a file's mode that let somebody write. */
const WRITABLE = 0o222;

/**
 * Replaces a file, or makes it: whatever happens meanwhile, it is the old one or the new one, whole. The new one is written
 * beside it, under a hidden name that rosters' loading ignores, brought to the disk, and then renamed. Links are followed.
 * @param write how bytes are written; may write fewer than it is given
 */
export function replaceFile(file: string, text: string, write: typeof writeSync = writeSync): void {
  const target = existsSync(file) ? realpathSync(file) : file;
  const mode = existsSync(target) ? statSync(target).mode & 0o777 : 0o644;
  const beside = join(dirname(target), `.${basename(target)}.new`);
  try {
    writeWhole(beside, text, write);
    chmodSync(beside, mode);
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  syncFolder(dirname(target));
}

/** What is wrong with a file that is there and that nobody may write to. Renaming would not ask. */
export function readOnlyError(file: string): string | undefined {
  const isReadOnly = existsSync(file) && (statSync(file).mode & WRITABLE) === 0;
  return isReadOnly
    ? `${file} is read-only. Nothing is written: make it writable, and run the command again`
    : undefined;
}

function writeWhole(file: string, text: string, write: typeof writeSync): void {
  // What lies there, perhaps a link to another file, is not written through.
  rmSync(file, { force: true });
  const handle = openSync(file, "wx", 0o600);
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) {
      const written = write(handle, bytes, at, bytes.length - at);
      if (written === 0) throw new Error(`only ${at} of ${bytes.length} bytes of ${file} could be written`);
      at += written;
    }
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** So that the rename, too, is on the disk. Windows has no handles of folders. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** What a file holds, a byte order mark included; undefined: it is not there. */
export const textIn = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, "utf8") : undefined);
