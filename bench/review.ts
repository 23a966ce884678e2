import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateRoster } from "./generate-roster";
import { type Bench, BenchError, inTurn, median, run } from "./measure";

/** `rolecall review` of one person's new team at 1,000 people x 40 accounts: the whole command, in a repository of its own. */
export interface ReviewResult {
  readonly reviewMs: number;
  /** With what both sides synthesized, as workflows run it. */
  readonly synthsMs: number;
}

const ROUNDS = 5;
export const REVIEW_AIM_MS = 1_500;
/** The exit code of a review in which somebody gains. */
const GAINED = 1;

export async function measureReview(bench: Bench): Promise<ReviewResult> {
  bench.log("rolecall review of one person's change in 1000 people x 40 accounts");
  const cwd = join(bench.scratch, "review");
  const roster = join(cwd, "roster.yaml");
  const text = generateRoster({ people: 1000, accounts: 41 });
  const changed = text.replace(/(person\.0998@example\.org: \{ teams: \[)team-\d+/, "$1team-000");
  if (changed === text) throw new BenchError("the generated roster has no person 998 to change");
  mkdirSync(cwd, { recursive: true });
  writeFileSync(roster, text);
  const env = { ...bench.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  await git(["init", "--quiet", "--initial-branch=main"]);
  await git(["add", "roster.yaml"]);
  await git(["-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "--quiet", "-m", "base"]);
  await synth("base-synth");
  writeFileSync(roster, changed);
  await synth("head-synth");
  const [plain = [], synths = []] = await inTurn(ROUNDS, [
    () => review(),
    () => review("--base-synth", "base-synth", "--head-synth", "head-synth"),
  ]);
  return { reviewMs: median(plain.map(({ ms }) => ms)), synthsMs: median(synths.map(({ ms }) => ms)) };

  async function synth(outdir: string): Promise<void> {
    const ran = await run(process.execPath, [join(bench.home, "bin/run.js"), "main.ts"], {
      cwd,
      env: { ...env, CDKTF_OUTDIR: join(cwd, outdir) },
    });
    if (ran.code !== 0) throw new BenchError(`the synth ended with ${ran.code}:\n${ran.stderr}`);
  }

  async function git(args: readonly string[]): Promise<void> {
    const ran = await run("git", ["-c", "commit.gpgsign=false", ...args], { cwd, env });
    if (ran.code !== 0) throw new BenchError(`git ${args.join(" ")} ended with ${ran.code}:\n${ran.stderr}`);
  }

  async function review(...more: readonly string[]): ReturnType<typeof run> {
    const command = [join(bench.home, "bin/rolecall.js"), "review", "--base", "main", ...more];
    const ran = await run(process.execPath, command, { cwd, env });
    if (ran.code !== GAINED || !ran.stdout.includes("person.0998@example.org"))
      throw new BenchError(`the review ended with ${ran.code}:\n${ran.stdout}${ran.stderr}`);
    return ran;
  }
}
