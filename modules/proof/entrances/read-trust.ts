import { isRecord } from "../../text";
import { actionMatcher } from "../../iam/action-pattern";

/** One principal that one statement of a trust policy lets in, whatever other statements deny. */
export interface Opening {
  readonly kind: "anybody" | "account" | "role" | "user" | "service" | "provider" | "gone" | "unreadable";
  /** As `principalText` writes it; of what cannot be read, why. */
  readonly principal: string;
  /** Account of an account, role or user. */
  readonly account?: string;
  /** The statement's `Condition`, as found. */
  readonly condition?: unknown;
}

const ASSUMING = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"];
const PARTS = new Set(["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition"]);

/** Every principal that a trust policy lets in. What cannot be read is an opening as well: `unreadable`. */
export function readTrust(trust: unknown, accountId: string): readonly Opening[] {
  const statements = isRecord(trust) ? [trust["Statement"]].flat() : [undefined];
  return statements.flatMap((statement) => openings(statement, accountId));
}

function openings(statement: unknown, accountId: string): readonly Opening[] {
  if (!isRecord(statement)) return [unreadable("its trust is not a policy")];
  const { Effect: effect, Condition: condition, Principal: principal } = statement;
  if (effect === "Deny") return [];
  const strange = Object.keys(statement).find((part) => !PARTS.has(part));
  if (effect !== "Allow" || strange !== undefined) return [unreadable("its trust has a part that IAM does not know")];
  if (!mayAssume(statement)) return [];
  const withCondition = condition === undefined ? {} : { condition };
  if ("NotPrincipal" in statement || principal === "*") return [{ kind: "anybody", principal: "*", ...withCondition }];
  const named = Object.entries(isRecord(principal) ? principal : {}).flatMap(([kind, names]) =>
    [names].flat().map((name): Opening => ({ ...readPrincipal(kind, name, accountId), ...withCondition })),
  );
  return named.length > 0 ? named : [unreadable("its trust names nobody")];
}

/** `sts:TagSession` and its like alone let nobody in. An action that is not text may be any. */
function mayAssume({ Action: action, NotAction: not }: Readonly<Record<string, unknown>>): boolean {
  if (not !== undefined || action === undefined) return true;
  return [action].flat().some((each) => typeof each !== "string" || ASSUMING.some(actionMatcher(each)));
}

const ACCOUNT = /^(?:(\d{12})|arn:[\w-]+:iam::(\d{12}):root)$/;
const IDENTITY = /^arn:[\w-]+:(?:iam::(\d{12}):(user|role)|sts::(\d{12}):(assumed-role|federated-user))\/[^*?$]+$/;
const GONE = /^A[A-Z]{3}[A-Z0-9]{12,}$/;

function readPrincipal(kind: string, name: unknown, accountId: string): Opening {
  if (typeof name !== "string") return unreadable("its trust names a principal that is not a string");
  if (name === "*") return { kind: "anybody", principal: "*" };
  if (kind === "Service" && /^[a-z0-9.-]+$/i.test(name)) return { kind: "service", principal: name.toLowerCase() };
  if (kind === "Federated" && !/[*?$]/.test(name))
    return { kind: "provider", principal: principalText(name, accountId) };
  if (kind !== "AWS") return unreadable(`its trust names ${kind} principals`);
  const account = ACCOUNT.exec(name);
  if (account)
    return { kind: "account", principal: principalText(name, accountId), ...inAccount(account[1] ?? account[2]) };
  const identity = IDENTITY.exec(name);
  if (identity) {
    const isUser = identity[2] === "user" || identity[4] === "federated-user";
    return { kind: isUser ? "user" : "role", principal: name, ...inAccount(identity[1] ?? identity[3]) };
  }
  return GONE.test(name) ? { kind: "gone", principal: name } : unreadable("its trust names a principal IAM refuses");
}

function inAccount(account: string | undefined): { readonly account?: string } {
  return account === undefined ? {} : { account };
}

function unreadable(why: string): Opening {
  return { kind: "unreadable", principal: why };
}

/** A principal as the roster writes it: an account as its twelve digits, a provider of the account itself without the account. */
export function principalText(name: string, accountId: string): string {
  const account = ACCOUNT.exec(name);
  if (account) return account[1] ?? account[2] ?? name;
  return name.replace(new RegExp(`^arn:[\\w-]+:iam::${accountId}:(?=(oidc|saml)-provider/)`), "");
}
