import { Command, InvalidArgumentError, Option } from "commander";
import manifest from "../package.json";
import { createContext } from "./create-context";

/** The command line: reads arguments, loads one command's file, sets the exit code. Only what is used is loaded. */
const program = new Command("rolecall");
const context = createContext(process);
// Before the commands are made: they inherit it. Usage errors then end with our exit codes.
program.exitOverride();

function parallelism(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 64)
    throw new InvalidArgumentError("give a whole number from 1 to 64");
  return value;
}

/** Runs a command's function; its number becomes the exit code. */
function exits<T extends unknown[]>(run: (...args: T) => Promise<number>): (...args: T) => Promise<void> {
  return async (...args) => {
    process.exitCode = await run(...args);
  };
}

const rosterOption = () => new Option("--roster <path>", "roster file or folder (default: roster.yaml, else roster/)");
const jsonOption = () => new Option("--json", "machine-readable output on stdout, with a schemaVersion").default(false);
const parallelismOption = () =>
  new Option("--parallelism <n>", "stacks at the same time; each costs one provider process per account")
    .argParser(parallelism)
    .default(2);
const approveOption = () => new Option("--auto-approve", "do not ask; needed without a terminal").default(false);

program
  .version(manifest.version)
  .description("Who may do what in which AWS account, as code you can prove.")
  .showHelpAfterError("(see rolecall --help)")
  .addHelpText(
    "after",
    `
Exit codes: 0 holds, 1 findings or changes, 2 could not tell.
The roster is read from ./roster.yaml or ./roster/; --roster or ROLECALL_ROSTER names another.

Examples:
  rolecall check                       every mistake in the roster, with file:line:column and the cure
  rolecall matrix                      who holds which tier in which account
  rolecall prove                       that the documents grant exactly that, offline
  rolecall can ann testing s3:GetObject  one question, with its reason
  rolecall sandbox start               a local AWS to try things on
  eval "$(rolecall sandbox env)"       point terraform, cdktf and aws at it
  rolecall plan --changed origin/main  plan the stacks that differ from a git ref
  rolecall apply                       plan, show, ask, apply exactly what was shown`,
  );

program
  .command("check")
  .description("check the roster: every finding at once, sorted, with its place and what to do")
  .addOption(rosterOption())
  .addOption(jsonOption())
  .action(exits(async (options) => (await import("./check")).check(context, options)));

program
  .command("matrix")
  .description("print who holds which tier in which account, today")
  .addOption(rosterOption())
  .addOption(jsonOption())
  .action(exits(async (options) => (await import("./matrix")).matrix(context, options)));

program
  .command("prove")
  .description("prove offline that the documents grant exactly what the roster says, and no tier more than it promises")
  .option("--synth <dir>", "judge a synth output instead of synthesizing now")
  .option("--plan <file...>", "judge plans, as `terraform show -json <plan>` prints them; give all stacks' plans")
  .option("--live", "judge what the accounts really hold, read through their deploy roles")
  .option("--explain <person-account-action...>", "explain instead what one person can do in one account")
  .addOption(rosterOption())
  .addOption(jsonOption())
  .action(exits(async (options) => (await import("./prove")).prove(context, options)));

program
  .command("can <person> <account> [action] [resource]")
  .description("answer one question with its reason: can this person do this there, through any tier, with fresh MFA?")
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
  .command("review")
  .description("say in sentences who gains and loses what between two rosters in git; runs nothing of either side")
  .requiredOption("--base <git-ref>", "what to compare with, such as origin/main")
  .option("--head <git-ref>", "what is reviewed (default: the working tree)")
  .addOption(rosterOption())
  .addOption(jsonOption())
  .action(exits(async (options) => (await import("./review")).review(context, options)));

program
  .command("plan [stack...]")
  .description("synthesize and plan all or the named stacks, and save the plans")
  .option(
    "--changed <git-ref>",
    "only stacks whose synthesized JSON differs from this ref's; runs that ref's code, so trust it",
  )
  .option("--out <dir>", "folder for saved plans and logs (default: .rolecall/plans)")
  .addOption(parallelismOption())
  .addOption(rosterOption())
  .addOption(jsonOption())
  .action(exits(async (stacks, options) => (await import("./plan")).plan(context, { stacks, ...options })));

program
  .command("apply [stack...]")
  .description("apply saved plans (--plans), or plan, show, ask and apply exactly what was shown")
  .option(
    "--plans <dir>",
    "apply the plans that `rolecall plan --out <dir>` saved; refused when their inputs changed since",
  )
  .addOption(approveOption())
  .addOption(parallelismOption())
  .addOption(rosterOption())
  .addOption(jsonOption())
  .action(exits(async (stacks, options) => (await import("./apply")).apply(context, { stacks, ...options })));

program
  .command("destroy [stack...]")
  .description("remove everything all or the named stacks hold, after asking")
  .addOption(approveOption())
  .addOption(parallelismOption())
  .addOption(rosterOption())
  .addOption(jsonOption())
  .action(exits(async (stacks, options) => (await import("./destroy")).destroy(context, { stacks, ...options })));

program
  .command("sandbox")
  .description("a local AWS emulator, real Terraform against it, and nothing of yours in reach")
  .argument("<action>", "start | stop | reset | env")
  .addOption(jsonOption())
  .action(exits(async (action, options) => (await import("./sandbox")).sandbox(context, { action, ...options })));

program
  .command("scp")
  .description("print the service control policy that binds even administrators, with what it means")
  .addOption(rosterOption())
  .action(exits(async (options) => (await import("./scp")).scp(context, options)));

program
  .command("schema")
  .description("print the JSON Schema of the roster, for editors")
  .action(exits(async () => (await import("./schema")).schema(context)));

program.parseAsync().catch((error: unknown) => {
  if (isCommanderExit(error)) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    context.stderr(`rolecall failed: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
});

/** Help and usage errors, which commander has printed already. */
function isCommanderExit(error: unknown): error is { readonly exitCode: number } {
  return error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
}
