import type { AccountDocuments } from "../../iam/account-documents";
import { listOf, recordOf } from "../../terraform/read/json";
import { stableJson } from "../../text";
import type { InAccount, PlanDocuments } from "./documents";

/** IAM puts a unique id in the place of a principal that was deleted; whatever has its name now is another. */
const ORPHAN = /^(AIDA|AROA|AGPA)[A-Z0-9]{10,}$/;

/** Roles whose trust names deleted principals, before or after the apply, one line each with its account. */
export function orphans({ before, after }: PlanDocuments): readonly InAccount[] {
  const now = found(before);
  const then = found(after);
  return [...new Map([...now, ...then])].map(([key, { id, role, principal }]) => ({
    id,
    change: { direction: "neutral", kind: "trust-of-nobody", role, principal, removed: !then.has(key) },
  }));
}

interface Orphan {
  readonly id: string;
  readonly role: string;
  readonly principal: string;
}

function found(accounts: readonly AccountDocuments[]): ReadonlyMap<string, Orphan> {
  const all = accounts.flatMap(({ id, roles }) =>
    roles.flatMap(({ name: role, trust }) =>
      principals(trust)
        .filter((principal) => ORPHAN.test(principal))
        .map((principal): Orphan => ({ id, role, principal })),
    ),
  );
  return new Map(all.map((orphan) => [stableJson(orphan), orphan]));
}

function principals(trust: unknown): readonly string[] {
  const { Statement: statements } = recordOf(trust);
  return [statements].flat().flatMap((statement) => {
    const { AWS: aws } = recordOf(recordOf(statement)["Principal"]);
    return (typeof aws === "string" ? [aws] : listOf(aws)).map(String);
  });
}
