import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";

const BROWSERS = ["chromium", "chromium-browser", "google-chrome"];
const OFFLINE = [
  ...["--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  ...["--no-first-run", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
];
const WIDTH = 880;
const TALLEST = 3000;
/** Sharp on dense screens. */
const SCALE = 1.35;

/** Chromium, or what to do about its absence. */
export function browser() {
  const found = BROWSERS.find((name) => spawnSync(name, ["--version"]).status === 0);
  if (found === undefined) {
    throw new Error(
      `pictures are taken with Chromium, and there is none of ${BROWSERS.join(", ")} on PATH: apt-get install chromium`,
    );
  }
  return found;
}

/**
 * Takes a picture of a page.
 * @param {string} html @param {number} [high] in CSS pixels; as high as the page's `main` without it
 */
export function shoot(html, high) {
  const dir = mkdtempSync(join(tmpdir(), "rollcall-picture-"));
  try {
    const page = join(dir, "page.html");
    const picture = join(dir, "page.png");
    const asks = [...OFFLINE, `--user-data-dir=${join(dir, "profile")}`, `--force-device-scale-factor=${SCALE}`];
    const measured = `${html}<script>document.title = String(Math.ceil(document.querySelector("main").getBoundingClientRect().bottom))</script>`;
    writeFileSync(page, high === undefined ? measured : html);
    /** @param {readonly string[]} args */
    const run = (...args) => {
      const { status, stdout, stderr } = spawnSync(browser(), [...asks, ...args, `file://${page}`], {
        encoding: "utf8",
        timeout: 60_000,
      });
      if (status !== 0) throw new Error(`Chromium ended with ${status ?? "a signal"}: ${stderr.slice(-2000)}`);
      return stdout;
    };
    const height =
      high ?? Number(/<title>(\d+)<\/title>/.exec(run(`--window-size=${WIDTH},${TALLEST}`, "--dump-dom"))?.[1]);
    run(`--window-size=${WIDTH},${height}`, `--screenshot=${picture}`);
    return readFileSync(picture);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A PNG that says in a text chunk what it shows. @param {Buffer} png @param {string} text */
export function labelled(png, text) {
  const data = Buffer.from(`Source\0${text}`, "latin1");
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write("tEXt", 4, "latin1");
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  const end = png.length - 12;
  return Buffer.concat([png.subarray(0, end), chunk, png.subarray(end)]);
}
