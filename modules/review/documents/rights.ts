import { isRecord } from "../../text";
import { listOf } from "../../terraform/read/json";

/** A role that somebody may assume as far as their own side goes. */
export interface Right {
  readonly roleArn: string;
  /** The first instant without it, as IAM reads it. */
  readonly until?: string;
}

export interface Rights {
  readonly rights: readonly Right[];
  /** False when the document says anything else. */
  readonly whole: boolean;
}

/** What a policy document gives of roles named by exact ARN, always or until an instant; all else stays unread. */
export function assumeRights(document: unknown): Rights {
  const statements = isRecord(document) ? [document["Statement"]].flat() : [undefined];
  const read = statements.map(rightsIn);
  return { rights: read.flatMap((rights) => rights ?? []), whole: read.every((rights) => rights !== undefined) };
}

const KEYS: ReadonlySet<string> = new Set(["Sid", "Effect", "Action", "Resource", "Condition"]);
const ROLE_ARN = /^arn:[\w-]+:iam::\d{12}:role\/[^*?$]+$/;

function rightsIn(statement: unknown): readonly Right[] | undefined {
  if (!isRecord(statement) || !Object.keys(statement).every((key) => KEYS.has(key))) return undefined;
  const [action, ...more] = texts(statement["Action"]);
  if (statement["Effect"] !== "Allow" || action?.toLowerCase() !== "sts:assumerole" || more.length > 0)
    return undefined;
  const resources = texts(statement["Resource"]);
  if (resources.length === 0 || !resources.every((resource) => ROLE_ARN.test(resource))) return undefined;
  const until = end(statement["Condition"]);
  return until && resources.map((roleArn) => ({ roleArn, ...until }));
}

function texts(value: unknown): readonly string[] {
  return [value].flat().map((each) => (typeof each === "string" ? each : "*"));
}

/** The one form Rolecall writes, whose order as text is that of time; IAM takes more (zones, years beyond 9999, seconds since 1970). */
function isPlainInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** No condition at all, or only an end. */
function end(condition: unknown): { readonly until?: string } | undefined {
  if (condition === undefined) return {};
  const operators = isRecord(condition) ? Object.entries(condition) : [];
  const [[operator, keys] = [], ...others] = operators;
  if (operator !== "DateLessThan" || others.length > 0 || !isRecord(keys)) return undefined;
  const [[key, value] = [], ...more] = Object.entries(keys);
  const [instant, ...instants] = Array.isArray(value) ? listOf(value) : [value];
  const plain = key?.toLowerCase() === "aws:currenttime" && more.length === 0 && instants.length === 0;
  return plain && typeof instant === "string" && isPlainInstant(instant) ? { until: instant } : undefined;
}
