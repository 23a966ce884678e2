import { claimAccess } from "../../modules/access/claims";
import { accessDocuments } from "../../modules/access/plan-documents";
import { structureChecks } from "../../modules/proof/structure";
import { reviewVerdictOf } from "../../modules/review/access-change";
import { heldToClaims } from "../../modules/review/plan/held-to-claims";
import { reviewPlans } from "../../modules/review/plan/review-plans";
import { guardsOf } from "../../modules/terraform/read/account-guards";
import { plannedDocuments } from "../../modules/terraform/read/plan-documents";
import { parsePlan } from "../../modules/terraform/read/plan-text";
import { readPlan } from "../../modules/terraform/read/read-plan";
import { planOfStacks } from "../support/plan-of-stacks";
import { sampleRoster } from "../support/sample-roster";
import { compiled, synthesized } from "../support/synth";
import { EQUIVALENT_PLANS } from "./equivalent-plans";
import {
  lostMutants,
  partMutants,
  PLACES,
  type PlanMutant,
  type Plans,
  valueMutants,
  type WholePlan,
} from "./mutate-plans";

/*
 * The class "plan": whatever somebody changes in a plan that does nothing, both readers of plans catch it, the proof and the
 * review, or neither needs to. What policies say is left to the other suites: here nothing is evaluated.
 */
jest.setTimeout(600_000);

const roster = sampleRoster();
const claims = claimAccess(roster);
const asked = accessDocuments(compiled(roster));
const KEYS = new Map([roster.userAccount, ...roster.accounts].map(({ id, key }): [string, string] => [id, key]));
const stacks = synthesized(roster);
const whole: Plans = Object.fromEntries(
  Object.entries(stacks).map(([name, stack]) => [name, planOfStacks(stack, stack) as unknown as WholePlan]),
);
/** People's stack, and one of the others, which are alike. */
const some: Plans = Object.fromEntries(Object.entries(whole).filter(([name]) => name !== "production"));

interface Judged {
  readonly proven: boolean;
  readonly agreed: boolean;
}

function judge(changed: Readonly<Record<string, unknown>>): Judged {
  const read = Object.entries({ ...whole, ...changed }).map(([name, plan]) => {
    const parsed = parsePlan(Buffer.from(JSON.stringify(plan)));
    return parsed.known ? [{ file: `${name}.json`, plan: readPlan(parsed.value) }] : [];
  });
  if (read.some((each) => each.length === 0)) return { proven: false, agreed: false };
  const named = read.flat();
  const plans = named.map(({ plan }) => plan);
  const guards = guardsOf(
    plans.flatMap(({ after }) => after),
    plans.flatMap(({ accountIds }) => accountIds),
  );
  const setups = plans.map(({ setup }) => setup);
  const input = { claims, documents: plannedDocuments(plans), guards, setups, lock: [], managed: new Map() };
  const proven = [...structureChecks(input)].every(({ breaches }) => breaches.length === 0);
  const held = reviewPlans(named, { keys: KEYS, base: asked, head: asked }, () => []);
  const { doubts, disagreements, besides } = heldToClaims(held, named, { claims, lock: [], managed: new Map() });
  return { proven, agreed: reviewVerdictOf([...doubts, ...disagreements, ...besides]) === "none" };
}

function score(
  what: string,
  mutants: Iterable<PlanMutant>,
  by: (judged: Judged) => boolean = (each) => each.proven || each.agreed,
): void {
  const survivors: string[] = [];
  let [caught, equivalent] = [0, 0];
  for (const { what: name, stack, plan } of mutants) {
    const isCaught = !by(judge({ [stack]: plan }));
    const reason = EQUIVALENT_PLANS.find(({ matches }) => matches.test(name));
    if (isCaught && !reason) caught++;
    else if (!isCaught && reason) equivalent++;
    else survivors.push(isCaught ? `${name}: is caught, though listed as equivalent` : name);
  }
  const percent = ((100 * caught) / (caught + survivors.length)).toFixed(1);
  process.stdout.write(`${what}: caught ${caught}, equivalent ${equivalent}, score ${percent} %\n`);
  expect(survivors).toEqual([]);
  expect(caught).toBeGreaterThan(40);
}

test("plans that do nothing are proven and agree", () => {
  expect(judge({})).toEqual({ proven: true, agreed: true });
});

test.each(Object.keys(PLACES) as (keyof typeof PLACES)[])(
  "every other value %s is caught by proof and review",
  (place) => {
    score(`values, ${place}`, valueMutants(some, place));
  },
);

test("every resource that is lost or forgotten is caught by proof and review", () => {
  score("resources", lostMutants(some));
});

test("every part that Terraform does not write so is caught by proof and review", () => {
  score("parts", partMutants(some));
});
