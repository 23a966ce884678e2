import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { type SeedPorts, seedCodes } from "../../client/mfa/seed-codes";
import { codeProblem, readCode } from "../../client/mfa/typed-code";
import type { CodesPort } from "../../client/session/ports";
import { commandWords } from "../../client/session/words";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import { readKeychain } from "../../machine/session-keychain";
import { hasTty, openTtyOutput } from "../../machine/tty";
import { askTerminal } from "./session-terminal";

/** How long a command may take: a person may have to unlock or touch something. */
const PATIENCE_MS = 180_000;
const MOST_BYTES = 1_000;

export interface CodeSources {
  /** From standard input, one line. */
  readonly stdin: boolean;
  /** Command that prints a code. */
  readonly command?: string | undefined;
  /** What the code is for, such as `production operator`. */
  readonly purpose: string;
}

/**
 * The first of these that is there: standard input when asked for, the configured command, a seed in the system's keychain,
 * the terminal. Throws with the ways there are.
 */
export async function chooseCodes(context: Context, sources: CodeSources, serial: string): Promise<CodesPort> {
  if (sources.stdin) return { tries: 1, next: () => codeFrom("standard input", lineOfStdin()) };
  const { command } = sources;
  if (command !== undefined)
    return { tries: 1, next: () => codeFrom(`the command ${quote(command)}`, outputOf(context, command)) };
  const answer = await readKeychain(context.env, serial);
  if (answer.kind === "seed") return seedCodes(seedPorts(context), answer.seed, serial);
  const locked = answer.kind === "locked";
  if (locked && hasTty())
    context.stderr("the keychain that may hold your seed is locked; unlock it, or type the code\n");
  if (hasTty()) return { tries: 3, next: (device, again) => askTerminal(sources.purpose, device, again) };
  throw new Refusal(
    `${sources.purpose} needs an MFA code, and there is no terminal to ask for it: ${locked ? "unlock the keychain, which may hold your seed, " : ""}run the command once in a terminal, pipe the code in with --mfa-stdin, or set mfa_process in the profile of your keys`,
  );
}

function seedPorts({ stderr }: Context): SeedPorts {
  const wait = (milliseconds: number) => new Promise<void>((wake) => setTimeout(wake, milliseconds));
  return { now: () => Date.now(), wait, say: (line) => stderr(`${line}\n`) };
}

async function codeFrom(where: string, text: Promise<string>): Promise<string> {
  const code = readCode(await text);
  if (codeProblem(code) !== undefined) throw new Refusal(`${where} did not give an MFA code of six digits`);
  return code;
}

function lineOfStdin(): Promise<string> {
  return firstLine(process.stdin, "standard input");
}

function firstLine(stream: NodeJS.ReadableStream, where: string): Promise<string> {
  return new Promise((done, fail) => {
    let text = "";
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      text += chunk;
      if (text.includes("\n")) done(text.split("\n")[0] ?? "");
      else if (text.length > MOST_BYTES) fail(new Refusal(`${where} gave more than an MFA code`));
    });
    stream.on("end", () => done(text));
    stream.on("error", () => fail(new Refusal(`${where} cannot be read`)));
  });
}

/** Without a shell; what the command says to standard error ("touch the key") is for the person, so the terminal gets it. */
function outputOf({ env }: Context, line: string): Promise<string> {
  const [program, ...args] = commandWords(line);
  const terminal = openTtyOutput();
  return new Promise<string>((done, fail) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", terminal ?? "inherit"], signal });
    let text = "";
    child.stdout?.setEncoding("utf8");
    child.stdout?.on("data", (chunk: string) => {
      text = (text + chunk).slice(0, MOST_BYTES);
    });
    const problem = (what: string) => fail(new Refusal(`the command for MFA codes, ${quote(program)}, ${what}`));
    child.on("error", () =>
      problem(signal.aborted ? `took more than ${PATIENCE_MS / 60_000} minutes` : "cannot be run"),
    );
    child.on("close", (code, end) => (code === 0 ? done(text) : problem(`ended with ${end ?? code}`)));
  }).finally(() => {
    if (terminal !== undefined) closeSync(terminal);
  });
}
