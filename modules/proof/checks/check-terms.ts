import { userArn } from "../../iam/arn";
import { evaluate } from "../../evaluator/evaluate";
import { compilePolicy } from "../../evaluator/policy";
import { quote } from "../../text";
import { duration } from "../../words";
import type { AccessClaims, ClaimedRole } from "../claims";
import { type Breach, type CheckResult, isWrong } from "./breach";
import type { CompiledAccount, CompiledRole } from "./compiled-account";
import { contextAt, isoOf, SESSION_NAME, type SignIn, signIns } from "./moments";
import { fittingNames } from "./session-names";

/**
 * Each role has the roster's terms, whether or not somebody holds it: how long its sessions last, and how old MFA may be. The
 * trust is asked with every right that a person's own policies could ever give.
 */
export function checkTerms(
  claims: AccessClaims,
  accounts: ReadonlyMap<string, CompiledAccount>,
  now: number,
): CheckResult {
  const breaches: Breach[] = [];
  let questions = 0;
  for (const role of claims.roles) {
    const live = accounts.get(role.accountId)?.role(role.tier);
    // A role that is missing is reported by itself.
    if (!live) continue;
    questions++;
    if (live.documents.maxSessionSeconds !== role.sessionSeconds) breaches.push(wrongSession(role, live));
    for (const signIn of signIns(role.mfaAgeSeconds))
      for (const name of [ANYBODY, ...fittingNames(role.sessionNames)]) {
        questions++;
        const wrong = wrongAge(claims, role, live, signIn, name, now);
        if (wrong) breaches.push(wrong);
      }
  }
  return { title: "roles have the roster's session lengths and MFA ages", questions, breaches };
}

function wrongSession(role: ClaimedRole, { documents: { maxSessionSeconds: found } }: CompiledRole): Breach {
  const last = found === undefined ? "an unknown time" : duration(found);
  return {
    claim: "session-length",
    message: `sessions of ${role.tier} in ${role.account} last ${last}, not ${duration(role.sessionSeconds)}`,
    account: role.account,
    deciding: [],
    cure: "synthesize and apply again, or change the tier's session in the roster",
  };
}

const EVERYTHING = compilePolicy("a person's administrator", {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
});

function wrongAge(
  { userAccount }: AccessClaims,
  role: ClaimedRole,
  live: CompiledRole,
  signIn: SignIn,
  name: string,
  now: number,
): Breach | undefined {
  const expected = signIn.sinceMfa !== undefined && signIn.sinceMfa < role.mfaAgeSeconds;
  const request = {
    principal: { kind: "user" as const, arn: userArn(userAccount, "/", ANYBODY) },
    action: "sts:AssumeRole",
    resource: role.arn,
    context: { ...contextAt(isoOf(now), signIn), [SESSION_NAME]: name },
  };
  const decision = evaluate(request, { identity: [EVERYTHING], resource: live.trust });
  if (!isWrong(decision.verdict, expected)) return undefined;
  const verb = expected ? "keeps out" : decision.verdict === "unknown" ? "perhaps lets in" : "lets in";
  return {
    claim: "mfa-age",
    message: `the trust of ${role.tier} in ${role.account} ${verb} anyone who is signed in ${signIn.what}${name === ANYBODY ? "" : ` with the session name ${quote(name)}`}, though MFA may be ${duration(role.mfaAgeSeconds)} old`,
    account: role.account,
    verdict: decision.verdict,
    deciding: decision.deciding,
    cure: "let the trust demand exactly the tier's MFA age",
  };
}

/** A name that a user may have, and nobody's in particular. */
const ANYBODY = "any.body@example.org";
