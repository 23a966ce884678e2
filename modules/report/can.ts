import type { Decision, Verdict } from "../evaluator/evaluate";
import type { TierAnswer } from "../proof/ask";
import type { OtherWay } from "../proof/ask-others";
import type { CanAnswer } from "../proof/can";
import { formatPlace } from "../finding";
import { quote } from "../text";
import { decidingText } from "./proof";

/** The answer of `rolecall can` as text; `note` is about the action's name, `explain` shows every tier and every state of MFA. */
export function renderCan(answer: CanAnswer, { note, explain }: CanText): string {
  const { tiers = [], own, others } = answer;
  const granted = tiers.filter(({ grants }) => grants.length > 0);
  const shown = [...granted, ...tiers.filter((each) => !granted.includes(each))];
  return [
    `${headline(answer)}\n`,
    note === undefined ? "" : `  ${note}\n`,
    own === undefined ? "" : `${indented(own).join("\n")}\n`,
    ...shown.map((each) => tierText(each, explain)),
    ...others.map(wayText),
    limits(answer),
  ].join("");
}

interface CanText {
  readonly note?: string | undefined;
  readonly explain: boolean;
}

function headline({ verdict, question, depends, isWhole }: CanAnswer): string {
  const { person, account, action = "take a role", resource } = question;
  if (depends)
    return `it depends on the resource whether ${person.name} can ${action} in ${account}: ask again with its ARN`;
  const what = `${action}${resource === undefined ? "" : ` on ${resource}`} in ${account}`;
  if (verdict === "allowed") return `yes: ${person.name} can ${what}`;
  if (verdict === "unknown") return `unknown: perhaps ${person.name} can ${what}`;
  return isWhole
    ? `no: ${person.name} cannot ${what}`
    : `not through the roster's roles: ${person.name} cannot ${what} by any of them`;
}

function tierText({ tier, grants, canTake, doing, taking }: TierAnswer, explain: boolean): string {
  if (!explain && !isPossible(canTake.verdict)) return "";
  const through = grants.map(({ through: name, place }) => `${name}, ${formatPlace(place)}`);
  const lines = [`  as ${tier}${through.length > 0 ? ` (${through.join("; ")})` : " (not granted)"}`];
  if (explain)
    for (const { signIn, decision } of taking)
      lines.push(`    taking it ${signIn.what}: ${decision.verdict}`, ...indented(decision));
  if (doing) lines.push(`    ${doing.verdict}`, ...indented(doing));
  return `${lines.join("\n")}\n`;
}

function wayText({ role, through, verdict, doing }: OtherWay): string {
  const way = [...through, role].map(quote).join(", then ");
  const perhaps = verdict === "unknown" ? "perhaps " : "";
  const lines = [`  ${perhaps}as ${way}, which the roster does not grant`, ...(doing ? indented(doing) : [])];
  return `${lines.join("\n")}\n`;
}

/** What a no does not cover. */
function limits({ verdict, isWhole }: CanAnswer): string {
  if (isPossible(verdict)) return "";
  return isWhole
    ? "  every role of every account was asked; not followed: compute that carries a role, other ways to sign in, policies of resources\n"
    : "  roles that others made were not read; ask again with --live\n";
}

function isPossible(verdict: Verdict): boolean {
  return verdict === "allowed" || verdict === "unknown";
}

function indented(decision: Decision): readonly string[] {
  return decision.deciding.slice(0, 4).map((each) => `      ${decidingText(each)}`);
}
