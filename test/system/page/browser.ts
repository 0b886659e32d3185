import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

/** Chromium without a screen, spoken to over pipes in the DevTools protocol (https://chromedevtools.github.io/devtools-protocol). */

const PROGRAMS = ["chromium", "chromium-browser", "google-chrome"];
const FLAGS = [
  ...[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--remote-debugging-pipe",
    "--disable-dev-shm-usage",
  ],
  ...["--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

/** The browser that is on this machine; undefined when there is none. */
export const program = PROGRAMS.find((name) => spawnSync(name, ["--version"]).status === 0);

/** `describe` where there is a browser. Elsewhere it says loudly that nothing was tried. */
export const describeInBrowser: typeof describe.skip = program === undefined ? describe.skip : describe;
if (program === undefined)
  process.stderr.write(
    `\nNOT TRIED: the page in a browser. There is none of ${PROGRAMS.join(", ")}: apt-get install chromium\n\n`,
  );

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export interface Screen {
  readonly scheme?: "light" | "dark";
  /** CSS pixels. */
  readonly width?: number;
}

export class Browser {
  private asked = 0;
  private readonly waiting = new Map<number, (answer: Message) => void>();
  private readonly heard: ((message: Message) => void)[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly profile: string,
  ) {
    let rest = "";
    (child.stdio[4] as Readable).setEncoding("utf8").on("data", (text: string) => {
      const parts = (rest + text).split("\0");
      rest = parts.pop() ?? "";
      for (const part of parts) this.hear(JSON.parse(part) as Message);
    });
  }

  static open(): Browser {
    const profile = mkdtempSync(join(tmpdir(), "rollcall-browser-"));
    const args = [...FLAGS, `--user-data-dir=${profile}`, "about:blank"];
    return new Browser(spawn(program ?? "", args, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] }), profile);
  }

  private hear(message: Message): void {
    if (message.id === undefined) for (const listener of this.heard) listener(message);
    else this.waiting.get(message.id)?.(message);
  }

  async ask<T>(method: string, params: object = {}, sessionId?: string): Promise<T> {
    const id = (this.asked += 1);
    const answer = new Promise<Message>((told) => this.waiting.set(id, told));
    (this.child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    const { result, error } = await answer;
    this.waiting.delete(id);
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result as T;
  }

  /** Opens a page and waits until it has loaded. */
  async page(url: string, { scheme = "light", width = 1000 }: Screen = {}): Promise<Page> {
    const { targetId } = await this.ask<{ targetId: string }>("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.ask<{ sessionId: string }>("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this, sessionId);
    const loaded = new Promise<void>((done) =>
      this.heard.push((message) => {
        if (message.sessionId !== sessionId) return;
        page.hear(message.method ?? "", message.params);
        if (message.method === "Page.loadEventFired") done();
      }),
    );
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await page.ask(`${domain}.enable`);
    await page.ask("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
    await page.ask("Emulation.setDeviceMetricsOverride", {
      width,
      height: 900,
      deviceScaleFactor: 1,
      mobile: width < 600,
    });
    await page.ask("Page.navigate", { url });
    await loaded;
    return page;
  }

  async close(): Promise<void> {
    const ended = new Promise((done) => this.child.once("exit", done));
    void this.ask("Browser.close");
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

export class Page {
  /** Errors, and what the browser refused. */
  readonly complaints: string[] = [];
  /** Addresses that were asked for. */
  readonly requests: string[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly sessionId: string,
  ) {}

  hear(method: string, params: unknown): void {
    if (method === "Runtime.exceptionThrown" || method === "Log.entryAdded")
      this.complaints.push(JSON.stringify(params));
    if (method === "Network.requestWillBeSent")
      this.requests.push((params as { request: { url: string } }).request.url);
  }

  ask<T>(method: string, params: object = {}): Promise<T> {
    return this.browser.ask<T>(method, params, this.sessionId);
  }

  /** The value of an expression in the page, as JSON has it. */
  async value<T>(expression: string): Promise<T> {
    const asked = { expression, returnByValue: true, awaitPromise: true };
    const { result, exceptionDetails } = await this.ask<{ result: { value: T }; exceptionDetails?: unknown }>(
      "Runtime.evaluate",
      asked,
    );
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  }

  /** Types into the search field, and waits for what it says then. */
  async search(text: string): Promise<string> {
    await this.value(`(() => {
      const field = document.getElementById("query");
      field.value = ${JSON.stringify(text)};
      field.dispatchEvent(new Event("input", { bubbles: true }));
    })()`);
    return this.value(
      `new Promise((done) => setTimeout(() => done(document.getElementById("count").textContent), 300))`,
    );
  }

  /** Ticks or unticks a filter. */
  only(state: string): Promise<string> {
    return this.value(`(() => {
      document.querySelector('input[name="only"][value="${state}"]').click();
      return document.getElementById("count").textContent;
    })()`);
  }

  /** Names of the groups that are drawn, and of the people in each. */
  drawn(): Promise<readonly (readonly [string, readonly string[]])[]> {
    return this.value(`[...document.querySelectorAll("article")].map((one) => [
      one.querySelector("h2").textContent, [...one.querySelectorAll(".name")].map((name) => name.textContent)])`);
  }
}
