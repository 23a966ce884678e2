import { documentChars, type PolicyDocument, policyDocument, type Statement } from "../iam/policy-document";

/**
 * The statements in as few documents as `maxChars` allows, in their order; a statement too long for one document is split
 * over its resources. Equal input gives equal documents, and appending a resource changes only the last ones.
 */
export function packStatements(statements: readonly Statement[], maxChars: number): readonly PolicyDocument[] {
  const documents: PolicyDocument[] = [];
  let open: Statement[] = [];
  const fits = (list: readonly Statement[]) => documentChars(policyDocument(...list)) <= maxChars;
  for (const statement of statements.flatMap((whole) => splitResources(whole, maxChars))) {
    if (open.length > 0 && !fits([...open, statement])) {
      documents.push(policyDocument(...open));
      open = [];
    }
    open.push(statement);
  }
  return open.length > 0 ? [...documents, policyDocument(...open)] : documents;
}

function splitResources(statement: Statement, maxChars: number): readonly Statement[] {
  const resources = statement.Resource ?? [];
  const frame = documentChars(policyDocument({ ...statement, Resource: [] }));
  const parts: string[][] = [[]];
  let chars = frame;
  for (const resource of resources) {
    const cost = JSON.stringify(resource).length + 1;
    if (chars + cost > maxChars && parts[parts.length - 1]?.length) {
      parts.push([]);
      chars = frame;
    }
    parts[parts.length - 1]?.push(resource);
    chars += cost;
  }
  return parts.map((part) => ({ ...statement, Resource: part }));
}
