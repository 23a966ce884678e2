import { CONFLICTING, roleVariables, SESSION_VARIABLE } from "../../client/session/environment";
import { jsonText } from "../json-text";
import { roleOf } from "../../client/session/find-role";
import {
  EVALUATION,
  failingLines,
  SHELLS,
  type Shell,
  shellLines,
  unsettingLines,
} from "../../client/session/shell-lines";
import { Refusal } from "../../refusal";
import { didYouMean, quote } from "../../text";
import type { Context } from "../../machine/context";
import { orExplain } from "../or-explain";
import { openSession, type SessionOptions } from "./session";

export interface EnvOptions extends SessionOptions {
  readonly shell: string;
  readonly unset?: boolean;
  readonly print?: boolean;
  readonly json?: boolean;
}

/** What `roleVariables` sets, for taking it away again. */
const SET = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_CREDENTIAL_EXPIRATION",
  SESSION_VARIABLE,
];

/**
 * Lines that put a role's keys into the shell that evaluates them; without keys lines that take an earlier role's away, and fail.
 * Exit 0, or 2 without keys.
 */
export async function env(
  context: Context,
  asked: { readonly account: string | undefined; readonly tier: string | undefined },
  options: EnvOptions,
  outIsTty = Boolean(process.stdout.isTTY),
): Promise<number> {
  const { shell } = options;
  if (!isShell(shell)) {
    context.stderr(`unknown shell ${quote(shell)}${didYouMean(shell, SHELLS)}; give ${SHELLS.join(", ")}\n`);
    return 2;
  }
  if (options.unset === true) {
    context.stdout(unsettingLines(shell, [...SET, "AWS_REGION", "AWS_DEFAULT_REGION"]));
    return 0;
  }
  const problem = problemOf(asked.account, shell, outIsTty && options.print !== true);
  const code = await orExplain(context, async () => {
    if (problem !== undefined) throw new Refusal(problem);
    const { roles, person, keysOf } = await openSession(context, options);
    const role = roleOf(roles, asked.account ?? "", asked.tier, person);
    const variables = roleVariables(await keysOf(role), role);
    const { account, tier } = role;
    context.stdout(
      options.json === true
        ? jsonText("env", { account, tier, variables, unset: CONFLICTING })
        : shellLines(shell, variables, CONFLICTING),
    );
    context.stderr(
      `${account} ${tier} until ${variables["AWS_CREDENTIAL_EXPIRATION"]}; every program of this shell sees the keys\n`,
    );
    return 0;
  });
  // The keys of an earlier role are not those that were asked for; one's own keys stay.
  const earlier = context.env[SESSION_VARIABLE] === undefined ? [] : SET;
  if (code !== 0 && options.json !== true && !outIsTty) context.stdout(failingLines(shell, earlier));
  return code;
}

function problemOf(account: string | undefined, shell: Shell, onScreen: boolean): string | undefined {
  if (account === undefined) return "give an account, or --unset";
  return onScreen
    ? `these lines hold keys, and would stay on this screen; use: ${EVALUATION[shell]}, or --print if you mean it`
    : undefined;
}

function isShell(text: string): text is Shell {
  return (SHELLS as readonly string[]).includes(text);
}
