import { formatPlace } from "../finding";
import type { Breach } from "../proof/checks/breach";
import type { Deciding } from "../evaluator/evaluate";
import type { Proof } from "../proof/prove";
import { count, countOf } from "../words";

/** What a proof was about, for its first line. */
export interface ProofHeading {
  readonly what: string;
  readonly accounts: number;
  /** Of the action catalogue. */
  readonly catalogueDate: string;
  readonly seconds: number;
}

/** Breaches of one claim that a person reads before the screen is full; `--json` has all. */
const SHOWN = 3;

/** The proof on one screen: a line for each claim, the first breaches of each with their cure. */
export function renderProof({ holds, checks, escalations, forbidden }: Proof, heading: ProofHeading): string {
  const lines = [
    `${heading.what}, ${countOf(heading.accounts, "account", "accounts")}, action catalogue of ${heading.catalogueDate}`,
    "",
  ];
  for (const { title, questions, breaches, notes = [] } of checks) {
    lines.push(`${breaches.length === 0 ? "holds" : "FAILS"}  ${title}  (${count(questions)} questions)`);
    for (const breach of breaches.slice(0, SHOWN)) lines.push(...renderBreach(breach));
    if (breaches.length > SHOWN) lines.push(`       and ${count(breaches.length - SHOWN)} more; see --json`);
    for (const note of notes) lines.push(`       note: ${note}`);
  }
  const { covered, accepted } = escalations;
  const families = forbidden.map(({ family, actions }) => `${actions.length} ${family}`).join(", ");
  lines.push(
    "",
    `operators never have ${families} (--json lists the actions)`,
    `${covered.length} known ways to more rights closed, ${accepted.length} accepted for operators (--json lists them)`,
  );
  const all = checks.reduce((sum, { questions }) => sum + questions, 0);
  lines.push(`${holds ? "proven" : "NOT proven"}: ${count(all)} questions in ${heading.seconds.toFixed(2)} s`);
  return `${lines.join("\n")}\n`;
}

/** What is wrong in the accounts that could be read; `breaches` is absent where nothing could be judged. */
export function renderPartialProof(
  unread: readonly string[],
  read: number,
  breaches: readonly Pick<Breach, "message" | "cure">[] | undefined,
): string {
  const found =
    breaches === undefined
      ? ["without the user account nothing can be judged"]
      : breaches.flatMap(({ message, cure }) => [`FAILS  ${message}`, `         ${cure}`]);
  if (breaches?.length === 0)
    found.push(`nothing wrong was found in the ${countOf(read, "account", "accounts")} that were read`);
  return [...found, `NOT proven: ${unread.join(", ")} could not be read`, ""].join("\n");
}

function renderBreach({ message, place, deciding, cure, verdict }: Breach): readonly string[] {
  const where = place === undefined ? "" : `${formatPlace(place)}: `;
  return [
    `       ${where}${message}`,
    ...deciding.slice(0, 2).map((each) => `         ${verdict ?? ""} by ${decidingText(each)}`),
    `         ${cure}`,
  ];
}

/** `identity policy "group team-developers/access", statement 1: ...` */
export function decidingText({ layer, policy, statement, sid, why }: Deciding): string {
  const number = statement === undefined ? "" : `, statement ${statement}`;
  const name = sid === undefined ? "" : ` ${sid}`;
  return `${layer} ${policy}${number}${name}: ${why}`;
}
