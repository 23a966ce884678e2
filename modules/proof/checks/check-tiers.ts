import { accountOf, sampleArn } from "../../iam/arn";
import { needsOwnCredentials } from "../../evaluator/free-calls";
import type { AccessLevel, Catalogue } from "../../iam/catalogue";
import type { AccessClaims, ClaimedRole } from "../claims";
import { DATA_READS, FORBIDDEN, LEAST_READS, SECRET_READS } from "../promises/promises";
import { type Breach, type CheckResult, type BreachMemory, permits } from "./breach";
import type { CompiledAccount } from "./compiled-account";
import { RoleQuestion } from "./role-question";
import { sampleResources } from "./sample-resources";
import { count } from "../../words";

const CHANGES: ReadonlySet<AccessLevel> = new Set<AccessLevel>(["W", "T", "P"]);
/** Breaches of one role that are reported one by one; the rest is the same story, and asking for it takes long. */
const TOLD = 20;

/**
 * Every tier role against every action of the catalogue. Roles with equal documents in several accounts are asked once;
 * `memory` keeps answers for a later proof with the same catalogue and instant.
 */
export function checkTiers(
  claims: AccessClaims,
  accounts: ReadonlyMap<string, CompiledAccount>,
  catalogue: Catalogue,
  now: number,
  memory: BreachMemory = new Map(),
): CheckResult {
  const breaches: Breach[] = [];
  const seen = new Set<string>();
  let questions = 0;
  for (const role of claims.roles) {
    const account = accounts.get(role.accountId);
    const live = account?.role(role.tier);
    if (!account || !live) continue;
    const texts = account.textOf(live.documents);
    const fingerprint = JSON.stringify([role.promise, role.readsData, texts]).replaceAll(role.accountId, "{account}");
    if (seen.has(fingerprint)) continue;
    seen.add(fingerprint);
    const known = memory.get(fingerprint);
    const question = new RoleQuestion(role, live, now);
    const found = known ?? checkRole(question, catalogue, sampleResources(texts)).slice(0, TOLD);
    memory.set(fingerprint, found);
    breaches.push(...found);
    questions += question.questions;
  }
  return {
    title: `tiers keep their promises over all ${count(catalogue.actions.length)} actions`,
    questions,
    breaches,
  };
}

type Promised = (action: string, level: AccessLevel) => { readonly must?: string; readonly never?: string };

function checkRole(question: RoleQuestion, catalogue: Catalogue, samples: readonly string[]): Breach[] {
  const promised = PROMISES[question.role.promise](question.role);
  const breaches: Breach[] = [];
  for (const { name, level } of catalogue.actions) {
    if (breaches.length >= TOLD) break;
    const { must, never } = promised(name, level);
    const generic = sampleArn(accountOf(question.role), name.slice(0, name.indexOf(":")));
    if (must !== undefined && question.ask(name, generic) !== "allowed") {
      const cure = "find the statement that prevents it";
      breaches.push(question.breach("tier-may", { action: name, resource: generic }, `cannot do what ${must}`, cure));
    }
    if (never === undefined) continue;
    const open = [generic, "*", ...samples].find((resource) => permits(question.ask(name, resource)));
    if (open === undefined) continue;
    const text = `may do what it never may (${never})`;
    const cure = "deny it, or narrow what allows it";
    breaches.push(question.breach("tier-may-not", { action: name, resource: open }, text, cure));
  }
  return [...breaches, ...attachedLater(question)];
}

/** Spectators read no data even when somebody attaches a policy to their role by hand. */
function attachedLater(question: RoleQuestion): readonly Breach[] {
  if (question.role.promise !== "spectator") return [];
  const never = [...SECRET_READS, ...(question.role.readsData ? [] : DATA_READS)];
  return never
    .filter((action) => question.askIfEverythingWereAttached(action, "*") !== "explicitly denied")
    .map((action) => {
      const text = "would read data if a policy were attached";
      return question.breach(
        "tier-may-not",
        { action, resource: "*" },
        text,
        "deny it explicitly; not allowing it is not enough",
      );
    });
}

const PROMISES: Readonly<Record<ClaimedRole["promise"], (role: ClaimedRole) => Promised>> = {
  // What STS takes from long-term credentials only, no role's session can call.
  administrator: () => (action) => (needsOwnCredentials(action) ? {} : { must: "administrators do: everything" }),
  operator: () => (action, level) => {
    const family = familyOf.get(action);
    if (family !== undefined) return { never: family };
    return isIdentity(action) && CHANGES.has(level) ? {} : isOpenRead(action, level) ? {} : { must: "operators do" };
  },
  spectator: ({ readsData }) => {
    const data = new Set([...SECRET_READS, ...(readsData ? [] : DATA_READS)]);
    const least = new Set(LEAST_READS);
    return (action, level) => {
      if (CHANGES.has(level)) return { never: "spectators change nothing" };
      if (data.has(action)) return { never: "spectators here read no data" };
      return least.has(action) ? { must: "spectators see" } : {};
    };
  },
  own: () => (action) => {
    const family = familyOf.get(action);
    return family === undefined ? {} : { never: family };
  },
};

const familyOf: ReadonlyMap<string, string> = new Map(
  FORBIDDEN.flatMap(({ what, actions }) => [...actions].map((action): [string, string] => [action, what])),
);
const FORBIDDEN_SERVICES = new Set(
  FORBIDDEN.filter(({ name }) => name === "organization" || name === "cloudhsm").flatMap(({ actions }) =>
    [...actions].map((action) => action.slice(0, action.indexOf(":"))),
  ),
);

/** Changes to identities depend on the resource: the escalation paths are about them. */
function isIdentity(action: string): boolean {
  return action.startsWith("iam:") || action.startsWith("sts:");
}

/** Reading about the organization, bills and the like is neither promised nor forbidden. */
function isOpenRead(action: string, level: AccessLevel): boolean {
  return !CHANGES.has(level) && FORBIDDEN_SERVICES.has(action.slice(0, action.indexOf(":")));
}
