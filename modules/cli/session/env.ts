import type { Command } from "@commander-js/extra-typings";
import { CONFLICTING, roleVariables, SESSION_VARIABLE } from "../../client/session/environment";
import { roleOf } from "../../client/session/find-role";
import {
  EVALUATION,
  failingLines,
  SHELLS,
  type Shell,
  shellLines,
  unsettingLines,
} from "../../client/session/shell-lines";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import { didYouMean, quote } from "../../text";
import { type Answer, answerTo } from "../answer";
import { define } from "../command";
import { jsonFlag } from "../flags";
import { openSession } from "./session";
import { withSession } from "./session-flags";

const usage = (command: Command) =>
  withSession(command.argument("[account]").argument("[tier]"))
    .option("--shell <shell>", "posix, fish or powershell", "posix")
    .option("--unset", "print lines that unset them again")
    .option("--print", "print even to a terminal")
    .addOption(jsonFlag());

export type EnvOptions = ReturnType<ReturnType<typeof usage>["opts"]>;

/** Exit 0, or 2 without keys: the lines then fail in the shell that evaluates them. */
export const env = define(
  {
    name: "env",
    about:
      'print lines that put a role\'s keys into your shell: eval "$(rolecall env production)"; fish: rolecall env production --shell fish | source',
    usage,
  },
  (context, options, account, tier) => printLines(context, options, { account, tier }, Boolean(process.stdout.isTTY)),
);

interface AskedRole {
  readonly account?: string | undefined;
  readonly tier?: string | undefined;
}

/** What `roleVariables` sets, for taking it away again. */
const SET = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_CREDENTIAL_EXPIRATION",
  SESSION_VARIABLE,
];

/** Lines that put a role's keys into the shell that evaluates them; without keys, lines that remove an earlier role's and fail. */
export async function printLines(
  context: Context,
  options: EnvOptions,
  asked: AskedRole,
  onScreen: boolean,
): Promise<Answer> {
  const shell = expectShell(options.shell);
  if (options.unset === true) {
    const unset = [...SET, "AWS_REGION", "AWS_DEFAULT_REGION"];
    return { exit: 0, text: unsettingLines(shell, unset), data: { unset } };
  }
  try {
    return await roleLines(context, options, asked, { shell, onScreen: onScreen && options.print !== true });
  } catch (error) {
    if (onScreen) throw error;
    // The keys of an earlier role are not those that were asked for; the person's own keys stay.
    const earlier = context.env[SESSION_VARIABLE] === undefined ? [] : SET;
    const debug = "debug" in options && options.debug === true;
    return { ...answerTo(error, debug), text: failingLines(shell, earlier) };
  }
}

async function roleLines(
  context: Context,
  options: EnvOptions,
  asked: AskedRole,
  { shell, onScreen }: { readonly shell: Shell; readonly onScreen: boolean },
): Promise<Answer> {
  if (asked.account === undefined) throw new Refusal("give an account, or --unset");
  if (onScreen)
    throw new Refusal(
      `these lines hold keys, and would stay visible in this terminal; use: ${EVALUATION[shell]}, or --print if you mean it`,
    );
  const { roles, person, keysOf } = await openSession(context, options);
  const role = roleOf(roles, asked.account, asked.tier, person);
  const variables = roleVariables(await keysOf(role), role);
  const { account, tier } = role;
  const until = variables["AWS_CREDENTIAL_EXPIRATION"];
  return {
    exit: 0,
    data: { account, tier, variables, unset: CONFLICTING },
    text: shellLines(shell, variables, CONFLICTING),
    talk: [`${account} ${tier} until ${until}; every program of this shell sees the keys`],
  };
}

function expectShell(text: string): Shell {
  const shell = SHELLS.find((each) => each === text);
  if (shell === undefined)
    throw new Refusal(`unknown shell ${quote(text)}${didYouMean(text, SHELLS)}; give ${SHELLS.join(", ")}`);
  return shell;
}
