import type { CredentialFacts, KeyCredentials, PersonCredentials } from "./facts";

/** A user's line that does not have the report's columns is left out: whoever asks for the user finds none, and no pass. */
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

const ROOT = "<root_account>";

type Row = Readonly<Record<string, string>>;

function personOf(row: Row): PersonCredentials | undefined {
  const name = row["user"];
  const created = dateOf(row["user_creation_time"]);
  const [hasPassword, hasMfa] = [truthOf(row["password_enabled"]), truthOf(row["mfa_active"])];
  const keys = ["access_key_1", "access_key_2"].map((key) => keyOf(row, key));
  if (name === undefined || created === undefined || hasPassword === undefined || hasMfa === undefined)
    return undefined;
  if (keys.includes(undefined)) return undefined;
  const passwordLastUsed = dateOf(row["password_last_used"]);
  return {
    name,
    created,
    hasPassword,
    ...(passwordLastUsed === undefined ? {} : { passwordLastUsed }),
    hasMfa,
    keys: keys.flatMap((key) => (key === undefined || key === "inactive" ? [] : [key])),
    hasCertificate: row["cert_1_active"] === "true" || row["cert_2_active"] === "true",
  };
}

function keyOf(row: Row, key: string): KeyCredentials | "inactive" | undefined {
  const active = truthOf(row[`${key}_active`]);
  if (active === false) return "inactive";
  const made = dateOf(row[`${key}_last_rotated`]);
  if (active === undefined || made === undefined) return undefined;
  const lastUsed = dateOf(row[`${key}_last_used_date`]);
  return { made, ...(lastUsed === undefined ? {} : { lastUsed }) };
}

function truthOf(text: string | undefined): boolean | undefined {
  return text === "true" ? true : text === "false" ? false : undefined;
}

/** `N/A`, `no_information` and `not_supported` are no dates. */
function dateOf(text: string | undefined): Date | undefined {
  const date = new Date(/^\d{4}-\d\d-\d\dT/.test(text ?? "") ? (text ?? "") : "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}
