import { quote } from "../text";
import { actionMatcher } from "./action-pattern";
import { type GithubSubject, parseGithubSubject } from "./github-subject";

/**
 * How well a trust says which runs of GitHub Actions take the role, worst first. `too-wide`: runs that nobody named can take it.
 * `unknown`: the subject does not show it. `malformed`: a value that no subject equals, so that nobody or not everybody meant can
 * take it. `old-form-only`: it stops working when the repository is renamed, transferred or opts in to ids. `exact`: one repository and
 * one environment or ref for each value, in the form with ids, or in both forms.
 */
type SubjectVerdict = (typeof WORST_FIRST)[number];
const WORST_FIRST = ["too-wide", "unknown", "malformed", "old-form-only", "exact"] as const;

interface SubjectJudgement {
  readonly verdict: SubjectVerdict;
  /** Why it is not `exact`, a phrase for each value or condition; what to do is in docs/ci.md. */
  readonly reasons: readonly string[];
  /** The runs that its values name: whether they are the right ones is the caller's to say, also of an exact trust. */
  readonly subjects: readonly GithubSubject[];
}

/** What each statement that lets GitHub Actions in says of subjects; empty when none does. Undefined when the document cannot be read. */
export function judgeGithubTrust(trust: unknown): readonly SubjectJudgement[] | undefined {
  if (!isObject(trust) || !("Statement" in trust)) return undefined;
  const statements = [trust["Statement"]].flat();
  if (!statements.every(isObject)) return undefined;
  return statements.filter(letsGithubIn).map(({ Condition: condition }) => judgeSubjects(condition));
}

/** What a statement's conditions say of `token.actions.githubusercontent.com:sub`. All operators must hold: the narrowest counts. */
export function judgeSubjects(condition: unknown): SubjectJudgement {
  if (condition === undefined) return judged("too-wide", "no condition: any repository of GitHub");
  if (!isObject(condition) || !Object.values(condition).every(isObject))
    return judged("unknown", "conditions that cannot be read");
  const each = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys as Fields)
      .filter(([key]) => SUBJECT.test(key))
      .map(([, values]) => judgeOperator(operator, [values].flat())),
  );
  const [narrowest] = each.sort((a, b) => rank(b.verdict) - rank(a.verdict));
  const never = each.find(({ verdict }) => verdict === "malformed");
  if (narrowest !== undefined) return never ?? narrowest;
  return namesGithub(condition)
    ? judged("unknown", "no condition on sub; other claims are not judged")
    : judged("too-wide", "no condition on sub: any repository of GitHub");
}

type Fields = Readonly<Record<string, unknown>>;

/** GitHub's issuer, and an enterprise's own below it. Names of condition keys know no case. */
const ISSUER = "token\\.actions\\.githubusercontent\\.com(?:/[\\w.-]+)?";
const SUBJECT = new RegExp(`^${ISSUER}:sub$`, "i");
const OTHER_CLAIM = new RegExp(`^${ISSUER}:(?!aud$|iss$)`, "i");
const PROVIDER = new RegExp(`^arn:[\\w-]+:iam::\\d{12}:oidc-provider/${ISSUER}$`, "i");

function namesGithub(condition: Fields): boolean {
  return Object.values(condition).some((keys) => Object.keys(keys as Fields).some((key) => OTHER_CLAIM.test(key)));
}

/** True also for principals that take in every provider. */
function letsGithubIn({ Effect: effect, Principal: principal, Action: action }: Fields): boolean {
  const named = isObject(principal) ? [principal["Federated"], principal["AWS"]] : [principal ?? "*"];
  const actions = [action ?? "*"].flat();
  return (
    effect === "Allow" &&
    named.flat().some((each) => each === "*" || (typeof each === "string" && PROVIDER.test(each))) &&
    actions.some((each) => typeof each !== "string" || actionMatcher(each)("sts:AssumeRoleWithWebIdentity"))
  );
}

interface Operator {
  readonly patterns: boolean;
  readonly caseless: boolean;
}
const OPERATORS: Readonly<Record<string, Operator>> = {
  stringequals: { patterns: false, caseless: false },
  stringlike: { patterns: true, caseless: false },
  stringequalsignorecase: { patterns: false, caseless: true },
};

function judgeOperator(written: string, values: readonly unknown[]): SubjectJudgement {
  const name = written.toLowerCase().replace(/^foranyvalue:/, "");
  if (/^forallvalues:|ifexists$/.test(name))
    return judged("too-wide", `${quote(written)} also holds without a subject`);
  if (/not/.test(name)) return judged("too-wide", `${quote(written)} allows every other subject`);
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator === undefined) return judged("unknown", `${quote(written)} on sub`);
  if (values.length === 0) return judged("malformed", "no value");
  const each = values.map((value) => judgeValue(value, operator));
  return worstOf(coverOldForms(each));
}

function judgeValue(value: unknown, { patterns, caseless }: Operator): SubjectJudgement {
  if (typeof value !== "string") return judged("malformed", "a value that is not text");
  const said = quote(value);
  if (value.includes("${")) return judged("unknown", `${said} contains a variable`);
  if (patterns && /[*?]/.test(value))
    return isCustomized(value)
      ? judged("unknown", `${said} is a customized subject`)
      : judged("too-wide", `${said} ${reachOf(value)}`);
  if (/[*?]/.test(value)) return judged("malformed", `${said}: only StringLike has wildcards`);
  const subject = parseGithubSubject(value);
  if (subject === undefined) return notASubject(value, said);
  const subjects = [subject];
  if (subject.run.kind === "pull-request") return judged("too-wide", `${said}: the code of any pull request`, subjects);
  if (subject.run.kind === "ref" && subject.run.ref.startsWith("refs/pull/"))
    return judged("too-wide", `${said}: the code of a pull request`, subjects);
  if (caseless && subject.run.kind === "ref")
    return judged("too-wide", `${said}: a ref in another case is another ref`, subjects);
  if (subject.form === "names") return judged("old-form-only", `${said} has no ids`, subjects);
  return { verdict: "exact", reasons: [], subjects };
}

function reachOf(pattern: string): string {
  const [, names = "", context] = /^repo:([^:]*)(?::(.*))?$/s.exec(pattern) ?? [];
  if (names === "" || /[*?]/.test(names.replace(/@[*?]+(?=\/|$)/g, ""))) return "fits other repositories";
  if (/[*?]/.test(names)) return "fits anyone who takes over the names";
  return context?.startsWith("environment:") ? "fits other environments" : "fits other branches, or pull requests";
}

/** Claims that a repository can put into its subject: docs.github.com, "OpenID Connect reference", 2026-11. */
const CLAIM =
  /^(?:repo|repository(?:_\w+)?|enterprise(?:_id)?|environment(?:_node_id)?|context|actor(?:_id)?|(?:job_)?workflow(?:_ref|_sha)?|ref(?:_type|_protected)?|sha|head_ref|base_ref|event_name|run_\w+|runner_environment|check_run_id)$/;

/** Customized subjects begin with another claim than repo, or go on after what GitHub sends by default. */
function isCustomized(value: string): boolean {
  const [first = "", , context, ...rest] = value.split(":");
  if (first !== "repo") return CLAIM.test(first) && value.length > first.length + 1;
  const more = context === "pull_request" ? rest : rest.slice(1);
  return more.length > 1 && CLAIM.test(more[0] ?? "");
}

function notASubject(value: string, said: string): SubjectJudgement {
  return isCustomized(value)
    ? judged("unknown", `${said} is a customized subject`)
    : judged("malformed", `${said} is not a subject that GitHub sends`);
}

/** The old form together with the form with ids of the same names and the same run is what a repository needs that is about to change. */
function coverOldForms(all: readonly SubjectJudgement[]): readonly SubjectJudgement[] {
  const nameOf = ({ owner, repository, run }: GithubSubject) => JSON.stringify([owner, repository, run]);
  const subjects = all.flatMap((each) => each.subjects);
  const withIds = new Set(subjects.filter(({ form }) => form === "ids").map(nameOf));
  return all.map((each) =>
    each.verdict === "old-form-only" && each.subjects.every((subject) => withIds.has(nameOf(subject)))
      ? { ...each, verdict: "exact", reasons: [] }
      : each,
  );
}

function worstOf(all: readonly SubjectJudgement[]): SubjectJudgement {
  const verdict = WORST_FIRST.find((each) => all.some((one) => one.verdict === each)) ?? "unknown";
  return {
    verdict,
    reasons: all.flatMap(({ reasons }) => reasons),
    subjects: all.flatMap(({ subjects }) => subjects),
  };
}

function judged(verdict: SubjectVerdict, reason: string, subjects: readonly GithubSubject[] = []): SubjectJudgement {
  return { verdict, reasons: [reason], subjects };
}

function rank(verdict: SubjectVerdict): number {
  return WORST_FIRST.indexOf(verdict);
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
