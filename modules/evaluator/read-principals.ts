import { quote } from "../text";
import type { Principals } from "./principals";
import { stringsIn } from "./json";

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
  const problems: string[] = [];
  let everyone = false;
  for (const [kind, name] of namesIn(element, problems)) {
    const account = ACCOUNT.exec(name);
    if (name === "*" && kind === "AWS") everyone = true;
    else if (kind === "AWS" && account) accounts.add(account[1] ?? account[2] ?? "");
    else if (kind === "AWS" && IDENTITY.test(name)) arns.add(name);
    else if (kind === "Service" && SERVICE.test(name)) services.add(name.toLowerCase());
    else if (kind === "Federated" && !/[*?$]/.test(name)) providers.add(name);
    else if (kind !== "AWS" || !ORPHAN.test(name)) problems.push(`unknown principal ${kind} ${quote(name)}`);
  }
  return { negated, problems, everyone, accounts, arns, services, providers };
}

const KINDS = ["AWS", "Service", "Federated", "CanonicalUser"];

function namesIn(element: unknown, problems: string[]): readonly (readonly [string, string])[] {
  if (element === "*") return [["AWS", "*"]];
  if (typeof element !== "object" || element === null || Array.isArray(element)) {
    problems.push('Principal is neither "*" nor an object');
    return [];
  }
  return Object.entries(element).flatMap(([kind, value]): (readonly [string, string])[] => {
    const names = stringsIn(value);
    if (names && KINDS.includes(kind)) return names.map((name) => [kind, name] as const);
    problems.push(`unknown principals ${quote(kind)}`);
    return [];
  });
}
