import { countedText } from "../proof/entrances/classified";
import type { AuditReport } from "./audit-accounts";
import type { AuditItem } from "./item";

const WORDS = { unknown: "UNKNOWN", finding: "WRONG", note: "note" } as const;

/** What no reading of IAM can show. */
export const NOT_SEEN =
  "what runs without a role of IAM, open sessions, policies of resources (buckets, keys, queues), assignments of Identity Center, and what service control policies forbid";

/** A line for each item with its cure below, what is expected in each account, what is not seen, and the sum. */
export function renderAudit({ items, entrances, credentialReport }: AuditReport): string {
  const dated = credentialReport === undefined ? "no credential report" : `credential report of ${credentialReport}`;
  const expected = entrances
    .map(([account, all]) => [account, countedText(all)] as const)
    .filter(([, text]) => text !== "")
    .map(([account, text]) => `expected in ${account}: ${text}`);
  const paragraphs = [
    [`audit of ${entrances.length} accounts, ${dated}`],
    itemLines(items),
    [...expected, `not seen: ${NOT_SEEN}`],
    [sumOf(items)],
  ];
  const text = paragraphs.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${text.join("\n\n")}\n`;
}

function itemLines(items: readonly AuditItem[]): readonly string[] {
  const widest = (text: (item: AuditItem) => string) => Math.max(0, ...items.map((item) => text(item).length));
  const [kind, account, check] = [
    widest((item) => WORDS[item.kind]),
    widest((item) => item.account),
    widest((item) => item.check),
  ];
  return items.flatMap((item) => [
    `${WORDS[item.kind].padEnd(kind)}  ${item.account.padEnd(account)}  ${item.check.padEnd(check)}  ${item.message}`,
    `${" ".repeat(kind + account + check + 6)}${item.cure}`,
  ]);
}

function sumOf(items: readonly AuditItem[]): string {
  const count = (which: AuditItem["kind"]) => items.filter(({ kind }) => kind === which).length;
  return `${count("finding")} wrong, ${count("unknown")} unknown, ${count("note")} to note`;
}
