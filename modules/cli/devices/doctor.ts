import { define } from "../command";
import { daysFlag, jsonFlag, rosterFlag, withOwnKeys } from "../flags";

/** What is wrong with a person's setup, and why one role cannot be taken. Exit 0 all is well, 1 something to put right, 2 could not tell. */
export const doctor = define(
  {
    name: "doctor",
    about: "what is wrong with your setup, each with its cure; with an account, why a role there cannot be taken",
    usage: (command) =>
      withOwnKeys(command.argument("[account]").argument("[tier]"))
        .option("--mfa", "ask for an MFA code, for checks that need one", false)
        .addOption(daysFlag("--key-days <n>", "days after which an access key is old"))
        .addOption(rosterFlag())
        .addOption(jsonFlag()),
  },
  async (context, options, account, tier) => {
    // With the proof and the evaluator: too much to load for the list of commands.
    const { examineSetup } = await import("./doctor-examine");
    return examineSetup(context, options, { account, tier });
  },
);
