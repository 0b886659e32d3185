/** Source: the official download, done by the launcher itself, but into the staging folder and with bounds on waiting. */
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { codeOf, messageOf } from "./failure.mjs";
import { run } from "./run.mjs";

const PROBE_MS = 8_000;
const DOWNLOAD_MS = 10 * 60_000;
const INSTALLER =
  process.platform === "win32" ? "https://get.pulumi.com/install.ps1" : "https://get.pulumi.com/install.sh";
/** The installer's curl: a dead connection or a stalled one ends the attempt. */
const CURL_BOUNDS = "connect-timeout = 8\nspeed-limit = 1000\nspeed-time = 20\n";

/** The hosts that the installer takes the archive from; one of them must answer. @param {string} version */
function archives(version) {
  const { platform } = process;
  const os = platform === "win32" ? "windows" : platform === "darwin" ? "darwin" : "linux";
  const arch = process.arch === "arm64" ? "arm64" : "x64";
  const name = `pulumi-v${version}-${os}-${arch}.${os === "windows" ? "zip" : "tar.gz"}`;
  return [
    `https://github.com/pulumi/pulumi/releases/download/v${version}/${name}`,
    `https://get.pulumi.com/releases/sdk/${name}`,
  ];
}

/**
 * @param {{ root: string, version: string, staging: string, env: NodeJS.ProcessEnv, tell: (text: string) => void }} job
 * @returns {Promise<{ how: string } | { why: string }>}
 */
export async function download({ root, version, staging, env, tell }) {
  if (isOn(env.ROLLCALL_OFFLINE)) return { why: "not tried, ROLLCALL_OFFLINE is set" };
  tell("asking get.pulumi.com");
  const unreachable = await probe(version, env);
  if (unreachable) return { why: unreachable };

  tell("downloading");
  const curl = join(staging, "curl");
  mkdirSync(curl);
  const own = join(env.CURL_HOME || env.XDG_CONFIG_HOME || homedir(), ".curlrc");
  if (existsSync(own)) copyFileSync(own, join(curl, ".curlrc"));
  appendFileSync(join(curl, ".curlrc"), `\n${CURL_BOUNDS}`);
  const home = join(staging, "home");
  const result = await run(process.execPath, [join(root, "node_modules/pulumi/run.js"), "version"], {
    env: { ...env, PULUMI_HOME: home, PULUMI_VERSION: version, PULUMI_SKIP_UPDATE_CHECK: "true", CURL_HOME: curl },
    timeoutMs: DOWNLOAD_MS,
    group: true,
  });
  const bin = join(home, "versions", version, "bin");
  if (result.code !== 0 || !existsSync(bin)) {
    return { why: result.timedOut ? "gave up after 10 minutes" : (result.tail.at(-1) ?? "the installer failed") };
  }
  for (const name of readdirSync(bin)) renameSync(join(bin, name), join(staging, "bin", name));
  return { how: "downloaded" };
}

/**
 * Why the download is out of reach, found out within seconds; undefined when it is worth a try.
 * @param {string} version @param {NodeJS.ProcessEnv} env
 */
async function probe(version, env) {
  const installer = await reach(INSTALLER);
  if (installer) return `get.pulumi.com cannot be reached (${installer})`;
  // The installer's curl can take a proxy that Node.js does not know: then only trying tells.
  if (["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"].some((name) => env[name])) return undefined;
  const answers = await Promise.all(archives(version).map(reach));
  const [first] = answers;
  return first && answers.every(Boolean) ? `the release archive cannot be reached (${first})` : undefined;
}

/** What is wrong with a URL, or undefined. @param {string} url */
async function reach(url) {
  try {
    const answer = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(PROBE_MS) });
    return answer.ok ? undefined : `HTTP ${answer.status}`;
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") return `no answer in ${PROBE_MS / 1000} s`;
    return (error instanceof Error && codeOf(error.cause)) || messageOf(error);
  }
}

/** Whether a variable of the environment says yes. @param {string | undefined} value */
function isOn(value) {
  return value !== undefined && !["", "0", "false"].includes(value);
}
