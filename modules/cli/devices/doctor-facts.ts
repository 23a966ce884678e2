import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import type { Asked, DoctorFacts, FileFact } from "../../client/doctor/facts";
import { fileFaults } from "../../client/doctor/file-faults";
import { sectionsOf } from "../../client/doctor/sections";
import { Refusal } from "../../refusal";
import { isOutside, reasonOf } from "../answer";
import { findTerraform } from "../../terraform/run/binary";
import type { Context } from "../../machine/context";
import { credentialsPath } from "./aws-files";
import { readAwsFiles } from "./read-aws-files";
import { cacheFolder } from "../session/session-store";
import { stateFolder } from "./rotation-journal";
import { homeRegion } from "../roster/home-region";
import { stsAddress } from "../../iam/partition";

/** What this machine tells of itself; what AWS tells of the person comes from elsewhere. */
export type MachineFacts = Omit<DoctorFacts, "caller" | "devices" | "keys" | "maxKeyDays">;

export async function machineFacts(context: Context): Promise<MachineFacts> {
  const [terraform, aws, clockSeconds] = await Promise.all([
    findTerraform(context.env),
    firstLine("aws", ["--version"], context.env),
    answerOf(() => clock(context)),
  ]);
  return {
    now: context.now,
    node: process.versions.node,
    terraform: terraformFact(terraform, context.env),
    aws,
    clockSeconds,
    env: harmless(context.env),
    files: privatePaths(context).map(fileFact),
    ...(await sections(context)),
  };
}

/** A name that was set and leads nowhere is a fault; that nothing is installed is none. */
function terraformFact(
  found: Awaited<ReturnType<typeof findTerraform>>,
  env: NodeJS.ProcessEnv,
): DoctorFacts["terraform"] {
  if (found.known) return { known: true, value: found.value.version };
  const { what, cure, missing } = found;
  return { known: false, what, cure, missing: missing && !env["TERRAFORM_BINARY_NAME"] };
}

async function sections(context: Context): Promise<Pick<DoctorFacts, "sections" | "unreadable" | "fileFaults">> {
  const files = await answerOf(() => readAwsFiles(context));
  if (!files.known) return { sections: [], unreadable: [files.why] };
  const { config, credentials } = files.value;
  return {
    sections: [...sectionsOf("config", config), ...sectionsOf("credentials", credentials)],
    unreadable: [],
    fileFaults: fileFaults(files.value),
  };
}

/** The value, or why there is none, in one line. */
export async function answerOf<T>(ask: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { known: true, value: await ask() };
  } catch (error) {
    return { known: false, why: expectedReason(error) };
  }
}

/** A mistake of the program is not a fact about the setup. */
function expectedReason(error: unknown): string {
  if (error instanceof Refusal || isOutside(error)) return reasonOf(error);
  throw error;
}

/** Of variables that hold a secret only that they are set. */
const SECRET = /SECRET|TOKEN$|PASSWORD/;

function harmless(env: NodeJS.ProcessEnv): DoctorFacts["env"] {
  return Object.fromEntries(
    Object.entries(env)
      .filter(([name]) => /^(AWS|ROLECALL)_/.test(name))
      .map(([name, value = ""]) => [name, SECRET.test(name) && value !== "" ? "set" : value]),
  );
}

function privatePaths(context: Context): readonly string[] {
  return [credentialsPath(context), cacheFolder(context.env), stateFolder(context)];
}

function fileFact(path: string): FileFact {
  const stat = process.platform === "win32" ? undefined : statSync(path, { throwIfNoEntry: false });
  // An empty file holds no secret.
  return { path, ...(stat === undefined || (stat.isFile() && stat.size === 0) ? {} : { mode: stat.mode }) };
}

async function clock(context: Context): Promise<number> {
  const { env } = context;
  const endpoint = env["AWS_ENDPOINT_URL_STS"] || env["AWS_ENDPOINT_URL"] || stsAddress(await homeRegion(context));
  return import("../../live/clock").then(({ clockAhead }) => clockAhead(endpoint, Date.now));
}

/** Empty when the program does not answer, `undefined` when there is none. Version 1 of the AWS client answered on standard error. */
function firstLine(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return new Promise((done) => {
    execFile(command, args, { env, timeout: 20_000, maxBuffer: 1_000_000 }, (error, stdout, stderr) =>
      done(error === null ? (stdout || stderr).split("\n")[0] : error.code === "ENOENT" ? undefined : ""),
    );
  });
}
