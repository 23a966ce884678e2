import type { Known } from "../known";
import type { AccountFacts, AuditFacts } from "./facts";
import type { AuditItem } from "./item";

/** What one check says about everything that was read. */
export type AuditCheck = (facts: AuditFacts) => readonly AuditItem[];

/** Makes the items of one account in the name of one check. */
export function itemsOf(check: string, { plan }: Pick<AccountFacts, "plan">) {
  const item = (kind: AuditItem["kind"]) => (message: string, cure: string) =>
    ({ account: plan.key, check, kind, message, cure }) as const;
  return {
    finding: item("finding"),
    note: item("note"),
    /** What was read and cannot be judged. */
    open: item("unknown"),
    unknown: (what: string, { reason }: { readonly reason: string }) =>
      item("unknown")(`${what} cannot be read: ${reason}`, "let the deploy role read it, and run this again"),
  };
}

/** What the judge says about a known value; one unknown item otherwise. */
export function ifKnown<T>(
  value: Known<T>,
  unknown: (why: { readonly reason: string }) => AuditItem,
  judge: (value: T) => readonly AuditItem[],
): readonly AuditItem[] {
  return value.known ? judge(value.value) : [unknown(value)];
}
