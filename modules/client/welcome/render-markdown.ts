import type { StepLine } from "./first-steps";
import { markdownCode, markdownText } from "./inert";
import { type WelcomeRole, type Welcome, WELCOME_MARK } from "./welcome";

/** The welcome page as Markdown: the same words as the HTML. */
export function renderWelcomeMarkdown({ organization, person, steps, reach, contact }: Welcome): string {
  const parts = [
    WELCOME_MARK,
    `# Welcome to the AWS accounts of ${markdownText(organization)}, ${markdownText(person)}`,
    "This page holds no secret. Your one-time password comes another way; give it to nobody, and use it today.",
    "## First steps, in this order",
    ...steps.flatMap(({ title, lines }, index) => [`### ${index + 1}. ${markdownText(title)}`, ...lines.map(lineOf)]),
    "## What you can reach",
    ...(reach.length === 0 ? ["Nothing yet."] : reach.flatMap(reachOf)),
    "## Who to ask",
    `For help, for more access, and immediately when something looks wrong: ${markdownText(contact)}.`,
  ];
  return `${parts.join("\n\n")}\n`;
}

function lineOf(line: StepLine): string {
  return "say" in line ? markdownText(line.say) : markdownCode(line.copy);
}

function reachOf({ account, accountId, tier, session, until, consoleUrl, command }: WelcomeRole): readonly string[] {
  const end = until === undefined ? "" : `; ends ${until}`;
  return [
    `### ${markdownText(account)}, ${markdownText(tier)}`,
    `Account ${accountId}; ${markdownText(session)}${markdownText(end)}. In the console:`,
    markdownCode(consoleUrl),
    "On the command line:",
    markdownCode(command),
  ];
}
