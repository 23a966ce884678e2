import { createContext } from "../modules/machine/create-context";
import { readRoster } from "../modules/cli/roster/read-roster";
import { compileAccess } from "../modules/access/compile";

/** What this process prints: milliseconds of each step, in itself. */
export interface CompileTimes {
  readonly parseMs: number;
  readonly compileMs: number;
}

/** Parses, checks and compiles the roster that ROLECALL_ROSTER names, and prints the times. */
async function main(): Promise<void> {
  const context = createContext(process);
  const began = performance.now();
  const roster = await readRoster(context);
  const parsed = performance.now();
  if (!roster.ok || !compileAccess(roster.value, context.now).ok) throw new Error("the roster does not hold");
  const times: CompileTimes = { parseMs: parsed - began, compileMs: performance.now() - parsed };
  context.stdout(JSON.stringify(times));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
