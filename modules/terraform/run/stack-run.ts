import { closeSync, rmSync, statSync } from "node:fs";
import { openNew } from "../../machine/private-file";
import type { Terraform } from "./binary";
import { explainFailure, logFrom, needsInit, saysNoChanges, unsavedState, unsavedStateMessage } from "./failure";
import { initArguments, isInitialized, otherWorkspace, rememberInit } from "./init";
import type { Interruption } from "./interruption";
import type { SynthesizedStack } from "./manifest";
import { type Change, changesInPlan } from "./plan-json";
import type { SameName } from "./plan-names";
import type { Phase, Progress } from "./progress";
import { hashFile, hashInputs, planFiles, type Receipt, readReceipt, staleness, writeReceipt } from "./receipt";
import { importId } from "./orphans";
import { runTerraform, type TerraformExit } from "./run-terraform";
import { quote, stableJson } from "../../text";
import {
  forgetUnfinished,
  leaveUnfinished,
  readUnfinished,
  rememberUnfinished,
  unfinishedCreations,
} from "./unfinished";

/** What all stacks of a run share. */
export interface StackRun {
  readonly terraform: Terraform;
  /** From `terraformEnvironment`. */
  readonly env: NodeJS.ProcessEnv;
  /** Folder of saved plans, receipts and logs. */
  readonly plans: string;
  readonly parallelism: number;
  readonly interruption: Interruption;
  readonly progress: Progress;
  /** @default true. False for plans by a role that may only read, which could not write a lock. */
  readonly lock?: boolean;
}

/** `plan` changes nothing at all; the others may first take into the state what an interrupted apply had made. */
export type PlanMode = "plan" | "apply" | "destroy";

export type Outcome = "changes" | "no changes" | "applied" | "failed" | "stale" | "interrupted" | "not started";

export interface StackResult {
  readonly stack: string;
  readonly outcome: Outcome;
  readonly changes: readonly Change[];
  /** First lines of what went wrong, and what to do. */
  readonly errors: readonly string[];
  readonly log: string;
  /** SHA-256 of the plan behind `changes`. */
  readonly plan?: string;
}

/** `log` is what the call added to the stack's log. */
type Called = TerraformExit & { readonly log: string };

/** One stack's way through Terraform. */
export class SingleStackRun {
  private readonly files;

  constructor(
    private readonly run: StackRun,
    private readonly stack: SynthesizedStack,
    /** Runs one init at a time: a shared plugin cache must not be written twice at once. */
    private readonly initTurn: <T>(work: () => Promise<T>) => Promise<T>,
  ) {
    this.files = planFiles(run.plans, stack.name);
  }

  /** Plans and saves the plan with its receipt; without changes only the receipt stays. */
  async plan(mode: PlanMode): Promise<StackResult> {
    const inputs = hashInputs(this.stack);
    rmSync(this.files.log, { force: true });
    const result = await this.planOnce(mode);
    if (result.outcome !== "changes") rmSync(this.files.plan, { force: true });
    if (result.outcome === "interrupted") return result;
    writeReceipt(this.run.plans, {
      schemaVersion: 1,
      stack: this.stack.name,
      outcome: result.outcome === "changes" || result.outcome === "no changes" ? result.outcome : "failed",
      mode: mode === "destroy" ? "destroy" : "apply",
      terraform: this.run.terraform.version,
      inputs,
      ...(result.outcome === "changes" ? { plan: hashFile(this.files.plan) } : {}),
      changes: result.changes,
    });
    return result;
  }

  /** What a saved plan will do, read from the plan itself: the receipt next to it might say something else. */
  async review(): Promise<StackResult> {
    const saved = this.saved("apply");
    if ("log" in saved) return saved;
    const ready = await this.initialize(false);
    if (ready !== undefined) return ready;
    const result = await this.readPlan();
    if (result.outcome !== "changes" || stableJson(result.changes) === stableJson(saved.changes)) return result;
    return this.result("stale", result.changes, [
      "the saved plan is refused: it does not do what its receipt says; plan again",
    ]);
  }

  /** Applies the saved plan, exactly, if it is the one that was shown; it is used up afterwards. */
  async apply(phase: "applying" | "destroying", shown: string | undefined): Promise<StackResult> {
    const saved = this.saved(phase === "destroying" ? "destroy" : "apply");
    if ("log" in saved) return saved;
    if (saved.plan !== shown)
      return this.result("stale", saved.changes, ["another run replaced the plan that was shown; plan again"]);
    const revived = [...new Set(saved.changes.flatMap(({ revives = [] }) => revives))];
    if (revived.length > 0) return this.result("failed", saved.changes, [revivalMessage(revived)]);
    const same = saved.changes.flatMap(({ sameName }) => sameName ?? []);
    if (same.length > 0) return this.result("failed", saved.changes, same.map(sameNameMessage));
    const ready = await this.initialize(false);
    if (ready !== undefined) return ready;
    const done = await this.call(phase, ["apply", "-input=false", "-no-color", this.files.plan]);
    if (this.run.interruption.requested || wasKilled(done))
      rememberUnfinished(this.stack, unfinishedCreations(done.log));
    if (done.code !== 0) return this.failure(done.log, saved.changes);
    rmSync(this.files.plan, { force: true });
    return this.result("applied", saved.changes);
  }

  /** The receipt of a plan with changes that still fits; else the result there is. */
  private saved(mode: Receipt["mode"]): (Receipt & { readonly plan: string }) | StackResult {
    const receipt = readReceipt(this.run.plans, this.stack.name);
    if (!receipt.known) return this.result("failed", [], [receipt.reason]);
    const { changes, outcome, plan } = receipt.value;
    const stale = staleness(this.run.plans, receipt.value, this.stack, this.run.terraform.version);
    if (stale !== undefined) return this.result("stale", changes, [`the saved plan is refused: ${stale}; plan again`]);
    if (receipt.value.mode !== mode)
      return this.result("stale", changes, [`the saved plan is refused: it is a plan to ${receipt.value.mode}`]);
    if (outcome === "failed") return this.result("failed", [], ["it could not be planned; plan again"]);
    return outcome === "no changes" || plan === undefined ? this.result("no changes", []) : { ...receipt.value, plan };
  }

  private async planOnce(mode: PlanMode): Promise<StackResult> {
    if (unsavedState(this.stack) !== undefined) return this.result("failed", [], [unsavedStateMessage(this.stack)]);
    const ready = await this.initialize(false);
    if (ready !== undefined) return ready;
    const stuck = await this.takeOver(mode);
    if (stuck !== undefined) return stuck;
    const planned = await this.initializedFor(() => this.callPlan(mode));
    if ("outcome" in planned) return planned;
    if (planned.code === 0 && saysNoChanges(planned.log)) return this.result("no changes", []);
    // 0 alone is not enough: a wrapper such as that of hashicorp/setup-terraform makes 0 of every 2.
    return planned.code === 0 || planned.code === 2 ? this.readPlan() : this.failure(planned.log, []);
  }

  /** Runs Terraform, and once more after an init when it asks for one. */
  private async initializedFor(call: () => Promise<Called>): Promise<Called | StackResult> {
    const first = await call();
    if (first.code !== 1 || !needsInit(first.log) || this.run.interruption.requested) return first;
    return (await this.initialize(true)) ?? call();
  }

  /**
   * Takes into the state what an interrupted apply had made; the plan then shows whatever is wrong with it. A result when it cannot
   * be told what to import.
   */
  private async takeOver(mode: PlanMode): Promise<StackResult | undefined> {
    const unfinished = readUnfinished(this.stack);
    if (!unfinished.known) return this.result("failed", [], [unfinished.reason]);
    const addresses = await this.unknownToState(unfinished.value);
    if ("outcome" in addresses) return addresses;
    if (addresses.length === 0) {
      forgetUnfinished(this.stack);
      return undefined;
    }
    const { progress, interruption } = this.run;
    if (mode === "plan") {
      const which = addresses.join(", ");
      progress.line(
        `${this.stack.name}: the last apply was interrupted; rolecall apply will check whether it created ${which}`,
      );
      return undefined;
    }
    const left: string[] = [];
    for (const address of addresses) {
      const id = importId(this.stack, address);
      if (id === undefined) {
        progress.line(
          `${this.stack.name}: the interrupted apply may have created ${address}, which is no longer in the roster`,
        );
        continue;
      }
      const done = interruption.requested ? undefined : await this.importOne(address, id);
      if (done?.code === 0)
        progress.line(`${this.stack.name}: imported ${address}, which the interrupted apply created`);
      else if (!/non-existent remote object|already managed/.test(done?.log ?? "")) left.push(address);
    }
    leaveUnfinished(this.stack, left);
    return undefined;
  }

  /** Those of the addresses that the state does not know; a result when the state cannot be read. */
  private async unknownToState(addresses: readonly string[]): Promise<readonly string[] | StackResult> {
    if (addresses.length === 0) return [];
    const listed = await this.initializedFor(() => this.call("reading the state", ["state", "list"], true));
    if ("outcome" in listed) return listed;
    const { code, stdout, log } = listed;
    // A state that does not exist yet is an error of this command as well, and the only one that knows nothing.
    if (code !== 0 && !(code === 1 && /No state file was found/.test(log))) return this.failure(log, []);
    const known = new Set(code === 0 ? stdout.split("\n") : []);
    return addresses.filter((address) => !known.has(address));
  }

  private importOne(address: string, id: string) {
    const phase = "looking for what an interrupted apply created";
    return this.call(phase, ["import", "-input=false", "-no-color", address, id]);
  }

  private callPlan(mode: PlanMode) {
    // Terraform keeps the mode of a file that exists, so the plan is never readable by others.
    closeSync(openNew(this.files.plan));
    const destroy = mode === "destroy" ? ["-destroy"] : [];
    const lock = this.run.lock === false ? ["-lock=false"] : [];
    const args = ["-input=false", "-no-color", "-detailed-exitcode", `-out=${this.files.plan}`, ...destroy, ...lock];
    return this.call("planning", ["plan", ...args]);
  }

  /** The plan's JSON holds every value in clear: it stays in memory, and only actions and addresses leave this method. */
  private async readPlan(): Promise<StackResult> {
    const shown = await this.call("reading the plan", ["show", "-no-color", "-json", this.files.plan], true);
    if (shown.code !== 0) return this.failure(shown.log, []);
    try {
      return { ...this.result("changes", changesInPlan(shown.stdout)), plan: hashFile(this.files.plan) };
    } catch (error) {
      // What JSON.parse says quotes the plan.
      const why = error instanceof SyntaxError || !(error instanceof Error) ? "" : `: ${error.message}`;
      return this.result("failed", [], [`terraform show printed no plan that rolecall can read${why}`]);
    }
  }

  private async initialize(always: boolean): Promise<StackResult | undefined> {
    const { terraform } = this.run;
    const other = otherWorkspace(this.stack);
    if (other !== undefined) return this.result("failed", [], [other]);
    if (!always && isInitialized(this.stack, terraform)) return undefined;
    return this.initTurn(async () => {
      if (this.run.interruption.requested) return this.result("interrupted", []);
      const done = await this.call("initializing", initArguments(this.stack));
      if (done.code !== 0) return this.failure(done.log, []);
      rememberInit(this.stack, terraform);
      return undefined;
    });
  }

  private async call(phase: Phase, args: readonly string[], capture = false): Promise<Called> {
    this.run.progress.phase(this.stack.name, phase);
    const { log } = this.files;
    const from = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
    const { terraform, env, interruption } = this.run;
    const call = { terraform, env, interruption, folder: this.stack.folder, log };
    const exit = await runTerraform(call, args, { capture });
    return { ...exit, log: logFrom(log, from) };
  }

  private failure(log: string, changes: readonly Change[]): StackResult {
    const errors = explainFailure(log, this.stack);
    if (this.run.interruption.requested) return this.result("interrupted", changes, errors);
    return this.result("failed", changes, errors.length > 0 ? errors : ["terraform failed without an error message"]);
  }

  private result(outcome: Outcome, changes: readonly Change[], errors: readonly string[] = []): StackResult {
    return { stack: this.stack.name, outcome, changes, errors, log: this.files.log };
  }
}

/** Terraform would remove what ends a leaver's open sessions; only `offboard --finish` knows when nothing is left to end. */
function revivalMessage(names: readonly string[]): string {
  const what = names.map(quote).join(", ");
  return `refused: it removes ${what}, and sessions that an offboarding ended would work again; run rolecall offboard --finish first, which removes it once none of them can be valid`;
}

/** Deletion and creation run side by side, so IAM may refuse the new name when the old one is half gone. */
function sameNameMessage({ made, exists }: SameName): string {
  return `refused: it creates ${quote(made)} while ${quote(exists)} exists, and IAM treats them as the same name; keep the spelling ${quote(exists)}, or remove it in one apply and add the other in the next`;
}

/** Terraform, or a provider under it, was killed by someone else. */
function wasKilled({ code, log }: { readonly code?: number; readonly log: string }): boolean {
  return (
    code === undefined ||
    (code !== 0 && /Plugin did not respond|plugin (process )?exited|transport is closing/i.test(log))
  );
}
