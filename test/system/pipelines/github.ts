import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What a job's token may do, as the workflow's `permissions` say. */
export type Permissions = Readonly<Record<string, string>>;

export interface Artifact {
  readonly name: string;
  readonly run: number;
  /** Path in the artifact → contents. */
  readonly files: ReadonlyMap<string, string>;
  readonly fork?: boolean;
  readonly expired?: boolean;
}

interface Post {
  readonly id: number;
  readonly number: number;
  readonly user: { readonly type: string };
  title?: string;
  body: string;
  state: string;
  edits: number;
}

/** As much of GitHub as the workflows use: comments, issues, artifacts, runs, identity tokens; and STS behind it. */
export class GitHub {
  readonly comments: Post[] = [];
  readonly issues: Post[] = [];
  readonly artifacts: Artifact[] = [];
  /** Run → the workflow's path. */
  readonly runs = new Map<number, string>();
  /** Roles that were assumed, with the identity token. */
  readonly assumed: { readonly role: string; readonly token: string }[] = [];
  private readonly server: Server;
  private posts = 0;

  private constructor() {
    this.server = createServer((request, response) => {
      void readBody(request).then((body) => {
        const { status, json } = this.answer(request, new URL(request.url ?? "/", "http://x"), body);
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
      });
    });
  }

  static async start(): Promise<GitHub> {
    const github = new GitHub();
    await new Promise<void>((listening) => github.server.listen(0, "127.0.0.1", listening));
    return github;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A token for a job; the server reads off it what the job may do. */
  static token(permissions: Permissions): string {
    return Buffer.from(JSON.stringify(permissions)).toString("base64url");
  }

  /** Somebody writes on the pull request or an issue by hand. */
  say(body: string, where: Post[] = this.comments): void {
    where.push(this.post({ body, user: { type: "User" } }));
  }

  private post(some: { body: string; title?: string; user: { type: string } }): Post {
    this.posts += 1;
    return { id: 1000 + this.posts, number: this.posts, state: "open", edits: 0, ...some };
  }

  private answer(request: IncomingMessage, url: URL, body: string): { status: number; json: unknown } {
    const { method = "GET", headers } = request;
    if (url.pathname === "/oidc") {
      const fits = headers.authorization === "bearer request-token" && url.searchParams.get("audience") !== null;
      return fits ? ok({ value: `jwt-for-${url.searchParams.get("audience")}` }) : { status: 403, json: {} };
    }
    if (url.searchParams.get("Action") === "AssumeRoleWithOIDC") return this.assume(new URLSearchParams(body));
    const path = url.pathname.replace(/^\/repos\/team\/rosters\//, "");
    const token = Buffer.from((headers.authorization ?? "").replace("Bearer ", ""), "base64url").toString("utf8");
    const may = (scope: string) =>
      ((JSON.parse(token) as Permissions)[scope] ?? "none") === (method === "GET" ? "read" : "write") ||
      (JSON.parse(token) as Permissions)[scope] === "write";
    const refused = { status: 403, json: { message: "Resource not accessible by integration" } };
    const sent = (body === "" ? {} : JSON.parse(body)) as { body: string; title?: string; state?: string };

    if (path === "issues/7/comments" || path.startsWith("issues/comments/")) {
      return may("pull-requests") ? this.kept(this.comments, method, url, sent) : refused;
    }
    if (path === "issues" || /^issues\/\d+$/.test(path)) {
      return may("issues") ? this.kept(this.issues, method, url, sent) : refused;
    }
    if (path === "actions/artifacts") {
      if (!may("actions")) return refused;
      const named = this.artifacts.filter(({ name }) => name === url.searchParams.get("name"));
      return ok({ artifacts: paged(named, url).map((artifact) => described(artifact)) });
    }
    const run = /^actions\/runs\/(\d+)$/.exec(path)?.[1];
    if (run !== undefined) return may("actions") ? ok({ path: this.runs.get(Number(run)) }) : refused;
    return { status: 404, json: { message: `${method} ${path}` } };
  }

  private kept(posts: Post[], method: string, url: URL, sent: { body: string; title?: string; state?: string }) {
    if (method === "GET")
      return ok(
        paged(
          posts.filter(({ state }) => state === (url.searchParams.get("state") ?? state)),
          url,
        ),
      );
    if (method === "POST") {
      posts.push(this.post({ ...sent, user: { type: "Bot" } }));
      return { status: 201, json: posts.at(-1) };
    }
    const id = Number(url.pathname.split("/").at(-1));
    const post = posts.find((one) => one.id === id || one.number === id);
    if (post === undefined) return { status: 404, json: {} };
    Object.assign(post, sent, { edits: post.edits + 1 });
    return ok(post);
  }

  private assume(form: URLSearchParams) {
    this.assumed.push({ role: form.get("RoleArn") ?? "", token: form.get("OIDCToken") ?? "" });
    const Expiration = new Date(Date.now() + 3_600_000).toISOString();
    const secrets = {
      AccessKeyId: "rollcall-local",
      AccessKeySecret: "rollcall-local-secret",
      SecurityToken: "sts+T/0=",
    };
    return ok({ Credentials: { ...secrets, Expiration } });
  }
}

const ok = (json: unknown) => ({ status: 200, json });

const described = ({ name, run, fork, expired }: Artifact) => ({
  name,
  expired: expired === true,
  created_at: new Date(run * 1000).toISOString(),
  workflow_run: { id: run, repository_id: 1, head_repository_id: fork === true ? 2 : 1 },
});

function paged<T>(list: readonly T[], url: URL): readonly T[] {
  const size = Number(url.searchParams.get("per_page") ?? 30);
  const page = Number(url.searchParams.get("page") ?? 1);
  return list.slice((page - 1) * size, page * size);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
