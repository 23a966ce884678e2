import type { AuditItem } from "./item";

const WORDS = { unknown: "UNKNOWN", finding: "WRONG", note: "note" } as const;

/** A line for each item and its cure below, what else is said, then the sum. */
export function renderAudit(items: readonly AuditItem[], heading: string, besides: readonly string[] = []): string {
  const widest = (text: (item: AuditItem) => string) => Math.max(0, ...items.map((item) => text(item).length));
  const [kind, account, check] = [
    widest((item) => WORDS[item.kind]),
    widest((item) => item.account),
    widest((item) => item.check),
  ];
  const lines = items.flatMap((item) => [
    `${WORDS[item.kind].padEnd(kind)}  ${item.account.padEnd(account)}  ${item.check.padEnd(check)}  ${item.message}`,
    `${" ".repeat(kind + account + check + 6)}${item.cure}`,
  ]);
  const count = (which: AuditItem["kind"]) => items.filter((item) => item.kind === which).length;
  const sum = `${count("finding")} wrong, ${count("unknown")} unknown, ${count("note")} to note`;
  return `${[heading, "", ...lines, ...(lines.length > 0 ? [""] : []), ...besides, ...(besides.length > 0 ? [""] : []), sum].join("\n")}\n`;
}
