import { accountOfArn, accountPrincipal, type AccountRef, iamArn, roleArn, sampleArn } from "../../iam/arn";
import type { Catalogue } from "../../iam/catalogue";
import { quote } from "../../text";
import type { AccessClaims, ClaimedPerson } from "../claims";
import { evaluate, type Policies, prepare, type Request, type Verdict } from "../../evaluator/evaluate";
import { ENROLMENT, type EnrolmentStep, type PromisedRequest, SELF_SERVICE } from "../promises/promises";
import { type CompiledPolicy, openTo } from "../../evaluator/policy";
import { sampleResources } from "./sample-resources";
import { type Breach, type CheckResult, isWrong, type BreachMemory, permits } from "./breach";
import type { CompiledAccount } from "./compiled-account";
import { nameKind, userTexts, withoutAssuming } from "./alike";
import { CONSOLE_WITHOUT_MFA, contexts, LONG_TERM_KEYS, type SignIn, signInWithMfa } from "./moments";

const STATES: readonly SignIn[] = [LONG_TERM_KEYS, CONSOLE_WITHOUT_MFA, signInWithMfa(0)];
const SIGN_INS: Readonly<Record<EnrolmentStep["signIn"], SignIn>> = {
  keys: LONG_TERM_KEYS,
  console: CONSOLE_WITHOUT_MFA,
  mfa: signInWithMfa(0),
};
const TOLD = 20;

/** The other side has nothing against anybody of the person's account: only their own policies can say no. */
function generous(person: ClaimedPerson): CompiledPolicy {
  const account = accountOfArn(person.arn);
  if (account === undefined) throw new Error(`${person.arn} is not a user of an account`);
  return openTo(accountPrincipal(account), "a side that has nothing against it");
}

/** What a person's own documents say, apart from taking roles. */
class PersonQuestion {
  private readonly verdict: (request: Request) => Verdict;
  private readonly across: (request: Request) => Verdict;
  questions = 0;

  constructor(
    private readonly person: ClaimedPerson,
    private readonly policies: Policies,
    private readonly context: (signIn: SignIn) => Readonly<Record<string, string>>,
  ) {
    this.verdict = prepare(policies);
    this.across = prepare({ ...policies, resource: generous(person) });
  }

  /** As `ask`, where the other account has nothing against it. */
  askAcross(action: string, resource: string, signIn: SignIn): Verdict {
    this.questions++;
    return this.across(this.request(action, resource, signIn));
  }

  ask(action: string, resource: string, signIn: SignIn): Verdict {
    this.questions++;
    return this.verdict(this.request(action, resource, signIn));
  }

  breach(claim: string, action: string, resource: string, signIn: SignIn, text: string): Breach {
    return this.breachBy(this.policies, claim, { action, resource, signIn }, text);
  }

  /** Of what `askAcross` was asked. */
  breachAcross(action: string, resource: string, signIn: SignIn, text: string): Breach {
    const policies = { ...this.policies, resource: generous(this.person) };
    return this.breachBy(policies, "roles-are-taken-only", { action, resource, signIn }, text);
  }

  private breachBy(
    policies: Policies,
    claim: string,
    { action, resource, signIn }: { readonly action: string; readonly resource: string; readonly signIn: SignIn },
    text: string,
  ): Breach {
    const { verdict, deciding } = evaluate(this.request(action, resource, signIn), policies);
    const { name, place } = this.person;
    const message = `${quote(name)} ${text}, ${signIn.what}: ${action} on ${resource}`;
    return {
      claim,
      account: "user",
      message,
      verdict,
      deciding,
      place,
      cure: "correct the policies of people in the user account",
    };
  }

  private request(action: string, resource: string, signIn: SignIn): Request {
    return { principal: { kind: "user", arn: this.person.arn }, action, resource, context: this.context(signIn) };
  }
}

/** The places in the user account that tell one's own from others'. */
function resources(person: ClaimedPerson, account: AccountRef): Readonly<Record<string, string>> {
  const iam = (what: string) => iamArn(account, what);
  return {
    "own user": person.arn,
    "own device": iam(`mfa/${person.name}`),
    "own path's device": iam(`mfa/${person.name}/phone`),
    "other user": iam("user/somebody-else"),
    "longer name": iam(`user/x${person.name}`),
    "name in a path": iam(`user/${person.name}/somebody-else`),
    "other device": iam("mfa/somebody-else"),
    "longer device": iam(`mfa/${person.name}x`),
    "any device": iam("mfa/phone"),
    group: iam("group/rolecall/people"),
    policy: iam("policy/rolecall/sample"),
    "sign-in client": sampleArn(account, "signin", "oauth2/public-client/localhost"),
    everything: "*",
  };
}

/** In the user account a person does exactly what managing themselves takes, and before MFA only what enrolling takes. */
export function checkSelfService(
  claims: AccessClaims,
  accounts: ReadonlyMap<string, CompiledAccount>,
  catalogue: Catalogue,
  now: number,
  memory: BreachMemory = new Map(),
): CheckResult {
  const breaches: Breach[] = [];
  const swept = new Set<string>();
  const account = accounts.get(claims.userAccount.id);
  const textOf = account ? userTexts(account) : () => undefined;
  const context = contexts();
  let questions = 0;
  for (const person of claims.people) {
    const texts = textOf(person.name);
    const policies = account?.user(person.name);
    if (!texts || !policies) continue;
    const fingerprint = JSON.stringify([nameKind(person.name), withoutAssuming(texts)]);
    const isNew = !swept.has(fingerprint);
    swept.add(fingerprint);
    const question = new PersonQuestion(person, policies, (signIn) => context(now, signIn));
    const known = memory.get(fingerprint);
    const found = isNew && !known ? checkPerson(question, claims, person, catalogue) : (known ?? []);
    if (isNew) memory.set(fingerprint, found);
    // The role-taking statements that were left out of the fingerprint are this person's own.
    const own = sweep(question, ASSUMING, resources(person, claims.userAccount));
    const written = sampleResources(texts).filter((resource) => !resource.includes("${"));
    breaches.push(
      ...(isNew ? found : []),
      ...own,
      ...onRoles(question, person, catalogue),
      ...onOtherRoles(question, person, [...written, ...foreignRoles(claims)]),
      ...onWritten(question, catalogue, person, written),
    );
    questions += question.questions;
  }
  return { title: "people manage themselves in the user account, and nothing else", questions, breaches };
}

/** Of the roles a person may take: nothing but taking them, and none whose name only begins alike. */
function onRoles(question: PersonQuestion, { grants }: ClaimedPerson, { actions }: Catalogue): readonly Breach[] {
  const signIn = signInWithMfa(0);
  const others = actions.filter(
    ({ name }) => name.startsWith("sts:") && name !== "sts:AssumeRole" && !isEverywhere(name),
  );
  const wrong = (action: string, resource: string) =>
    permits(question.askAcross(action, resource, signIn))
      ? [question.breachAcross(action, resource, signIn, "may do more with a role than take it")]
      : [];
  return [...new Set(grants.map(({ roleArn }) => roleArn))].flatMap((arn) => [
    ...wrong("sts:AssumeRole", `${arn}x`),
    ...others.flatMap(({ name }) => wrong(name, arn)),
  ]);
}

/** Roles nobody takes from here: those Terraform works through, and any of a stranger's account. */
function foreignRoles({ userAccount, accounts }: AccessClaims): readonly string[] {
  const deploy = [userAccount, ...accounts].map(({ deployRoleArn }) => deployRoleArn);
  return [...deploy, roleArn({ ...userAccount, id: "999999999999" }, "/", "stranger")];
}

/** Whatever a statement was written for, no role but the granted ones is taken, though the other side had nothing against it. */
function onOtherRoles(
  question: PersonQuestion,
  { grants }: ClaimedPerson,
  places: readonly string[],
): readonly Breach[] {
  const granted = new Set(grants.map(({ roleArn }) => roleArn));
  const signIn = signInWithMfa(0);
  return places
    .filter((place) => !granted.has(place) && permits(question.askAcross("sts:AssumeRole", place, signIn)))
    .map((place) => question.breachAcross("sts:AssumeRole", place, signIn, "may take what the roster does not grant"));
}

/** Resources that a statement names and that are not the places of managing oneself: nothing is allowed on them. */
function onWritten(
  question: PersonQuestion,
  { actions }: Catalogue,
  { grants }: ClaimedPerson,
  written: readonly string[],
): readonly Breach[] {
  const granted = new Set(grants.map(({ roleArn }) => roleArn));
  const others = written.filter((place) => !OWN_PLACES.test(place) && !granted.has(place));
  const signIn = signInWithMfa(0);
  return others.flatMap((place) =>
    actions
      .filter(({ name }) => !isEverywhere(name) && permits(question.ask(name, place, signIn)))
      .slice(0, TOLD)
      .map(({ name }) =>
        question.breach("self-service", name, place, signIn, "may do what nobody's own account is for"),
      ),
  );
}

/** Devices of any name and the sign-in of the command line are asked about by kind. */
const OWN_PLACES = /^arn:[\w-]+:(iam::\d{12}:mfa\/|signin:)/;

function isEverywhere(action: string): boolean {
  const kinds = Object.hasOwn(SELF_SERVICE.always, action) ? SELF_SERVICE.always[action] : undefined;
  return kinds?.includes("everything") === true;
}

const ASSUMING: Pick<Catalogue, "actions"> = { actions: [{ name: "sts:AssumeRole", level: "W" }] };

function checkPerson(
  question: PersonQuestion,
  claims: AccessClaims,
  person: ClaimedPerson,
  catalogue: Catalogue,
): readonly Breach[] {
  const places = resources(person, claims.userAccount);
  return [...sweep(question, catalogue, places).slice(0, TOLD), ...enrol(question, claims, places)];
}

function sweep(
  question: PersonQuestion,
  catalogue: Pick<Catalogue, "actions">,
  places: Readonly<Record<string, string>>,
): Breach[] {
  const breaches: Breach[] = [];
  for (const { name } of catalogue.actions) {
    if (breaches.length >= TOLD) break;
    const always = Object.hasOwn(SELF_SERVICE.always, name) ? (SELF_SERVICE.always[name] ?? []) : [];
    const withCode = Object.hasOwn(SELF_SERVICE.withMfa, name) ? (SELF_SERVICE.withMfa[name] ?? []) : [];
    const own = name.startsWith("iam:") || name.startsWith("sts:") || name.startsWith("signin:");
    for (const [kind, resource] of own ? Object.entries(places) : [["everything", "*"] as const]) {
      for (const signIn of STATES) {
        const expected = covers(always, kind) || (signIn.sinceMfa !== undefined && covers(withCode, kind));
        if (!isWrong(question.ask(name, resource, signIn), expected)) continue;
        const text = expected ? "cannot do what managing oneself takes" : "may do what nobody's own account is for";
        breaches.push(question.breach("self-service", name, resource, signIn, text));
      }
    }
  }
  return breaches;
}

/** What has no resource of its own is allowed on whatever is asked for. */
function covers(kinds: readonly string[], kind: string): boolean {
  return kinds.includes(kind) || kinds.includes("everything");
}

function enrol(question: PersonQuestion, claims: AccessClaims, places: Readonly<Record<string, string>>): Breach[] {
  const names: Readonly<Record<string, string | undefined>> = {
    "{self}": places["own user"],
    "{other}": places["other user"],
    "{device}": places["own device"],
    "{other device}": places["other device"],
    "{group}": places["group"],
    "{sign-in client}": places["sign-in client"],
    "{role}": claims.roles[0]?.arn,
  };
  const resourceOf = ({ resource }: PromisedRequest) => names[resource] ?? resource;
  return ENROLMENT.flatMap(({ moment, signIn: key, may, mayNot, notDenied = [], denied = [] }) => {
    const signIn = SIGN_INS[key];
    const unless = (requests: readonly PromisedRequest[], holds: (verdict: Verdict) => boolean, text: string) =>
      requests
        .filter((step) => !holds(question.ask(step.action, resourceOf(step), signIn)))
        .map((step) => question.breach("enrolment", step.action, resourceOf(step), signIn, `${text} (${moment})`));
    return [
      ...unless(may, (verdict) => verdict === "allowed", "is stuck"),
      ...unless(notDenied, (verdict) => verdict !== "explicitly denied" && verdict !== "unknown", "is stuck"),
      ...unless(mayNot, (verdict) => !permits(verdict), "may do too much"),
      ...unless(denied, (verdict) => verdict === "explicitly denied", "is kept out by the other side alone"),
    ];
  });
}
