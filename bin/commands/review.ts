import type { Command } from "commander";
import type { Context } from "../context";
import { exits, jsonOption, rosterOption } from "./options";

/** What a change means. */
export function addReviewCommands(program: Command, context: Context): void {
  program
    .command("review")
    .description("say in sentences who gains and loses what between two rosters in git; runs nothing of either side")
    .option("--base <git-ref>", "what to compare with, such as origin/main")
    .option("--head <git-ref>", "what is reviewed (default: the working tree)")
    .option(
      "--plan <file...>",
      "the folder of rolecall plan, or what terraform show -json prints of each stack's plan (- for standard input): what the apply will really do, and whether that is what the roster says",
    )
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(exits(async (options) => (await import("../review")).review(context, options)));
}
