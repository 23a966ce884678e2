import { execFile } from "node:child_process";
import { quote } from "../../text";
import { terraformEnvironment } from "./environment";
import { type Known, known, unknown } from "../../known";

export interface Terraform {
  /** Name or path of the program. */
  readonly command: string;
  readonly version: string;
}

/** State locks as files in S3 came with 1.10, in OpenTofu too. */
const OLDEST = [1, 10] as const;
const VERSION_TIMEOUT_MS = 30_000;

/** The Terraform of this machine: TERRAFORM_BINARY_NAME, else `terraform`; 1.10 or newer. */
export async function findTerraform(env: NodeJS.ProcessEnv): Promise<Known<Terraform>> {
  const command = env["TERRAFORM_BINARY_NAME"] || "terraform";
  const output = await askVersion(command, env);
  if (!output.known) return output;
  const version = versionIn(output.value);
  if (version === undefined) return unknown(`${quote(command)} version -json gave no version; is it Terraform?`);
  if (isOlder(version)) {
    return unknown(`${command} ${version} is too old; install Terraform or OpenTofu ${OLDEST.join(".")} or newer`);
  }
  return known({ command, version });
}

function askVersion(command: string, env: NodeJS.ProcessEnv): Promise<Known<string>> {
  return new Promise((resolve) => {
    const options = { env: terraformEnvironment(env), timeout: VERSION_TIMEOUT_MS };
    execFile(command, ["version", "-json"], options, (error, stdout) => {
      if (error === null) resolve(known(stdout));
      else if (error.code === "ENOENT") resolve(unknown(missing(command)));
      else if (typeof error.code === "string") resolve(unknown(`${quote(command)} cannot be started (${error.code})`));
      else if (error.killed) resolve(unknown(`${quote(command)} version did not answer within 30 seconds`));
      else resolve(unknown(`${quote(command)} version failed; run it to see why`));
    });
  });
}

function missing(command: string): string {
  return (
    `${quote(command)} is not installed or not on the PATH; install Terraform 1.10 or newer ` +
    "(https://developer.hashicorp.com/terraform/install), or OpenTofu and set TERRAFORM_BINARY_NAME=tofu"
  );
}

function versionIn(output: string): string | undefined {
  return /"terraform_version":\s*"(\d+\.\d+\.[^"\s]+)"/.exec(output)?.[1];
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}
