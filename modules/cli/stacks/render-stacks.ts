import type { Change, Counts } from "../../terraform/run/plan-json";
import { quote } from "../../text";
import type { AccountReport, StackReport } from "./stack-report";

/**
 * The report for a person. What went wrong in several stacks alike is said once, below them. Without `verbose` an address is named
 * only where there is more to say of it.
 */
export function renderStacks(reports: readonly StackReport[], verbose: boolean): string {
  const shared = sharedErrors(reports);
  const stacks = reports.map((report) => renderStack(report, shared, verbose)).join("");
  return stacks + [...shared.values()].map(renderShared).join("");
}

interface SharedError {
  readonly error: string;
  readonly stacks: readonly string[];
}

/** By what is the same in all of them; one stack's own errors are none of these. */
function sharedErrors(reports: readonly StackReport[]): ReadonlyMap<string, SharedError> {
  const all = new Map<string, SharedError>();
  for (const { stack, errors } of reports)
    for (const error of errors) {
      const { stacks = [], ...first } = all.get(alike(error)) ?? { error };
      all.set(alike(error), { ...first, stacks: [...new Set([...stacks, stack])] });
    }
  return new Map([...all].filter(([, { stacks }]) => stacks.length > 1));
}

/** AWS numbers its answers. */
function alike(error: string): string {
  return error.replace(/request ?id: [\w-]+/gi, "request id");
}

function renderShared({ error, stacks }: SharedError): string {
  return `${stacks.join(", ")}: ${error}\n`;
}

function renderStack(report: StackReport, shared: ReadonlyMap<string, SharedError>, verbose: boolean): string {
  const { stack, outcome, errors, log } = report;
  const counts = outcome === "changes" ? planned(report) : outcome === "applied" ? `applied, ${done(report)}` : outcome;
  const own = errors.filter((error) => !shared.has(alike(error)));
  const lines = [`stack ${stack}: ${counts}`, ...own.map((error) => `  ${error}`)];
  if (outcome === "changes") lines.push(...report.accounts.flatMap((account) => renderAccount(account, verbose)));
  if (outcome === "applied")
    lines.push(...bareOf(report).map((what) => `  ${what} has no policies and members yet: plan and apply again`));
  if (outcome !== "no changes" && outcome !== "not started") lines.push(`  full text: ${log}`);
  return `${lines.join("\n")}\n`;
}

function bareOf({ accounts }: StackReport): readonly string[] {
  return accounts.flatMap(({ changes }) => changes.flatMap(({ bare }) => bare ?? []));
}

function renderAccount(report: AccountReport, verbose: boolean): readonly string[] {
  const { account, id, changes } = report;
  const head = `  account ${account}${id === undefined ? "" : ` (${id})`}: ${planned(report)}`;
  const shown = changes.filter((change) => verbose || notesOf(change).length > 0);
  return changes.length === 0 ? [] : [head, ...shown.map(renderChange)];
}

function renderChange(change: Change): string {
  return `    ${[`${change.action} ${change.address}`, ...notesOf(change)].join(", ")}`;
}

/** What an address does not show. */
function notesOf({ revives = [], deletesUser, sameName, bare }: Change): readonly string[] {
  return [
    ...(revives.length === 0
      ? []
      : ["which would make ended sessions valid again: refused until rolecall offboard --finish"]),
    ...(sameName === undefined
      ? []
      : [`which IAM treats as the same name as ${quote(sameName.exists)}, which exists: refused`]),
    ...(bare === undefined ? [] : ["without its policies and members: plan and apply again to bring them back"]),
    ...(deletesUser === undefined
      ? []
      : [
          `the user ${quote(deletesUser)} with its password, access keys and MFA devices; open role sessions go on until they end: rolecall offboard ${deletesUser} ends them, before or after`,
        ]),
  ];
}

function planned({ add, change, destroy }: Counts): string {
  return `${add} to add, ${change} to change, ${destroy} to destroy`;
}

function done({ add, change, destroy }: Counts): string {
  return `${add} added, ${change} changed, ${destroy} destroyed`;
}
