import { define } from "../command";
import { dryRunFlag, jsonFlag, rosterFlag } from "../flags";
import { edit } from "./edit-file";

export const addAccount = define(
  {
    name: "add account",
    about: "an account people work in, by its twelve digits",
    schemaVersion: 2,
    usage: (command) =>
      command
        .argument("<name>")
        .argument("<id>")
        .option("--environment <name>", "group of accounts that grants name as @environment")
        .option("--region <region>", "region of its provider")
        .option("--stack <name>", "stack that holds it, when it is not one of its own")
        .option("--deploy-role <role>", "role Terraform assumes there")
        .option("--spectator-reads <what>", "metadata or data")
        .addOption(dryRunFlag())
        .addOption(rosterFlag())
        .addOption(jsonFlag()),
  },
  async (context, { dryRun, roster, json: _, ...settings }, account, id) =>
    edit(context, { kind: "add-account", account, settings: { id, ...settings } }, { dryRun, roster }),
);
