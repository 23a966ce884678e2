import { quote } from "../text";
import type { CredentialFacts, KeyCredentials, PersonCredentials } from "./facts";

/** A user's line that does not have the report's columns is left out: a check of the user finds none, and no pass. */
export function parseCredentialReport(text: string, generated: Date): CredentialFacts {
  const [head = "", ...lines] = text.trim().split(/\r?\n/);
  const columns = head.split(",");
  const people = lines
    .map((line) => line.split(","))
    .filter((fields) => fields.length === columns.length)
    .map((fields) => Object.fromEntries(columns.map((column, index) => [column, fields[index] ?? ""])))
    .filter((row) => row["user"] !== ROOT)
    .flatMap((row) => personOf(row) ?? []);
  return { generated, people };
}

/** AWS makes a new report when the last is four hours old; the rest is for clocks and the time it takes. Source: see `CredentialFacts`. */
const [OLDEST_MS, SLACK_MS] = [4 * 3600_000 + 15 * 60_000, 5 * 60_000];

/** The columns that say who is who and what they hold. */
const COLUMNS = [
  "user",
  "arn",
  "user_creation_time",
  "password_enabled",
  "mfa_active",
  "cert_1_active",
  "cert_2_active",
];

export interface ReportExpected {
  readonly generated: Date;
  /** AWS's own time. */
  readonly at: Date;
  readonly format: string;
  /** ARNs of the account's users by name. */
  readonly arns: ReadonlyMap<string, string>;
}

/**
 * Why a report is not one to go by: of another time or account, or not such a table at all. `undefined` when it is. Users whom it
 * lacks are not a problem by themselves: they are read one by one.
 */
export function reportProblem(text: string, { generated, at, format, arns }: ReportExpected): string | undefined {
  const age = at.getTime() - generated.getTime();
  if (age > OLDEST_MS) return `it was made at ${generated.toISOString()}, more than four hours old`;
  if (age < -SLACK_MS) return `it was made at ${generated.toISOString()}, which is in the future`;
  const [head = "", ...lines] = text.trim().split(/\r?\n/);
  const columns = head.split(",");
  const missing = COLUMNS.find((column) => columns.filter((each) => each === column).length !== 1);
  if (format !== "text/csv" || missing !== undefined) return `it has no column ${quote(missing ?? "at all")}`;
  const seen = new Set<string>();
  for (const line of lines) {
    const fields = line.split(",");
    const [name = "", arn = ""] = ["user", "arn"].map((column) => fields[columns.indexOf(column)] ?? "");
    if (fields.length !== columns.length || name === ROOT) continue;
    if (seen.has(name)) return `it has ${quote(name)} twice`;
    seen.add(name);
    const own = arns.get(name);
    if (own !== undefined && own !== arn) return `it says that ${quote(name)} is ${quote(arn)}`;
  }
  return undefined;
}

const ROOT = "<root_account>";

type Row = Readonly<Record<string, string>>;

function personOf(row: Row): PersonCredentials | undefined {
  const name = row["user"];
  const created = dateOf(row["user_creation_time"]);
  const [hasPassword, hasMfa] = [truthOf(row["password_enabled"]), truthOf(row["mfa_active"])];
  const keys = ["access_key_1", "access_key_2"].map((key) => keyOf(row, key));
  if (name === undefined || created === undefined || hasPassword === undefined || hasMfa === undefined)
    return undefined;
  const certificates = ["cert_1_active", "cert_2_active"].map((column) => truthOf(row[column]));
  if (keys.includes(undefined) || certificates.includes(undefined)) return undefined;
  return {
    name,
    created,
    hasPassword,
    passwordLastUsed: dateOf(row["password_last_used"]),
    hasMfa,
    keys: keys.flatMap((key) => (key === undefined || key === "inactive" ? [] : [key])),
    hasCertificate: certificates.includes(true),
  };
}

function keyOf(row: Row, key: string): KeyCredentials | "inactive" | undefined {
  const active = truthOf(row[`${key}_active`]);
  if (active === false) return "inactive";
  const made = dateOf(row[`${key}_last_rotated`]);
  if (active === undefined || made === undefined) return undefined;
  return { made, lastUsed: dateOf(row[`${key}_last_used_date`]) };
}

function truthOf(text: string | undefined): boolean | undefined {
  return text === "true" ? true : text === "false" ? false : undefined;
}

/** `N/A`, `no_information` and `not_supported` are not dates. */
function dateOf(text: string | undefined): Date | undefined {
  const date = new Date(/^\d{4}-\d\d-\d\dT/.test(text ?? "") ? (text ?? "") : "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}
