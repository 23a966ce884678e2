import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accessDocuments } from "../../modules/access/plan-documents";
import { checkHolders } from "../../modules/proof/checks/check-holders";
import { claimAccess } from "../../modules/access/claims";
import type { AccountDocuments } from "../../modules/iam/account-documents";
import type { AccountGuards } from "../../modules/iam/account-guards";
import { parseCatalogue } from "../../modules/iam/catalogue";
import type { BreachMemory } from "../../modules/proof/checks/breach";
import { checksOf, proveDocuments, type ProofInput } from "../../modules/proof/prove";
import { guardsOf } from "../../modules/terraform/read/account-guards";
import { parseLockFile } from "../../modules/terraform/read/lock-file";
import { plannedDocuments } from "../../modules/terraform/read/plan-documents";
import type { PlanJson } from "../../modules/terraform/read/plan-shape";
import { readPlan } from "../../modules/terraform/read/read-plan";
import { readStackDocuments, readStackResources } from "../../modules/terraform/read/stack-documents";
import { readStackSetup } from "../../modules/terraform/read/stack-setup";
import { planOfStacks } from "../support/plan-of-stacks";
import { HOME } from "../support/run-command";
import { sampleAccount, sampleGrant, samplePerson, sampleRoster, sampleTeam } from "../support/sample-roster";
import { compiled, NOW, type StackJson, stackTexts, synthesized } from "../support/synth";
import { EQUIVALENT_SETUPS } from "./equivalent-setups";
import { type SetupMutant, setupMutants } from "./mutate-setup";
import type { Stacks } from "./setup-edit";
import { liveMutants } from "./mutate-live";

/*
 * The claims of how Terraform works, of exclusive lists, sessions and passwords can fail: every systematic change is caught in
 * synth output, in plans and in live values, or is listed as one that changes nothing.
 */
jest.setTimeout(600_000);

const catalogue = parseCatalogue(readFileSync(join(HOME, "modules/iam/catalogue.json"), "utf8"));
const lockText = readFileSync(join(HOME, "terraform.lock.hcl"), "utf8");
const reviewed = parseLockFile(lockText);
const lock = reviewed.known ? reviewed.value : [];
const memory: BreachMemory = new Map();
const roster = sampleRoster();
const claims = claimAccess(roster);
const stacks = synthesized(roster);

type Read = Pick<ProofInput, "documents" | "guards" | "setups">;

function fromSynth({ stacks: all, lock: lockOf = () => lockText, workspace }: Omit<SetupMutant, "what">): Read {
  const folders = stackTexts(all).map((text) => ({
    ...{ ...text, lock: lockOf(text.where) },
    ...(workspace === undefined ? {} : { workspace }),
  }));
  const resources = folders.map(readStackResources);
  return {
    documents: readStackDocuments(folders),
    setups: folders.map(readStackSetup),
    guards: guardsOf(
      resources.flatMap((each) => each.resources),
      resources.flatMap(({ ids }) => ids),
    ),
  };
}

function fromPlans(all: Stacks): Read {
  const plans = Object.values(all).map((stack) => readPlan(planOfStacks(undefined, withoutGone(stack)) as PlanJson));
  return {
    documents: plannedDocuments(plans),
    setups: plans.map(({ setup }) => setup),
    guards: guardsOf(
      plans.flatMap(({ after }) => after),
      plans.flatMap(({ accountIds }) => accountIds),
    ),
  };
}

/** Terraform takes a body of null, and an empty list of bodies, for no resource (tried with 1.11.4). */
function withoutGone(stack: StackJson): StackJson {
  const resource = Object.entries(stack.resource).map(([type, byName]) => {
    const there = Object.entries(byName).filter(([, body]) => body !== null && !Array.isArray(body));
    return [type, Object.fromEntries(there)] as const;
  });
  return { ...stack, resource: Object.fromEntries(resource) };
}

function holds(read: Read): boolean {
  for (const { breaches } of checksOf({ claims, ...read, lock, catalogue, managed: new Map(), now: NOW, memory }))
    if (breaches.length > 0) return false;
  return true;
}

function breachesOf(read: Read): readonly string[] {
  const proof = proveDocuments({ claims, ...read, lock, catalogue, managed: new Map(), now: NOW, memory });
  return proof.checks.flatMap(({ breaches }) => breaches.map(({ message }) => message));
}

/** Counts what is caught; the survivors that no entry explains, and the entries that none needs, are empty. */
function score(what: string, mutants: Iterable<{ readonly what: string; readonly caught: () => boolean }>): number {
  const survivors: string[] = [];
  const needed = new Set<string>();
  let [caught, equivalent] = [0, 0];
  for (const mutant of mutants) {
    const reason = EQUIVALENT_SETUPS.find(({ matches }) => matches.test(mutant.what));
    if (mutant.caught()) {
      caught++;
      if (reason) survivors.push(`${mutant.what}: is caught, though listed as equivalent`);
    } else if (reason) {
      needed.add(reason.why);
      equivalent++;
    } else survivors.push(mutant.what);
  }
  const percent = ((100 * caught) / (caught + survivors.length)).toFixed(1);
  process.stdout.write(
    `${what}: caught ${caught}, equivalent ${equivalent}, survivors ${survivors.length}, score ${percent} %\n`,
  );
  expect(survivors).toEqual([]);
  return needed.size;
}

test("the unchanged stacks, plans and accounts are proven", () => {
  expect(breachesOf(fromSynth({ stacks }))).toEqual([]);
  expect(breachesOf(fromPlans(stacks))).toEqual([]);
  expect(breachesOf(live())).toEqual([]);
});

test("every mutant of a synth output is caught, or equivalent for a reason", () => {
  const mutants = [...setupMutants(stacks, lockText)].map((mutant) => ({
    what: mutant.what,
    caught: () => !holds(fromSynth(mutant)),
  }));
  expect(mutants.length).toBeGreaterThan(500);
  expect(score("synth output", mutants)).toBe(EQUIVALENT_SETUPS.length);
});

test("every mutant of a plan is caught, or equivalent for a reason", () => {
  const mutants = [...setupMutants(stacks, lockText)]
    .filter(({ hidden }) => !hidden)
    .map(({ what, stacks: changed }) => ({ what, caught: () => !holds(fromPlans(changed)) }));
  expect(mutants.length).toBeGreaterThan(300);
  score("plans", mutants);
});

/** What reading the accounts back would give after an apply. */
function live(): { readonly documents: readonly AccountDocuments[]; readonly guards: readonly AccountGuards[] } {
  const { documents, guards = [] } = fromSynth({ stacks });
  return { documents, guards: guards.map(({ lists: _, ...account }) => account) };
}

test("every mutant of live accounts is caught, or equivalent for a reason", () => {
  const mutants = [...liveMutants(live())].map(({ what, ...read }) => ({ what, caught: () => !holds(read) }));
  score("live accounts", mutants);
});

test("stronger rules by hand are no breach of a live account, and said", () => {
  const strong = live().guards.map((account) => ({
    ...account,
    passwordPolicies: account.passwordPolicies.map((rules) => ({ ...rules, minimumLength: 20, maxAgeDays: 90 })),
  }));
  const input = { claims, documents: live().documents, guards: strong, lock, catalogue, managed: new Map(), now: NOW };
  const proof = proveDocuments({ ...input, memory });
  expect(proof.holds).toBe(true);
  expect(proof.checks.flatMap(({ notes = [] }) => notes)).toEqual([
    "user: the least length is 20, not 14; somebody made it stronger by hand",
    "user: the days until a password expires is 90, not 0; somebody made it stronger by hand",
  ]);
});

test("a team whose roles need numbered policies is claimed by their numbers, and by no others", () => {
  const accounts = Array.from({ length: 150 }, (_, at) => sampleAccount(`a${at}`, String(400_000_000_000 + at)));
  const grants = accounts.map(({ key }) => sampleGrant(key, "operator"));
  const people = [samplePerson("dev.one@example.org", ["developers"])];
  const many = sampleRoster({ accounts, people, teams: [sampleTeam("developers", grants), sampleTeam("seniors", [])] });
  const documents = accessDocuments(compiled(many));
  const breaches = (patched: readonly AccountDocuments[]) =>
    checkHolders(claimAccess(many), patched).breaches.map(({ message }) => message);
  const [user] = documents.filter(({ groups }) => groups.length > 0);
  const attached = user?.groups.find(({ name }) => name === "team-developers")?.attached ?? [];
  expect(attached.length).toBeGreaterThan(1);
  expect(breaches(documents)).toEqual([]);
  const other = (arns: readonly string[]) =>
    documents.map((account) => ({
      ...account,
      groups: account.groups.map((group) => (group.name === "team-developers" ? { ...group, attached: arns } : group)),
    }));
  expect(breaches(other(attached.slice(1))).join()).toContain("which the roster does not ask for");
  expect(breaches(other([...attached, "arn:aws:iam::aws:policy/ReadOnlyAccess"])).join()).toContain("ReadOnlyAccess");
});
