import { environmentOf, roleVariables, SESSION_VARIABLE } from "../../client/session/environment";
import { roleOf } from "../../client/session/find-role";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import { orExplain } from "../or-explain";
import { openSession, type SessionOptions } from "./session";
import { runChild } from "./session-child";

/** What `rolecall exec` was asked. */
export interface Execution {
  readonly account: string;
  /** @default the weakest tier held in the account */
  readonly tier: string | undefined;
  /** Program and arguments. */
  readonly command: readonly string[];
}

/**
 * Runs a program as a role: its keys are in the program's environment, and so in that of everything it starts. The exit code
 * is the program's; 2 when there are no keys, 127 when there is no such program, 126 when it cannot be run.
 */
export async function exec(context: Context, asked: Execution, options: SessionOptions): Promise<number> {
  const [program, ...args] = asked.command;
  if (program === undefined || asked.account === "") {
    context.stderr(
      'put the account before two dashes and the command behind them: rolecall exec <account> [tier] -- aws s3 ls (or -- "$SHELL")\n',
    );
    return 2;
  }
  return orExplain(context, async () => {
    const { roles, person, keysOf } = await openSession(context, options);
    const role = roleOf(roles, asked.account, asked.tier, person);
    const keys = await keysOf(role);
    const outer = context.env[SESSION_VARIABLE];
    if (outer) context.stderr(`within ${quote(outer)}: the command works as ${role.account} ${role.tier} alone\n`);
    // Within a session of ours the region is that session's, not one the person chose.
    const region = (!outer && context.env["AWS_REGION"]) || role.region;
    const env = environmentOf(context.env, roleVariables(keys, role, region));
    return runChild(context, program, args, env);
  });
}
