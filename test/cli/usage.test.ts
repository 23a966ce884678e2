import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { holdUsage } from "../../modules/cli/usage";

function said(...args: string[]): string {
  const program = new Command("tool").exitOverride();
  const errors: string[] = [];
  program.configureOutput({ writeErr: (text) => errors.push(text) });
  program
    .command("grant")
    .option("--until <date>")
    .option("--no-until")
    .option("--json")
    .option("--team <team...>")
    .action(() => undefined);
  holdUsage(program as CommandUnknownOpts);
  try {
    program.parse(args, { from: "user" });
  } catch {
    // What it says is what is asked for.
  }
  return errors.join("");
}

test.each<[string, readonly string[], string]>([
  ["a value given twice", ["--until", "a", "--until", "b"], "--until is given twice; give it once"],
  ["a value and its opposite", ["--until", "a", "--no-until"], "give either --until or --no-until"],
  ["the opposite first", ["--no-until", "--until", "a"], "give either --no-until or --until"],
  ["what the command does not know", ["--nope"], "(see tool grant --help)"],
])("%s is refused", (_what, args, text) => {
  expect(said("grant", ...args)).toContain(text);
});

test("switches may be repeated, lists as well", () => {
  expect(said("grant", "--json", "--json", "--team", "a", "--team", "b", "--until", "a")).toBe("");
});
