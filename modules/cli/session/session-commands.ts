import { type Command, Option } from "commander";
import type { Context } from "../../machine/context";
import { exits, jsonOption, rosterOption, withOwnKeys } from "../options";

/** Roles taken every day: credentials, shells, the console. */
export function addSessionCommands(program: Command, context: Context): void {
  withSession(program.command("credentials <profile>"))
    .description(
      "print a role's keys for a client that runs this as its credential_process; one MFA code for all roles",
    )
    .option("--print", "also on a screen")
    .action(exits(async (profile, options) => (await import("./credentials")).credentials(context, profile, options)));

  withSession(program.command("exec <account> [tier] [command...]"))
    .usage("[options] <account> [tier] -- <command...>")
    .description("run a command as a role; without a tier as the weakest you hold there")
    .action(
      exits(async (account, tier, words: readonly string[], options) => {
        const asked = behindDashes(process.argv, [account, tier, ...words]);
        return (await import("./exec")).exec(context, asked, options);
      }),
    );

  withSession(program.command("env [account] [tier]"))
    .description(
      'print lines that put a role\'s keys into your shell: eval "$(rolecall env production)"; fish: rolecall env production --shell fish | source',
    )
    .option("--shell <shell>", "posix, fish or powershell", "posix")
    .option("--unset", "print lines that take them away again")
    .option("--print", "also on a screen")
    .addOption(jsonOption())
    .action(exits(async (account, tier, options) => (await import("./env")).env(context, { account, tier }, options)));

  withSession(program.command("console <account> [tier]"))
    .description("print the link that switches the console to a role")
    .option(
      "--federate",
      "a link that signs in by itself, as the role, with keys; it is as good as a password for 15 minutes",
    )
    .option("--open", "open it in the browser instead of printing it")
    .addOption(jsonOption())
    .action(
      exits(async (account, tier, options) =>
        (await import("./console")).openConsole(context, { account, tier }, options),
      ),
    );
}

function withSession(command: Command): Command {
  return withOwnKeys(
    command.addOption(
      new Option("--person <name>", "who you are in the roster (default: the user your keys belong to)"),
    ),
  ).addOption(rosterOption());
}

/** The command line tells no longer where the two dashes stood; what is behind them is the command. */
function behindDashes(argv: readonly string[], words: readonly (string | undefined)[]) {
  const at = argv.indexOf("--");
  const command = at < 0 ? [] : argv.slice(at + 1);
  const given = words.filter((word) => word !== undefined);
  const [account = "", tier, ...rest] = at < 0 ? given : given.slice(0, given.length - command.length);
  // Without dashes, or with too much before them, nothing is run.
  return { account, tier, command: rest.length > 0 || at < 0 ? [] : command };
}
