import type { AccountDocuments } from "../../iam/account-documents";
import type { AccessChange, Direction } from "../access-change";
import { type Fact, factsOf } from "./facts";

/**
 * What two sets of documents differ in, thing by thing, without judging what a policy allows: another text of the same policy
 * is unknown. `keys`: account key by id.
 */
export function plainDiff(
  before: readonly AccountDocuments[],
  after: readonly AccountDocuments[],
  keys: ReadonlyMap<string, string>,
): readonly AccessChange[] {
  const old = new Map(before.map((account) => [account.id, account]));
  const now = new Map(after.map((account) => [account.id, account]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id) =>
    ofAccount(facts(old.get(id)), facts(now.get(id))).map((change) => ({ account: keys.get(id) ?? id, ...change })),
  );
}

function facts(account: AccountDocuments | undefined): ReadonlyMap<string, Fact> {
  return new Map(account ? factsOf(account, account.policies).map((fact) => [fact.id, fact]) : []);
}

function ofAccount(old: ReadonlyMap<string, Fact>, now: ReadonlyMap<string, Fact>): readonly AccessChange[] {
  const came = [...now].flatMap(([id, fact]) => {
    const was = old.get(id);
    if (was === undefined) return said(fact, fact.direction ?? "widening", fact.comes);
    return was.value === fact.value
      ? []
      : said(fact, wider(was.value, fact.value), fact.differs(was.value, fact.value));
  });
  const gone = [...old].filter(([id]) => !now.has(id)).map(([, fact]) => fact);
  return [...came, ...gone.flatMap((fact) => said(fact, opposite(fact.direction ?? "widening"), fact.goes))];
}

function said({ person }: Fact, direction: Direction, sentence: string): readonly AccessChange[] {
  return sentence === "" ? [] : [{ direction, sentence, ...(person === undefined ? {} : { person }) }];
}

function wider(before: string | number, after: string | number): Direction {
  if (typeof before === "string" || typeof after === "string") return "unknown";
  return after > before ? "widening" : "narrowing";
}

function opposite(direction: Direction): Direction {
  return direction === "widening" ? "narrowing" : direction === "narrowing" ? "widening" : direction;
}
