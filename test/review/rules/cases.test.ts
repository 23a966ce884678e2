import { parse } from "yaml";
import type { AccessChange } from "../../../modules/review/access-change";
import { reviewVerdict } from "../../../modules/review/review";
import { approvalText } from "../../../modules/review/rules/approvals";
import data from "../cases/rules.json";
import { judgeSides } from "./judged";

type Edits = readonly (readonly [string, string])[];

/** A change of the roster or of the rules, and what the review by the rules says. Edits of the head come after those of the base. */
interface Case {
  readonly name: string;
  readonly rules?: string;
  readonly rulesAfter?: string;
  readonly base?: Edits;
  readonly head?: Edits;
  /** Changes that policies, code and plans bring. */
  readonly more?: readonly AccessChange[];
  readonly verdict: string;
  readonly approvals?: readonly string[];
  /** The beginning of one of the approvals. */
  readonly asks?: string;
  readonly kinds?: readonly string[];
  readonly findings?: readonly string[];
  readonly standing?: readonly string[];
  readonly says?: string;
}

function edited(text: string, edits: Edits = []): string {
  return edits.reduce((now, [from, to]) => {
    if (!now.includes(from)) throw new Error(`${JSON.stringify(from)} is not in the roster`);
    return now.replaceAll(from, to);
  }, text);
}

test.each(data.cases as unknown as readonly Case[])("$name", (given) => {
  const base = edited(data.roster, given.base);
  const before = { roster: parse(base), rules: given.rules };
  const after = { roster: parse(edited(base, given.head)), rules: given.rulesAfter ?? given.rules };
  const review = judgeSides(before, after, given.more);
  const kinds = review.changes.flatMap(({ kind }) => (kind?.startsWith("rule") ? [kind] : []));
  const approvals = review.approvals.map(approvalText).sort();
  const findings = review.findings.map(({ code }) => code);
  expect(reviewVerdict(review)).toBe(given.verdict);
  if (given.approvals) expect(approvals).toEqual([...given.approvals].sort());
  if (given.asks) expect(approvals.some((text) => text.startsWith(given.asks ?? ""))).toBe(true);
  if (given.kinds) expect([...new Set(kinds)].sort()).toEqual([...new Set(given.kinds)].sort());
  if (given.findings) expect(findings).toEqual(given.findings);
  if (given.standing) expect(review.standing.map(({ code }) => code)).toEqual(given.standing);
  if (given.says) expect(review.findings.map(({ message }) => message).join("\n")).toContain(given.says);
});
