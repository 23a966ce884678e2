import type { PolicyHolder } from "../../iam/account-documents";
import { isRecord } from "../../text";

/** Keys whose value follows from who asks; all others somebody may be able to choose, or to wait for. */
const JUDGED: ReadonlySet<string> = new Set([
  "aws:multifactorauthage",
  "aws:multifactorauthpresent",
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalisawsservice",
  "aws:principaltype",
  "aws:username",
]);

/** As `loosened`, but what depends on the time is judged: a grant that has ended gives nothing. */
export function loosenedNow(document: unknown): unknown {
  return loosenedBut(document, new Set([...JUDGED, "aws:currenttime", "aws:epochtime"]));
}

/**
 * The document as it reads when every condition that cannot be judged is in the caller's favour: an external id, an address or a
 * tag keeps nobody out. What then is not allowed, is not allowed.
 */
export function loosened(document: unknown): unknown {
  return loosenedBut(document, JUDGED);
}

function loosenedBut(document: unknown, judged: ReadonlySet<string>): unknown {
  return mapStatements(document, (statement) => {
    const { Condition: condition, ...rest } = statement;
    if (condition === undefined || !isRecord(condition)) return statement;
    const kept = Object.entries(condition).map(([operator, keys]) => [operator, judgedOf(keys, judged)] as const);
    const isJudged = kept.every(([, { unjudged }]) => unjudged === 0);
    if (isJudged) return statement;
    if (statement["Effect"] === "Deny") return undefined;
    const left = kept
      .filter(([, { keys }]) => Object.keys(keys).length > 0)
      .map(([operator, { keys }]) => [operator, keys]);
    return left.length === 0 ? rest : { ...rest, Condition: Object.fromEntries(left) };
  });
}

/** As `loosened`, without any condition: what the document could allow to somebody at some time. */
export function unconditional(document: unknown): unknown {
  return mapStatements(document, ({ Condition: condition, ...rest }) =>
    condition !== undefined && rest["Effect"] === "Deny" ? undefined : rest,
  );
}

/** The opposite: what the document surely allows to everybody at any time. */
export function tightened(document: unknown): unknown {
  return mapStatements(document, ({ Condition: condition, ...rest }) =>
    condition !== undefined && rest["Effect"] !== "Deny" ? undefined : rest,
  );
}

/** The holder with every text read so. */
export function withTexts<T extends PolicyHolder>(holder: T, read: (document: unknown) => unknown): T {
  return { ...holder, inline: new Map([...holder.inline].map(([name, text]) => [name, read(text)])) };
}

function judgedOf(keys: unknown, judged: ReadonlySet<string>) {
  const entries = isRecord(keys) ? Object.entries(keys) : [];
  const kept = entries.filter(([key]) => judged.has(key.toLowerCase()));
  return { keys: Object.fromEntries(kept), unjudged: isRecord(keys) ? entries.length - kept.length : 1 };
}

type Statement = Readonly<Record<string, unknown>>;

/** A document that is none stays as it is: the evaluator answers `unknown`. */
function mapStatements(document: unknown, map: (statement: Statement) => unknown): unknown {
  if (!isRecord(document) || document["Statement"] === undefined) return document;
  const statements = [document["Statement"]].flat().flatMap((each) => {
    const mapped = isRecord(each) ? map(each) : each;
    return mapped === undefined ? [] : [mapped];
  });
  return { ...document, Statement: statements };
}
