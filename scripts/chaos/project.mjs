/** A project in a folder of its own, as users have it: rosters, settings, a file backend, the real CLI. */
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { killAll, start } from "./processes.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const launcher = join(root, "node_modules/pulumi/run.js");

const PASSPHRASE = "correct horse battery staple";
/** Keys the digests of masked numbers. */
export const MASK_KEY = "a key of the chaos";
const BUSINESS = { businessNumber: "8613800000000", custSpaceId: "cams-8c8e" };
const STACK = ["--stack", "test", "--non-interactive"];
/** Longest time of one run of the CLI. One that takes longer hangs, and fails. */
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
  auditLog: "audit.jsonl",
  maskKey: MASK_KEY,
};

export class Project {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /** A new project. */
  static make(folder) {
    mkdirSync(join(folder, "state"), { recursive: true });
    for (const name of ["Pulumi.yaml", "package.json", "dist"]) {
      cpSync(join(root, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
    return new Project(folder);
  }

  /** The same project in another folder, with its state. */
  copyTo(folder) {
    cpSync(this.folder, folder, { recursive: true, verbatimSymlinks: true });
    return new Project(folder);
  }

  get dist() {
    return join(this.folder, "dist");
  }

  write(file, text) {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** What a file holds; nothing when it is not there. */
  read(file) {
    try {
      return readFileSync(join(this.folder, file), "utf8");
    } catch (error) {
      if (error.code === "ENOENT") return "";
      throw error;
    }
  }

  note(line) {
    appendFileSync(join(this.folder, "transcript"), `${line}\n`);
  }

  /** Writes the stack's settings; the salt of its passphrase has to stay. */
  configure(settings) {
    const file = "stacks/Pulumi.test.yaml";
    const salt = /^encryptionsalt:.*$/m.exec(this.read(file))?.[0] ?? "";
    const lines = Object.entries({ ...SETTINGS, ...settings }).map(
      ([key, value]) => `  rollcall:${key}: ${JSON.stringify(value)}`,
    );
    this.write(file, [salt, "config:", ...lines, ""].join("\n"));
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

  /** Starts the CLI. */
  startPulumi(...args) {
    const run = this.start(args);
    void run.ended.then(({ code, all }) => this.note(`${all}exit code ${code}\n`));
    return run;
  }

  /** What `pulumi stack export` prints. */
  async exported() {
    return (await this.start(["stack", "export"]).ended).out;
  }

  start(args) {
    const { PATH, HOME, PULUMI_HOME } = process.env;
    this.note(`$ pulumi ${args.join(" ")}`);
    return start([launcher, ...args, ...STACK], {
      cwd: this.folder,
      timeoutMs: LONGEST_MS,
      env: {
        PATH,
        HOME,
        ...(PULUMI_HOME === undefined ? {} : { PULUMI_HOME }),
        PULUMI_BACKEND_URL: `file://${join(this.folder, "state")}?metadata=skip`,
        PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        NO_COLOR: "1",
        ALIBABA_CLOUD_ACCESS_KEY_ID: "rollcall-local",
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: "rollcall-local-secret",
      },
    });
  }

  pulumi(...args) {
    return this.startPulumi(...args).ended;
  }

  startUp() {
    return this.startPulumi("up", "--yes", "--skip-preview");
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const businessNumbers = (groups) => ({
  [BUSINESS.businessNumber]: { custSpaceId: BUSINESS.custSpaceId, groups },
});

/** Ends what was started when this process is told to end. */
export function endWithThisProcess(cleanUp) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.once(signal, () => {
      killAll();
      cleanUp();
      process.exit(130);
    });
  }
}
