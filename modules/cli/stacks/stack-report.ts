import { type Change, type Counts, countChanges } from "../../terraform/run/plan-json";
import { jsonText } from "../json-text";
import { readStackAccounts, type StackAccount } from "../../terraform/read/stack-accounts";
import type { StackResult } from "../../terraform/run/stack-run";
import type { SynthesizedStack } from "../../terraform/run/manifest";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import type { StackCommandName } from "./not-started";
import { shownPath } from "./stack-command";

/** What happens in one account of a stack: counts and addresses, never values. */
export interface AccountReport extends Counts {
  readonly account: string;
  readonly id?: string;
  readonly changes: readonly Change[];
}

/** The result of one stack, split by account. */
export interface StackReport extends Counts {
  readonly stack: string;
  readonly outcome: StackResult["outcome"];
  readonly accounts: readonly AccountReport[];
  readonly errors: readonly string[];
  readonly log: string;
}

export function reportStacks(
  context: Context,
  stacks: readonly SynthesizedStack[],
  results: readonly StackResult[],
): readonly StackReport[] {
  return results.map(({ stack, outcome, changes, errors, log }) => ({
    stack,
    outcome,
    ...countChanges(changes),
    accounts: reportAccounts(
      stacks.find(({ name }) => name === stack),
      changes,
    ),
    errors,
    log: shownPath(context, log),
  }));
}

function reportAccounts(stack: SynthesizedStack | undefined, changes: readonly Change[]): readonly AccountReport[] {
  if (stack === undefined) return [];
  const { accounts, accountOf } = readStackAccounts(stack);
  const strangers = changes
    .map(({ address }) => accountOf(address))
    .filter((key) => !accounts.some((a) => a.key === key));
  const all: readonly StackAccount[] = [...accounts, ...[...new Set(strangers)].map((key) => ({ key }))];
  return all.map(({ key, id }) => {
    const own = changes.filter(({ address }) => accountOf(address) === key);
    return { account: key, ...(id === undefined ? {} : { id }), ...countChanges(own), changes: own };
  });
}

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
      : ["which would let ended sessions live again: refused until rolecall offboard --finish"]),
    ...(sameName === undefined
      ? []
      : [`which IAM takes for the same name as ${quote(sameName.exists)}, which exists: refused`]),
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

/** `testing (222222222222), production (333333333333)`: the accounts that something happens to. */
export function nameAccounts(reports: readonly StackReport[]): string {
  return reports
    .flatMap(({ accounts }) => accounts)
    .filter(({ changes }) => changes.length > 0)
    .map(({ account, id }) => (id === undefined ? account : `${account} (${id})`))
    .join(", ");
}

interface PrintOptions {
  readonly command: StackCommandName;
  readonly json: boolean;
  readonly verbose?: boolean | undefined;
  /** What else the JSON has. */
  readonly more?: object;
}

/** Prints the results: text, or one JSON object. */
export function printStacks(
  context: Context,
  { command, json, verbose = false, more }: PrintOptions,
  reports: readonly StackReport[],
): void {
  if (!json) context.stdout(renderStacks(reports, verbose));
  else context.stdout(jsonText(command, { ...more, stacks: reports }));
}

/** True when a result is missing: Terraform failed, was stopped, or never ran. */
export function someUnknown(results: readonly StackResult[]): boolean {
  return results.some(({ outcome }) => ["failed", "interrupted", "not started"].includes(outcome));
}
