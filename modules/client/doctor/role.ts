import { didYouMean, quote, visible } from "../../text";
import { isCurrent } from "../../roster/ways";
import type { TierAnswer } from "../../proof/ask";
import type { ClaimedGrant } from "../../proof/claims";
import type { Deciding } from "../../evaluator/explain";
import { LONG_TERM_KEYS } from "../../proof/checks/moments";
import { type Diagnosis, fail, ok, unclear } from "./check";
import { duration } from "../../words";

/** What AWS says when the role is really asked for; `mfaSeconds` is the age of the MFA sign-in, absent with keys alone. */
export type Attempt =
  | { readonly kind: "taken"; readonly mfaSeconds?: number | undefined }
  /** `words` are AWS's, which are the same for every reason. */
  | { readonly kind: "denied"; readonly mfaSeconds?: number | undefined; readonly words: string }
  | { readonly kind: "not-tried"; readonly why: string };

/** Why one person can or cannot take one role now. */
export interface DoctorQuestion {
  readonly person: string;
  /** Names of the roster, for a spelling mistake. */
  readonly people: readonly string[];
  readonly account: string;
  readonly now: Date;
  /** What the documents say of this tier. */
  readonly answer: TierAnswer;
  readonly mfaAgeSeconds: number;
  readonly attempt: Attempt;
}

/** The roster, the documents and AWS, each asked apart: where they part is where the fault is. */
export function examineRole(question: DoctorQuestion): readonly Diagnosis[] {
  return [byRoster(question), ...byDocuments(question), byAws(question)];
}

function currentGrant({ answer, now }: DoctorQuestion): ClaimedGrant | undefined {
  return answer.grants.find((grant) => isCurrent(grant, now));
}

function byRoster(question: DoctorQuestion): Diagnosis {
  const { person, people, account, answer } = question;
  const role = `${answer.tier} in ${account}`;
  if (!people.includes(person))
    return fail(
      `${quote(person)} is not in the roster${didYouMean(person, people)}`,
      "have the person added to the roster, and the roster applied",
    );
  const grant = currentGrant(question);
  if (grant !== undefined) {
    const end = grant.until === undefined ? "" : `, until ${grant.until}`;
    return ok(`the roster grants ${role} (${grant.through}, ${visible(grant.place.file)}:${grant.place.line}${end})`);
  }
  const [ended] = answer.grants;
  return ended === undefined
    ? fail(
        `the roster does not grant ${role} to ${quote(person)}`,
        "rolecall matrix shows what it grants; have a grant added",
      )
    : fail(
        `the grant of ${role} ended at ${ended.until} (${visible(ended.place.file)}:${ended.place.line})`,
        "have it granted again, with a later until",
      );
}

function byDocuments(question: DoctorQuestion): readonly Diagnosis[] {
  const { answer, mfaAgeSeconds } = question;
  const { canTake, taking } = answer;
  const why = decidingText(canTake.deciding[0]);
  const granted = currentGrant(question) !== undefined;
  if (canTake.verdict === "unknown")
    return [unclear(`the documents do not decide it: ${why}`, "rolecall can --explain shows more")];
  if (canTake.verdict !== "allowed")
    return [
      granted
        ? fail(`the documents do not allow it even with fresh MFA: ${why}`, PROVE)
        : ok(`nor do the documents: ${why}`),
    ];
  const bare = taking.find(({ signIn }) => signIn === LONG_TERM_KEYS)?.decision;
  const allows = `the documents allow it with an MFA sign-in younger than ${duration(mfaAgeSeconds)}`;
  return [
    granted ? ok(allows) : fail(allows, PROVE),
    ...(bare?.verdict === "allowed" ? [fail("the documents allow it without MFA as well", PROVE)] : []),
  ];
}

const PROVE = "roster and documents disagree: rolecall prove shows where";

function byAws(question: DoctorQuestion): Diagnosis {
  const { answer, attempt } = question;
  const allowed = answer.canTake.verdict === "allowed";
  if (attempt.kind === "not-tried") return unclear(`AWS was not asked: ${attempt.why}`, "rolecall exec asks it");
  if (attempt.kind === "denied") return allowed ? refused(question, attempt) : ok("AWS refuses as well");
  if (attempt.mfaSeconds === undefined)
    return fail("AWS gives the role without MFA", "it was changed by hand; have rolecall audit run now");
  return allowed
    ? ok("AWS gives the role")
    : fail(
        "AWS gives the role although the documents do not allow it",
        "it was changed by hand, or is not applied yet; have rolecall audit run",
      );
}

/** AWS never says why; what differs from what the documents want is the likeliest reason. */
function refused(
  { mfaAgeSeconds }: DoctorQuestion,
  { mfaSeconds, words }: Extract<Attempt, { kind: "denied" }>,
): Diagnosis {
  if (mfaSeconds === undefined)
    return fail(
      "AWS refuses access keys without MFA",
      "use rolecall exec or rolecall credentials; rolecall doctor --mfa tries with a code",
    );
  if (mfaSeconds >= mfaAgeSeconds)
    return fail(
      `the MFA sign-in is ${duration(mfaSeconds)} old, and the role takes ${duration(mfaAgeSeconds)}`,
      "sign in with a new code",
    );
  return fail(
    `AWS refuses although roster and documents allow it: ${quote(words)}`,
    "the roster is not applied there yet, the role is gone or changed by hand, or an organization's policy forbids it: have rolecall plan and rolecall audit run",
  );
}

function decidingText(deciding: Deciding | undefined): string {
  if (deciding === undefined) return "nothing allows it";
  const { layer, policy, statement, sid, why } = deciding;
  const name = sid ?? (statement === undefined ? "" : `statement ${statement}`);
  return `${[layer, policy, name].filter((text) => text !== "").join(" ")}: ${why}`;
}
