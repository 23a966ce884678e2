import type { Finding, Place } from "../../finding";
import { isKnownAction, nearAction } from "../../iam/known-actions";
import type { Roster } from "../../roster/roster";
import { didYouMean, quote } from "../../text";
import type { ReviewRules, Scope, RuleWord } from "./rules";
import { idsOf, type Meaning, means } from "./scope";

/**
 * What is wrong with rules in these rosters: names that none of them has, actions AWS does not have, and rules about nothing. Such a
 * rule would be silent for ever. `before` knows what was there, for the message.
 */
export function ruleFindings(rules: ReviewRules, meaning: Meaning, before?: Roster): readonly Finding[] {
  const { approvals, holders, grants } = rules;
  const words = wordsOf(meaning.rosters);
  const old = wordsOf(before ? [before] : []);
  const each = (scope: Scope, kind: Kind): readonly Finding[] => {
    const wrong = [
      ...unknownName("account", scope.account, words.accounts, old.accounts),
      ...unknownName("tier", scope.tier, words.tiers, old.tiers),
      ...(scope.allows ?? []).flatMap(unknownAction),
    ];
    return wrong.length > 0 ? wrong : aboutNothing(scope, kind, meaning);
  };
  return [
    ...approvals.flatMap((rule) => each(rule, "approvals")),
    ...[...holders, ...grants].flatMap((rule) => each(rule, "limits")),
  ];
}

type Kind = "approvals" | "limits";

interface Words {
  readonly accounts: ReadonlySet<string>;
  readonly tiers: ReadonlySet<string>;
}

function wordsOf(rosters: readonly Roster[]): Words {
  const all = rosters.flatMap(({ accounts }) => accounts);
  const environments = all.flatMap(({ environment }) => (environment === undefined ? [] : `@${environment}`));
  return {
    accounts: new Set(["user", ...all.map(({ key }) => key), ...environments]),
    tiers: new Set(rosters.flatMap(({ tiers }) => tiers.map(({ key }) => key))),
  };
}

function unknownName(
  kind: "account" | "tier",
  word: RuleWord | undefined,
  known: ReadonlySet<string>,
  old: ReadonlySet<string>,
): readonly Finding[] {
  if (word === undefined || known.has(word.text)) return [];
  const { text, place } = word;
  const gone = old.has(text)
    ? `${quote(text)} is no longer in the roster, so this rule applies to nothing; change the rule or keep the name`
    : `unknown ${kind} ${quote(text)}${didYouMean(text, known)}`;
  return [error(`unknown-${kind}`, place, gone)];
}

function unknownAction({ text, place }: RuleWord): readonly Finding[] {
  return isKnownAction(text)
    ? []
    : [error("unknown-action", place, `no action of AWS fits ${quote(text)}${nearAction(text)}`)];
}

/** Nothing in the user account is a tier, so nobody holds one there. */
function aboutNothing(scope: Scope, kind: Kind, meaning: Meaning): readonly Finding[] {
  const { account, tier, allows, place } = scope;
  if (account?.text === "user") {
    if (kind === "approvals" && tier === undefined && allows === undefined) return [];
    return [error("idle-rule", place, "the user account has no tiers, so this rule applies to nothing; remove it")];
  }
  if (allows === undefined || meaning.rosters.every(({ accounts }) => accounts.length === 0)) return [];
  const isAbout = meaning.rosters.some((roster) => {
    const ids = account && idsOf(account.text, [roster]);
    const one = { ...meaning, rosters: [roster] };
    return roster.accounts
      .filter(({ id }) => ids === undefined || ids.has(id))
      .some(({ key }) => roster.tiers.some((each) => means(scope, { account: key, tier: each.key }, one)));
  });
  if (isAbout) return [];
  const which = allows.map(({ text }) => text).join(", ");
  const message = `no ${tier === undefined ? "tier there" : `tier ${tier.text}`} allows ${quote(which)}, so this rule applies to nothing; change or remove it`;
  return [error("idle-rule", place, message)];
}

function error(code: string, place: Place, message: string): Finding {
  return { code, severity: "error", place, message };
}
