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

async function token(env) {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = env;
  if (!url) return env.ALIBABA_CLOUD_OIDC_TOKEN;
  const response = await fetch(`${url}&audience=${encodeURIComponent(AUDIENCE)}`, {
    headers: { authorization: `bearer ${bearer}` },
  });
  if (!response.ok) throw new Error(`GitHub gave no identity token: ${response.status}. The job needs id-token: write`);
  return (await response.json()).value;
}

async function session(env, file) {
  // The SDK that the package brings, wherever the package manager has put it.
  const ofPackage = createRequire(createRequire(join(process.cwd(), "_")).resolve("cams-rollcall/package.json"));
  const { default: Credential, Config } = ofPackage("@alicloud/credentials");
  const config = new Config({
    type: "oidc_role_arn",
    roleArn: env.ALIBABA_CLOUD_ROLE_ARN,
    oidcProviderArn: env.ALIBABA_CLOUD_OIDC_PROVIDER_ARN,
    oidcTokenFilePath: file,
    roleSessionName: env.ALIBABA_CLOUD_ROLE_SESSION_NAME || "rollcall",
    roleSessionExpiration: 3600,
  });
  return new Credential(config).getCredential();
}

async function main(env) {
  if (!env.ALIBABA_CLOUD_ROLE_ARN || !env.ALIBABA_CLOUD_OIDC_PROVIDER_ARN) return;
  const text = await token(env);
  const folder = mkdtempSync(join(tmpdir(), "rollcall-token-"));
  try {
    const file = text ? join(folder, "token") : env.ALIBABA_CLOUD_OIDC_TOKEN_FILE;
    if (!file) throw new Error("There is no identity token to assume the role with");
    if (text) writeFileSync(file, text, { mode: 0o600 });
    const { accessKeyId, accessKeySecret, securityToken } = await session(env, file);
    const found = {
      ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
      ALIBABA_CLOUD_SECURITY_TOKEN: securityToken,
    };
    for (const [name, value] of Object.entries(found)) {
      if (!/^[\w.+/=-]+$/.test(value)) throw new Error(`${name} of the session is not what a shell can take`);
      process.stdout.write(`export ${name}='${value}'\n`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main(process.env).catch((error) => {
  process.stderr.write(`rollcall: the role ${process.env.ALIBABA_CLOUD_ROLE_ARN} can't be assumed: ${error.message}\n`);
  process.exitCode = 1;
});
