import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { invisibleIn } from "../../roster/characters";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import type { Context } from "../../machine/context";

const VARIABLES = { config: "AWS_CONFIG_FILE", credentials: "AWS_SHARED_CREDENTIALS_FILE" } as const;

/**
 * Where the aws client reads its configuration, or keeps keys. Source: AWS SDKs and Tools Reference Guide, "Location of the shared
 * config and credentials files".
 */
function awsFile(env: NodeJS.ProcessEnv, name: keyof typeof VARIABLES): string {
  return inHome(env, env[VARIABLES[name]] || join("~/.aws", name));
}

/** As the aws client does, for a name that no shell has seen. */
function inHome(env: NodeJS.ProcessEnv, path: string): string {
  return path.startsWith("~/") ? join(env["HOME"] || homedir(), path.slice(2)) : path;
}

/** The config file given, else the aws client's. Throws for a name that could not be shown as it is. */
export function configPath({ env, root }: Pick<Context, "env" | "root">, given?: string): string {
  const path = resolve(root, given === undefined ? awsFile(env, "config") : inHome(env, given));
  if (invisibleIn(path) !== undefined)
    throw new Refusal(`${quote(path)} cannot be the name of a config file; name another with --file`);
  return path;
}

export function credentialsPath({ env, root }: Pick<Context, "env" | "root">): string {
  return resolve(root, awsFile(env, "credentials"));
}
