import type { AccountDocuments } from "../iam/account-documents";
import { accountOf, sampleArn, sessionArn } from "../iam/arn";
import { type Decision, evaluate, type Verdict } from "../evaluator/evaluate";
import type { Question } from "./ask";
import { contextAt, isoOf, LONG_TERM_KEYS } from "./checks/moments";
import { EXACT, GENEROUS, type StandingRole, Takers } from "./entrances/takers";

/** A role of the account that the person reaches other than by a grant of the roster. */
export interface OtherWay {
  readonly role: string;
  /** Roles taken before it, one after another. */
  readonly through: readonly string[];
  /** `unknown` where a condition that cannot be judged decides. */
  readonly verdict: Verdict;
  /** What the role says of the action; absent without an action. */
  readonly doing?: Decision;
}

/** True when every role of every account of the roster was read, no matter who made it: only then is a no final. */
export function isWhole({ claims, documents }: Question): boolean {
  const read = (id: string): AccountDocuments | undefined => documents.find((each) => each.id === id);
  return [claims.userAccount, ...claims.accounts].every(({ id }) => read(id)?.inventory !== undefined);
}

/** Every such way that allows the action or perhaps does; without an action, every role the person could take. */
export function askOthers(question: Question): readonly OtherWay[] {
  const { claims, documents, managed, now, person } = question;
  const [exact, generous] = [EXACT, GENEROUS].map(
    (reading) => new Takers(claims, documents, managed, now.getTime(), reading),
  );
  if (!exact || !generous) return [];
  const certain = new Map([...exact.reach(person).keys()].map((role) => [role.arn, role]));
  const tiers = new Set(claims.roles.map(({ arn }) => arn));
  const account = [claims.userAccount, ...claims.accounts].find(({ key }) => key === question.account);
  return [...generous.reach(person)]
    .filter(([role]) => role.accountId === account?.id)
    .filter(([{ arn }, way]) => !(tiers.has(arn) && way.length === 0))
    .map(([role, way]) => wayOf(question, role, certain.get(role.arn), way))
    .filter(({ verdict }) => verdict === "allowed" || verdict === "unknown");
}

function wayOf(
  question: Question,
  role: StandingRole,
  certain: StandingRole | undefined,
  way: readonly StandingRole[],
): OtherWay {
  const base = { role: role.arn, through: way.map(({ arn }) => arn) };
  if (question.action === undefined) return { ...base, verdict: certain ? "allowed" : "unknown" };
  if (certain) {
    const doing = decide(question, certain, question.action);
    if (doing.verdict === "allowed") return { ...base, verdict: "allowed", doing };
  }
  const doing = decide(question, role, question.action);
  const isPossible = doing.verdict === "allowed" || doing.verdict === "unknown";
  return { ...base, verdict: isPossible ? "unknown" : doing.verdict, doing };
}

function decide({ resource, now }: Question, role: StandingRole, action: string): Decision {
  const { accountId, documents, arn, policies } = role;
  const account = accountOf(role);
  const service = action.slice(0, action.indexOf(":"));
  return evaluate(
    {
      principal: {
        kind: "role-session",
        arn: sessionArn(account, documents.name, "person"),
        roleArn: arn,
        account: accountId,
      },
      action,
      resource: resource ?? sampleArn(account, service),
      isSample: resource === undefined,
      resourceAccount: accountId,
      context: contextAt(isoOf(now.getTime()), LONG_TERM_KEYS),
    },
    policies,
  );
}
