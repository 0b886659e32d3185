/**
 * What the workflows tell GitHub, and ask of it. Runs on Node.js alone, so a job with a token that may write needs no
 * package installed and runs no code of a pull request.
 *
 *   node ci/github.mjs comment STACK NUMBER FILE     one comment on a pull request, edited in place
 *   node ci/github.mjs find-plan STACK TREE          the run that holds the reviewed plan for these files
 *   node ci/github.mjs alarm STACK CODE FILE         one issue while a stack drifts; closed when it doesn't any more
 *
 * GITHUB_TOKEN, GITHUB_REPOSITORY and GITHUB_API_URL are as the runner has them.
 */
import { appendFileSync, readFileSync } from "node:fs";

/**
 * What is read of GitHub's answers.
 * @typedef {{ id: number, number: number, body?: string | null, user?: { type: string } | null, pull_request?: object }} Post
 *   a comment, an issue or a pull request
 * @typedef {{ id: number, repository_id: number, head_repository_id: number }} ArtifactRun
 * @typedef {{ expired: boolean, created_at: string, workflow_run?: ArtifactRun | null }} Artifact
 */

const { GITHUB_TOKEN = "", GITHUB_REPOSITORY = "", GITHUB_API_URL = "https://api.github.com" } = process.env;

/**
 * One call of GitHub's API.
 * @param {"GET" | "POST" | "PATCH"} method
 * @param {string} path below the repository
 * @param {object} [body]
 * @returns {Promise<unknown>}
 */
async function api(method, path, body) {
  const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${GITHUB_TOKEN}`,
      "x-github-api-version": "2022-11-28",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
  /** @type {unknown} */
  const answer = text === "" ? undefined : JSON.parse(text);
  return answer;
}

/**
 * All pages of a list.
 * @template T
 * @param {string} path
 * @param {(page: unknown) => readonly T[]} of takes the list out of a page
 */
async function all(path, of) {
  /** @type {T[]} */
  const found = [];
  for (let page = 1; ; page += 1) {
    const some = of(await api("GET", `${path}${path.includes("?") ? "&" : "?"}per_page=100&page=${page}`));
    found.push(...some);
    if (some.length < 100) return found;
  }
}

/** @param {string} path */
const posts = (path) => all(path, (page) => /** @type {Post[]} */ (page));

/**
 * Found again by its first line, and only when a workflow wrote it: anybody may write such a line.
 * @param {string} stack
 */
function mine(stack) {
  const marker = `<!-- rollcall:${stack} -->`;
  /** @param {Post} post */
  const is = ({ body, user }) => user?.type === "Bot" && (body ?? "").startsWith(marker);
  return { marker, is };
}

/** @param {string} stack @param {string} number of the pull request @param {string} file what to say */
async function comment(stack, number, file) {
  const { marker, is } = mine(stack);
  const body = `${marker}\n${readFileSync(file, "utf8")}`;
  const old = (await posts(`issues/${number}/comments`)).find(is);
  if (old === undefined) await api("POST", `issues/${number}/comments`, { body });
  else if (old.body !== body) await api("PATCH", `issues/comments/${old.id}`, { body });
}

/** Workflows whose plans count: those of this repository, so never an artifact that a fork's run has left. */
const PLANNERS = [".github/workflows/rollcall-pull-request.yml", ".github/workflows/rollcall-apply.yml"];

/** @param {string} stack @param {string} tree of the commit that is to be applied */
async function findPlan(stack, tree) {
  const name = `rollcall-plan-${stack}-${tree}`;
  const path = `actions/artifacts?name=${encodeURIComponent(name)}`;
  const artifacts = await all(path, (page) => /** @type {{ artifacts: Artifact[] }} */ (page).artifacts);
  const runs = artifacts
    .filter(({ expired }) => !expired)
    .sort((a, b) => (a.created_at < b.created_at ? 1 : -1))
    .flatMap(({ workflow_run: run }) => run ?? [])
    .filter((run) => run.head_repository_id === run.repository_id);
  for (const { id } of runs) {
    const run = /** @type {{ path: string }} */ (await api("GET", `actions/runs/${id}`));
    if (!PLANNERS.includes(run.path.split("@")[0] ?? "")) continue;
    process.stdout.write(`The plan ${name} is of run ${id}\n`);
    if (process.env.GITHUB_OUTPUT) appendFileSync(process.env.GITHUB_OUTPUT, `run=${id}\nname=${name}\n`);
    return;
  }
  throw new Error(
    `there is no reviewed plan of stack ${stack} for these files (tree ${tree}): it has expired, or main has moved on ` +
      `since the pull request's last preview, or this was no pull request. Nothing was applied. Run the workflow ` +
      `"Rollcall apply" by hand: it makes a new plan, shows it in its summary, and applies it once it is approved`,
  );
}

/**
 * What the exit codes of `rollcall drift` mean.
 * @type {Readonly<Record<string, string>>}
 */
const SAID = {
  1: "the look failed",
  3: "the rosters are not valid",
  4: "people would be removed",
  5: "people joined, left or are awaited, or groups or links are not as declared",
  6: "a guard refuses",
};

/** @param {string} stack @param {string} code that `rollcall drift` ended with @param {string} file what to say */
async function alarm(stack, code, file) {
  const { marker, is } = mine(stack);
  const open = (await posts("issues?state=open")).find((issue) => issue.pull_request === undefined && is(issue));
  if (code === "0") {
    if (open !== undefined) await api("PATCH", `issues/${open.number}`, { state: "closed" });
    return;
  }
  const issue = {
    title: `Rollcall: stack ${stack} drifts: ${SAID[code] ?? `exit code ${code}`}`,
    body: `${marker}\n${readFileSync(file, "utf8")}`,
  };
  if (open === undefined) await api("POST", "issues", issue);
  else await api("PATCH", `issues/${open.number}`, issue);
}

/** @type {Readonly<Record<string, (...args: [string, string, string]) => Promise<void>>>} */
const COMMANDS = { comment, "find-plan": findPlan, alarm };

/** @param {readonly string[]} words of the command line */
async function main([name = "", first = "", second = "", third = ""]) {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new Error(`there is no command ${name}`);
  await command(first, second, third);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const why = error instanceof Error ? error.message : String(error);
  process.stdout.write(`::error::${why.replaceAll("\n", " ")}\n`);
  process.exitCode = 1;
}
