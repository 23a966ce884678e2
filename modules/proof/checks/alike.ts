import { type CompiledAccount, GROUP_MARK } from "./compiled-account";

/** People with equal names but for letters and digits: only unusual characters could make a policy tell them apart. */
export function nameKind(name: string): string {
  return name.replace(/[a-z]+/gi, "a").replace(/[0-9]+/g, "0");
}

/** A user's documents as text; equal texts and name kinds give equal answers. Undefined without such a user. */
export function userTexts(account: CompiledAccount): (name: string) => readonly unknown[] | undefined {
  const users = new Map(account.documents.users.map((user) => [user.name, user]));
  return (name) => {
    const user = users.get(name);
    return user && account.textOf(user);
  };
}

/** The same without statements that only let somebody take roles: what is left decides everything else. */
export function withoutAssuming(texts: readonly unknown[]): readonly unknown[] {
  return texts.flatMap((document) => {
    const statements = statementsOf(document);
    if (statements === undefined) return document === GROUP_MARK ? [] : [document];
    const rest = statements.filter((statement) => !isAssumingOnly(statement));
    return rest.length === 0 ? [] : [rest];
  });
}

function statementsOf(document: unknown): readonly unknown[] | undefined {
  const statements =
    typeof document === "object" && document !== null && "Statement" in document ? document.Statement : undefined;
  return Array.isArray(statements) ? statements : undefined;
}

function isAssumingOnly(statement: unknown): boolean {
  if (typeof statement !== "object" || statement === null) return false;
  const { Effect: effect, Action: action, NotAction: not } = statement as Record<string, unknown>;
  const only = Array.isArray(action) && action.length === 1 ? action[0] : action;
  return effect === "Allow" && not === undefined && only === "sts:AssumeRole";
}
