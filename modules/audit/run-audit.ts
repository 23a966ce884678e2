import { compareNaturally } from "../text";
import type { AuditCheck } from "./check";
import { drift } from "./checks/drift";
import { entrances } from "./checks/entrances";
import { keys } from "./checks/keys";
import { mfa } from "./checks/mfa";
import { passwordPolicy } from "./checks/password-policy";
import { proof } from "./checks/proof";
import { revocations } from "./checks/revocations";
import { root } from "./checks/root";
import { strangers } from "./checks/strangers";
import { unusedPeople } from "./checks/unused-people";
import { unusedRoles } from "./checks/unused-roles";
import type { AccountFacts, AuditFacts } from "./facts";
import type { AuditItem } from "./item";

const CHECKS: readonly AuditCheck[] = [
  root,
  mfa,
  keys,
  unusedPeople,
  passwordPolicy,
  drift,
  strangers,
  entrances,
  unusedRoles,
  revocations,
  proof,
];

const ORDER: readonly AuditItem["kind"][] = ["unknown", "finding", "note"];

/** Every check on everything that was read: unknown first, then findings, then notes, each by account. Pure. */
export function runAudit(facts: AuditFacts): readonly AuditItem[] {
  const place = ({ kind }: AuditItem) => ORDER.indexOf(kind);
  const reached = facts.accounts.filter(({ unreachable }) => unreachable === undefined);
  const items = [
    ...facts.accounts.flatMap(unreachedItem),
    ...CHECKS.flatMap((check) => check({ ...facts, accounts: reached })),
  ];
  return items.sort(
    (a, b) =>
      place(a) - place(b) ||
      compareNaturally(a.account, b.account) ||
      compareNaturally(a.check, b.check) ||
      compareNaturally(a.message, b.message),
  );
}

function unreachedItem({ plan, unreachable }: AccountFacts): readonly AuditItem[] {
  if (unreachable === undefined) return [];
  const cure = "let the credentials of this shell assume the deploy role, and run this again";
  return [{ account: plan.key, check: "account", kind: "unknown", message: unreachable, cure }];
}

/** 0 clean, 1 findings, 2 something could not be read or judged. */
export function auditExit(items: readonly AuditItem[]): 0 | 1 | 2 {
  if (items.some(({ kind }) => kind === "unknown")) return 2;
  return items.some(({ kind }) => kind === "finding") ? 1 : 0;
}
