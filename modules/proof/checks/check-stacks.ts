import type { LockedProvider, ProviderSetup, Settings, StackSetup } from "../../iam/stack-setup";
import { compareText, isRecord, quote, stableJson } from "../../text";
import { countOf } from "../../words";
import type { AccessClaims, ClaimedProvider, ClaimedStack } from "../claims";
import type { Breach, CheckResult } from "./breach";
import { lockBreaches } from "./lock-breaches";
import { whyExtra } from "./setup-reasons";

/**
 * Terraform works in every stack as the roster says: as the deploy roles and nobody else, with the reviewed provider, in the
 * roster's accounts, with the state in its place. Every setting is asked about, and one that nobody claims is a breach.
 */
export function checkStacks(
  claims: AccessClaims,
  setups: readonly StackSetup[],
  reviewed?: readonly LockedProvider[],
): CheckResult {
  const found = new Findings();
  const judged = new Set<string>();
  for (const setup of setups) {
    const claimed = claimedFor(claims, setup);
    found.in(claimed, claimed?.key ?? setup.where);
    if (!claimed)
      found.say(
        "unknown-stack",
        `${stackName(setup)} ${notOurs(setup)}`,
        "remove it, or add its accounts to the roster",
      );
    else {
      if (!found.ask(!judged.has(claimed.key)))
        found.say(
          "stack-twice",
          `${stackName(setup)} belongs to the stack ${claimed.key}, and so does another`,
          "give one",
        );
      judged.add(claimed.key);
      judge(found, claimed, setup, reviewed);
    }
  }
  // A plan may be one of several, and accounts without any documents are reported by themselves.
  for (const claimed of setups.some(({ from }) => from === "synth") ? claims.stacks : []) {
    found.in(claimed, claimed.key);
    if (!found.ask(judged.has(claimed.key)))
      found.say("stack-missing", `the stack ${claimed.key} is missing`, "synthesize every stack");
  }
  return {
    title: "Terraform works in every stack as the roster says",
    questions: found.questions,
    breaches: found.breaches.sort((a, b) => compareText(a.message, b.message)),
  };
}

/** A plan does not name its stack: its providers' names do. */
function claimedFor({ stacks }: AccessClaims, { from, where, providers }: StackSetup): ClaimedStack | undefined {
  if (from === "synth") return stacks.find(({ key }) => key === where);
  const names = new Set(providers.map(({ name }) => name));
  return stacks.find((stack) => stack.providers.some(({ name, account }) => account !== undefined && names.has(name)));
}

function notOurs({ from }: StackSetup): string {
  return from === "synth" ? "is not a stack of the roster" : "has no provider of an account of the roster";
}

function stackName({ from, where }: StackSetup): string {
  return from === "synth" ? `the stack ${quote(where)}` : where;
}

class Findings {
  readonly breaches: Breach[] = [];
  questions = 0;
  private account = "";
  private place: Pick<Breach, "place"> = {};

  in(claimed: ClaimedStack | undefined, account: string): void {
    this.account = claimed?.accounts[0] ?? account;
    this.place = claimed ? { place: claimed.place } : {};
  }

  /** Counts a question, and gives its answer back. */
  ask(holds: boolean): boolean {
    this.questions++;
    return holds;
  }

  say(claim: string, message: string, cure: string): void {
    this.breaches.push({ claim, account: this.account, message, cure, deciding: [], ...this.place });
  }
}

const AGAIN = "synthesize again, with the code of this version";

function judge(
  found: Findings,
  claimed: ClaimedStack,
  setup: StackSetup,
  reviewed: readonly LockedProvider[] | undefined,
): void {
  const where = stackName(setup);
  if (setup.terraform)
    compare(found, { claim: "stack-setting", what: `${where}: terraform`, kind: "terraform" }, claimed.terraform, {
      ...setup.terraform,
    });
  providers(found, claimed, setup, where);
  for (const [name, address] of setup.used) {
    const known = claimed.providers.find((provider) => provider.name === name);
    if (!found.ask(known?.account !== undefined)) {
      const what = known ? "the guard, which must not reach any account" : "which is not an account of this stack";
      found.say(
        "resource-provider",
        `${where}: ${quote(address)} uses the provider ${quote(name)}, ${what}`,
        "give it the provider of its account",
      );
    }
  }
  for (const unknown of setup.unknowns)
    if (!found.ask(false))
      found.say("stack-not-judged", `${where}: ${unknown}`, "write the value itself, so that it can be judged");
  if (setup.workspace !== undefined && !found.ask(setup.workspace === claimed.workspace))
    found.say(
      "stack-workspace",
      `${where}: the workspace ${quote(setup.workspace)} is selected, whose state is another`,
      `run terraform workspace select ${claimed.workspace} in the stack's folder`,
    );
  if (setup.lock)
    for (const { message, cure } of lockBreaches(setup.lock, claimed, reviewed)) {
      if (!found.ask(message === undefined)) found.say("stack-lock", `${where}: ${message}`, cure);
    }
}

function providers(found: Findings, claimed: ClaimedStack, setup: StackSetup, where: string): void {
  for (const provider of claimed.providers) {
    const own = setup.providers.filter(({ name }) => name === provider.name);
    const what = `${where}: the provider ${provider.name}`;
    const missing =
      provider.account === undefined ? "the guard of resources without a provider" : `of ${provider.account}`;
    if (!found.ask(own.length > 0)) found.say("provider-missing", `${what} is missing, ${missing}`, AGAIN);
    if (!found.ask(own.length < 2)) found.say("provider-twice", `${what} exists ${own.length} times`, AGAIN);
    for (const each of own) judgeProvider(found, provider, each, what);
  }
  const names = new Set(claimed.providers.map(({ name }) => name));
  for (const { name } of setup.providers)
    if (!found.ask(names.has(name)))
      found.say(
        "provider-unknown",
        `${where}: the provider ${quote(name)} is not an account of this stack`,
        "remove it, or add its account to the roster",
      );
}

function judgeProvider(found: Findings, claimed: ClaimedProvider, provider: ProviderSetup, what: string): void {
  for (const key of ["source", "version"] as const)
    if (!found.ask(provider[key] === claimed[key]))
      found.say(
        "provider-source",
        `${what} has the ${key} ${shown(provider[key])}, not ${shown(claimed[key])}`,
        "use the provider that was reviewed",
      );
  const { assume_role: roles, ...others } = provider.settings;
  const { assume_role: claimedRoles, ...expected } = claimed.settings;
  const may = Object.entries(claimed.may).filter(([key, value]) => same(others[key], value));
  compare(
    found,
    { claim: "provider-setting", what, kind: "provider" },
    { ...expected, ...Object.fromEntries(may) },
    others,
  );
  rolesTaken(found, what, listOf(claimedRoles), listOf(roles));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** Several roles are taken one through the other, and the last one counts; a block without a role takes none. */
function rolesTaken(found: Findings, what: string, claimed: readonly unknown[], roles: readonly unknown[]): void {
  const say = (message: string, cure: string) => found.say("provider-role", `${what} ${message}`, cure);
  const arn = isRecord(claimed[0]) ? String(claimed[0]["role_arn"]) : undefined;
  if (!found.ask(roles.length === claimed.length)) {
    const count = countOf(roles.length, "role", "roles");
    if (arn === undefined) say(`takes ${count}, although it must not reach any account`, "remove assume_role");
    else if (roles.length === 0)
      say("takes no role, so it works with the credentials of the person who runs Terraform", `let it take ${arn}`);
    else say(`takes ${count}, one through the other, and works as the last`, `let it take only ${arn}`);
    return;
  }
  for (const [at, role] of roles.entries()) {
    if (found.ask(isRecord(role) && typeof role["role_arn"] === "string"))
      compare(
        found,
        { claim: "provider-role", what: `${what}: assume_role`, kind: "role" },
        isRecord(claimed[at]) ? claimed[at] : {},
        isRecord(role) ? role : {},
      );
    else say("has an assume_role without a role, so it takes none", `let it take ${arn}`);
  }
}

interface Compared {
  readonly claim: string;
  readonly what: string;
  readonly kind: "provider" | "role" | "terraform";
}

/** Setting by setting, inner ones as well. Values are shown only of those that are claimed: others may be secrets. */
function compare(found: Findings, by: Compared, claimed: Settings, given: Settings, path = ""): void {
  const { claim, what, kind } = by;
  for (const key of [...new Set([...Object.keys(claimed), ...Object.keys(given)])].sort(compareText)) {
    const [wanted, value] = [claimed[key], given[key]];
    const name = `${path}${key}`;
    if (isRecord(wanted) && isRecord(value)) compare(found, by, wanted, value, `${name}.`);
    else if (!found.ask(same(wanted, value))) {
      const extra = `${what} has ${quote(name)}, ${whyExtra(kind, name.split(".")[0] ?? name)}`;
      if (!(key in claimed)) found.say(claim, extra, `remove it; ${AGAIN}`);
      else if (!(key in given))
        found.say(claim, `${what} lacks ${name}${isRecord(wanted) ? "" : `, which is ${shown(wanted)}`}`, AGAIN);
      else
        found.say(
          claim,
          `${what} has the ${name} ${shown(value)}, not ${shown(wanted)}`,
          "change it back, or change the roster",
        );
    }
  }
}

function same(one: unknown, other: unknown): boolean {
  return stableJson(one ?? null) === stableJson(other ?? null);
}

function shown(value: unknown): string {
  const values = Array.isArray(value) ? value : [value];
  if (value === undefined || values.length === 0) return "none";
  if (values.some((each) => typeof each === "object")) return "of another shape";
  return values.map((each) => (typeof each === "string" ? quote(each) : String(each))).join(", ");
}
