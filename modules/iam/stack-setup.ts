import type { Known } from "../known";
import { quote } from "../text";

/** Settings by name, as literals of JSON; what is absent (null, no block) is left out, and a block is a list of its bodies. */
export type Settings = Readonly<Record<string, unknown>>;

/**
 * How Terraform works in one stack, no matter who read it: as whom, through which providers, where the state is. Plain values; what no
 * reader understands is an unknown, never left out.
 */
export interface StackSetup {
  /** Name of the stack, or of the file of a plan, which does not name its stack. */
  readonly where: string;
  readonly from: "synth" | "plan";
  /** Settings of the `terraform` block; absent in a plan, which does not show them. */
  readonly terraform?: Settings;
  readonly providers: readonly ProviderSetup[];
  /** What resources call their provider, each with one resource that does. */
  readonly used: ReadonlyMap<string, string>;
  /** What could be anything, one line each: expressions, parts of another shape. */
  readonly unknowns: readonly string[];
  /** What the stack's lock file accepts; absent in a plan, which has none. */
  readonly lock?: Known<readonly LockedProvider[]>;
  /** Workspace that was selected in the stack's folder, when one was. */
  readonly workspace?: string;
}

/** One `provider` block. */
export interface ProviderSetup {
  /** What resources call it: `aws`, `aws.acct_testing`. */
  readonly name: string;
  /** Registry address, when it is known. */
  readonly source?: string;
  /** The range of versions it asks for, when that is known. */
  readonly version?: string;
  /** Without the alias. */
  readonly settings: Settings;
}

/** One provider of a lock file. */
export interface LockedProvider {
  readonly source: string;
  readonly version: string;
  /** The range it was chosen from. */
  readonly constraints?: string;
  /** Sorted. */
  readonly hashes: readonly string[];
}

/** The setup as people know it: a plan does not name its stack, so its file does. */
export function nameSetup(setup: StackSetup, file: string): StackSetup {
  return setup.from === "plan" ? { ...setup, where: `the plan in ${quote(file)}` } : setup;
}
