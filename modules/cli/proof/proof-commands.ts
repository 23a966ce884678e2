import type { Command } from "commander";
import type { Context } from "../../machine/context";
import { asOption, exits, jsonOption, rosterOption } from "../options";

/** What the documents really grant. */
export function addProofCommands(program: Command, context: Context): void {
  program
    .command("prove")
    .description(
      "prove offline that the documents grant exactly what the roster says, and no tier more than it promises",
    )
    .option("--synth <dir>", "judge a synth output instead of synthesizing now")
    .option(
      "--plan <file...>",
      "judge plans: the folder of `rolecall plan`, or what `terraform show -json` prints of each stack's plan (- for standard input)",
    )
    .option("--live", "judge what the accounts really hold, read through their deploy roles")
    .addOption(asOption("the plans or stacks were made with this role of each account (rolecall plan --as)"))
    .option("--explain <person-account-action...>", "explain instead what one person can do in one account")
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(exits(async (options) => (await import("./prove")).prove(context, options)));

  program
    .command("can <person> <account> [action] [resource]")
    .description(
      "answer one question with its reason: can this person do this there, through any role, with fresh MFA? Exit 0 yes, 1 no (only --live can tell), 2 unknown, 3 not through the roster's roles",
    )
    .option("--explain", "every tier, and taking it in every state of MFA")
    .option("--synth <dir>", "judge a synth output instead of synthesizing now")
    .option("--live", "judge what the accounts really hold, read through their deploy roles")
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(
      exits(async (person, account, action, resource, options) =>
        (await import("./can")).can(context, { person, account, action, resource }, options),
      ),
    );

  program
    .command("scp")
    .description("print the service control policy that binds even administrators, with what it means")
    .option("--account <account>", "the policy of this account alone, to be attached to it and to nothing else")
    .option("--each", "one policy for each account, one JSON object a line: { account, attachTo, chars, policy }")
    .addOption(rosterOption())
    .action(exits(async (options) => (await import("./scp")).scp(context, options)));
}
