import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import type { Asked, DoctorFacts, FileFact } from "../../client/doctor/facts";
import { fileFaults } from "../../client/doctor/file-faults";
import { sectionsOf } from "../../client/doctor/sections";
import { findTerraform } from "../../terraform/run/binary";
import type { Context } from "../../machine/context";
import { credentialsPath } from "./aws-files";
import { sentenceOf } from "../or-explain";
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
    terraform: terraform.known
      ? { known: true, value: terraform.value.version }
      : { known: false, why: terraform.reason },
    aws,
    clockSeconds,
    env: harmless(context.env),
    files: privatePaths(context).map(fileFact),
    ...(await sections(context)),
  };
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
    return { known: false, why: sentenceOf(error) };
  }
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

/** `undefined` when there is no such program, or it does not answer. Version 1 of the aws client answered on standard error. */
function firstLine(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return new Promise((done) => {
    execFile(command, args, { env, timeout: 20_000, maxBuffer: 1_000_000 }, (error, stdout, stderr) =>
      done(error === null ? (stdout || stderr).split("\n")[0] : undefined),
    );
  });
}
