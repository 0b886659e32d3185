/** Running programs as a person's shell or a runner would: to their end, in an environment that is known. */
import { execFile } from "node:child_process";

/** What one command said and did. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  /** stdout and stderr, as a person would see them. */
  readonly out: string;
}

/** The run, which has to have ended well: otherwise what it said is the failure. */
export function passed(run: Run): Run {
  if (run.code !== 0) throw new Error(`exit code ${run.code}:\n${run.out}`);
  return run;
}

/** Runs a program to its end, with nothing to read. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Run> {
  return new Promise((done) => {
    const child = execFile(command, args, { ...options, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : (child.exitCode ?? 1), stdout, out: stdout + stderr }),
    );
    child.stdin?.end();
  });
}

/** Of this process's environment what the CLI needs and nothing else, without any credentials. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, PULUMI_HOME } = process.env;
  return {
    PATH,
    HOME,
    ...(PULUMI_HOME === undefined ? {} : { PULUMI_HOME }),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    NO_COLOR: "1",
  };
}

/** A passphrase for the state, and the keys that the local CAMS knows. */
export const CREDENTIALS = {
  PULUMI_CONFIG_PASSPHRASE: "correct horse battery staple",
  ALIBABA_CLOUD_ACCESS_KEY_ID: "rollcall-local",
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: "rollcall-local-secret",
} as const;

/** Git as it is without a person's settings. */
export const GIT_IDENTITY = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_NAME: "Ana",
  GIT_AUTHOR_EMAIL: "ana@example.com",
  GIT_COMMITTER_NAME: "Ana",
  GIT_COMMITTER_EMAIL: "ana@example.com",
} as const;
