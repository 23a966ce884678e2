import fc from "fast-check";
import { evaluate, prepare, type Verdict, verdictOf } from "../../modules/evaluator/evaluate";
import { compilePolicy, missingPolicy } from "../../modules/evaluator/policy";
import { type Question, question } from "./generate/question";
import { policiesFor, requestFor } from "./oracle";

const RUNS = { numRuns: 1_000, seed: 7 };
const DENY_ALL = { Version: "2012-10-17", Statement: { Effect: "Deny", Action: "*", Resource: "*" } };
const ALLOW_ALL = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } };

const verdict = (asked: Question): Verdict => verdictOf(requestFor(asked), policiesFor(asked));
const hold = (law: (asked: Question) => void): void => fc.assert(fc.property(question, law), RUNS);
const isDenied = (given: Verdict): boolean => given === "implicitly denied" || given === "explicitly denied";

test("the fast paths say what the slow one says, and every decision has a reason", () => {
  hold((asked) => {
    const request = requestFor(asked);
    const policies = policiesFor(asked);
    const decision = evaluate(request, policies);
    expect([verdictOf(request, policies), prepare(policies)(request)]).toEqual([decision.verdict, decision.verdict]);
    expect(decision.deciding.length).toBeGreaterThan(0);
    expect(decision.deciding.every(({ why }) => why.length > 0)).toBe(true);
  });
});

test("a denial of everything denies everything, and an allowance never takes away", () => {
  hold((asked) => {
    expect(verdict({ ...asked, identity: [...asked.identity, DENY_ALL] })).toBe("explicitly denied");
    const more = verdict({ ...asked, identity: [...asked.identity, ALLOW_ALL] });
    if (verdict(asked) === "allowed") expect(more).toBe("allowed");
  });
});

test("the order of policies and statements does not matter", () => {
  const turned = (document: Question["identity"][number]) => {
    const list = document["Statement"];
    return { ...document, Statement: Array.isArray(list) ? [...list].reverse() : list };
  };
  hold((asked) => {
    const other = { ...asked, identity: asked.identity.map(turned).reverse() };
    expect(verdict({ ...other, ...(asked.policy ? { policy: turned(asked.policy) } : {}) })).toBe(verdict(asked));
  });
});

test("what is unknown never hides the truth: a missing text gives the true verdict or unknown", () => {
  hold((asked) => {
    const policies = policiesFor(asked);
    const truth = verdict(asked);
    const blind = [
      { ...policies, identity: [...policies.identity.slice(1), missingPolicy("x")] },
      ...(policies.boundary ? [{ ...policies, boundary: missingPolicy("x") }] : []),
      ...(policies.resource ? [{ ...policies, resource: missingPolicy("x") }] : []),
      ...(policies.session ? [{ ...policies, session: [missingPolicy("x")] }] : []),
    ];
    if (asked.identity.length === 0) blind.shift();
    for (const less of blind) {
      const seen = verdictOf(requestFor(asked), less);
      expect(seen === "unknown" || seen === truth || (isDenied(seen) && isDenied(truth))).toBe(true);
    }
  });
});

test("what Terraform has yet to tell never hides the truth", () => {
  hold((asked) => {
    const text = JSON.stringify(asked.identity);
    for (const part of ["ann", "role", "bucket", "Get", "true", "2026", "203", "111111111111"]) {
      const documents = JSON.parse(text.replaceAll(part, "${var.part}")) as Question["identity"];
      const policies = { ...policiesFor(asked), identity: documents.map((each) => compilePolicy("x", each)) };
      const seen = verdictOf(requestFor(asked), policies);
      const truth = verdict(asked);
      expect(seen === "unknown" || seen === truth || (isDenied(seen) && isDenied(truth))).toBe(true);
    }
  });
});
