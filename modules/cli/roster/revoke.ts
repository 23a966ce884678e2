import { Refusal } from "../../refusal";
import { define } from "../command";
import { dryRunFlag, jsonFlag, rosterFlag } from "../flags";
import { edit } from "./edit-file";

/** Takes a person's own grant away, or their place in a team. */
export const revoke = define(
  {
    name: "revoke",
    about: "remove a person's own grant, or their place in a team (--team); edits the roster",
    schemaVersion: 2,
    usage: (command) =>
      command
        .argument("<person>")
        .argument("[account]")
        .argument("[tier]")
        .option("--team <team>", "take the person out of this team instead")
        .addOption(dryRunFlag())
        .addOption(rosterFlag())
        .addOption(jsonFlag()),
  },
  async (context, { team, ...options }, person, account, tier) => {
    if (team !== undefined && account !== undefined) throw new Refusal("give either an account or --team");
    if (team !== undefined) return edit(context, { kind: "leave", person, team }, options);
    if (account === undefined) throw new Refusal("give an account, or --team");
    return edit(context, { kind: "revoke", person, account, tier }, options);
  },
);
