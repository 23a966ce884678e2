import { type Command, InvalidArgumentError, Option } from "commander";
import { DEFAULT_MAX_CHARS, LEAST_MAX_CHARS } from "../../review/limits";
import type { Context } from "../../machine/context";
import { asOption, exits, jsonOption, rosterOption } from "../options";

/** What a change means. */
export function addReviewCommands(program: Command, context: Context): void {
  program
    .command("review")
    .description("say in sentences who gains and loses what between two rosters in git; runs nothing of either side")
    .option(
      "--base <git-ref>",
      "what to compare with, such as origin/main; a name that can mean two commits is refused",
    )
    .option("--head <git-ref>", "what is reviewed (default: the working tree)")
    .option(
      "--plan <file...>",
      "the folder of rolecall plan, or what terraform show -json prints of each stack's plan (- for standard input): what the apply will really do, and whether that is what the roster says",
    )
    .addOption(asOption("the plans were made with this role of each account (rolecall plan --as)"))
    .option("--base-synth <dir>", "synth output of the base, made by its own code: changes of code are judged, too")
    .option("--head-synth <dir>", "the same of the head")
    .option("--markdown [file]", "as a comment for a pull request, on stdout or in a file")
    .addOption(
      new Option(
        "--max-chars <n>",
        "budget of --markdown; over it the least risky is cut (GitHub takes 65536, Bitbucket 32768)",
      )
        .argParser(maxChars)
        .default(DEFAULT_MAX_CHARS),
    )
    .option("--sarif [file]", "as SARIF 2.1.0 at the lines of the roster, on stdout or in a file")
    .option("--annotations", "as annotations of a GitHub workflow, on stdout")
    .addOption(rosterOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Exit codes: 0 access does not change, 1 somebody gains or a rule is broken,
2 could not tell, 3 only less access.

review.yaml in the project folder says who must approve what, how many people
may hold a tier, and what grants of a person's own must have, by account, tier,
or what a tier allows (review.schema.json). It is read from the base: a change
is not judged by its own rules. Rules that are about nothing after the change
end with 2.`,
    )
    .action(exits(async (options) => (await import("./review")).review(context, options)));
}

function maxChars(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < LEAST_MAX_CHARS || value > 10_000_000)
    throw new InvalidArgumentError(`give a whole number from ${LEAST_MAX_CHARS}`);
  return value;
}
