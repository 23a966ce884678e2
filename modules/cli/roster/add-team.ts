import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { quote } from "../../text";
import { define } from "../command";
import { dryRunFlag, jsonFlag, rosterFlag } from "../flags";
import { edit } from "./edit-file";

type Grants = Readonly<Record<string, string>>;

export const addTeam = define(
  {
    name: "add team",
    about: "a team, with what it may do where",
    schemaVersion: 2,
    usage: (command) =>
      command
        .argument("<name>")
        .addOption(
          new Option("--grant <account=tier...>", "account or @environment, and a tier")
            .argParser((text, before: Grants = {}) => withGrant(before, text))
            .default({}, "none"),
        )
        .addOption(dryRunFlag())
        .addOption(rosterFlag())
        .addOption(jsonFlag()),
  },
  async (context, { grant: grants, ...options }, team) => edit(context, { kind: "add-team", team, grants }, options),
);

function withGrant(before: Grants, text: string): Grants {
  const [account = "", tier = "", ...rest] = text.split("=");
  if (account === "" || tier === "" || rest.length > 0)
    throw new InvalidArgumentError("write it as account=tier, such as production=spectator or @testing=operator");
  if (Object.hasOwn(before, account))
    throw new InvalidArgumentError(`${quote(account)} is given twice; a team has one tier in each account`);
  return { ...before, [account]: tier };
}
