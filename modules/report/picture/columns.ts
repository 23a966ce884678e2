import type { Account } from "../../roster/roster";
import { compareNaturally } from "../../text";

/** An account of either roster. */
export interface ColumnAccount {
  readonly account: Account;
  readonly production: boolean;
  readonly change?: "new" | "gone";
}

/** How near to production an environment's name says it is. Names are free, so this only orders columns and draws a line. */
const STAGES: readonly RegExp[] = [/^(dev|sandbox|play)/, /^(test|qa)/, /^(stag|pre|uat|acc)/];
const PRODUCTION: ReadonlySet<string> = new Set(["production", "prod", "prd", "live"]);
/** Before such a word: `pre-production`, `non-prod`. */
const NOT_YET: ReadonlySet<string> = new Set(["pre", "non", "not", "no"]);

/** The accounts of both rosters: environment by environment, production last. */
export function orderColumns(head: readonly Account[], base: readonly Account[] | undefined): readonly ColumnAccount[] {
  const now = new Set(head.map(({ key }) => key));
  const before = new Set(base?.map(({ key }) => key));
  const gone = (base ?? []).filter(({ key }) => !now.has(key));
  const all = [
    ...head.map((account) => column(account, base !== undefined && !before.has(account.key) ? "new" : undefined)),
    ...gone.map((account) => column(account, "gone")),
  ];
  return all.sort(
    (a, b) =>
      stage(a.account) - stage(b.account) ||
      compareNaturally(a.account.environment ?? "", b.account.environment ?? "") ||
      compareNaturally(a.account.key, b.account.key),
  );
}

function column(account: Account, change: "new" | "gone" | undefined): ColumnAccount {
  return { account, production: stage(account) === STAGES.length + 1, ...(change === undefined ? {} : { change }) };
}

/** By environment, or by name for an account without one. */
function stage({ key, environment }: Account): number {
  const name = environment ?? key;
  if (isProduction(name)) return STAGES.length + 1;
  const index = STAGES.findIndex((pattern) => pattern.test(name));
  return index < 0 ? STAGES.length : index;
}

/** By any word of the name: `eu-production`, `prd2`. */
function isProduction(name: string): boolean {
  const words = name.toLowerCase().split(/[^a-z]+/);
  return words.some((word, index) => PRODUCTION.has(word) && !NOT_YET.has(words[index - 1] ?? ""));
}
