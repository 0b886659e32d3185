/** The project that chaos is played on: rosters, settings, and a transcript of what was run. */
import { appendFileSync, cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Project } from "../local/project.mjs";

/** Keys the digests of masked numbers. */
export const MASK_KEY = "a key of the chaos";
const BUSINESS = { businessNumber: "8613800000000", custSpaceId: "cams-8c8e" };
/** In a folder of its own, where a disk can be mounted. */
export const AUDIT_LOG = "audit/log.jsonl";
const STATE = "state/.pulumi/stacks/rollcall/test.json";
/** A run that takes longer hangs. */
const LONGEST_MS = 180_000;

/** Removals are not what is limited here, so the limits are out of the way. */
const SETTINGS = {
  ...BUSINESS,
  callsPerSecond: 200,
  readTimeoutMs: 1_000,
  confirmTimeoutMs: 1_500,
  onAdopt: "remove",
  maxRemovalsPerGroup: 8,
  maxRemovalsPerRun: 100,
  maxGroupsPerPerson: 100,
  auditLog: AUDIT_LOG,
  maskKey: MASK_KEY,
};

export class ChaosProject extends Project {
  /** @param {string} folder */
  constructor(folder) {
    super(folder, "test");
  }

  /** A new project. */
  static make(folder) {
    const project = new ChaosProject(folder);
    project.layOut();
    project.install();
    return project;
  }

  /** The same project in another folder, with its state. A refresh asks the endpoint that the state has. */
  copyTo(folder, endpoint) {
    cpSync(this.folder, folder, { recursive: true, verbatimSymlinks: true });
    const copy = new ChaosProject(folder);
    copy.write(STATE, copy.read(STATE).replaceAll(this.endpoint, endpoint));
    return copy;
  }

  get dist() {
    return join(this.folder, "dist");
  }

  note(line) {
    appendFileSync(join(this.folder, "transcript"), `${line}\n`);
  }

  configure(settings) {
    const all = Object.entries({ ...SETTINGS, ...settings });
    this.set(Object.fromEntries(all.map(([key, value]) => [`rollcall:${key}`, value])));
  }

  /** Writes one roster. @param {{ name: string, group: string, declared: string[], protect: string[] }} roster */
  declare({ name, group, declared, protect }) {
    const lines = [
      `group: ${group}`,
      ...(protect.length > 0 ? [`protect: ${JSON.stringify(protect.map((number) => `+${number}`))}`] : []),
      "members:",
      ...declared.map((number) => `  - { number: "+${number}", name: N${number.slice(-4)} }`),
      "",
    ];
    this.write(`stacks/test/${name}.yaml`, lines.join("\n"));
  }

  /** Starts the CLI; what it says is noted in the end. */
  begin(args, { by = "pulumi", ...options } = {}) {
    this.note(`$ ${by === "pulumi" ? "pulumi" : "rollcall pulumi"} ${args.join(" ")}`);
    const all = { timeoutMs: LONGEST_MS, ...options };
    const run = by === "pulumi" ? this.startPulumi(args, all) : this.startByRollcall(args, all);
    void run.ended.then(({ code, all: said }) => this.note(`${said}exit code ${code} (${args.join(" ")})\n`));
    return run;
  }

  /** Starts the CLI so that signals reach it. */
  startByRollcall(args, options) {
    const launcher = join(this.dist, "cli/main.js");
    return this.start([launcher, "pulumi", ...args, "--stack", this.stack, "--non-interactive"], options);
  }

  pulumi(...args) {
    return this.begin(args).ended;
  }

  /** What `pulumi stack export` prints. */
  async exported(...args) {
    return (await this.startPulumi(["stack", "export", ...args], { timeoutMs: LONGEST_MS }).ended).out;
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const businessNumbers = (groups) => ({
  [BUSINESS.businessNumber]: { custSpaceId: BUSINESS.custSpaceId, groups },
});
