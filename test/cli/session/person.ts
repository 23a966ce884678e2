import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import type { Context } from "../../../modules/machine/context";
import { type Answer, answer } from "../../../modules/cli/answer";
import { type CredentialsOptions, printKeys } from "../../../modules/cli/session/credentials";
import { HOME, type Ran, run } from "../../support/run-command";

export const ROSTER = `organization: example
region: eu-central-1
userAccount: { id: "111111111111", alias: example-users }
accounts:
  testing:    { id: "222222222222", environment: testing, region: eu-west-1 }
  production: { id: "333333333333", environment: production }
teams:
  developers: { testing: operator, production: spectator }
  seniors:    { testing: administrator, production: administrator }
people:
  dev.one@example.org:
    teams: [developers]
    grants: [{ account: testing, tier: administrator }]
  dev.two@example.org: { teams: [developers] }
  senior.one@example.org: { teams: [seniors] }
`;

/** A person with a home folder, long-term keys and a roster; nothing of this machine's own settings. */
export interface SomePerson {
  readonly home: string;
  readonly roster: string;
  readonly env: NodeJS.ProcessEnv;
  /** Runs rolecall without a terminal; `input` is its standard input. */
  readonly rolecall: (args: readonly string[], input?: string, env?: NodeJS.ProcessEnv) => Promise<Ran>;
  readonly leave: () => void;
}

const KEYS = "aws_access_key_id = AKIALONGTERM00000001\naws_secret_access_key = SECRETlongterm\n";

export function somePerson(endpoint: string): SomePerson {
  const home = mkdtempSync(join(tmpdir(), "rolecall-person-"));
  mkdirSync(join(home, ".aws"), { mode: 0o700 });
  writeFileSync(join(home, ".aws/credentials"), `[default]\n${KEYS}`, { mode: 0o600 });
  const roster = join(home, "roster.yaml");
  writeFileSync(roster, ROSTER);
  const env: NodeJS.ProcessEnv = {
    PATH: process.env["PATH"],
    HOME: home,
    AWS_ENDPOINT_URL: endpoint,
    AWS_EC2_METADATA_DISABLED: "true",
    ROLECALL_ROSTER: roster,
    ROLECALL_PERSON: "dev.one@example.org",
  };
  return {
    home,
    roster,
    env,
    rolecall: (args, input, more) => withInput(args, input, { cwd: home, env: { ...env, ...more } }),
    leave: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** In a session of its own: without the terminal of whoever runs the tests. */
function withInput(
  args: readonly string[],
  input: string | undefined,
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(HOME, "bin/rolecall.js"), ...args], { ...options, detached: true });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.stdin.on("error", () => {});
    child.stdin.end(input ?? "");
    child.on("error", fail);
    child.on("close", (code) => done({ code, stdout, stderr }));
  });
}

/** Types these lines at a terminal of its own, each when the screen shows another `MFA code`; the screen comes back as `stderr`. */
export function onTerminal(person: SomePerson, command: readonly string[], lines: readonly string[]): Promise<Ran> {
  const script = join(__dirname, "terminal.py");
  return run("python3", [script, JSON.stringify(lines), ...command], { cwd: person.home, env: person.env });
}

/** A command's work with its answer printed, in this process, which is faster; codes come from a command that prints them. */
export async function inProcess(
  person: SomePerson,
  command: string,
  work: (context: Context) => Promise<Answer>,
  { env = {}, json = false }: { readonly env?: NodeJS.ProcessEnv; readonly json?: boolean } = {},
): Promise<Ran> {
  let [stdout, stderr] = ["", ""];
  const context: Context = {
    root: person.home,
    home: HOME,
    env: { ...person.env, ...env },
    now: new Date(),
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    isTty: false,
  };
  const code = await answer(context, { command, schemaVersion: 1, json, debug: false }, () => work(context));
  return { code, stdout, stderr };
}

/** Keys of a profile, with a code from a command. */
export function keysOf(
  person: SomePerson,
  profile: string,
  env: NodeJS.ProcessEnv = {},
  options: CredentialsOptions = {},
): Promise<Ran> {
  const codes = { ROLECALL_MFA_PROCESS: "echo 111111" };
  const all = { env: { ...codes, ...env } };
  return inProcess(person, "credentials", (context) => printKeys(context, options, profile, false), all);
}

/** The one file of the cache whose name begins so, as JSON, changed in place. */
export function changeKept(
  person: SomePerson,
  begins: string,
  change: (value: Record<string, unknown>) => unknown,
): void {
  const folder = join(person.home, ".cache/rolecall");
  for (const name of readdirSync(folder).filter((each) => each.startsWith(begins))) {
    const value = JSON.parse(readFileSync(join(folder, name), "utf8")) as Record<string, unknown>;
    writeFileSync(join(folder, name), JSON.stringify(change(value)), { mode: 0o600 });
  }
}
