import { quote } from "../text";
import { objectEntries } from "./json";
import { repeatedKey } from "../iam/repeated-key";
import { refusalsOf } from "./refusals";
import { readStatement, type CompiledStatement } from "./statement";

/** A statement of which nothing is known but the reason. */
export function unreadable(policy: string, problem: string): CompiledStatement {
  return { policy, problem, conditions: [] };
}

/** The statements of a document in IAM's JSON, as text or as an object; one unreadable statement when it is none. */
export function readDocument(name: string, document: unknown): readonly CompiledStatement[] {
  const repeated = typeof document === "string" ? problemOfText(document) : undefined;
  if (repeated !== undefined) return [unreadable(name, repeated)];
  const entries = objectEntries(typeof document === "string" ? JSON.parse(document) : document);
  if (!entries) return [unreadable(name, "the document is not a JSON object")];
  const elements = new Map(entries);
  const problem = problemOfElements(elements);
  if (problem !== undefined) return [unreadable(name, problem)];
  const list = elements.get("Statement");
  const version = String(elements.get("Version") ?? WITHOUT_VERSION);
  const statements: readonly unknown[] = Array.isArray(list) ? list : [list];
  const refused = problemOfWhole(document, statements);
  if (refused !== undefined) return [unreadable(name, refused)];
  const read = Array.from(statements, (statement, index) => readStatement(name, statement, version, index));
  const refusals = refusalsOf(read);
  return read.map((statement) => ({ ...statement, refusals }));
}

/** Source: IAM User Guide, "IAM JSON policy elements: Version". */
const VERSIONS: readonly unknown[] = ["2012-10-17", "2008-10-17"];
const WITHOUT_VERSION = "2008-10-17";

function problemOfElements(elements: ReadonlyMap<string, unknown>): string | undefined {
  const stranger = [...elements.keys()].find((key) => !["Version", "Id", "Statement"].includes(key));
  if (stranger !== undefined) return `unknown element ${quote(stranger)}`;
  if (elements.has("Version") && !VERSIONS.includes(elements.get("Version"))) return "unknown Version";
  const statement = elements.get("Statement");
  if (Array.isArray(statement) && statement.length === 0) return "Statement is empty";
  return statement === undefined ? "no Statement" : undefined;
}

/**
 * What IAM refuses to store however its statements read. Source: IAM User Guide, "Grammar of the IAM JSON policy language" and
 * "IAM JSON policy elements: Sid"; IAM API Reference, PolicyDocument, "Pattern".
 */
function problemOfWhole(document: unknown, statements: readonly unknown[]): string | undefined {
  const stranger = strangerIn(document);
  if (stranger !== undefined) return `${quote(stranger)} is a character that policies cannot contain`;
  const sids = statements
    .map((statement) => new Map(objectEntries(statement)).get("Sid"))
    .filter((sid) => sid !== undefined);
  const twice = sids.find((sid, at) => sid !== "" && sids.indexOf(sid) !== at);
  return twice === undefined ? undefined : `the Sid ${quote(String(twice))} appears twice`;
}

/** The first character outside of Latin-1, or a control character, in the text or in a value of the object. */
function strangerIn(document: unknown): string | undefined {
  if (typeof document === "string") return STRANGE.exec(document)?.[0];
  if (Array.isArray(document)) return firstOf(document);
  const entries = objectEntries(document);
  return entries && firstOf(entries.flat());
}

function firstOf(values: readonly unknown[]): string | undefined {
  for (const value of values) {
    const found = strangerIn(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

const STRANGE = /[^\t\n\r\u0020-\u00ff]/u;

function problemOfText(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return "the document is not a JSON object";
  }
  const key = repeatedKey(text);
  return key === undefined ? undefined : `the key ${quote(key)} appears twice in one object`;
}
