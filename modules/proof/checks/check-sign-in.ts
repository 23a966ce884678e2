import type { AccountGuards, PasswordRules } from "../../iam/account-guards";
import { compareText, quote } from "../../text";
import type { AccessClaims } from "../claims";
import type { Breach, CheckResult } from "./breach";

/** What each rule is called, and which other value keeps more people out or in than the claimed one. */
const RULES: readonly { readonly key: keyof PasswordRules; readonly what: string; readonly stronger: Stronger }[] = [
  { key: "minimumLength", what: "the least length", stronger: (found, claimed) => found > claimed },
  { key: "reusePrevention", what: "the number of remembered passwords", stronger: (found, claimed) => found > claimed },
  // Expiry makes people choose again, which the roster's rules do not ask for; it lets nobody in.
  { key: "maxAgeDays", what: "the days until a password expires", stronger: (found) => found > 0 },
  { key: "requireLowercase", what: "whether lower-case letters are needed", stronger: Boolean },
  { key: "requireUppercase", what: "whether upper-case letters are needed", stronger: Boolean },
  { key: "requireNumbers", what: "whether digits are needed", stronger: Boolean },
  { key: "requireSymbols", what: "whether symbols are needed", stronger: Boolean },
  { key: "allowChange", what: "whether people may change their password", stronger: () => false },
  { key: "hardExpiry", what: "whether an expired password locks its person out", stronger: () => false },
];

type Stronger = (found: number, claimed: number) => boolean;

/**
 * People sign in to the user account as the roster says: by its alias, with its password rules. In a live account stronger rules
 * are somebody's choice by hand, and said; stacks and plans say exactly what the roster does.
 */
export function checkSignIn(
  { userAccount, accounts, signIn }: AccessClaims,
  guards: readonly AccountGuards[],
): CheckResult {
  const breaches: Breach[] = [];
  const notes: string[] = [];
  let questions = 0;
  const keys = new Map([userAccount, ...accounts].map(({ id, key }) => [id, key]));
  const say = (account: string, claim: string, message: string, isUnknown = false) =>
    breaches.push({
      claim,
      ...(isUnknown ? { verdict: "unknown" as const } : {}),
      account,
      message,
      deciding: [],
      cure: "synthesize and apply again",
      place: userAccount.place,
    });
  for (const { id, aliases, passwordPolicies, lists } of guards) {
    const account = keys.get(id) ?? id;
    const isUser = id === userAccount.id;
    const live = lists === undefined;
    const aliasClaimed = isUser ? signIn.alias : undefined;
    // An account without an alias in the roster may have one by hand, live: it is nobody's access.
    if (aliasClaimed !== undefined || !live) {
      questions++;
      const wanted = aliasClaimed === undefined ? [] : [aliasClaimed];
      if (String(aliases) !== String(wanted))
        say(account, "account-alias", `${account} has ${aliasText(aliases)}, not ${aliasText(wanted)}`);
    }
    if (!isUser) {
      questions++;
      if (passwordPolicies.length > 0 && !live)
        say(account, "password-policy", `${account} gets a password policy, though it has no users`);
      continue;
    }
    questions++;
    const [found, ...others] = passwordPolicies;
    if (!found) say(account, "password-policy", `${account} has no password policy, so AWS's default rules are enough`);
    else if (others.length > 0)
      say(account, "password-policy", `${passwordPolicies.length} resources write the password policy of ${account}`);
    else
      for (const rule of RULES) {
        questions++;
        const message = compareRule(rule, found, signIn.passwords);
        if (message === undefined) continue;
        if (live && isStronger(rule, found, signIn.passwords)) notes.push(`${account}: ${message}; stronger, by hand`);
        else
          say(
            account,
            "password-policy",
            `the password policy of ${account}: ${message}`,
            found[rule.key] === undefined,
          );
      }
  }
  return {
    title: "people sign in as the roster says: alias and password policy",
    questions,
    breaches: breaches.sort((a, b) => compareText(a.message, b.message)),
    ...(notes.length === 0 ? {} : { notes }),
  };
}

function aliasText([alias]: readonly string[]): string {
  return alias === undefined ? "no alias" : `the alias ${quote(alias)}`;
}

type Rule = (typeof RULES)[number];

function compareRule({ key, what }: Rule, found: PasswordRules, claimed: PasswordRules): string | undefined {
  return found[key] === claimed[key] ? undefined : `${what} is ${shown(found[key])}, not ${shown(claimed[key])}`;
}

function isStronger({ key, stronger }: Rule, found: PasswordRules, claimed: PasswordRules): boolean {
  const [one, other] = [found[key], claimed[key]];
  return one !== undefined && other !== undefined && stronger(Number(one), Number(other));
}

function shown(value: number | boolean | undefined): string {
  return value === undefined ? "unknown" : typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
}
