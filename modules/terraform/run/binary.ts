import { execFile } from "node:child_process";
import { quote } from "../../text";
import { terraformEnvironment } from "./environment";

export interface Terraform {
  /** Name or path of the program. */
  readonly command: string;
  readonly version: string;
}

/** Why there is no Terraform to work with. */
export interface NoTerraform {
  readonly known: false;
  readonly reason: string;
  /** The two parts of the reason. */
  readonly what: string;
  readonly cure: string;
  /** Nothing of that name is installed; otherwise there is a program that cannot be used. */
  readonly missing: boolean;
}

/** State locks as files in S3 came with 1.10, in OpenTofu too. */
const OLDEST = [1, 10] as const;
const VERSION_TIMEOUT_MS = 30_000;

/** The Terraform of this machine: TERRAFORM_BINARY_NAME, else `terraform`; 1.10 or newer. */
export async function findTerraform(
  env: NodeJS.ProcessEnv,
): Promise<{ readonly known: true; readonly value: Terraform } | NoTerraform> {
  const command = env["TERRAFORM_BINARY_NAME"] || "terraform";
  const output = await askVersion(command, env);
  if (typeof output !== "string") return output;
  const version = versionIn(output);
  if (version === undefined) return unusable(`${quote(command)} version -json gave no version`, "is it Terraform?");
  if (isOlder(version))
    return unusable(`${command} ${version} is too old`, `install Terraform or OpenTofu ${OLDEST.join(".")} or newer`);
  return { known: true, value: { command, version } };
}

function unusable(what: string, cure: string, missing = false): NoTerraform {
  return { known: false, reason: `${what}; ${cure}`, what, cure, missing };
}

function askVersion(command: string, env: NodeJS.ProcessEnv): Promise<string | NoTerraform> {
  const [name, run] = [quote(command), `run ${command} version to see why`];
  return new Promise((resolve) => {
    const options = { env: terraformEnvironment(env), timeout: VERSION_TIMEOUT_MS };
    execFile(command, ["version", "-json"], options, (error, stdout) => {
      if (error === null) resolve(stdout);
      else if (error.code === "ENOENT") resolve(unusable(`${name} is not installed or not on the PATH`, INSTALL, true));
      else if (typeof error.code === "string") resolve(unusable(`${name} cannot be started (${error.code})`, run));
      else if (error.killed) resolve(unusable(`${name} version did not answer within 30 seconds`, run));
      else resolve(unusable(`${name} version failed`, run));
    });
  });
}

const INSTALL =
  "install Terraform 1.10 or newer (https://developer.hashicorp.com/terraform/install), or OpenTofu and set TERRAFORM_BINARY_NAME=tofu";

function versionIn(output: string): string | undefined {
  return /"terraform_version":\s*"(\d+\.\d+\.[^"\s]+)"/.exec(output)?.[1];
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}
