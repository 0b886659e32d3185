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

const { GITHUB_TOKEN, GITHUB_REPOSITORY, GITHUB_API_URL = "https://api.github.com" } = process.env;

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
  return text === "" ? undefined : JSON.parse(text);
}

/** All pages of a list; `of` takes the list out of a page. */
async function all(path, of = (page) => page) {
  const found = [];
  for (let page = 1; ; page += 1) {
    const some = of(await api("GET", `${path}${path.includes("?") ? "&" : "?"}per_page=100&page=${page}`));
    found.push(...some);
    if (some.length < 100) return found;
  }
}

/** Found again by its first line, and only when a workflow wrote it: anybody may write such a line. */
const mine = (stack) => {
  const marker = `<!-- rollcall:${stack} -->`;
  return { marker, is: ({ body, user }) => user?.type === "Bot" && (body ?? "").startsWith(marker) };
};

async function comment(stack, number, file) {
  const { marker, is } = mine(stack);
  const body = `${marker}\n${readFileSync(file, "utf8")}`;
  const old = (await all(`issues/${number}/comments`)).find(is);
  if (old === undefined) await api("POST", `issues/${number}/comments`, { body });
  else if (old.body !== body) await api("PATCH", `issues/comments/${old.id}`, { body });
}

/** Workflows whose plans count: those of this repository, so never an artifact that a fork's run has left. */
const PLANNERS = [".github/workflows/rollcall-pull-request.yml", ".github/workflows/rollcall-apply.yml"];

async function findPlan(stack, tree) {
  const name = `rollcall-plan-${stack}-${tree}`;
  const artifacts = await all(`actions/artifacts?name=${encodeURIComponent(name)}`, (page) => page.artifacts);
  const ours = artifacts
    .filter(({ expired, workflow_run: run }) => !expired && run && run.head_repository_id === run.repository_id)
    .sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
  for (const { workflow_run: run } of ours) {
    const { path } = await api("GET", `actions/runs/${run.id}`);
    if (!PLANNERS.includes(path.split("@")[0])) continue;
    process.stdout.write(`The plan ${name} is of run ${run.id}\n`);
    if (process.env.GITHUB_OUTPUT) appendFileSync(process.env.GITHUB_OUTPUT, `run=${run.id}\nname=${name}\n`);
    return;
  }
  throw new Error(
    `there is no reviewed plan of stack ${stack} for these files (tree ${tree}): it has expired, or main has moved on ` +
      `since the pull request's last preview, or this was no pull request. Nothing was applied. Run the workflow ` +
      `"Rollcall apply" by hand: it makes a new plan, shows it in its summary, and applies it once it is approved`,
  );
}

const SAID = {
  1: "the look failed",
  3: "the rosters are not valid",
  4: "people would be removed",
  5: "people joined, left or are awaited",
  6: "a guard refuses",
};

async function alarm(stack, code, file) {
  const { marker, is } = mine(stack);
  const open = (await all("issues?state=open")).find((issue) => issue.pull_request === undefined && is(issue));
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

const COMMANDS = { comment, "find-plan": findPlan, alarm };
const [name, ...args] = process.argv.slice(2);
try {
  if (!Object.hasOwn(COMMANDS, name ?? "")) throw new Error(`there is no command ${name}`);
  await COMMANDS[name](...args);
} catch (error) {
  process.stdout.write(`::error::${error.message.replaceAll("\n", " ")}\n`);
  process.exitCode = 1;
}
