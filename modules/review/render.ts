import { formatFinding } from "../finding";
import { compareNaturally, quote } from "../text";
import type { AccessChange, Direction } from "./access-change";
import { countsText } from "./counts";
import { groupAlike, type ReviewRow, rowText, throughText } from "./group";
import { visibleWithSpaces } from "./inert";
import { isQuiet, type Review } from "./review";
import { approvalText } from "./rules/approvals";
import { sidesText } from "./sides";

/** Names shown of many alike; `--json` has them all. */
const SHOWN_PEOPLE = 8;

/** The review for a terminal: counts first, worst first, grouped by account and by what is alike. One line when quiet, and one that names what was compared. */
export function renderReview(review: Review): string {
  const sides = review.sides === undefined ? [] : [sidesText(review.sides)];
  if (isQuiet(review)) return `${["access does not change", ...sides].join("\n")}\n`;
  const parts = [
    [...review.headlines, countsText(review.changes), ...sides],
    ...section("against the rules of this repository", review.findings.map(formatFinding)),
    ...section("must approve", review.approvals.map(approvalText)),
    ...TITLES.flatMap(([direction, title]) => changesOf(review.changes, direction, title)),
    ...section("against the rules before this change, too", review.standing.map(formatFinding)),
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** Of every direction: its title, worst first. */
const TITLES: readonly (readonly [Direction, string])[] = [
  ["unknown", "cannot be judged, so it counts as more access"],
  ["widening", "more access"],
  ["narrowing", "less access"],
  ["neutral", "no difference in access"],
];

function section(title: string, lines: readonly string[]): readonly (readonly string[])[] {
  return lines.length === 0 ? [] : [[title, ...lines.map((line) => `  ${line}`)]];
}

function changesOf(
  changes: readonly AccessChange[],
  direction: Direction,
  title: string,
): readonly (readonly string[])[] {
  const rows = groupAlike(changes.filter((change) => change.direction === direction));
  return section(
    title,
    accountsOf(rows).flatMap((account) => [
      account === "" ? "all accounts" : account,
      ...rows.filter((row) => (row.account ?? "") === account).map((row) => `  ${lineOf(row)}`),
    ]),
  );
}

/** Keys of the accounts, sorted; empty text for what concerns all. */
function accountsOf(rows: readonly ReviewRow[]): readonly string[] {
  return [...new Set(rows.map(({ account = "" }) => account))].sort(compareNaturally);
}

function lineOf(row: ReviewRow): string {
  const { people, place } = row;
  const by = throughText(row, visibleWithSpaces);
  const where = place === undefined ? "" : `  (${visibleWithSpaces(place.file)}:${place.line})`;
  if (people.length <= 1) return `${rowText(row)}${by}${where}`;
  const names = people.slice(0, SHOWN_PEOPLE).map(quote).join(", ");
  const more = people.length > SHOWN_PEOPLE ? ` and ${people.length - SHOWN_PEOPLE} more` : "";
  return `${rowText(row)}${by}: ${names}${more}`;
}
