import type { AccountDocuments } from "../../iam/account-documents";
import { listOf, recordOf } from "../../terraform/read/json";
import { quote } from "../../text";
import type { PlanDocuments } from "./documents";

/** IAM puts a unique id in the place of a principal that was deleted; whoever bears its name now is somebody else. */
const ORPHAN = /^(AIDA|AROA|AGPA)[A-Z0-9]{10,}$/;

/** Roles whose trust names deleted principals, before or after the apply, one line each with its account. */
export function orphans({ before, after }: PlanDocuments): readonly { readonly id: string; readonly text: string }[] {
  const now = found(before);
  const then = found(after);
  return [...new Map([...now, ...then])].map(([text, id]) => ({
    id,
    text: `${text}, whom nobody is any more${then.has(text) ? "" : "; the apply takes it out"}`,
  }));
}

function found(accounts: readonly AccountDocuments[]): ReadonlyMap<string, string> {
  return new Map(
    accounts.flatMap(({ id, roles }) =>
      roles.flatMap(({ name, trust }) =>
        principals(trust)
          .filter((principal) => ORPHAN.test(principal))
          .map((principal): [string, string] => [`role ${quote(name)} trusts a deleted principal (${principal})`, id]),
      ),
    ),
  );
}

function principals(trust: unknown): readonly string[] {
  const { Statement: statements } = recordOf(trust);
  return [statements].flat().flatMap((statement) => {
    const { AWS: aws } = recordOf(recordOf(statement)["Principal"]);
    return (typeof aws === "string" ? [aws] : listOf(aws)).map(String);
  });
}
