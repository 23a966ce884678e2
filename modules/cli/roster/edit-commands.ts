import { type Command, InvalidArgumentError, Option } from "commander";
import type { Context } from "../../machine/context";
import type { EditOptions } from "./edit";
import type { RosterEdit } from "../../roster/edit/change";
import { quote } from "../../text";
import { exits, jsonOption, rosterOption } from "../options";

/** Changes of the roster, written where a person would write them. */
export function addEditCommands(program: Command, context: Context): void {
  const run = async (change: RosterEdit, options: EditOptions) =>
    (await import("./edit")).edit(context, change, options);
  const missing = (what: string): Promise<number> => {
    context.stderr(`${what}\n`);
    return Promise.resolve(2);
  };

  shared(program.command("grant <person> [account] [tier]"))
    .description(
      "give a person a tier in an account (or @environment), or a place in a team (--team); edits the roster",
    )
    .option("--until <date>", "first moment without it, such as 2027-01-15 (default: the end it has, else none)")
    .option("--no-until", "without an end")
    .option("--reason <text>", "why, for reviewers")
    .option("--team <team>", "put the person into this team instead")
    .action(
      exits(async (person, account, tier, { until, reason, team, ...options }) => {
        if (team !== undefined)
          return account === undefined && until === undefined && reason === undefined
            ? run({ kind: "join", person, team }, options)
            : missing("a place in a team has no account, tier, until or reason; leave them out");
        if (account === undefined || tier === undefined) return missing("give an account and a tier, or --team");
        return run({ kind: "grant", person, account, tier, until, reason }, options);
      }),
    );

  shared(program.command("revoke <person> [account] [tier]"))
    .description("take a person's own grant away, or their place in a team (--team); edits the roster")
    .option("--team <team>", "take the person out of this team instead")
    .action(
      exits(async (person, account, tier, { team, ...options }) => {
        if (team !== undefined && account !== undefined) return missing("give either an account or --team");
        if (team !== undefined) return run({ kind: "leave", person, team }, options);
        if (account === undefined) return missing("give an account, or --team");
        return run({ kind: "revoke", person, account, tier }, options);
      }),
    );

  const add = program.command("add").description("add a person, an account or a team to the roster");
  shared(add.command("person <name>"))
    .description("a person, by the name of their IAM user")
    .option("--team <team...>", "teams of the person", [])
    .action(
      exits(async (person, { team, ...options }) => {
        const twice = team.find((each: string, index: number) => team.indexOf(each) !== index);
        return twice === undefined
          ? run({ kind: "add-person", person, teams: team }, options)
          : missing(`the team ${quote(twice)} is given twice; give it once`);
      }),
    );
  shared(add.command("account <name> <id>"))
    .description("an account people work in, by its twelve digits")
    .option("--environment <name>", "group of accounts that grants name as @environment")
    .option("--region <region>", "region of its provider")
    .option("--stack <name>", "stack that holds it, when it is not one of its own")
    .option("--deploy-role <role>", "role Terraform assumes there")
    .option("--spectator-reads <what>", "metadata or data")
    .action(
      exits(async (account, id, { environment, region, stack, deployRole, spectatorReads, ...options }) => {
        const settings = { id, environment, region, stack, deployRole, spectatorReads };
        return run({ kind: "add-account", account, settings }, options);
      }),
    );
  shared(add.command("team <name>"))
    .description("a team, with what it may do where")
    .addOption(
      new Option("--grant <account=tier...>", "account or @environment, and a tier")
        .argParser((text: string, before: Record<string, string> = {}) => added(before, grantOf(text)))
        .default({}, "none"),
    )
    .action(exits(async (team, { grant, ...options }) => run({ kind: "add-team", team, grants: grant }, options)));
}

function shared(command: Command): Command {
  return command
    .option("--dry-run", "show what would change, and write nothing", false)
    .addOption(rosterOption())
    .addOption(jsonOption());
}

function added(before: Record<string, string>, grant: Record<string, string>): Record<string, string> {
  const twice = Object.keys(grant).find((account) => Object.hasOwn(before, account));
  if (twice !== undefined)
    throw new InvalidArgumentError(`${quote(twice)} is given twice; a team has one tier in each account`);
  return { ...before, ...grant };
}

function grantOf(text: string): Record<string, string> {
  const [account = "", tier = "", ...rest] = text.split("=");
  if (account === "" || tier === "" || rest.length > 0)
    throw new InvalidArgumentError("write it as account=tier, such as production=spectator or @testing=operator");
  return { [account]: tier };
}
