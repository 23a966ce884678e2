import { readFileSync, statSync } from "node:fs";
import { readAsSdk } from "../../client/aws-files/as-sdk";
import type { AwsFiles, AwsFileKind } from "../../client/aws-files/reading";
import { differsFromSdk } from "../../client/aws-files/same-as-sdk";
import { errorCode } from "../../machine/error-code";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import { configPath, credentialsPath } from "./aws-files";

/** Far beyond any person's file. */
const MAX_BYTES = 1_000_000;

/**
 * The person's two files, for everything that reads them. The SDK's own loader is asked as well: what it would read differently from
 * we do is not used. Throws with the cure.
 */
export async function readAwsFiles(context: Pick<Context, "env" | "root">): Promise<AwsFiles> {
  const paths = { config: configPath(context), credentials: credentialsPath(context) };
  const files = { config: textOf(paths.config), credentials: textOf(paths.credentials) };
  for (const file of ["config", "credentials"] as const) expectHoldable(paths[file], file, files[file]);
  const { loadAsSdk } = await import("../../live/shared-config");
  const differs = differsFromSdk(files, await loadAsSdk(files));
  if (differs !== undefined)
    throw new Refusal(
      `the AWS SDK reads ${quote(paths[differs === "config" ? "config" : "credentials"])} differently from Rolecall, so the owner of the keys is not clear; write it in the plain form, one "name = value" a line`,
    );
  return files;
}

/** The SDK would take such a file for an empty one, or come to harm. */
function expectHoldable(path: string, file: AwsFileKind, text: string): void {
  const [refusal] = readAsSdk(file, text).refusals;
  if (refusal !== undefined)
    throw new Refusal(`${quote(path)}:${refusal.line}: this section ${refusal.what}; ${refusal.cure}`);
}

/** Empty when there is no file. */
function textOf(file: string): string {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined || file === "/dev/null") return "";
    if (!stat.isFile() || stat.size > MAX_BYTES)
      throw new Refusal(`${quote(file)} is not a file that can hold profiles`);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && !("code" in error)) throw error;
    throw new Refusal(`${quote(file)} cannot be read (${errorCode(error)}); look at its owner and mode`);
  }
}
