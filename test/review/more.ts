import fc from "fast-check";
import { LONG_TERM_KEYS, signInWithMfa } from "../../modules/proof/checks/moments";
import type { Roster } from "../../modules/roster/roster";
import { abilitiesOf, type Circumstances } from "./ability";
import { NOW } from "./random-rosters";

const ACTIONS = [
  ...["s3:GetObject", "s3:DeleteBucket", "s3:ListAllMyBuckets", "s3:PutObject", "ec2:RunInstances", "ec2:DescribeVpcs"],
  ...["iam:CreateUser", "iam:PassRole", "iam:ListRoles", "cloudhsm:DescribeClusters", "cloudhsm:CreateCluster"],
  ...["organizations:LeaveOrganization", "secretsmanager:GetSecretValue", "cloudtrail:StopLogging"],
];
const MOMENTS = ["2026-11-22T12:00:01Z", "2026-11-30T23:59:59Z", "2026-12-24T00:00:00Z", "2027-03-01T00:00:00Z"];
const SIGN_INS = [LONG_TERM_KEYS, ...[0, 899, 3_599, 43_199, 129_599].map(signInWithMfa)];
const SESSIONS = [3_600, 7_200, 43_200];
/** Names that some tiers take besides one's own, and somebody else's. */
const NAMES = ["awsu-0f3c", "awsu-0f3c5", "tool-1", "kim"];

/** Somebody's way to do something that the head allows and the base did not, among all these. */
export function moreThan(base: Roster, head: Roster, samples: readonly number[]): Circumstances | undefined {
  const [before, after] = [abilitiesOf(base, NOW), abilitiesOf(head, NOW)];
  const ids = [...new Set([...base.accounts, ...head.accounts].map(({ id }) => id))];
  const people = [...new Set(head.people.map(({ key }) => key))];
  for (const sample of samples)
    for (const person of people)
      for (const accountId of ids)
        for (const action of ACTIONS) {
          const { sessionName, ...how } = circumstances(sample);
          const asked = { person, accountId, action, ...how };
          if (after(asked) > before(asked)) return asked;
          const renamed = { ...asked, sessionName };
          if (after(renamed) > before(renamed)) return renamed;
        }
  return undefined;
}

function circumstances(
  sample: number,
): Required<Pick<Circumstances, "at" | "signIn" | "sessionSeconds" | "sessionName">> {
  const pick = <T>(all: readonly T[], by: number): T => all[Math.floor(sample / by) % all.length] as T;
  const at = new Date(pick(MOMENTS, 1));
  const sessionName = pick(NAMES, MOMENTS.length * SIGN_INS.length * SESSIONS.length);
  return {
    at,
    signIn: pick(SIGN_INS, MOMENTS.length),
    sessionSeconds: pick(SESSIONS, MOMENTS.length * SIGN_INS.length),
    sessionName,
  };
}

const COMBINATIONS = MOMENTS.length * SIGN_INS.length * SESSIONS.length * NAMES.length;
/** Which of all circumstances are tried. */
export const samples = fc.uniqueArray(fc.nat(COMBINATIONS - 1), { minLength: 6, maxLength: 6 });
