import { formatFinding } from "../finding";
import { quote } from "../text";
import type { Direction } from "./access-change";
import { countsText } from "./counts";
import { groupAlike, type ReviewRow, throughText } from "./group";
import { codeSpan, inertSentence } from "./inert";
import { DEFAULT_MAX_CHARS } from "./limits";
import { isQuiet, type Review } from "./review";
import { approvalText } from "./rules/approvals";
import { sidesText } from "./sides";

/** First line of the comment: who updates it finds it by this. */
export const REVIEW_MARKER = "<!-- rolecall-review:v1 -->";

const SHOWN_PEOPLE = 8;
const MARKS: Record<Direction, string> = { unknown: "?", widening: "+", narrowing: "-", neutral: "~" };
const LEGEND = "`+` more access, `-` less, `~` no difference, `?` cannot be judged and counts as more.";

/**
 * The review as GitHub-flavoured Markdown of at most `maxChars` UTF-16 code units, whatever its size: what does not fit is cut,
 * least risky first, and counted. Everything from outside is inert. Quiet is one line after the marker.
 */
export function markdownReview(review: Review, maxChars = DEFAULT_MAX_CHARS): string {
  const sides = review.sides === undefined ? [] : [inertSentence(sidesText(review.sides).slice(0, MOST_OF_SIDES))];
  if (isQuiet(review)) return `${[REVIEW_MARKER, "Access does not change.", ...sides].join("\n")}\n`;
  const page = new Page(maxChars);
  page.add(REVIEW_MARKER);
  page.add(`### Access review: ${inertSentence(countsText(review.changes))}`);
  for (const line of sides) page.add(`\n${line}`);
  for (const headline of review.headlines) page.add(`\n**${inertSentence(headline)}**`);
  page.list("Against the rules of this repository", review.findings.map(formatFinding), 0.4);
  page.list("Who must approve", review.approvals.map(approvalText), 0.2);
  page.table(riskiestFirst(groupAlike(review.changes)));
  page.list("Against the rules before this change, too", review.standing.map(formatFinding), 1);
  return page.text();
}

/** Names of refs can be long. */
const MOST_OF_SIDES = 300;
/** Kept back for saying what was cut. */
const RESERVE = 300;

/** Lines until the budget is used up. */
class Page {
  private readonly lines: string[] = [];
  private left: number;

  constructor(maxChars: number) {
    this.left = maxChars - RESERVE;
  }

  /** False when there is no room, and then nothing is added. */
  add(line: string, share = this.left): boolean {
    if (line.length + 1 > Math.min(share, this.left)) return false;
    this.lines.push(line);
    this.left -= line.length + 1;
    return true;
  }

  /** Items under a title, in at most this share of what room there is. */
  list(title: string, items: readonly string[], share: number): void {
    if (items.length === 0) return;
    const end = this.left * (1 - share);
    this.add(`\n**${title}**\n`);
    const shown = items.findIndex((item) => !this.add(`- ${inertSentence(item)}`, this.left - end));
    if (shown >= 0) this.cut(items.length - shown, "more are not shown");
  }

  table(rows: readonly ReviewRow[]): void {
    if (rows.length === 0) return;
    this.add("\n| | account | who | what | where |\n| --- | --- | --- | --- | --- |");
    const shown = rows.findIndex((row) => !this.add(tableRow(row)));
    if (shown >= 0) {
      const hidden = rows.slice(shown);
      const widening = hidden.filter(({ direction }) => direction === "widening" || direction === "unknown").length;
      this.cut(
        hidden.length,
        `least risky rows are not shown, ${widening} of them give more access; see \`rolecall review\``,
      );
    }
    this.add(`\n${LEGEND}`);
  }

  /** Always fits: the reserve is there for it. */
  private cut(count: number, what: string): void {
    this.lines.push(`\n${count} ${what}.`);
  }

  text(): string {
    return `${this.lines.join("\n")}\n`;
  }
}

function tableRow(row: ReviewRow): string {
  const { direction, account, people, place } = row;
  const by = throughText(row, inertThrough);
  const where = place === undefined || people.length > 1 ? "" : codeSpan(`${place.file}:${place.line}`);
  const cells = [
    MARKS[direction],
    account === undefined ? "all" : codeSpan(account),
    who(people),
    `${inertSentence(row.does)}${by}`,
    where,
  ];
  return `| ${cells.join(" | ")} |`;
}

function inertThrough(text: string): string {
  return text.startsWith("team ") ? `team ${codeSpan(text.slice("team ".length))}` : inertSentence(text);
}

function who(people: readonly string[]): string {
  const names = people.slice(0, SHOWN_PEOPLE).map((name) => codeSpan(quote(name).slice(1, -1)));
  const more = people.length > SHOWN_PEOPLE ? ` and ${people.length - SHOWN_PEOPLE} more` : "";
  return `${people.length > 1 ? `${people.length} people: ` : ""}${names.join(", ")}${more}`;
}

const DIRECTIONS: readonly Direction[] = ["unknown", "widening", "narrowing", "neutral"];

function riskiestFirst(rows: readonly ReviewRow[]): readonly ReviewRow[] {
  const risk = ({ direction, tier }: ReviewRow) =>
    DIRECTIONS.indexOf(direction) * 10 +
    (tier === "spectator" ? 2 : tier === undefined || tier === "administrator" ? 0 : 1);
  return [...rows].sort((a, b) => risk(a) - risk(b));
}
