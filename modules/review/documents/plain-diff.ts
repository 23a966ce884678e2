import type { AccountDocuments } from "../../iam/account-documents";
import type { About, AccessChange, Direction } from "../access-change";
import type { DocumentChange } from "../changes/documents";
import type { Fact } from "./fact";
import { accountFactsOf } from "./facts";
import { peopleFacts } from "./people-facts";

/**
 * What two sets of documents differ in, thing by thing; of policies nothing but the exact roles they give to people: what else they
 * allow is evaluated. `keys`: account key by id.
 */
export function plainDiff(
  before: readonly AccountDocuments[],
  after: readonly AccountDocuments[],
  keys: ReadonlyMap<string, string>,
): readonly AccessChange[] {
  const old = new Map(before.map((account) => [account.id, account]));
  const now = new Map(after.map((account) => [account.id, account]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id) =>
    ofAccount(facts(old.get(id), keys), facts(now.get(id), keys)).map((change) => ({
      ...change,
      account: change.account ?? keys.get(id) ?? id,
    })),
  );
}

function facts(account: AccountDocuments | undefined, keys: ReadonlyMap<string, string>): ReadonlyMap<string, Fact> {
  const all = account ? [...accountFactsOf(account), ...peopleFacts(account, keys)] : [];
  return new Map(all.map((fact) => [fact.id, fact]));
}

function ofAccount(
  old: ReadonlyMap<string, Fact>,
  now: ReadonlyMap<string, Fact>,
): readonly (About & DocumentChange)[] {
  const came = (thing = "") => now.has(thing) && !old.has(thing);
  const both = ({ within }: Fact) => within === undefined || (old.has(within) && now.has(within));
  const arrived = [...now].flatMap(([id, fact]) => {
    const was = old.get(id);
    if (was === undefined && (came(fact.of) ? fact.detail : !both(fact))) return [];
    if (was === undefined) return changeOf(fact, fact.direction ?? "widening", fact.comes);
    return was.value === fact.value
      ? []
      : changeOf(fact, (fact.compare ?? wider)(was.value, fact.value), fact.differs?.(was.value, fact.value));
  });
  const went = ({ of: thing = "" }: Fact) => old.has(thing) && !now.has(thing);
  const gone = [...old].filter(([id, fact]) => !now.has(id) && !went(fact) && both(fact)).map(([, fact]) => fact);
  return [...arrived, ...gone.flatMap((fact) => changeOf(fact, opposite(fact.direction ?? "widening"), fact.goes))];
}

function changeOf(
  { person, account }: Fact,
  direction: Direction,
  change: DocumentChange | undefined,
): readonly (About & DocumentChange)[] {
  return change === undefined ? [] : [{ ...change, direction, account, person }];
}

function wider(before: string | number, after: string | number): Direction {
  if (typeof before === "string" || typeof after === "string") return "unknown";
  return after > before ? "widening" : "narrowing";
}

function opposite(direction: Direction): Direction {
  return direction === "widening" ? "narrowing" : direction === "narrowing" ? "widening" : direction;
}
