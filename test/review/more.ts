import fc from "fast-check";
import { LONG_TERM_KEYS, withMfa } from "../../modules/proof/checks/moments";
import type { Roster } from "../../modules/roster/roster";
import { abilitiesOf, type Circumstances } from "./ability";
import { NOW } from "./random-rosters";

const ACTIONS = [
  ...["s3:GetObject", "s3:DeleteBucket", "s3:ListAllMyBuckets", "s3:PutObject", "ec2:RunInstances", "ec2:DescribeVpcs"],
  ...["iam:CreateUser", "iam:PassRole", "iam:ListRoles", "cloudhsm:DescribeClusters", "cloudhsm:CreateCluster"],
  ...["organizations:LeaveOrganization", "secretsmanager:GetSecretValue", "cloudtrail:StopLogging"],
];
const MOMENTS = ["2026-11-22T12:00:01Z", "2026-11-30T23:59:59Z", "2026-12-24T00:00:00Z", "2027-03-01T00:00:00Z"];
const SIGN_INS = [LONG_TERM_KEYS, ...[0, 899, 3_599, 43_199, 129_599].map(withMfa)];
const SESSIONS = [3_600, 7_200, 43_200];

/** Somebody's way to do something that the head allows and the base did not, among all these. */
export function moreThan(base: Roster, head: Roster, samples: readonly number[]): Circumstances | undefined {
  const [before, after] = [abilitiesOf(base, NOW), abilitiesOf(head, NOW)];
  const ids = [...new Set([...base.accounts, ...head.accounts].map(({ id }) => id))];
  const people = [...new Set(head.people.map(({ key }) => key))];
  for (const sample of samples)
    for (const person of people)
      for (const accountId of ids)
        for (const action of ACTIONS) {
          const asked = { person, accountId, action, ...circumstances(sample) };
          if (after(asked) > before(asked)) return asked;
        }
  return undefined;
}

function circumstances(sample: number): Pick<Circumstances, "at" | "signIn" | "sessionSeconds"> {
  const pick = <T>(all: readonly T[], by: number): T => all[Math.floor(sample / by) % all.length] as T;
  const at = new Date(pick(MOMENTS, 1));
  return {
    at,
    signIn: pick(SIGN_INS, MOMENTS.length),
    sessionSeconds: pick(SESSIONS, MOMENTS.length * SIGN_INS.length),
  };
}

const COMBINATIONS = MOMENTS.length * SIGN_INS.length * SESSIONS.length;
/** Which of all circumstances are tried. */
export const samples = fc.uniqueArray(fc.nat(COMBINATIONS - 1), { minLength: 6, maxLength: 6 });
