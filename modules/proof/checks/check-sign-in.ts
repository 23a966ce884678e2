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
 * are a choice made by hand, and a note; stacks and plans say exactly what the roster does.
 */
export function checkSignIn(claims: AccessClaims, guards: readonly AccountGuards[]): CheckResult {
  const check = new SignInCheck(claims);
  for (const each of guards) {
    check.alias(each);
    if (each.id === claims.userAccount.id) check.userAccountPasswords(each);
    else check.otherPasswords(each);
  }
  const { questions, breaches, notes } = check;
  return {
    title: "people sign in as the roster says: alias and password policy",
    questions,
    breaches: breaches.sort((a, b) => compareText(a.message, b.message)),
    notes: notes.length === 0 ? undefined : notes,
  };
}

class SignInCheck {
  questions = 0;
  readonly breaches: Breach[] = [];
  readonly notes: string[] = [];
  private readonly keys: ReadonlyMap<string, string>;

  constructor(private readonly claims: AccessClaims) {
    this.keys = new Map([claims.userAccount, ...claims.accounts].map(({ id, key }) => [id, key]));
  }

  alias({ id, aliases, lists }: AccountGuards): void {
    const claimed = id === this.claims.userAccount.id ? this.claims.signIn.alias : undefined;
    // An account without an alias in the roster may have one by hand, live: it gives nobody access.
    if (claimed === undefined && isLive({ lists })) return;
    this.questions++;
    const wanted = claimed === undefined ? [] : [claimed];
    if (String(aliases) !== String(wanted))
      this.report(id, "account-alias", `${this.nameOf(id)} has ${aliasText(aliases)}, not ${aliasText(wanted)}`);
  }

  otherPasswords({ id, passwordPolicies, lists }: AccountGuards): void {
    this.questions++;
    if (passwordPolicies.length > 0 && !isLive({ lists }))
      this.report(id, "password-policy", `${this.nameOf(id)} gets a password policy, although it has no users`);
  }

  userAccountPasswords({ id, passwordPolicies, lists }: AccountGuards): void {
    this.questions++;
    const [found, ...others] = passwordPolicies;
    const account = this.nameOf(id);
    if (!found)
      this.report(id, "password-policy", `${account} has no password policy, so AWS's default rules are enough`);
    else if (others.length > 0)
      this.report(
        id,
        "password-policy",
        `${passwordPolicies.length} resources write the password policy of ${account}`,
      );
    else for (const rule of RULES) this.rule(rule, found, id, isLive({ lists }));
  }

  private rule(rule: Rule, found: PasswordRules, id: string, live: boolean): void {
    this.questions++;
    const claimed = this.claims.signIn.passwords;
    const message = compareRule(rule, found, claimed);
    if (message === undefined) return;
    const account = this.nameOf(id);
    if (live && isStronger(rule, found, claimed))
      this.notes.push(`${account}: ${message}; somebody made it stronger by hand`);
    else {
      const verdict = found[rule.key] === undefined ? "unknown" : undefined;
      this.report(id, "password-policy", `the password policy of ${account}: ${message}`, verdict);
    }
  }

  private nameOf(id: string): string {
    return this.keys.get(id) ?? id;
  }

  private report(id: string, claim: string, message: string, verdict?: "unknown"): void {
    this.breaches.push({
      claim,
      verdict,
      account: this.nameOf(id),
      message,
      deciding: [],
      cure: "synthesize and apply again",
      place: this.claims.userAccount.place,
    });
  }
}

/** Stacks and plans list what they write; a live account has no such lists. */
function isLive({ lists }: Pick<AccountGuards, "lists">): boolean {
  return lists === undefined;
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
