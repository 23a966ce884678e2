import { quote } from "../text";
import { entriesIn } from "./json";
import { repeatedKey } from "../iam/repeated-key";
import { readStatement, type Statement } from "./statement";

/** A statement of which nothing is known but the reason. */
export function unreadable(policy: string, problem: string): Statement {
  return { policy, problem, conditions: [] };
}

/** The statements of a document in IAM's JSON, as text or as an object; one unreadable statement when it is none. */
export function readDocument(name: string, document: unknown): readonly Statement[] {
  const repeated = typeof document === "string" ? problemOfText(document) : undefined;
  if (repeated !== undefined) return [unreadable(name, repeated)];
  const entries = entriesIn(typeof document === "string" ? JSON.parse(document) : document);
  if (!entries) return [unreadable(name, "the document is no JSON object")];
  const elements = new Map(entries);
  const problem = problemOfElements(elements);
  if (problem !== undefined) return [unreadable(name, problem)];
  const list = elements.get("Statement");
  const version = String(elements.get("Version") ?? WITHOUT_VERSION);
  const statements: readonly unknown[] = Array.isArray(list) ? list : [list];
  return statements.map((statement, index) => readStatement(name, statement, version, index));
}

/** Source: IAM User Guide, "IAM JSON policy elements: Version". */
const VERSIONS: readonly unknown[] = ["2012-10-17", "2008-10-17"];
const WITHOUT_VERSION = "2008-10-17";

function problemOfElements(elements: ReadonlyMap<string, unknown>): string | undefined {
  const stranger = [...elements.keys()].find((key) => !["Version", "Id", "Statement"].includes(key));
  if (stranger !== undefined) return `unknown element ${quote(stranger)}`;
  if (elements.has("Version") && !VERSIONS.includes(elements.get("Version"))) return "unknown Version";
  return elements.get("Statement") === undefined ? "no Statement" : undefined;
}

function problemOfText(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return "the document is no JSON object";
  }
  const key = repeatedKey(text);
  return key === undefined ? undefined : `the key ${quote(key)} stands twice in one object`;
}
