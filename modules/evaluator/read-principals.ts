import { quote } from "../text";
import type { Principals } from "./principals";
import { stringsIn } from "./json";
import { PARTITIONS } from "./refused-arns";
import { holdsExpression } from "./template";

const ACCOUNT = /^(?:(\d{12})|arn:[a-z-]+:iam::(\d{12}):root)$/;
const IDENTITY = /^arn:[a-z-]+:(?:iam::[^:*?]+:(?:user|role)\/|sts::\d{12}:(?:assumed-role|federated-user)\/)[^*?$]+$/;
/** What IAM leaves in a policy when the user or role is gone: it names nobody. Source: IAM User Guide, "IAM identifiers", "Unique identifiers". */
const ORPHAN = /^A[A-Z]{3}[A-Z0-9]{12,}$/;
const SERVICE = /^[a-z0-9.-]+\.[a-z.]+$/i;

/** Reads `"*"` or an object of lists; names what cannot be understood. A wildcard cannot be part of a name. */
export function readPrincipals(element: unknown, negated: boolean): Principals {
  const accounts = new Set<string>();
  const arns = new Set<string>();
  const services = new Set<string>();
  const providers = new Set<string>();
  const refused: string[] = [];
  const open: string[] = [];
  let everyone = false;
  for (const [kind, name] of namesIn(element, refused)) {
    const account = ACCOUNT.exec(name);
    const unknown = `unknown principal ${kind} ${quote(name)}`;
    if (name === "*" && kind === "AWS") everyone = true;
    else if (kind === "CanonicalUser" || holdsExpression(name)) open.push(unknown);
    else if (kind === "AWS" && !inKnownPartition(name)) refused.push(unknown);
    else if (kind === "AWS" && account) accounts.add(account[1] ?? account[2] ?? "");
    else if (kind === "AWS" && IDENTITY.test(name)) arns.add(name);
    else if (kind === "Service" && SERVICE.test(name)) services.add(name.toLowerCase());
    else if (kind === "Federated" && name !== "" && !/[*?$]/.test(name)) providers.add(name);
    else if (kind !== "AWS" || !ORPHAN.test(name)) refused.push(unknown);
  }
  const base = { negated, star: element === "*", problems: [...refused, ...open], refused };
  return { ...base, canonical: namesCanonical(element), everyone, accounts, arns, services, providers };
}

function inKnownPartition(name: string): boolean {
  return !name.startsWith("arn:") || PARTITIONS.has(name.split(":")[1] ?? "");
}

function namesCanonical(element: unknown): boolean {
  return typeof element === "object" && element !== null && Object.hasOwn(element, "CanonicalUser");
}

const KINDS = ["AWS", "Service", "Federated", "CanonicalUser"];

function namesIn(element: unknown, problems: string[]): readonly (readonly [string, string])[] {
  if (element === "*") return [["AWS", "*"]];
  if (typeof element !== "object" || element === null || Array.isArray(element)) {
    problems.push('Principal is neither "*" nor an object');
    return [];
  }
  const entries = Object.entries(element);
  if (entries.length === 0) problems.push("Principal is empty");
  return entries.flatMap(([kind, value]): (readonly [string, string])[] => {
    const names = stringsIn(value);
    if (names?.length === 0) problems.push(`Principal ${quote(kind)} is empty`);
    if (names && KINDS.includes(kind)) return names.map((name) => [kind, name] as const);
    problems.push(`unknown principals ${quote(kind)}`);
    return [];
  });
}
