/** The project that chaos is played on: rosters, settings, and a transcript of what was run. */
import { appendFileSync, cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Project } from "../local/project.mjs";
import { TEMPLATE } from "./world.mjs";

/** Keys the digests of masked numbers. */
export const MASK_KEY = "a key of the chaos";
const BUSINESS = { businessNumber: "8613800000000", custSpaceId: "cams-8c8e" };
/** In a folder of its own, where a disk can be mounted. */
export const AUDIT_LOG = "audit/log.jsonl";
const STATE = "state/.pulumi/stacks/rollcall/test.json";
/** A run that takes longer hangs. */
const LONGEST_MS = 180_000;
const RELEASED_MS = 7 * 24 * 3_600_000;
const CONSENT = "2026-01-05";

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

/** @import { Roster, Starter } from "./types.js" */

export class ChaosProject extends Project {
  /** Of the CAMS that its first run asked: the state has it. */
  endpoint = "";
  /** @type {readonly import("./cams.mjs").KnownFault[]} that the local CAMS knows */
  faults = [];
  /** @type {object[]} */
  releases = [];

  /** @param {string} folder */
  constructor(folder) {
    super(folder, "test");
  }

  /** A new project. @param {string} folder */
  static make(folder) {
    const project = new ChaosProject(folder);
    project.layOut();
    project.install();
    return project;
  }

  /**
   * The same project in another folder, with its state. A refresh asks the endpoint that the state has.
   * @param {string} folder @param {string} endpoint
   */
  copyTo(folder, endpoint) {
    cpSync(this.folder, folder, { recursive: true, verbatimSymlinks: true });
    const copy = new ChaosProject(folder);
    copy.write(STATE, copy.read(STATE).replaceAll(this.endpoint, endpoint));
    return copy;
  }

  get dist() {
    return join(this.folder, "dist");
  }

  /** Adds to the transcript. @param {string} line */
  note(line) {
    appendFileSync(join(this.folder, "transcript"), `${line}\n`);
  }

  /** Writes the stack's settings. @param {object} settings */
  configure(settings) {
    const all = Object.entries({ ...SETTINGS, ...settings });
    this.set(Object.fromEntries(all.map(([key, value]) => [`rollcall:${key}`, value])));
  }

  /** Writes one roster. @param {Roster} roster */
  declare({ name, group, declared, protect, consents = [], link, revision }) {
    /** @param {string} number */
    const consentOf = (number) => (consents.includes(number) ? `, consent: ${CONSENT}` : "");
    const lines = [
      `group: ${group}`,
      ...(link === undefined ? [] : [`inviteLink: ${link}`]),
      ...(revision === undefined ? [] : [`linkRevision: ${revision}`]),
      ...(protect.length > 0 ? [`protect: ${JSON.stringify(protect.map((number) => `+${number}`))}`] : []),
      "members:",
      ...declared.map((number) => `  - { number: "+${number}", name: N${number.slice(-4)}${consentOf(number)} }`),
      "",
    ];
    this.write(`stacks/test/${name}.yaml`, lines.join("\n"));
  }

  /**
   * Writes releases beside those that are there: people whom the guards let go, or who are written to again, once.
   * @param {readonly { name: string, numbers: readonly string[] }[]} groups
   */
  release(groups) {
    const until = new Date(Date.now() + RELEASED_MS).toISOString().slice(0, 10);
    const releases = groups.map(({ name, numbers }) => {
      return { people: numbers.map((number) => `+${number}`), groups: [name], until, reason: "they are somebody else" };
    });
    this.note(`releases: ${JSON.stringify(releases)}`);
    this.releases.push(...releases);
    this.write("stacks/test/releases.yaml", JSON.stringify({ releases: this.releases }));
  }

  /**
   * Starts the CLI; what it says is noted in the end.
   * @param {readonly string[]} args
   * @param {{ by?: Starter, env?: NodeJS.ProcessEnv, under?: readonly string[] }} [options]
   */
  begin(args, { by = "pulumi", ...options } = {}) {
    this.note(`$ ${by === "pulumi" ? "pulumi" : "rollcall pulumi"} ${args.join(" ")}`);
    const all = { timeoutMs: LONGEST_MS, ...options };
    const run = by === "pulumi" ? this.startPulumi(args, all) : this.startByRollcall(args, all);
    void run.ended.then(({ code, all: said }) => this.note(`${said}exit code ${code} (${args.join(" ")})\n`));
    return run;
  }

  /**
   * Starts the CLI so that signals reach it.
   * @param {readonly string[]} args @param {import("../local/project.mjs").StartOptions} options
   */
  startByRollcall(args, options) {
    const launcher = join(this.dist, "cli/main.js");
    return this.start([launcher, "pulumi", ...args, "--stack", this.stack, "--non-interactive"], options);
  }

  /** Runs the CLI to its end. @param {readonly string[]} args */
  pulumi(...args) {
    return this.begin(args).ended;
  }

  /** What `pulumi stack export` prints. @param {readonly string[]} args */
  async exported(...args) {
    return (await this.startPulumi(["stack", "export", ...args], { timeoutMs: LONGEST_MS }).ended).out;
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The world of a seed of the local CAMS. @param {readonly object[]} groups */
export const businessNumbers = (groups) => ({
  [BUSINESS.businessNumber]: { custSpaceId: BUSINESS.custSpaceId, groups, templates: [TEMPLATE] },
});
