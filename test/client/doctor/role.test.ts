import { type Attempt, examineRole } from "../../../modules/client/doctor/role";
import { LONG_TERM_KEYS, signInWithMfa } from "../../../modules/proof/checks/moments";
import type { Decision, Verdict } from "../../../modules/evaluator/evaluate";
import { NOW } from "../../support/synth";

const decision = (verdict: Verdict): Decision => ({
  verdict,
  deciding: [{ policy: "team-x/access", layer: "identity", sid: "Take", why: `for ${verdict}` }],
});
const grant = (until?: string) => ({
  roleArn: "arn:aws:iam::222222222222:role/rolecall/operator",
  through: "team developers",
  place: { file: "roster.yaml", line: 12, column: 3 },
  ...(until === undefined ? {} : { until }),
});

interface World {
  readonly person?: string;
  readonly until?: string;
  readonly granted?: boolean;
  readonly fresh?: Verdict;
  readonly bare?: Verdict;
  readonly attempt?: Attempt;
}

function diagnoses({
  person = "ann",
  until,
  granted = true,
  fresh = "allowed",
  bare = "explicitly denied",
  attempt,
}: World) {
  return examineRole({
    person,
    people: ["ann"],
    account: "testing",
    now: NOW,
    mfaAgeSeconds: 3600,
    attempt: attempt ?? { kind: "taken", mfaSeconds: 60 },
    answer: {
      tier: "operator",
      grants: granted ? [grant(until)] : [],
      canTake: decision(fresh),
      taking: [
        { signIn: LONG_TERM_KEYS, decision: decision(bare) },
        { signIn: signInWithMfa(0), decision: decision(fresh) },
      ],
    },
  }).map(({ status, found }) => `${status} ${found}`);
}

const denied = (mfaSeconds?: number): Attempt => ({
  kind: "denied",
  words: "not authorized\u0007",
  ...(mfaSeconds === undefined ? {} : { mfaSeconds }),
});

test("granted, allowed and given: all well", () => {
  expect(diagnoses({})).toEqual([
    "ok the roster grants operator in testing (team developers, roster.yaml:12)",
    "ok the documents allow it with an MFA sign-in younger than 1 h",
    "ok AWS gives the role",
  ]);
});

test.each<[string, World, readonly string[]]>([
  [
    "nobody of the roster",
    { person: "anna", granted: false, fresh: "implicitly denied", attempt: denied(60) },
    [
      'fail "anna" is not in the roster; did you mean "ann"?',
      "ok nor do the documents: identity team-x/access Take: for implicitly denied",
      "ok AWS refuses as well",
    ],
  ],
  [
    "not granted",
    { granted: false, fresh: "implicitly denied", attempt: denied() },
    ['fail the roster does not grant operator in testing to "ann"'],
  ],
  [
    "a grant that is over",
    { until: "2026-11-22T12:00:00Z", fresh: "implicitly denied", attempt: denied(60) },
    ["fail the grant of operator in testing ended at 2026-11-22T12:00:00Z (roster.yaml:12)", "ok nor do the documents"],
  ],
  [
    "a grant with a second left",
    { until: "2026-11-22T12:00:01Z" },
    ["ok the roster grants operator in testing (team developers, roster.yaml:12, until 2026-11-22T12:00:01Z)"],
  ],
  ["MFA missing", { attempt: denied() }, ["fail AWS refuses access keys without MFA"]],
  ["MFA too old", { attempt: denied(3600) }, ["fail the MFA sign-in is 1 h old, and the role takes 1 h"]],
  [
    "not applied, or the role is gone",
    { attempt: denied(3599) },
    ['fail AWS refuses although roster and documents allow it: "not authorized\\u{7}"'],
  ],
  [
    "roster and documents disagree: too little",
    { fresh: "explicitly denied", attempt: denied(60) },
    ["fail the documents do not allow it even with fresh MFA: identity team-x/access Take"],
  ],
  ["roster and documents disagree: too much", { granted: false }, ["fail the documents allow it with an MFA sign-in"]],
  ["documents that ask no MFA", { bare: "allowed" }, ["fail the documents allow it without MFA as well"]],
  [
    "documents that cannot be judged",
    { fresh: "unknown", attempt: denied(60) },
    ["unknown the documents do not decide it"],
  ],
  [
    "AWS gives more than the documents",
    { granted: false, fresh: "implicitly denied" },
    ["fail AWS gives the role although the documents do not allow it"],
  ],
  ["AWS asks no MFA", { attempt: { kind: "taken" } }, ["fail AWS gives the role without MFA"]],
  ["AWS was not asked", { attempt: { kind: "not-tried", why: "offline" } }, ["unknown AWS was not asked: offline"]],
])("%s is told apart", (_, world, expected) => {
  const found = diagnoses(world);
  for (const text of expected) expect(found).toContainEqual(expect.stringContaining(text));
});
