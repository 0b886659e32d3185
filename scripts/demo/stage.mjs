import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { performance } from "node:perf_hooks";
import { stripVTControlCharacters, styleText } from "node:util";

const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (style, text) => (colour ? styleText(style, text) : text);

/** Where the demo plays: a copy of the project, a state of its own, and a local CAMS. */
export class Stage {
  root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
  commands = 0;
  started = performance.now();
  film_ = { on: false, lines: [] };

  /** @param {string} place its folder in `.rollcall`, so that the demo and its pictures can be made at once */
  constructor(place) {
    this.dir = join(this.root, ".rollcall", place);
  }

  static async open(place = "demo") {
    const stage = new Stage(place);
    rmSync(stage.dir, { recursive: true, force: true });
    mkdirSync(join(stage.dir, "state"), { recursive: true });
    const copied = ["Pulumi.yaml", "package.json", "dist", "stacks/Pulumi.demo.yaml", "stacks/demo"];
    for (const name of copied) cpSync(join(stage.root, name), join(stage.dir, name), { recursive: true });
    symlinkSync(join(stage.root, "node_modules"), join(stage.dir, "node_modules"), "junction");
    await stage.startCams();
    stage.env = {
      ...process.env,
      PULUMI_BACKEND_URL: `file://${join(stage.dir, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "demo",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_STACK: "",
      ALIBABA_CLOUD_ACCESS_KEY_ID: "rollcall-local",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: "rollcall-local-secret",
    };
    return stage;
  }

  async setUp() {
    await this.quietly("pulumi", ["stack", "init", "demo"]);
    await this.quietly("pulumi", ["config", "set", "rollcall:endpoint", this.url, "--stack", "demo"]);
  }

  /** The local CAMS, `rollcall emulator`, on a free port. */
  startCams() {
    const main = join(this.dir, "dist/cli/main.js");
    const seed = join(this.root, "scripts/demo/cams.yaml");
    this.cams = spawn(process.execPath, [main, "emulator", "--port", "0", "--seed", seed], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    return new Promise((listening, failed) => {
      this.cams.once("error", failed);
      this.cams.once("exit", (code) => failed(new Error(`the local CAMS ended with exit code ${code}`)));
      this.cams.stdout.once("data", (line) => {
        this.url = /http:\/\/\S+/.exec(String(line))?.[0];
        listening();
      });
    });
  }

  async close() {
    this.cams.removeAllListeners("exit");
    const ended = new Promise((done) => this.cams.once("exit", done));
    this.cams.kill("SIGTERM");
    await ended;
    rmSync(this.dir, { recursive: true, force: true });
  }

  title(text) {
    this.say(`\n${paint("bold", text)}\n`);
  }

  say(text) {
    process.stdout.write(`${text}\n`);
  }

  show(file) {
    this.say(
      readFileSync(join(this.dir, file), "utf8")
        .replace(/^#.*\n/, "")
        .replace(/^/gm, "    ")
        .trimEnd(),
    );
  }

  /** Edits a roster, and shows which lines went and came. */
  edit(file, change) {
    const before = readFileSync(join(this.dir, file), "utf8");
    const after = change(before);
    if (after === before) throw new Error(`${file} should have changed`);
    writeFileSync(join(this.dir, file), after);
    const gone = before.split("\n").filter((line) => !after.includes(line));
    const come = after.split("\n").filter((line) => !before.includes(line));
    this.say(`edit ${file}`);
    for (const line of gone) this.say(paint("red", `  - ${line}`));
    for (const line of come) this.say(paint("green", `  + ${line}`));
  }

  /** From here to `cut`, what is shown is kept for the picture. */
  film() {
    this.film_.on = true;
  }

  cut() {
    this.film_.on = false;
  }

  filmed() {
    return this.film_.lines.join("").split("\n");
  }

  /** Runs a command, shows it and what it says, and checks that it says what it has to. */
  async run(command, args, { finds, fails = false }) {
    this.commands += 1;
    const { code, out } = await this.spawn(
      command,
      [...args, "--suppress-progress", "--stack", "demo"],
      `$ ${command} ${args.join(" ")}`,
    );
    if ((code !== 0) !== fails) throw new Error(`${command} ${args[0]} ended with exit code ${code}`);
    if (!finds.test(out)) throw new Error(`${command} ${args[0]} did not say ${finds}`);
  }

  async quietly(command, args) {
    const { code, out } = await this.spawn(command, args);
    if (code !== 0) throw new Error(`${command} ${args.join(" ")}:\n${out}`);
  }

  spawn(command, args, shown) {
    const write = (text) => {
      if (shown === undefined) return;
      process.stdout.write(text);
      if (this.film_.on) this.film_.lines.push(text);
    };
    write(`${paint("cyan", shown ?? "")}\n`);
    // Not npm's launcher, which would leave the CLI running when the demo is interrupted.
    const rollcall = join(this.root, "dist/cli/main.js");
    const child = spawn(
      process.execPath,
      [rollcall, "pulumi", ...args, "--non-interactive", "--color", colour ? "always" : "never"],
      {
        cwd: this.dir,
        env: this.env,
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let out = "";
    let stdout = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        out += text;
        if (stream === child.stdout) stdout += text;
      });
      createInterface({ input: stream }).on("line", (line) => write(`  ${line}\n`));
    }
    return new Promise((done, failed) => {
      child.once("error", failed);
      child.once("close", (code) => done({ code, out: stripVTControlCharacters(out), stdout }));
    });
  }

  async control(method, path, body) {
    const response = await fetch(`${this.url}/_emulator/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json().catch(() => undefined) };
  }

  async joins(group, number) {
    const { status } = await this.control("POST", `groups/${group}/join`, { number });
    if (status >= 300) throw new Error(`${number} could not join: HTTP ${status}`);
    this.say(`${number} joins ${group} by its invite link.`);
  }

  /** What a pipeline posts as a comment: `rollcall report` of `pulumi preview --json`. */
  async report() {
    const { stdout } = await this.spawn("pulumi", ["preview", "--json", "--stack", "demo"]);
    writeFileSync(join(this.dir, "preview.json"), stdout);
    const main = join(this.dir, "dist/cli/main.js");
    return spawnSync(process.execPath, [main, "report", "preview.json"], { cwd: this.dir, encoding: "utf8" }).stdout;
  }

  async isBarred(group, number) {
    const { status, body } = await this.control("POST", `groups/${group}/join`, { number });
    if (status !== 409) throw new Error(`${number} should have been barred, but got HTTP ${status}`);
    this.say(`${number} tries to join ${group} by its invite link: HTTP 409, ${JSON.stringify(body)}`);
  }

  async hasOnly(group, numbers) {
    const { body } = await this.control("GET", "state");
    const groups = Object.values(body.businessNumbers).flatMap((business) => business.groups);
    const there = groups.find(({ groupId }) => groupId === group).participants;
    if ([...there].sort().join() !== [...numbers].sort().join()) throw new Error(`${group} has ${there.join(", ")}`);
    this.say(`In ${group} are now ${there.join(", ")}.`);
  }

  async summary() {
    const { body: calls } = await this.control("GET", "calls");
    const count = (action) => calls.filter((call) => call.action === action).length;
    this.title("What happened");
    this.say(
      `${this.commands} runs of the real Pulumi CLI in ${((performance.now() - this.started) / 1000).toFixed(0)} s.`,
    );
    this.say(
      `${count("ListChatGroupParticipants")} listings and ${count("DeleteChatGroupParticipants")} removal call at the local CAMS, which named ${calls.flatMap(({ numbers }) => numbers).join(" and ")}.`,
    );
    this.say("Nothing is left running. Next: README.md, and stacks/example for rosters of your own.");
  }
}
