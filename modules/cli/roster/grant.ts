import { Refusal } from "../../refusal";
import { define } from "../command";
import { dryRunFlag, jsonFlag, rosterFlag } from "../flags";
import { edit } from "./edit-file";

/** Gives a person a tier, or a place in a team. */
export const grant = define(
  {
    name: "grant",
    about: "give a person a tier in an account (or @environment), or a place in a team (--team); edits the roster",
    schemaVersion: 2,
    usage: (command) =>
      command
        .argument("<person>")
        .argument("[account]")
        .argument("[tier]")
        .option(
          "--until <date>",
          "first moment without access, such as 2027-01-15 (default: the end it has, otherwise none)",
        )
        .option("--no-until", "without an end")
        .option("--reason <text>", "why, for reviewers")
        .option("--team <team>", "put the person into this team instead")
        .addOption(dryRunFlag())
        .addOption(rosterFlag())
        .addOption(jsonFlag()),
  },
  async (context, { until, reason, team, ...options }, person, account, tier) => {
    if (team !== undefined) {
      if (account === undefined && until === undefined && reason === undefined)
        return edit(context, { kind: "join", person, team }, options);
      throw new Refusal("a place in a team has no account, tier, until or reason; leave them out");
    }
    if (account === undefined || tier === undefined) throw new Refusal("give an account and a tier, or --team");
    return edit(context, { kind: "grant", person, account, tier, until, reason }, options);
  },
);
