import type { AccountInventory, LivePolicyVersions, PolicyHolder, PolicyVersion } from "../../iam/account-documents";
import { accountPrincipal, type AccountRef, iamArn, sampleArn, sessionArn } from "../../iam/arn";
import { actionMatcher } from "../../iam/action-pattern";
import type { Catalogue } from "../../iam/catalogue";
import { type Policies, prepare, type Request, type Verdict } from "../../evaluator/evaluate";
import { type CompiledPolicy, compilePolicy, missingPolicy } from "../../evaluator/policy";
import { permits } from "../checks/breach";
import { operatorBoundaryArn } from "../checks/boundary";
import { contextAt, isoOf, LONG_TERM_KEYS } from "../checks/moments";
import type { ManagedPolicies } from "../checks/compiled-account";
import { sampleResources } from "../checks/sample-resources";
import { isRecord, stableJson } from "../../text";
import { tightened, unconditional } from "./loosened";

/** What operators may rewrite whenever they like. */
const APPLICATION_POLICY = /^arn:[\w-]+:iam::\d{12}:policy\/application\//;
const EXAMPLES = 3;

/** Answers what a holder of policies may do that an operator of the account may not. */
export type BeyondOperator = (holder: PolicyHolder) => readonly string[];

interface RightsInput {
  readonly account: AccountRef;
  readonly inventory: AccountInventory;
  readonly managed: ManagedPolicies;
  readonly catalogue: Catalogue;
  readonly now: number;
  /** Actions that a boundary does not allow everywhere, by its text: accounts have the same one. */
  readonly closed: Map<string, readonly string[]>;
}

/**
 * Some actions that the holder may do, or may perhaps, and the operator's boundary does not surely allow; empty when there are none. Conditions
 * of the holder's policies are left out and those of the boundary count, so that an empty answer is certain for what is asked.
 */
export function beyondOperator({ account, inventory, managed, catalogue, now, closed }: RightsInput): BeyondOperator {
  const texts = new Map(inventory.policies.map((policy) => [policy.arn, defaultText(policy)]));
  const textOf = (arn: string) => texts.get(arn) ?? inventory.managed.get(arn) ?? managed.get(arn);
  const accountId = account.id;
  const limitArn = operatorBoundaryArn(account);
  const limit = textOf(limitArn);
  const context = contextAt(isoOf(now), LONG_TERM_KEYS);
  const request = (action: string, resource: string): Request => ({
    principal: { kind: "role-session", arn: sessionArn(account, "x", "x"), account: accountId },
    action,
    resource,
    resourceAccount: accountId,
    context,
  });
  const places = [...placesIn(account), ...sampleResources([limit])];
  const within = askerOf({ identity: [compiled(limitArn, limit, tightened)] }, account);
  const text = stableJson(limit ?? null).replaceAll(accountId, "");
  const outside =
    closed.get(text) ??
    catalogue.actions
      .map(({ name }) => name)
      .filter((action) => places.some((place) => within(request(action, place)) !== "allowed"));
  closed.set(text, outside);
  return (holder) => {
    if (holder.boundary === limitArn && limit !== undefined) return [];
    const rewritable = holder.attached.find((arn) => APPLICATION_POLICY.test(arn));
    if (rewritable !== undefined) return [`whatever an operator writes into ${rewritable}`];
    const own = askerOf(policiesOf(holder, textOf), account);
    const named = sampleResources([...holder.inline.values(), ...holder.attached.map(textOf)]);
    const mentions = mentionedBy([...holder.inline.values(), ...holder.attached.map(textOf)]);
    const found = outside
      .filter(mentions)
      .filter((action) =>
        [...places, ...named].some(
          (place) => permits(own(request(action, place))) && within(request(action, place)) !== "allowed",
        ),
      );
    return found.slice(0, EXAMPLES);
  };
}

/** Asks whether policies allow; of taking roles, whether they would if the role's trust let the whole account in. */
function askerOf(policies: Policies, account: AccountRef): (request: Request) => Verdict {
  const trust = compilePolicy("a trust of the whole account", {
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: { AWS: accountPrincipal(account) }, Action: "sts:*" },
  });
  const [plain, taking] = [prepare(policies), prepare({ ...policies, resource: trust })];
  return (request) => (request.action.startsWith("sts:") ? taking(request) : plain(request));
}

/** False only for actions that no statement of these documents means; quick, since most roles mention few. */
function mentionedBy(documents: readonly unknown[]): (action: string) => boolean {
  const statements = documents.flatMap((document) =>
    isRecord(document) ? [document["Statement"]].flat() : [undefined],
  );
  const patterns = statements.flatMap((statement) => {
    const { Effect: effect, Action: action } = isRecord(statement) ? statement : {};
    const all = [action].flat();
    if (effect === "Deny") return [];
    return all.every((each) => typeof each === "string") ? all.map(String) : ["*"];
  });
  const tests = patterns.map(actionMatcher);
  return (action) => tests.some((test) => test(action));
}

/** Places where the boundary's answer may differ: nothing in particular, and identities that are not an application's. */
function placesIn(account: AccountRef): readonly string[] {
  const inIam = ["role/sample", "role/rolecall/administrator", "user/sample"].map((what) => iamArn(account, what));
  return [sampleArn(account, "sample"), ...inIam, operatorBoundaryArn(account)];
}

function policiesOf(holder: PolicyHolder, textOf: (arn: string) => unknown): Policies {
  const managed = (arn: string) => compiled(arn, textOf(arn), unconditional);
  const inline = [...holder.inline].map(([name, text]) => compiled(name, text, unconditional));
  const boundary = holder.boundary === undefined ? {} : { boundary: managed(holder.boundary) };
  return { identity: [...inline, ...holder.attached.map(managed)], ...boundary };
}

function compiled(name: string, text: unknown, read: (document: unknown) => unknown): CompiledPolicy {
  return text === undefined ? missingPolicy(name) : compilePolicy(name, read(text));
}

export function defaultText({ versions }: LivePolicyVersions): unknown {
  return versions.find(({ isDefault }) => isDefault)?.document;
}

/** Versions that whoever may set the default version could put in force and that are not surely within the one that is. */
export function widerVersions({ versions }: LivePolicyVersions): readonly PolicyVersion[] {
  const current = versions.find(({ isDefault }) => isDefault);
  return versions.filter((version) => version !== current && mayAllowMore(version.document, current?.document));
}

/** False only where each allowance of the one is one of the other, and each denial of the other one of the one. */
function mayAllowMore(one: unknown, other: unknown): boolean {
  const [mine, theirs] = [rulesOf(one), rulesOf(other)];
  if (mine === undefined || theirs === undefined) return true;
  return !(isWithin(mine.Allow, theirs.Allow) && isWithin(theirs.Deny, mine.Deny));
}

function isWithin(inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean {
  return [...inner].every((rule) => outer.has(rule));
}

type Rules = Readonly<Record<"Allow" | "Deny", ReadonlySet<string>>>;

/** One text for each action of each statement, so that a list may be cut in two; undefined for what is not a policy. */
function rulesOf(document: unknown): Rules | undefined {
  const rules = { Allow: new Set<string>(), Deny: new Set<string>() };
  if (!isRecord(document)) return undefined;
  for (const statement of [document["Statement"]].flat()) {
    if (!isRecord(statement)) return undefined;
    const { Effect: effect, Action: action, Sid: _, ...rest } = statement;
    if (effect !== "Allow" && effect !== "Deny") return undefined;
    for (const each of action === undefined ? [null] : [action].flat())
      rules[effect].add(stableJson([document["Version"] ?? null, each, rest]));
  }
  return rules;
}
