import { userArn } from "../../iam/arn";
import { evaluate, type Policies, type Request } from "../../evaluator/evaluate";
import { compilePolicy } from "../../evaluator/policy";
import { quote } from "../../text";
import type { AccessClaims, ClaimedRole } from "../claims";
import { type Breach, type CheckResult, isWrong } from "./breach";
import type { CompiledAccount } from "./compiled-account";
import { contextAt, isoOf, SESSION_NAME, signInWithMfa } from "./moments";
import { namesToAsk } from "./session-names";

const EVERYTHING = compilePolicy("a person's administrator", {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
});

/** A name that a user may have, and nobody's in particular. */
const ANYBODY = "any.body@example.org";
/** No user's name: it is longer than one may be. */
const NOBODY = "nobody".padEnd(65, "x");

/**
 * A session bears its person's name, or one that the roster lets the tier take, whether or not somebody holds the role; never
 * another person's. The trust is asked with every right that a person's own policies could ever give.
 */
export function checkSessionNames(
  claims: AccessClaims,
  accounts: ReadonlyMap<string, CompiledAccount>,
  now: number,
): CheckResult {
  const breaches: Breach[] = [];
  let questions = 0;
  const arn = userArn(claims.userAccount, "/", ANYBODY);
  for (const role of claims.roles) {
    const live = accounts.get(role.accountId)?.role(role.tier);
    // A role that is missing is reported by itself.
    if (!live) continue;
    const policies = { identity: [EVERYTHING], resource: live.trust };
    for (const { name, fits } of namesOf(claims, role)) {
      questions++;
      const context = { ...contextAt(isoOf(now), signInWithMfa(0)), [SESSION_NAME]: name };
      const request: Request = {
        principal: { kind: "user", arn },
        action: "sts:AssumeRole",
        resource: role.arn,
        context,
      };
      const wrong = breachOf(role, name, fits, request, policies);
      if (wrong) breaches.push(wrong);
    }
  }
  return { title: "sessions have their person's name, or one that the roster allows the tier", questions, breaches };
}

/** Where a tier takes further names, everybody's name is tried. */
function namesOf({ people }: AccessClaims, { sessionNames }: ClaimedRole) {
  const own = [
    { name: ANYBODY, fits: true },
    { name: NOBODY, fits: false },
  ];
  if (sessionNames.length === 0) return own;
  const others = people.filter(({ name }) => name !== ANYBODY).map(({ name }) => ({ name, fits: false }));
  return [...own, ...namesToAsk(sessionNames), ...others];
}

function breachOf(
  { tier, account }: ClaimedRole,
  name: string,
  fits: boolean,
  request: Request,
  policies: Policies,
): Breach | undefined {
  const { verdict, deciding } = evaluate(request, policies);
  if (!isWrong(verdict, fits)) return undefined;
  const verb = fits ? "refuses" : verdict === "unknown" ? "perhaps accepts" : "accepts";
  const whose =
    name === ANYBODY ? "a session under the person's own name" : `the session name ${quote(name)} from anyone`;
  return {
    claim: "session-name",
    message: `the trust of ${tier} in ${account} ${verb} ${whose}`,
    account,
    verdict,
    deciding,
    cure: "let the trust accept the person's own name and the tier's sessionNames, and no other",
  };
}
