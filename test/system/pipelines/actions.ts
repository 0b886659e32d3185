import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { runInNewContext } from "node:vm";
import { parse } from "yaml";
import { linkPackage, type Repository } from "../package/repository";
import { GitHub, type Permissions } from "./github";

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
}
export interface Job {
  readonly needs?: string;
  readonly if?: string;
  readonly environment?: string;
  readonly permissions?: Permissions;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly strategy?: { readonly matrix: { readonly stack: readonly string[] } };
  readonly steps: readonly Step[];
}
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Permissions;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** What set a run off. */
export interface Occasion {
  readonly event: "pull_request" | "push" | "workflow_dispatch" | "schedule";
  /** The commit that is checked out. */
  readonly commit: string;
  readonly ref?: string;
  /** The base of a pull request. */
  readonly base?: string;
  /** A pull request of somebody who may not write here. */
  readonly fork?: boolean;
}

export interface JobResult {
  readonly result: "success" | "failure" | "skipped";
  readonly log: string;
  readonly summary: string;
}

const SECRETS = { PULUMI_CONFIG_PASSPHRASE: "correct horse battery staple" };
const ROLES: Readonly<Record<string, string>> = {
  "rollcall-preview": "acs:ram::1:role/list-only",
  "rollcall-production": "acs:ram::1:role/list-and-delete",
};

/**
 * Runs the jobs of a workflow as the host would, as far as these workflows go: expressions, conditions, a fresh checkout for
 * each job, shell steps by `bash -e`, artifacts. Variables and secrets are those of the job's environment, and a pull
 * request of a fork has none.
 */
export class WorkflowRun {
  private static last = 100;
  readonly id = (WorkflowRun.last += 1);
  private readonly workflow: Workflow;
  readonly results: Record<string, JobResult> = {};

  constructor(
    private readonly repository: Repository,
    private readonly github: GitHub,
    path: string,
    private readonly occasion: Occasion,
  ) {
    this.workflow = parse(repository.read(path)) as Workflow;
    if (!(occasion.event in this.workflow.on)) throw new Error(`${path} does not run on ${occasion.event}`);
    github.runs.set(this.id, path);
  }

  /** Runs all jobs, in the order of the file. */
  async go(): Promise<Record<string, JobResult>> {
    for (const [name, job] of Object.entries(this.workflow.jobs)) this.results[name] = await this.job(job);
    return this.results;
  }

  private async job(job: Job): Promise<JobResult> {
    const steps: Record<string, { outputs: Record<string, string> }> = {};
    const context = this.context(job, steps);
    const needed = job.needs === undefined ? "success" : this.results[job.needs]?.result;
    if (!holds(job.if, context, needed === "success")) return { result: "skipped", log: "", summary: "" };

    const workspace = realpathSync(mkdtempSync(join(tmpdir(), "rollcall-job-")));
    const files = realpathSync(mkdtempSync(join(tmpdir(), "rollcall-runner-")));
    const summary = join(files, "summary");
    writeFileSync(summary, "");
    let log = "";
    let failed = false;
    try {
      for (const [number, step] of job.steps.entries()) {
        if (!holds(step.if, context, !failed)) continue;
        const output = join(files, `output-${number}`);
        writeFileSync(output, "");
        const said = await this.step(step, { job, context, workspace, summary, output });
        log += said.log;
        failed ||= !said.ok;
        if (step.id !== undefined) steps[step.id] = { outputs: outputsIn(readFileSync(output, "utf8")) };
      }
      return { result: failed ? "failure" : "success", log, summary: readFileSync(summary, "utf8") };
    } finally {
      for (const folder of [workspace, files]) rmSync(folder, { recursive: true, force: true });
    }
  }

  private context(job: Job, steps: unknown): Context {
    const { event, commit, ref, base, fork = false } = this.occasion;
    const trusted = !fork && job.environment !== undefined;
    return {
      github: {
        event_name: event,
        sha: commit,
        ref: ref ?? "refs/heads/main",
        repository: "team/rosters",
        actor: "somebody",
        token: GitHub.token({ ...this.workflow.permissions, ...job.permissions }),
        event: {
          pull_request: {
            number: 7,
            base: { sha: base },
            head: { repo: { full_name: fork ? "stranger/rosters" : "team/rosters" } },
          },
        },
      },
      matrix: { stack: "prod" },
      steps,
      needs: this.results,
      vars: trusted
        ? {
            ROLLCALL_ROLE_ARN: ROLES[job.environment ?? ""],
            ROLLCALL_OIDC_PROVIDER_ARN: "acs:ram::1:oidc-provider/github",
            PULUMI_BACKEND_URL: this.repository.credentials.PULUMI_BACKEND_URL,
          }
        : {},
      secrets: trusted ? SECRETS : {},
      cancelled: () => false,
    };
  }

  private async step(step: Step, at: Place): Promise<{ ok: boolean; log: string }> {
    if (step.run !== undefined) return this.shell(step.run, step.env ?? {}, at);
    const inputs = Object.fromEntries(
      Object.entries(step.with ?? {}).map(([key, value]) => [key, filled(String(value), at.context)]),
    );
    switch (/^actions\/([a-z-]+)@/.exec(step.uses ?? "")?.[1]) {
      case "checkout":
        await this.checkout(inputs, at.workspace);
        return { ok: true, log: "" };
      case "setup-node":
        return { ok: true, log: "" };
      case "upload-artifact":
        return this.upload(inputs, at.workspace);
      case "download-artifact":
        return this.download(inputs, at.workspace);
      default:
        throw new Error(`${step.uses} is not known here`);
    }
  }

  private async shell(script: string, own: Readonly<Record<string, string>>, at: Place) {
    if (script.startsWith("npm ci ")) {
      if (!script.includes("--ignore-scripts")) throw new Error("packages' own scripts would run");
      linkPackage(at.workspace);
      return { ok: true, log: "" };
    }
    const env = Object.fromEntries(Object.entries(own).map(([key, value]) => [key, filled(value, at.context)]));
    const mayAsk = at.job.permissions?.["id-token"] === "write" && this.occasion.fork !== true;
    const runner = {
      GITHUB_ACTIONS: "true",
      GITHUB_REPOSITORY: "team/rosters",
      GITHUB_API_URL: this.github.url,
      GITHUB_WORKSPACE: at.workspace,
      GITHUB_OUTPUT: at.output,
      GITHUB_STEP_SUMMARY: at.summary,
      ...(mayAsk
        ? {
            ACTIONS_ID_TOKEN_REQUEST_URL: `${this.github.url}/oidc?api-version=2`,
            ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
          }
        : {}),
      NODE_OPTIONS: `--require ${join(__dirname, "sts.cjs")}`,
      TEST_STS_PORT: String(this.github.port),
    };
    const run = await this.repository.run("bash", ["-e", "-c", script], { ...runner, ...env }, at.workspace);
    return { ok: run.code === 0, log: run.out };
  }

  private async checkout(inputs: Readonly<Record<string, string>>, workspace: string): Promise<void> {
    if (inputs["persist-credentials"] !== "false") throw new Error("the job's token would stay in the checkout");
    const depth = Number(inputs["fetch-depth"] ?? 1);
    const { dir } = this.repository;
    const commit = inputs.ref ?? this.occasion.commit;
    const git = (...args: string[]) => this.repository.run("git", args, {}, workspace);
    for (const args of [
      ["init", "--quiet"],
      ["fetch", "--quiet", ...(depth === 0 ? [] : [`--depth=${depth}`]), `file://${dir}`, commit],
      ["checkout", "--quiet", "FETCH_HEAD"],
    ]) {
      const run = await git(...args);
      if (run.code !== 0) throw new Error(run.out);
    }
  }

  private upload({ name = "", path = "" }: Readonly<Record<string, string>>, workspace: string) {
    const paths = path.trim().split("\n");
    const found = paths.flatMap((one) => filesUnder(workspace, one.trim()));
    if (found.length === 0) return { ok: true, log: `no files of ${name}\n` };
    const top = found.map((file) => posix.dirname(file)).reduce(commonFolder);
    const files = new Map(
      found.map((file) => [posix.relative(top, file), readFileSync(join(workspace, file), "utf8")]),
    );
    const { artifacts } = this.github;
    const old = artifacts.findIndex((one) => one.name === name && one.run === this.id);
    if (old >= 0) artifacts.splice(old, 1);
    artifacts.push({ name, run: this.id, files, ...(this.occasion.fork === true ? { fork: true } : {}) });
    return { ok: true, log: `uploaded ${name}: ${[...files.keys()].join(" ")}\n` };
  }

  private download(inputs: Readonly<Record<string, string>>, workspace: string) {
    const run = Number(inputs["run-id"] ?? this.id);
    const artifact = this.github.artifacts.find((one) => one.name === inputs.name && one.run === run);
    if (artifact === undefined) return { ok: false, log: `Artifact not found: ${inputs.name} of run ${run}\n` };
    for (const [name, text] of artifact.files) {
      const file = join(workspace, inputs.path ?? ".", name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return { ok: true, log: "" };
  }
}

interface Place {
  readonly job: Job;
  readonly context: Context;
  readonly workspace: string;
  readonly summary: string;
  readonly output: string;
}
type Context = Readonly<Record<string, unknown>>;

/** A condition; without a status function it asks for success too. */
function holds(condition: string | undefined, context: Context, success: boolean): boolean {
  if (condition === undefined) return success;
  const expression = condition.replace(/^\$\{\{(.*)\}\}$/s, "$1");
  const value = Boolean(evaluate(expression, context));
  return /\b(cancelled|always|failure)\(\)/.test(expression) ? value : success && value;
}

/** GitHub's expressions, as far as they are used here, are JavaScript's. What is not there is empty, not an error. */
function evaluate(expression: string, context: Context): unknown {
  const lenient = expression.replace(/\.(?=[a-zA-Z_])/g, "?.");
  return runInNewContext(lenient, { ...context });
}

const filled = (text: string, context: Context): string =>
  text.replace(/\$\{\{(.+?)\}\}/g, (_all, expression: string) => {
    const value = evaluate(expression, context);
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  });

function outputsIn(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line.includes("="));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

function filesUnder(workspace: string, path: string): string[] {
  const full = join(workspace, path);
  try {
    if (!statSync(full).isDirectory()) return [path];
  } catch {
    return [];
  }
  return readdirSync(full).flatMap((name) => filesUnder(workspace, posix.join(path, name)));
}

function commonFolder(a: string, b: string): string {
  let common = a;
  while (common !== "." && b !== common && !b.startsWith(`${common}/`)) common = posix.dirname(common);
  return common;
}
