import { readFileSync } from "node:fs";
import { join } from "node:path";
import { claimAccess } from "../../modules/access/claims";
import { accessDocuments } from "../../modules/access/plan-documents";
import type { AccountDocuments } from "../../modules/iam/account-documents";
import { parseCatalogue } from "../../modules/iam/catalogue";
import type { BreachMemory } from "../../modules/proof/checks/breach";
import { checksOf } from "../../modules/proof/prove";
import { reviewVerdictOf } from "../../modules/review/access-change";
import { diffDocuments } from "../../modules/review/documents/diff-documents";
import { diffKnown } from "../../modules/review/effective/diff-known";
import { reviewPlans } from "../../modules/review/plan/review-plans";
import { plannedDocuments } from "../../modules/terraform/read/plan-documents";
import { parsePlan } from "../../modules/terraform/read/plan-text";
import { readPlan } from "../../modules/terraform/read/read-plan";
import { readStackDocuments } from "../../modules/terraform/read/stack-documents";
import { planOfStacks } from "../support/plan-of-stacks";
import { sampleRoster } from "../support/sample-roster";
import { compiled, NOW, type StackJson, stackTexts, synthesized } from "../support/synth";
import { objectMutants } from "./mutate-objects";
import { elsewhere, extraParts, extraResources, SOME_TYPES, type StackMutant, TYPES } from "./mutate-stacks";

/* Everything that exists is asked for or named: whoever adds something, wherever, to whichever stack, is caught by each reader. */
jest.setTimeout(600_000);

const catalogue = parseCatalogue(readFileSync(join(__dirname, "../../modules/iam/catalogue.json"), "utf8"));
const memory: BreachMemory = new Map();
const roster = sampleRoster();
const claims = claimAccess(roster);
const stacks = synthesized(roster);
const documents = readStackDocuments(stackTexts(stacks));
const asked = accessDocuments(compiled(roster));
const KEYS = new Map([roster.userAccount, ...roster.accounts].map(({ id, key }): [string, string] => [id, key]));
const rights = { keys: KEYS, catalogue, managed: new Map(), now: NOW };

function proven(changed: readonly AccountDocuments[]): boolean {
  for (const { breaches } of checksOf({ claims, documents: changed, catalogue, managed: new Map(), now: NOW, memory }))
    if (breaches.length > 0) return false;
  return true;
}

/** The plans from the stacks as they were to these; only those of stacks that changed differ from what they do anyway. */
function plansTo(changed: Readonly<Record<string, unknown>>) {
  return Object.entries(changed).map(([name, stack]) => {
    const parsed = parsePlan(Buffer.from(JSON.stringify(planOfStacks(stacks[name], stack as StackJson))));
    if (!parsed.known) throw new Error(parsed.reason);
    return { file: `${name}.json`, plan: readPlan(parsed.value) };
  });
}

function agrees(changed: Readonly<Record<string, unknown>>): boolean {
  const witness = { keys: KEYS, base: asked, head: asked };
  const review = reviewPlans(plansTo(changed), witness, (one, other) => diffKnown(one, other, rights));
  const all = [...review.doubts, ...review.disagreements, ...review.besides];
  return reviewVerdictOf(all) === "none";
}

function score(what: string, survivors: readonly string[], all: number): void {
  const caught = all - survivors.length;
  process.stdout.write(`${what}: caught ${caught} of ${all}, score: ${((100 * caught) / all).toFixed(1)} %\n`);
  expect(survivors).toEqual([]);
}

test("what is not changed is proven, and its plans agree", () => {
  expect(proven(documents)).toBe(true);
  expect(agrees(stacks)).toBe(true);
  expect(TYPES.length).toBeGreaterThan(1_000);
});

test("extra object: every one in documents is caught", () => {
  const all = [...objectMutants(documents)];
  score(
    "extra object in documents",
    all.filter((mutant) => proven(mutant.documents)).map(({ what }) => what),
    all.length,
  );
});

type Class = readonly [string, () => Generator<StackMutant>];

const EXTRA: Class = ["extra object", () => extraResources(stacks, SOME_TYPES)];
const ELSEWHERE: Class = ["same address elsewhere", () => elsewhere(stacks)];

test.each<Class>([
  ["extra object of every type", () => extraResources(stacks, TYPES)],
  // What a plan's JSON does not carry: how the configuration is written. Of a plan the values after the apply are judged.
  ["extra part", () => extraParts(stacks)],
  ELSEWHERE,
])("%s: every one in stacks is caught", (name, make) => {
  const all = [...make()];
  const survivors = all.filter((mutant) => proven(readStackDocuments(stackTexts(mutant.stacks))));
  score(
    `${name}, in stacks`,
    survivors.map(({ what }) => what),
    all.length,
  );
});

test.each<Class>([EXTRA, ELSEWHERE])("%s: the plans of every one disagree, and are not proven", (name, make) => {
  const all = [...make()];
  const survivors = all.filter(
    ({ stacks: changed }) => agrees(changed) || proven(plannedDocuments(plansTo(changed).map(({ plan }) => plan))),
  );
  score(
    `${name}, in plans`,
    survivors.map(({ what }) => what),
    all.length,
  );
});

test.each<Class>([EXTRA, ELSEWHERE])("%s: a review of the outputs names every one", (name, make) => {
  const all = [...make()];
  const survivors = all.filter(
    ({ stacks: changed }) => diffDocuments(documents, readStackDocuments(stackTexts(changed)), rights).length === 0,
  );
  score(
    `${name}, in reviews`,
    survivors.map(({ what }) => what),
    all.length,
  );
});
