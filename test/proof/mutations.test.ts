import { readFileSync } from "node:fs";
import { join } from "node:path";
import { claimAccess } from "../../modules/access/claims";
import type { AccountDocuments } from "../../modules/iam/account-documents";
import { parseCatalogue } from "../../modules/iam/catalogue";
import type { BreachMemory } from "../../modules/proof/checks/breach";
import { checksOf, proveDocuments } from "../../modules/proof/prove";
import { readStackDocuments } from "../../modules/terraform/read/stack-documents";
import { NOW, stackTexts, synthesized } from "../support/synth";
import { sampleRoster } from "../support/sample-roster";
import { EQUIVALENT } from "./equivalent-mutants";
import { mutants } from "./mutate";

/* The proof can fail: every systematic change of the documents is caught, or is listed as one that changes nobody's access. */
jest.setTimeout(600_000);

const catalogue = parseCatalogue(readFileSync(join(__dirname, "../../modules/iam/catalogue.json"), "utf8"));
const memory: BreachMemory = new Map();
const roster = sampleRoster();
const claims = claimAccess(roster);
const documents = readStackDocuments(stackTexts(synthesized(roster)));

/** The user account and one workload account: the other one's documents differ from it in the account id alone. */
const MUTATED = ["111111111111", "333333333333"];

function holds(changed: readonly AccountDocuments[]): boolean {
  for (const { breaches } of checksOf({ claims, documents: changed, catalogue, managed: new Map(), now: NOW, memory }))
    if (breaches.length > 0) return false;
  return true;
}

test("the unchanged documents are proven", () => {
  const proof = proveDocuments({ claims, documents, catalogue, managed: new Map(), now: NOW, memory });
  expect(proof.checks.flatMap((check) => check.breaches.map(({ message }) => message))).toEqual([]);
});

test("every mutant is caught, or equivalent for a reason", () => {
  const survivors: string[] = [];
  const needed = new Set<string>();
  const count = { caught: 0, equivalent: 0 };
  for (const { what, documents: changed } of mutants(documents, MUTATED)) {
    const reason = EQUIVALENT.find(({ matches }) => matches.test(what));
    // Of hundreds with the same reason a few are enough to show that it is needed.
    const isKnown = reason !== undefined && needed.has(reason.why);
    if (!isKnown && !holds(changed)) count.caught++;
    else if (reason) {
      needed.add(reason.why);
      count.equivalent++;
    } else survivors.push(what);
  }
  const { caught, equivalent } = count;
  const score = ((100 * caught) / (caught + survivors.length)).toFixed(1);
  const text = `mutants caught: ${caught}, equivalent: ${equivalent}, survivors: ${survivors.length}, score: ${score} %`;
  process.stdout.write(`${text}\n`);
  expect(survivors).toEqual([]);
  expect(EQUIVALENT.map(({ why }) => why).filter((why) => !needed.has(why))).toEqual([]);
  expect(caught).toBeGreaterThan(1_000);
});
