import type { Finding } from "../../finding";
import type { Account, Roster } from "../../roster/roster";
import { didYouMean, quote } from "../../text";
import type { ReviewRules, Scope } from "./rules";

/** Whether a rule means this tier of this account; what is not known of a change is meant by every rule. */
export function means(
  rule: Scope,
  { account, tier }: { readonly account?: string; readonly tier?: string },
  rosters: readonly Roster[],
): boolean {
  return (
    (rule.tier === undefined || tier === undefined || rule.tier.text === tier) &&
    (rule.account === undefined || account === undefined || accountsNamed(rule.account.text, rosters).has(account))
  );
}

/**
 * The account of that name, or those of the environment, in any of the rosters, by their ids: giving one another name, or moving
 * it out of the environment, takes no rule away.
 */
function accountsNamed(name: string, rosters: readonly Roster[]): ReadonlySet<string> {
  const accounts = rosters.flatMap((roster) => roster.accounts);
  const isNamed = ({ key, environment }: Account) =>
    name.startsWith("@") ? environment === name.slice(1) : key === name;
  const ids = new Set(accounts.filter(isNamed).map(({ id }) => id));
  return new Set([name, ...accounts.filter(({ id }) => ids.has(id)).map(({ key }) => key)]);
}

/** Names in rules that no roster has: a rule about nothing would be silent for ever. */
export function unknownNames(
  { approvals, holders, grants }: ReviewRules,
  rosters: readonly Roster[],
): readonly Finding[] {
  const tiers = new Set(rosters.flatMap((roster) => roster.tiers.map(({ key }) => key)));
  const all = rosters.flatMap((roster) => roster.accounts);
  const accounts = new Set([
    "user",
    ...all.map(({ key }) => key),
    ...all.flatMap(({ environment }) => (environment === undefined ? [] : `@${environment}`)),
  ]);
  return [...approvals, ...holders, ...grants].flatMap(({ account, tier }): readonly Finding[] => [
    ...(account && !accounts.has(account.text) ? [unknownName("account", account, accounts)] : []),
    ...(tier && !tiers.has(tier.text) ? [unknownName("tier", tier, tiers)] : []),
  ]);
}

function unknownName(
  kind: "account" | "tier",
  { text, place }: NonNullable<Scope["account"]>,
  known: ReadonlySet<string>,
): Finding {
  return {
    code: `unknown-${kind}`,
    severity: "error",
    place,
    message: `unknown ${kind} ${quote(text)}${didYouMean(text, known)}`,
  };
}
