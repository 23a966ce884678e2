import { compileWorkloadAccount } from "../../access/workload-account";
import { actionMatcher } from "../../iam/action-pattern";
import { type AccountRef, policyArn, roleArn, sessionArn } from "../../iam/arn";
import type { Catalogue } from "../../iam/catalogue";
import type { ManagedPolicies } from "../../proof/checks/compiled-account";
import { contextAt, isoOf, LONG_TERM_KEYS } from "../../proof/checks/moments";
import type { Account, Roster } from "../../roster/roster";
import { stableJson } from "../../text";
import { compareSides } from "../effective/compare";
import { sideOf, type Text } from "../effective/side";

/** What it takes to evaluate policies. */
export interface AbilityContext {
  readonly catalogue: Catalogue;
  readonly managed: ManagedPolicies;
  readonly now: Date;
}

/**
 * Every action a tier may do in an account of the roster, on any resource and under any condition; what is unknown counts as
 * allowed. `undefined` for a tier the roster does not have.
 */
export type Abilities = (roster: Roster, account: Account, tier: string) => ReadonlySet<string> | undefined;

/** Found by evaluating the tier's policies, once for each text; nothing is read before somebody asks. */
export function tierAbilities(context: () => AbilityContext): Abilities {
  const byText = new Map<string, ReadonlySet<string>>();
  const rosters = new WeakMap<Roster, Map<Account, ReadonlyMap<string, () => ReadonlySet<string>>>>();
  const evaluated = (account: Account, tier: string, texts: Texts) => {
    const key = stableJson(texts).replaceAll(account.id, "\u0000");
    const known = byText.get(key) ?? evaluate(account, tier, texts, context());
    byText.set(key, known);
    return known;
  };
  const rolesOf = (roster: Roster, account: Account) => {
    const texts = [...textsOf(roster, account, context().managed)];
    return new Map(texts.map(([tier, text]) => [tier, once(() => evaluated(account, tier, text))]));
  };
  return (roster, account, tier) => {
    const accounts = rosters.get(roster) ?? new Map<Account, ReadonlyMap<string, () => ReadonlySet<string>>>();
    const roles = accounts.get(account) ?? rolesOf(roster, account);
    rosters.set(roster, accounts.set(account, roles));
    return roles.get(tier)?.();
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Whether one of these actions fits one of the patterns. What is a pattern itself fits every pattern of its service. */
export function allowsAny(actions: Iterable<string>, patterns: readonly string[]): boolean {
  const wanted = patterns.map((pattern) => ({ service: serviceOf(pattern), matches: actionMatcher(pattern) }));
  for (const action of actions) {
    const isPattern = /[*?]/.test(action);
    const service = serviceOf(action);
    if (wanted.some((each) => each.matches(action))) return true;
    if (isPattern && (service === "*" || wanted.some((each) => each.service === service))) return true;
  }
  return false;
}

function serviceOf(pattern: string): string {
  return pattern === "*" ? pattern : pattern.slice(0, Math.max(0, pattern.indexOf(":"))).toLowerCase();
}

interface Texts {
  readonly identity: readonly Text[];
  readonly boundary?: Text;
}

/** The policies of each tier's role, as they would be applied. */
function textsOf(roster: Roster, account: Account, managed: ManagedPolicies): ReadonlyMap<string, Texts> {
  const { roles, policies } = compileWorkloadAccount(roster, account);
  const own = new Map(policies.map(({ path, name, document }) => [policyArn(account, path, name), document]));
  const byArn = (arn: string): Text => ({ name: arn, document: own.get(arn) ?? managed.get(arn) });
  return new Map(
    roles.map(({ tier, inlinePolicies, policyArns, permissionsBoundaryArn: boundary }) => {
      const inline = inlinePolicies.map(({ document }) => ({ name: "inline", document }));
      const identity = [...inline, ...policyArns.map(byArn)];
      return [tier, { identity, ...(boundary === undefined ? {} : { boundary: byArn(boundary) }) }];
    }),
  );
}

/** All that the role has more than one without policies. */
function evaluate(
  { id, partition }: AccountRef,
  tier: string,
  { identity, boundary }: Texts,
  { catalogue, now }: AbilityContext,
): ReadonlySet<string> {
  const account = { id, partition };
  const arn = sessionArn(account, tier, "person");
  const caller = {
    account,
    principal: { kind: "role-session", arn, roleArn: roleArn(account, "/", tier), account: id },
    contexts: [contextAt(isoOf(now.getTime()), LONG_TERM_KEYS)],
  } as const;
  const [nothing, role] = [sideOf(id, [], boundary), sideOf(id, identity, boundary)];
  const { gained, unknown } = compareSides(nothing, role, caller, catalogue);
  return new Set([...gained, ...unknown]);
}
