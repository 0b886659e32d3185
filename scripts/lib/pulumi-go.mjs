/**
 * Source: a build from Go modules. `tools/` holds one module per program: its go.mod says which version, its go.sum what
 * the sources must hash to (`-mod=readonly`, so nothing else is ever built).
 *
 * The language host is a module of its own that not every module proxy has. So the last release is built in which it was
 * part of Pulumi's SDK module, 3.68.0: all that a Node.js program needs of it works with the pinned CLI and SDK.
 */
import { homedir } from "node:os";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { run } from "./run.mjs";
import { isAtLeast } from "./version.mjs";

/** As tools/pulumi-cli/go.mod says. */
export const OLDEST_GO = "1.25.11";

/** @typedef {ReturnType<typeof programs>[number]} Program */

/** The programs that are built. @param {string} version @param {{ language: string, pulumi: string }} parts */
const programs = (version, parts) => [
  {
    part: parts.language,
    title: "language host",
    module: "tools/pulumi-language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    version: "3.68.0",
  },
  {
    part: parts.pulumi,
    title: "CLI",
    module: "tools/pulumi-cli",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version,
  },
];

/**
 * Why this Go cannot build it, or undefined.
 * @param {{ GOVERSION: string, GOTOOLCHAIN?: string }} go
 */
export function goProblem({ GOVERSION, GOTOOLCHAIN }) {
  if (isAtLeast(GOVERSION, OLDEST_GO)) return undefined;
  const fetchesToolchains = isAtLeast(GOVERSION, "1.21.0") && /(^|\+)(auto|path)$/.test(GOTOOLCHAIN ?? "");
  return fetchesToolchains ? undefined : `Go is ${GOVERSION.replace(/^go/, "")}, ${OLDEST_GO} or newer is needed`;
}

/**
 * @param {{ root: string, version: string, target: string, wanted: string[], parts: { language: string, pulumi: string },
 *   env: NodeJS.ProcessEnv, tell: (text: string) => void, say: (text: string) => void }} job
 * @returns {Promise<{ how: string } | { why: string }>}
 */
export async function buildFromModules({ root, version, target, wanted, parts, env, tell, say }) {
  const base = {
    ...env,
    HOME: env.HOME || homedir(),
    CGO_ENABLED: "0",
    GO111MODULE: "on",
    GOFLAGS: "-mod=readonly -buildvcs=false",
    GOWORK: "off",
  };
  const asked = await run("go", ["env", "-json", "GOVERSION", "GOTOOLCHAIN", "GOHOSTOS", "GOHOSTARCH"], {
    env: base,
    cwd: target,
  });
  if (asked.missing) return { why: "Go was not found on PATH" };
  if (asked.code !== 0) return { why: `Go does not run (${asked.tail.at(-1) ?? "no message"})` };
  /** @type {unknown} */
  const answer = JSON.parse(asked.stdout);
  const go = /** @type {Record<"GOVERSION" | "GOTOOLCHAIN" | "GOHOSTOS" | "GOHOSTARCH", string>} */ (answer);
  const problem = goProblem(go);
  if (problem) return { why: problem };

  say(`  The download is out of reach: building Pulumi ${version} from its Go modules. This takes 2-6 minutes, once.`);
  const goEnv = { ...base, GOOS: go.GOHOSTOS, GOARCH: go.GOHOSTARCH };
  for (const program of programs(version, parts).filter(({ part }) => wanted.includes(part))) {
    const why = await buildOne({ program, cwd: join(root, program.module), target, env: goEnv, tell });
    if (why) return { why };
  }
  return { how: "built from Go modules, whose caches (3 GB) may go: `go clean -cache -modcache`" };
}

/**
 * Builds one program; gives back why it could not be done when that is for the machine's owner to change.
 * @param {{ program: Program, cwd: string, target: string, env: NodeJS.ProcessEnv, tell: (text: string) => void }} job
 */
async function buildOne({ program, cwd, target, env, tell }) {
  let fetched = 0;
  const listed = await run("go", ["list", "-deps", program.package], {
    cwd,
    env,
    onLine: (line) => {
      if (line.startsWith("go: downloading")) tell(`fetching modules of the ${program.title}, ${++fetched} so far`);
    },
  });
  if (listed.code !== 0) return explain(program, listed.tail);

  const total = listed.stdout.split("\n").length;
  let compiled = 0;
  tell(`compiling the ${program.title}`);
  const stamp = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${program.version}`;
  const built = await run(
    "go",
    ["build", "-v", "-trimpath", "-ldflags", `-s -w ${stamp}`, "-o", join(target, program.part), program.package],
    {
      cwd,
      env,
      onLine: (line) => {
        if (/^[\w.-]+(\/\S+)*$/.test(line)) tell(`compiling the ${program.title}, ${++compiled} of ${total} packages`);
      },
    },
  );
  return built.code === 0 ? undefined : explain(program, built.tail);
}

/** Why a program could not be built. @param {Program} program @param {readonly string[]} tail what Go said last */
function explain(program, tail) {
  const output = tail.join("\n");
  if (/SECURITY ERROR|checksum mismatch/.test(output)) {
    throw new Failure("The Go modules are not the ones that were reviewed: a checksum differs from go.sum.", {
      output: tail,
      hints: ["Find out what the module proxy (`go env GOPROXY`) hands out. Nothing was installed."],
    });
  }
  if (output.includes("no space left on device")) {
    throw new Failure("The disk is full.", {
      hints: ["The build needs about 4 GB for Go's caches; GOCACHE and GOMODCACHE may lie on another disk."],
    });
  }
  return `the ${program.title} could not be built (${tail.filter((line) => !line.startsWith("go: downloading")).at(-1) ?? "no message"})`;
}
