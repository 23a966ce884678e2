import type { AuditCheck } from "../check";
import type { AuditItem } from "../item";

/** The proof holds on what the accounts hold: one item for each of its checks that does not. */
export const proof: AuditCheck = (facts) => {
  const item = (kind: AuditItem["kind"], message: string, cure: string): AuditItem => {
    return { account: "all", check: "proof", kind, message, cure };
  };
  if (!facts.proof.known)
    return [item("unknown", `nothing is proven: ${facts.proof.reason}`, "fix that, and run this again")];
  return facts.proof.value.checks
    .filter(({ breaches }) => breaches.length > 0)
    .map(({ title, breaches }) => {
      const more = breaches.length > 1 ? `, and ${breaches.length - 1} more` : "";
      return item(
        "finding",
        `does not hold: ${title}: ${breaches[0]?.message ?? ""}${more}`,
        "see rolecall prove --live",
      );
    });
};
