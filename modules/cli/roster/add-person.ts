import { Refusal } from "../../refusal";
import { quote } from "../../text";
import { define } from "../command";
import { dryRunFlag, jsonFlag, rosterFlag } from "../flags";
import { edit } from "./edit-file";

export const addPerson = define(
  {
    name: "add person",
    about: "a person, by the name of their IAM user",
    schemaVersion: 2,
    usage: (command) =>
      command
        .argument("<name>")
        .option("--team <team...>", "teams of the person")
        .addOption(dryRunFlag())
        .addOption(rosterFlag())
        .addOption(jsonFlag()),
  },
  async (context, { team: teams = [], ...options }, person) => {
    const twice = teams.find((team, index) => teams.indexOf(team) !== index);
    if (twice !== undefined) throw new Refusal(`the team ${quote(twice)} is given twice; give it once`);
    return edit(context, { kind: "add-person", person, teams }, options);
  },
);
