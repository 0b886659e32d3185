import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { describeProgram } from "../conformance/program";
import type { Workflow } from "./actions";
import { actionlint, checkJsonSchema, lint } from "./linters";

const ROOT = join(__dirname, "../../..");
const GITHUB = join(ROOT, "pipelines/github");
const GITLAB = join(ROOT, "pipelines/gitlab/gitlab-ci.yml");
const workflows = readdirSync(GITHUB)
  .filter((name) => name.endsWith(".yml"))
  .map((name) => join(GITHUB, name));
const text = (file: string) => readFileSync(file, "utf8");
const jobsOf = (file: string) => Object.entries((parse(text(file)) as Workflow).jobs);

/** A file with a fault in it, which the linter has to find: otherwise it is not looking. */
function faulty(name: string, content: string, look: (file: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-lint-"));
  try {
    writeFileSync(join(folder, name), content);
    look(join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describeProgram("actionlint", actionlint(), (command) => {
  test("finds nothing in the workflows", () => {
    expect(lint(command, workflows)).toEqual({ code: 0, out: "" });
  });
  test("would find a job that is not there", () => {
    const broken = text(workflows[0]!).replace("needs: plan", "needs: plane");
    faulty("broken.yml", broken, (file) => expect(lint(command, [file]).out).toMatch(/"plane"/));
  });
});

describeProgram("the hosts' schemas", checkJsonSchema(), (command) => {
  const github = [...command, "--builtin-schema", "vendor.github-workflows"];
  const gitlab = [...command, "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"];
  test("hold for the workflows", () => {
    expect(lint(github, workflows)).toMatchObject({ code: 0 });
  });
  test("hold for GitLab's pipeline", () => {
    expect(lint(gitlab, [GITLAB])).toMatchObject({ code: 0 });
  });
  test("would find a key that is not there", () => {
    const broken = text(GITLAB).replace("resource_group:", "resource_groups:");
    faulty(".gitlab-ci.yml", broken, (file) => expect(lint(gitlab, [file]).code).toBe(1));
  });
});

describe.each(workflows.map((file) => [basename(file), file]))("%s", (_name, file) => {
  test("actions are GitHub's own, pinned by digest, with the version told", () => {
    const used = text(file).match(/uses: .*/g) ?? [];
    expect(used.length).toBeGreaterThan(0);
    for (const one of used) expect(one).toMatch(/^uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("one digest of each action throughout", () => {
    const all = workflows.flatMap((one) => text(one).match(/actions\/[a-z-]+@.*/g) ?? []);
    const names = new Set(all.map((one) => one.split("@")[0]));
    expect(new Set(all).size).toBe(names.size);
  });

  test("no job has more rights than it tells, and none that writes runs a pull request's code", () => {
    expect((parse(text(file)) as Workflow).permissions).toEqual({});
    for (const [name, job] of jobsOf(file)) {
      expect([name, job.permissions]).toEqual([name, expect.any(Object)]);
      const rights = Object.entries(job.permissions ?? {}).filter(([, right]) => right === "write");
      const writes = rights.some(([scope]) => scope !== "id-token");
      const scripts = job.steps.map(({ run }) => run ?? "").join("\n");
      if (writes) expect(scripts).not.toMatch(/npm|rollcall\.sh/);
      if (writes && file.includes("pull-request"))
        expect(job.steps[0]?.with?.ref).toBe("${{ github.event.pull_request.base.sha }}");
    }
  });

  test("no text of a pull request gets into a script, and no secret into a job without an environment", () => {
    expect(text(file)).not.toMatch(/pull_request_target|workflow_run:/);
    for (const [, job] of jobsOf(file)) {
      for (const { run } of job.steps) expect(run ?? "").not.toContain("${{");
      if (job.environment === undefined) expect(JSON.stringify(job)).not.toMatch(/secrets\.|vars\./);
    }
  });

  test("packages' own scripts are not run", () => {
    for (const line of text(file).match(/npm .*/g) ?? []) expect(line).toMatch(/^npm ci --ignore-scripts/);
  });
});

test("one apply at a time for each stack, never interrupted, in an environment of its own", () => {
  const jobs = Object.fromEntries(jobsOf(join(GITHUB, "rollcall-apply.yml")));
  expect(jobs.apply).toMatchObject({
    environment: "rollcall-production",
    concurrency: { group: "rollcall-${{ matrix.stack }}", "cancel-in-progress": false },
  });
  const environments = workflows.flatMap((file) => jobsOf(file).map(([, job]) => job.environment));
  expect(environments.filter((name) => name === "rollcall-production")).toHaveLength(1);
});

describe("policies", () => {
  const policy = (name: string) =>
    JSON.parse(text(join(ROOT, "policies", name))) as {
      Version: string;
      Statement: { Effect: string; Action: string | string[]; Resource?: string; Condition?: unknown }[];
    };

  const listing = ["cams:ListChatGroup", "cams:ListChatGroupParticipants"];
  const messages = ["cams:ListChatappMessage", "cams:GetChatappTemplateDetail", "cams:QueryChatappPhoneNumbers"];

  test("grant what is called, and not more", () => {
    const grants = readdirSync(join(ROOT, "policies"))
      .filter((name) => !name.startsWith("trust-"))
      .sort()
      .map((name): [string, unknown] => [name, policy(name).Statement.flatMap(({ Action }) => Action)]);
    expect(grants).toEqual([
      ["change-groups.json", ["cams:AddChatGroup", "cams:UpdateChatGroup"]],
      ["change-links.json", ["cams:AddChatGroupInviteLink", "cams:DeleteChatGroupInviteLink"]],
      ["list-and-delete.json", [...listing, "cams:DeleteChatGroupParticipants"]],
      ["list-messages.json", messages],
      ["list-only.json", listing],
      ["send-invitations.json", ["cams:SendChatappMessage", ...messages]],
    ]);
    // The only calls that the product's client knows. Names of operations are the only such texts of the second file.
    const called = [
      ...text(join(ROOT, "src/cams/client.ts")).matchAll(/\b(?:readPage|write|change)\(\s*"(\w+)"/g),
      ...text(join(ROOT, "src/cams/message-calls.ts")).matchAll(/"([A-Z][a-z]+Chatapp\w+)"/g),
    ];
    expect(called.map(([, name]) => `cams:${name}`).sort()).toEqual(
      [...new Set(grants.flatMap(([, all]) => all))].sort(),
    );
  });

  test("docs/ci.md tells what each of them allows", () => {
    const rows = [...text(join(ROOT, "docs/ci.md")).matchAll(/^\| \[([\w-]+\.json)\]\(.*$/gm)];
    const told = rows.map(([row, name]): [string, string[]] => [name ?? "", row.match(/cams:\w+/g) ?? []]);
    expect(told).toEqual([
      ["list-only.json", ["cams:ListChatGroupParticipants", "cams:ListChatGroup"]],
      ["list-and-delete.json", ["cams:DeleteChatGroupParticipants"]],
      ["change-groups.json", ["cams:AddChatGroup", "cams:UpdateChatGroup"]],
      ["change-links.json", ["cams:AddChatGroupInviteLink", "cams:DeleteChatGroupInviteLink"]],
      ["list-messages.json", messages],
      ["send-invitations.json", ["cams:SendChatappMessage"]],
    ]);
  });

  test("who only looks may send nothing, and who looks at groups reads no messages", () => {
    const actions = (name: string) => policy(name).Statement.flatMap(({ Action }) => Action);
    const looking = ["list-only.json", "list-messages.json"];
    for (const name of looking)
      for (const action of actions(name)) expect(action).toMatch(/^cams:(List|Get|Query)[A-Z]\w+$/);
    expect(actions("list-only.json").join()).not.toContain("Chatapp");
  });

  test.each(readdirSync(join(ROOT, "policies")))("%s is a RAM policy", (name) => {
    const { Version, Statement } = policy(name);
    expect(Version).toBe("1");
    for (const one of Statement) {
      expect(one.Effect).toBe("Allow");
      if (name.startsWith("trust-")) expect(one).toMatchObject({ Action: "sts:AssumeRole" });
      else expect(one).toMatchObject({ Resource: "*" });
    }
  });

  test("a role is for one repository, and the one that deletes for one environment or branch", () => {
    for (const host of ["github", "gitlab"]) {
      expect(policy(`trust-${host}-production.json`).Statement[0]?.Condition).toMatchObject({
        StringEquals: {
          "oidc:aud": ["sts.aliyuncs.com"],
          "oidc:sub": [
            expect.stringMatching(
              /^(repo:[\w/]+:environment:rollcall-production|project_path:[\w/]+:ref_type:branch:ref:main)$/,
            ),
          ],
        },
      });
    }
  });
});
