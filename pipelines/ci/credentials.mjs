/**
 * Exchanges the identity token of a CI job for a session of a RAM role, and prints it as `export` lines for a shell.
 *
 * It does so where ALIBABA_CLOUD_ROLE_ARN and ALIBABA_CLOUD_OIDC_PROVIDER_ARN are set; otherwise it prints nothing, and
 * the default chain of Alibaba Cloud's SDKs finds whatever else there is. The token is that of GitHub Actions (permission
 * `id-token: write`), else ALIBABA_CLOUD_OIDC_TOKEN (GitLab's `id_tokens`), else the file ALIBABA_CLOUD_OIDC_TOKEN_FILE.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Who the token is for; the RAM identity provider lists it as its client ID. */
const AUDIENCE = process.env.ROLLCALL_OIDC_AUDIENCE || "sts.aliyuncs.com";

/**
 * The identity token of this job; undefined when only a file can hold it.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>}
 */
async function token(env) {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer = "" } = env;
  if (!url) return env.ALIBABA_CLOUD_OIDC_TOKEN;
  const response = await fetch(`${url}&audience=${encodeURIComponent(AUDIENCE)}`, {
    headers: { authorization: `bearer ${bearer}` },
  });
  if (!response.ok) throw new Error(`GitHub gave no identity token: ${response.status}. The job needs id-token: write`);
  const { value } = /** @type {{ value?: unknown }} */ (await response.json());
  if (typeof value !== "string") throw new Error("GitHub's answer holds no identity token");
  return value;
}

/**
 * A session of the role, which Alibaba Cloud's STS gives for the token.
 * @param {{ roleArn: string, oidcProviderArn: string, roleSessionName: string, oidcTokenFilePath: string }} role
 */
async function session(role) {
  // The SDK that the package brings, wherever the package manager has put it.
  const ofPackage = createRequire(createRequire(join(process.cwd(), "_")).resolve("cams-rollcall/package.json"));
  /** @type {unknown} */
  const found = ofPackage("@alicloud/credentials");
  const sdk = /** @type {typeof import("@alicloud/credentials")} */ (found);
  const config = new sdk.Config({ type: "oidc_role_arn", roleSessionExpiration: 3600, ...role });
  return new sdk.default(config).getCredential();
}

/** @param {NodeJS.ProcessEnv} env */
async function main(env) {
  const { ALIBABA_CLOUD_ROLE_ARN: roleArn, ALIBABA_CLOUD_OIDC_PROVIDER_ARN: oidcProviderArn } = env;
  if (!roleArn || !oidcProviderArn) return;
  const roleSessionName = env.ALIBABA_CLOUD_ROLE_SESSION_NAME || "rollcall";
  const text = await token(env);
  const folder = mkdtempSync(join(tmpdir(), "rollcall-token-"));
  try {
    const file = text ? join(folder, "token") : env.ALIBABA_CLOUD_OIDC_TOKEN_FILE;
    if (!file) throw new Error("There is no identity token to assume the role with");
    if (text) writeFileSync(file, text, { mode: 0o600 });
    const found = await session({ roleArn, oidcProviderArn, roleSessionName, oidcTokenFilePath: file });
    const lines = Object.entries({
      ALIBABA_CLOUD_ACCESS_KEY_ID: found.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: found.accessKeySecret,
      ALIBABA_CLOUD_SECURITY_TOKEN: found.securityToken,
    }).map(([name, value = ""]) => {
      if (!/^[\w.+/=-]+$/.test(value)) throw new Error(`${name} of the session is not what a shell can take`);
      return `export ${name}='${value}'\n`;
    });
    process.stdout.write(lines.join(""));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

try {
  await main(process.env);
} catch (error) {
  const role = process.env.ALIBABA_CLOUD_ROLE_ARN ?? "";
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(`rollcall: the role ${role} can't be assumed: ${why}\n`);
  process.exitCode = 1;
}
