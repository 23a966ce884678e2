import { join } from "node:path";

/** Variables that could lead a client to a real account, or the emulator to a single one. */
export const UNSET = [
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
  "AWS_ROLE_ARN",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CA_BUNDLE",
  "AWS_ENDPOINT_URL_IAM",
  "AWS_ENDPOINT_URL_STS",
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  "MOTO_ACCOUNT_ID",
  "TF_WORKSPACE",
] as const;

/** What Terraform, cdktf, the `aws` client and the SDKs need to talk to the sandbox and to nothing else. */
export function sandboxVariables(root: string, url: string): Readonly<Record<string, string>> {
  const folder = join(root, ".rolecall/sandbox");
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "eu-central-1",
    AWS_DEFAULT_REGION: "eu-central-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
    // Empty files: the person's own profiles and keys cannot be used by mistake.
    AWS_CONFIG_FILE: join(folder, "aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "aws-credentials"),
    NO_PROXY: "127.0.0.1,localhost",
    no_proxy: "127.0.0.1,localhost",
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_CLI_CONFIG_FILE: join(folder, "terraform.rc"),
    CI: "1",
    DISABLE_VERSION_CHECK: "1",
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    // Output and, next to it, state: apart from those of real accounts.
    CDKTF_OUTPUT: join(folder, "cdktf.out"),
    ROLECALL_SANDBOX: "1",
  };
}

/** `env` without what `UNSET` names, and with the sandbox's variables. */
export function sandboxEnv(env: NodeJS.ProcessEnv, variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !(UNSET as readonly string[]).includes(name));
  return { ...Object.fromEntries(kept), ...variables };
}

/** Lines for `eval` in a POSIX shell. */
export function shellExports(variables: Readonly<Record<string, string>>): string {
  const exports = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`,
  );
  return `${[`unset ${UNSET.join(" ")}`, ...exports].join("\n")}\n`;
}
