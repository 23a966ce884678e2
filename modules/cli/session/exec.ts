import { environmentOf, roleVariables, SESSION_VARIABLE } from "../../client/session/environment";
import { roleOf } from "../../client/session/find-role";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import { define } from "../command";
import { openSession } from "./session";
import { runChild } from "./session-child";
import { withSession } from "./session-flags";

/**
 * Runs a program as a role: its keys are in the program's environment, and so in that of everything it starts. The exit code
 * is the program's; 2 without keys, 127 when there is no such program, 126 when it cannot be run.
 */
export const exec = define(
  {
    name: "exec",
    about: "run a command as a role; without a tier, as the weakest role you have in the account",
    usage: (command) =>
      withSession(
        command
          .usage("[options] <account> [tier] -- <command...>")
          .argument("<account>")
          .argument("[tier]")
          .argument("[command...]"),
      ),
  },
  async (context, options, account, tier, words) => {
    const asked = behindDashes(process.argv, [account, tier, ...words]);
    const [program, ...args] = asked.command;
    if (program === undefined || asked.account === "")
      throw new Refusal(
        'put the account before two dashes and the command after them: rolecall exec <account> [tier] -- aws s3 ls (or -- "$SHELL")',
      );
    const { roles, person, keysOf } = await openSession(context, options);
    const role = roleOf(roles, asked.account, asked.tier, person);
    const keys = await keysOf(role);
    const outer = context.env[SESSION_VARIABLE];
    // Before the program runs: it is said for what follows.
    if (outer) context.stderr(`within ${quote(outer)}: the command works only as ${role.account} ${role.tier}\n`);
    // Within a session of Rolecall's the Region is that session's, not one the person chose.
    const region = (!outer && context.env["AWS_REGION"]) || role.region;
    return runChild(program, args, environmentOf(context.env, roleVariables(keys, role, region)));
  },
);

/** What the command line was asked to run. */
interface Execution {
  readonly account: string;
  /** @default the weakest tier held in the account */
  readonly tier: string | undefined;
  /** Program and arguments. */
  readonly command: readonly string[];
}

/** The command line no longer knows where the two dashes were; what follows them is the command. */
function behindDashes(argv: readonly string[], words: readonly (string | undefined)[]): Execution {
  const at = argv.indexOf("--");
  const command = at < 0 ? [] : argv.slice(at + 1);
  const given = words.filter((word) => word !== undefined);
  const [account = "", tier, ...rest] = at < 0 ? given : given.slice(0, given.length - command.length);
  // Without dashes, or with too much before them, nothing is run.
  return { account, tier, command: rest.length > 0 || at < 0 ? [] : command };
}
