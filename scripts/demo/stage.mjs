import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { startCams } from "../local/cams.mjs";
import { endWithThisProcess, start } from "../local/processes.mjs";
import { tally } from "./tally.mjs";
import { colour, Terminal } from "./terminal.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
/**
 * An invite link, and what it is called here: nobody is shown a link.
 * @typedef {{ name: string, url: string }} Link
 */

const COPIED = ["Pulumi.yaml", "package.json", "dist", "page", "stacks/Pulumi.demo.yaml", "stacks/demo"];

/** Where the demo plays: a copy of the project, a state of its own, and a local CAMS. */
export class Stage extends Terminal {
  root = root;
  #commands = 0;
  /** @type {string[]} */
  #links = [];
  #started = performance.now();
  #dir;
  #cams;
  #env;

  /** @param {string} dir @param {Awaited<ReturnType<typeof startCams>>} cams */
  constructor(dir, cams) {
    super();
    this.#dir = dir;
    this.#cams = cams;
    this.#env = {
      ...process.env,
      PULUMI_BACKEND_URL: `file://${join(dir, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "demo",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_STACK: "",
      ALIBABA_CLOUD_ACCESS_KEY_ID: "rollcall-local",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: "rollcall-local-secret",
    };
  }

  /** @param {string} place its folder in `.rollcall`, so that the demo and its pictures can be made at once */
  static async open(place = "demo") {
    const dir = join(root, ".rollcall", place);
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(join(dir, "state"), { recursive: true });
    for (const name of COPIED) cpSync(join(root, name), join(dir, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(dir, "node_modules"), "junction");
    endWithThisProcess(() => rmSync(dir, { recursive: true, force: true }));
    const cams = await startCams(join(dir, "dist"), join(root, "scripts/demo/cams.yaml"));
    return new Stage(dir, cams);
  }

  /** Makes the stack. */
  async setUp() {
    await this.#quietly(["stack", "init", "demo"]);
    await this.#quietly(["config", "set", "rollcall:endpoint", this.#cams.url, "--stack", "demo"]);
  }

  async close() {
    await this.#cams.stop();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  /** Shows a file without the comment at its head. @param {string} file */
  show(file) {
    const text = this.#read(file).replace(/^#.*\n/, "");
    this.say(text.replace(/^/gm, "    ").trimEnd());
  }

  /** Writes a new roster, and shows it. @param {string} file @param {string} text */
  add(file, text) {
    writeFileSync(join(this.#dir, file), text, { flag: "wx" });
    this.edited(file, "", text);
  }

  /** Edits a roster, and shows which lines went and came. @param {string} file @param {(text: string) => string} change */
  edit(file, change) {
    const before = this.#read(file);
    const after = change(before);
    if (after === before) throw new Error(`${file} should have changed`);
    writeFileSync(join(this.#dir, file), after);
    this.edited(file, before, after);
  }

  /**
   * Runs `pulumi`, shows it and what it says, and checks that it says what it has to.
   * @param {readonly string[]} args
   * @param {{ finds: RegExp, fails?: boolean }} expected
   */
  async run(args, { finds, fails = false }) {
    this.#commands += 1;
    const shown = `pulumi ${args.join(" ")}`;
    this.command(shown);
    const { code, out } = await this.#pulumi([...args, "--suppress-progress", "--stack", "demo"], (line) =>
      this.output(line),
    );
    if ((code !== 0) !== fails) throw new Error(`${shown} ended with exit code ${code}`);
    if (!finds.test(out)) throw new Error(`${shown} did not say ${String(finds)}`);
  }

  /** The id of the one group with that subject. @param {string} subject */
  async groupCalled(subject) {
    const found = [...(await this.#cams.groups()).values()].filter((group) => group.subject === subject);
    const [only] = found;
    if (only === undefined || found.length > 1) throw new Error(`${found.length} groups are called ${subject}`);
    this.say(`${only.groupId} is now ${subject}.`);
    return only.groupId;
  }

  /** The invite link that a group has now. @param {string} group @returns {Promise<Link>} */
  async linkOf(group) {
    const url = (await this.#cams.groups()).get(group)?.inviteLink ?? undefined;
    if (url === undefined) throw new Error(`${group} has no invite link`);
    const name = this.#nameLink(url);
    this.say(`The invite link of ${group} is now ${name}.`);
    return { name, url };
  }

  /**
   * The link in the only message that somebody got, which is shown without it.
   * @param {string} number @returns {Promise<Link>}
   */
  async messageTo(number) {
    const { json } = await this.#cams.ask("GET", `inbox/${number}`);
    const messages = /** @type {readonly { readonly text: string }[]} */ (json);
    const [only] = messages;
    const url = only === undefined ? undefined : /https:\/\/chat\.whatsapp\.com\/\S+/.exec(only.text)?.[0];
    if (only === undefined || url === undefined || messages.length > 1)
      throw new Error(`${number} got ${messages.length} messages`);
    const name = this.#nameLink(url);
    this.say(`${number} gets a message: ${only.text.replace(url, `(${name})`)}`);
    return { name, url };
  }

  /** What a link is called here. @param {string} url */
  #nameLink(url) {
    if (!this.#links.includes(url)) this.#links.push(url);
    return `link ${String.fromCharCode("A".charCodeAt(0) + this.#links.indexOf(url))}`;
  }

  /**
   * Somebody joins by an invite link, else by the one that the group has now.
   * @param {string} group @param {string} number @param {Link} [link]
   */
  async joins(group, number, link) {
    const { status } = await this.#join(group, number, link);
    if (status >= 300) throw new Error(`${number} could not join: HTTP ${status}`);
    this.say(`${number} joins ${group} by ${nameOf(link)}.`);
  }

  /**
   * Somebody tries to join, and can't.
   * @param {string} group @param {string} number
   * @param {"removed" | "old-link"} why @param {Link} [link]
   */
  async isBarred(group, number, why, link) {
    const { status, json } = await this.#join(group, number, link);
    const { reason } = /** @type {{ reason?: unknown }} */ (json);
    if (status !== 409 || reason !== why)
      throw new Error(`${number} should have been barred (${why}), but got HTTP ${status}`);
    this.say(`${number} tries to join ${group} by ${nameOf(link)}: HTTP 409, ${JSON.stringify(json)}`);
  }

  /** Checks who is in a group. @param {string} group @param {readonly string[]} numbers */
  async hasOnly(group, numbers) {
    const there = (await this.#cams.groups()).get(group)?.participants ?? [];
    if ([...there].sort().join() !== [...numbers].sort().join()) throw new Error(`${group} has ${there.join(", ")}`);
    this.say(`In ${group} are now ${there.join(", ")}.`);
  }

  /** What a pipeline posts as a comment: `rollcall report` of `pulumi preview --json`. */
  async report() {
    const { stdout } = await this.#pulumi(["preview", "--json", "--stack", "demo"]);
    writeFileSync(join(this.#dir, "preview.json"), stdout);
    const args = [join(this.#dir, "dist/cli/main.js"), "report", "preview.json"];
    return spawnSync(process.execPath, args, { cwd: this.#dir, encoding: "utf8" }).stdout;
  }

  /** The page of `rollcall who`. */
  async who() {
    const rollcall = join(this.#dir, "dist/cli/main.js");
    const args = [rollcall, "who", "--stack", "demo", "--format", "html"];
    const { code, out } = await start(args, { cwd: this.#dir, env: this.#env }).ended;
    if (code !== 0) throw new Error(`rollcall who ended with exit code ${code}`);
    return out;
  }

  /** Tells what the whole demo took. @param {Parameters<typeof tally>[1]} story */
  async summary(story) {
    const lines = tally(await this.#cams.calls(), story);
    const took = ((performance.now() - this.#started) / 1000).toFixed(0);
    this.title("What happened");
    this.say(`${this.#commands} runs of the real Pulumi CLI in ${took} s. What they asked of the local CAMS:`);
    for (const line of lines) this.say(`- ${line}`);
    this.say("Nothing is left running. Next: README.md, and stacks/example for rosters of your own.");
  }

  /** @param {string} group @param {string} number @param {Link} [link] */
  #join(group, number, link) {
    return this.#cams.ask("POST", `groups/${group}/join`, { number, ...(link && { link: link.url }) });
  }

  /** @param {string} file */
  #read(file) {
    return readFileSync(join(this.#dir, file), "utf8");
  }

  /** @param {readonly string[]} args */
  async #quietly(args) {
    const { code, out } = await this.#pulumi(args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")}:\n${out}`);
  }

  /**
   * Runs the Pulumi CLI.
   * @param {readonly string[]} args
   * @param {(line: string) => void} [onLine]
   * @returns {Promise<{ code: number, out: string, stdout: string }>} `out` is stdout and stderr, without colours
   */
  async #pulumi(args, onLine) {
    const rollcall = join(root, "dist/cli/main.js");
    const manner = ["--non-interactive", "--color", colour ? "always" : "never"];
    const run = start([rollcall, "pulumi", ...args, ...manner], { cwd: this.#dir, env: this.#env });
    if (onLine !== undefined)
      for (const input of [run.stdout, run.stderr]) createInterface({ input }).on("line", onLine);
    const { code, out: stdout, all } = await run.ended;
    return { code, out: stripVTControlCharacters(all), stdout };
  }
}

/** @param {Link} [link] */
function nameOf(link) {
  return link?.name ?? "its invite link";
}
